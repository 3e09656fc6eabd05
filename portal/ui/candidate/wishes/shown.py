"""Someone's wishes as the fields of their page show them, each with who said it and when."""

from dataclasses import dataclass, field
from datetime import date

from portal.access.house import house
from portal.kit.clock import local_day
from portal.kit.i18n import N_, number, say, say_n, short_day
from portal.kit.zones import zone_choice, zone_choices
from portal.talents import jobs, places, telling, wordcheck
from portal.talents.pay import Per, perhaps
from portal.talents.queries import Profile, Told, profile
from portal.talents.vocabulary import Contract, Environment, Interest
from portal.ui.doors import Door
from portal.ui.own_fields import OwnField, own_fields
from portal.ui.picking import PICKED, Pick, nothing, picked

# Columns of `Talent` with one value, and with several.
ONE = (
    "first_name",
    "last_name",
    "phone",
    "job_text",
    "does",
    "experience",
    "place_code",
    "radius_km",
    "remote",
    "availability",
    "available_from",
    "notice_days",
    "refuses",
    "relocation",
    "salary_floor",
    "rhythm_days",
    "paused_until",
    "address_form",
    "locale",
    "zone",
)
MANY: dict[str, type | frozenset[str]] = {
    "contracts": Contract,
    "interests": Interest,
    "environments": Environment,
    "regions": frozenset(),
}
# What may be asked for beside the house's own rhythm.
RHYTHMS = (60, 90, 180)
ENOUGH_PLACES = 6


@dataclass
class Shown:
    """What is `held` by column, as text; the lists; and who said each of them."""

    held: dict[str, str] = field(default_factory=lambda: dict.fromkeys(ONE, ""))
    contracts: list[str] = field(default_factory=list)
    interests: list[str] = field(default_factory=list)
    environments: list[str] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)
    picks: dict[str, list[Pick]] = field(default_factory=nothing)
    own: list[OwnField] = field(default_factory=list)
    notices: list[list[str]] = field(default_factory=list)
    all_regions: list[list[str]] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=lambda: dict.fromkeys((*ONE, *MANY, *PICKED), ""))
    rhythms: list[list[str]] = field(default_factory=list)
    email: str = ""
    place: str = ""
    job_read: str = ""
    letter: str = ""
    hints: list[str] = field(default_factory=list)
    refusing: list[str] = field(default_factory=list)
    pay_asked: str = ""
    pay_meant: str = ""


def shown(door: Door) -> Shown:
    """Read all of it, afresh."""
    me = profile(door.session, door.who, door.who.id)
    own = {"first_name": me.first_name, "last_name": me.name.removeprefix(me.first_name).strip(), "locale": me.locale}
    values = {name: _text(me.told[name].value) if name in me.told else "" for name in ONE}
    values |= own | {"phone": me.phone or "", "job_text": _job(door, me)}
    own_said = own_fields(door.session, me, door.locale, lambda told: _said(door, told), to_them=True)
    many = {name: [str(each) for each in me.told[name].value or ()] for name in MANY}
    return Shown(
        held=values,
        **many,
        picks={name: picked(name, me.told[name].value or (), door.locale) for name in PICKED},
        own=own_said,
        notices=_notices(door, me),
        all_regions=[[code, name] for code, name in places.regions().items()],
        said={name: _said(door, me.told.get(_LED_BY.get(name, name))) for name in (*ONE, *MANY, *PICKED)}
        | {one.column: one.said for one in own_said},
        rhythms=_rhythms(door, me),
        email=me.email or "",
        place=str(me.told["place_name"].value or ""),
        job_read=_job_read(door, me),
        letter=_letter(door, values["does"]),
        hints=_hints(door, values["does"]),
        refusing=_hints(door, values["refuses"]),
        **_pay(door, me),
    )


_ASKED = {
    Per.MONTH: N_("{amount} € gross a year? If it is a month, it makes {year} € a year."),
    Per.HOUR: N_("{amount} € gross a year? If it is an hour, it makes {year} € a year, at 35 hours a week."),
}
_MEANT = {
    Per.MONTH: N_("It is a month: {year} € a year"),
    Per.HOUR: N_("It is an hour: {year} € a year"),
}


def _pay(door: Door, me: Profile) -> dict[str, str]:
    """Ask whether a floor nobody is paid a year was meant for a month or an hour."""
    floor = me.told["salary_floor"].value
    meant = perhaps(floor)
    if meant is None:
        return {}
    per, year = meant
    told = {"amount": number(door.locale, floor), "year": number(door.locale, year)}
    return {"pay_asked": say(door.locale, _ASKED[per], **told), "pay_meant": say(door.locale, _MEANT[per], **told)}


# Which column's word stands for what is said together with it.
_LED_BY = {"place_code": "place_name", "available_from": "availability", "notice_days": "availability"}
_WHO = {
    "talent": N_("You said so on {day}."),
    "source": N_("From our files, {day}."),
    "staff": N_("Noted by a recruiter on {day}."),
    "browser": N_("As your browser told us on {day}."),
    "place": N_("From your place of work, {day}."),
}
_TODAY = N_("You said so today.")


def _said(door: Door, told: Told | None) -> str:
    if told is None or told.by not in _WHO or told.on is None or told.value in (None, "", ()):
        return ""
    if told.by == "talent" and told.on == local_day(door.now, door.zone):
        return say(door.locale, _TODAY)
    return say(door.locale, _WHO[told.by], day=short_day(door.locale, told.on))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)


def _job(door: Door, me: Profile) -> str:
    """What they wrote; else the name of the job a source gave a code for."""
    code = me.told["job_code"].value
    return str(me.told["job_text"].value or (jobs.label(code, door.locale) if code else ""))


def _job_read(door: Door, me: Profile) -> str:
    code = me.told["job_code"].value
    if not me.told["job_text"].value:
        return ""
    if code is None:
        return say(door.locale, "We know no job by this name; recruiters read it as you wrote it.")
    return say(door.locale, "Understood as: {job}.", job=jobs.label(code, door.locale))


def _letter(door: Door, does: str) -> str:
    """Show the phrase as it would stand in a letter."""
    return say(door.locale, "If our notes are right, {phrase}.", phrase=does.rstrip(".")) if does else ""


def _hints(door: Door, text: str) -> list[str]:
    return [say(door.locale, flag.sentence, word=flag.word) for flag in wordcheck.check(text)]


def _notices(door: Door, me: Profile) -> list[list[str]]:
    """The usual lengths of notice, and theirs."""
    days = sorted({15, 30, 60, 90, 180, *([me.told["notice_days"].value] if me.told["notice_days"].value else [])})
    return [
        ["", say(door.locale, "I do not know yet")],
        *([str(each), telling.notice(each, door.locale)] for each in days),
    ]


def _rhythms(door: Door, me: Profile) -> list[list[str]]:
    """The house's own, and those that ask for less; never for more."""
    own, chosen, locale = house(door.session).rhythm_days, me.told["rhythm_days"].value, door.locale
    as_house = say_n(
        locale, "As the house does: one a day at most", "As the house does: one in {count} days at most", own
    )
    days = sorted({each for each in (*RHYTHMS, chosen) if each and each > own})
    fewer = [[str(each), say_n(locale, "One a day at most", "One in {count} days at most", each)] for each in days]
    return [["", as_house], *fewer]


def clocks(door: Door) -> list[list[str]]:
    """Return the time zones to choose from: long, and the same whatever they change, so it is read once."""
    known = zone_choices(door.locale)
    own = [] if door.zone in dict(known) else [[door.zone, zone_choice(door.locale, door.zone)]]
    return [*own, *([zone, name] for zone, name in known)]


@dataclass
class Found:
    """A place to press."""

    code: str
    name: str


def found(door: Door, text: str) -> tuple[list[Found], str]:
    """Return the places whose name or postcode begins with `text`, and how many there are, said."""
    if len(text.strip()) < 2:
        return [], ""
    some = places.search(text[:80], ENOUGH_PLACES)
    told = say_n(door.locale, "{count} place: press it.", "{count} places: press yours.", len(some))
    if not some:
        told = say(door.locale, "We know no French town by this name. Try its postcode, or a larger town nearby.")
    return [Found(each.insee, _placed(each)) for each in some], told


def _placed(place: places.Place) -> str:
    department = places.department_name(place.department)
    return f"{place.name} ({department})" if department and department != place.name else place.name
