"""One talent's profile in words: each value with who said it and when."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.consent.queries import ConsentView, consents_of
from portal.consent.rules import Basis, Purpose, Standing
from portal.imports.doubts import Only, waiting
from portal.kit.clock import local_day
from portal.kit.i18n import N_, moment, say, say_n, short_day
from portal.kit.zones import zone_choice
from portal.signin.proposals import waiting as waiting_address
from portal.talents import jobs, telling
from portal.talents.labels import label
from portal.talents.queries import Profile, SourceRow, Told, profile
from portal.talents.rules import AddressForm
from portal.talents.vocabulary import Availability
from portal.ui.doors import Door
from portal.ui.own_fields import own_fields


@dataclass
class Fact:
    """One value we hold, and who said it."""

    name: str
    value: str
    source: str = ""


@dataclass
class ConsentRow:
    """Where they stand on one purpose, and the text they were shown."""

    purpose: str
    standing: str
    shade: str
    since: str
    shown: str
    text: str


@dataclass
class Shown:
    """The left column."""

    name: str = ""
    tagline: str = ""
    who: list[Fact] = field(default_factory=list)
    work: list[Fact] = field(default_factory=list)
    wishes: list[Fact] = field(default_factory=list)
    mobility: list[Fact] = field(default_factory=list)
    own: list[Fact] = field(default_factory=list)
    sources: list[Fact] = field(default_factory=list)
    consents: list[ConsentRow] = field(default_factory=list)
    gaps: str = ""
    doubled: str = ""
    proposal: bool = False
    dead: bool = False


BY_THEM = N_("said by them on {day}")
BY_STAFF = N_("noted by a recruiter on {day}")
BY_BROWSER = N_("told by their browser on {day}")
BY_PLACE = N_("from their place of work, {day}")
BY_SOURCE = N_("from {source}, on {day}")
UNSIGNED = N_("from their first source")

OWN_WORD = N_("their own word since {day}: it changes only once they prove another one")
WAITS = N_("waits to be proven from there until {until}; proposed by {by}")
NOT_PROVEN = N_("proposed by {by}, but nobody proved it by {until}: propose it again, or take it back")
NOT_READ = N_("“{text}” (not understood)")

_WORK = ("job_text", "other_jobs", "does", "experience", "skills", "languages", "salary_floor")
_WISHES = ("availability", "contracts", "interests", "environments", "refuses", "rhythm_days", "paused_until")
_MOBILITY = ("place_name", "other_places", "radius_km", "regions", "remote", "relocation")
NAMES = {
    "job_text": N_("Line of work"),
    "other_jobs": N_("Other jobs"),
    "does": N_("In their words"),
    "experience": N_("Experience"),
    "skills": N_("Skills"),
    "languages": N_("Languages"),
    "salary_floor": N_("Salary floor"),
    "availability": N_("Availability"),
    "contracts": N_("Contracts"),
    "interests": N_("Interests"),
    "environments": N_("Environments"),
    "refuses": N_("Does not want"),
    "rhythm_days": N_("Rhythm"),
    "paused_until": N_("Pause until"),
    "place_name": N_("Place of work"),
    "other_places": N_("Other places"),
    "radius_km": N_("Radius"),
    "regions": N_("Regions"),
    "remote": N_("Remote work"),
    "relocation": N_("Moving house"),
}
_PURPOSES = {
    Purpose.POOL: N_("Staying in the pool"),
    Purpose.SURVEY: N_("Experience surveys"),
    Purpose.EVENT: N_("Events"),
}
_BASES = {
    Basis.CONSENT: N_("with their consent"),
    Basis.LEGITIMATE_INTEREST: N_("legitimate interest"),
    Basis.NONE: N_("no legal ground"),
}
LANGUAGES = {"fr": N_("French"), "en": N_("English")}


def shown(door: Door, talent_id: int) -> Shown:
    """Read one person, in the words of the reader; NotFound for whom there is none."""
    held = profile(door.session, door.who, talent_id)
    unknown = [name for name in ("job_text", "availability", "place_name") if not _value(door, held, name)]
    return Shown(
        name=held.name or say(door.locale, N_("No name")),
        tagline=" · ".join(part for part in (_job(door, held), str(held.told["place_name"].value or "")) if part),
        who=_who(door, held),
        work=_facts(door, held, _WORK),
        wishes=_facts(door, held, _WISHES),
        mobility=_facts(door, held, _MOBILITY),
        own=_own(door, held),
        sources=[_source(door, one) for one in held.sources],
        consents=[_consent(door, one) for one in consents_of(door.session, talent_id)],
        gaps=_gaps(door, unknown),
        doubled=f"/doubts?talent={talent_id}" if waiting(door.session, door.who, Only(talent_id)) else "",
        proposal=waiting_address(door.session, door.who, talent_id, now=door.now) is not None,
        dead=held.bounced,
    )


def _own(door: Door, held: Profile) -> list[Fact]:
    found = own_fields(door.session, held, door.locale, lambda told: signed(door, told), to_them=False)
    told = [(one, Fact(one.name, one.words, one.said)) for one in found]
    return [fact for one, known in told for fact in (known, *_unread(door, held, one.column, one.name)) if fact.value]


def _unread(door: Door, held: Profile, column: str, name: str) -> list[Fact]:
    """Return what stands beside a value, or instead of one, because nobody could read it."""
    text = held.unread.get(column)
    return [Fact(name, say(door.locale, NOT_READ, text=text.value), signed(door, text))] if text else []


def _gaps(door: Door, unknown: list[str]) -> str:
    if not unknown:
        return ""
    missing = ", ".join(say(door.locale, NAMES[name]).lower() for name in unknown)
    return say(door.locale, N_("Not known yet: {missing}."), missing=missing)


def _who(door: Door, held: Profile) -> list[Fact]:
    spoken = say(door.locale, LANGUAGES[held.locale]) if held.locale in LANGUAGES else held.locale
    facts = [
        Fact(say(door.locale, N_("E-mail")), held.email or "…", _trouble(door, held) or _own_word(door, held)),
        *_proposed(door, held),
        Fact(say(door.locale, N_("Telephone")), telling.told("phone", held.phone, door.locale)),
        *_unread(door, held, "phone", say(door.locale, N_("Telephone"))),
        Fact(say(door.locale, N_("Language")), spoken),
        *_unread(door, held, "locale", say(door.locale, N_("Language"))),
        Fact(say(door.locale, N_("Time zone")), zone_choice(door.locale, held.zone), _clock(door, held)),
    ]
    form = held.told["address_form"]
    if form.value and form.value is not AddressForm.NEUTRAL:
        named = N_("feminine") if form.value is AddressForm.FEMININE else N_("masculine")
        facts.append(Fact(say(door.locale, N_("Form of address")), say(door.locale, named), signed(door, form)))
    return [fact for fact in facts if fact.value]


def _own_word(door: Door, held: Profile) -> str:
    on = held.proven_at
    return say(door.locale, OWN_WORD, day=short_day(door.locale, local_day(on, door.zone))) if on else ""


def _proposed(door: Door, held: Profile) -> list[Fact]:
    """Return the address that waits to be proven, who proposed it and until when."""
    one = waiting_address(door.session, door.who, held.id, now=door.now)
    if one is None:
        return []
    by = one.by or say(door.locale, N_("themself"))
    told = NOT_PROVEN if one.expired else WAITS
    until = moment(door.locale, one.until, door.zone, door.now)
    return [Fact(say(door.locale, N_("E-mail proposed")), one.address, say(door.locale, told, by=by, until=until))]


def _trouble(door: Door, held: Profile) -> str:
    if held.bounced:
        return say(door.locale, N_("letters come back from this address"))
    return say(door.locale, N_("asked never to be contacted")) if held.do_not_contact else ""


def _facts(door: Door, held: Profile, names: tuple[str, ...]) -> list[Fact]:
    facts: list[Fact] = []
    for name in names:
        called, value = say(door.locale, NAMES[name]), _value(door, held, name)
        facts += [Fact(called, value, signed(door, held.told[name]))] if value else []
        facts += _unread(door, held, name, called)
    return facts


def _clock(door: Door, held: Profile) -> str:
    """Return who said by which clock they live; nobody has to for the house's own."""
    said = held.told["zone"]
    return signed(door, said) if said.by else ""


def signed(door: Door, said: Told) -> str:
    """Return who said it and when."""
    if said.by is None or said.on is None:
        return say(door.locale, UNSIGNED)
    on = short_day(door.locale, said.on)
    if said.by in _SIGNED:
        return say(door.locale, _SIGNED[said.by], day=on)
    return say(door.locale, BY_SOURCE, source=said.source or say(door.locale, N_("a source")), day=on)


_SIGNED = {"talent": BY_THEM, "staff": BY_STAFF, "browser": BY_BROWSER, "place": BY_PLACE}


def _value(door: Door, held: Profile, name: str) -> str:
    value = held.told[name].value
    if name == "job_text":
        value = value or held.told["job_code"].value
    if value in (None, "", ()):
        return ""
    tell = _WORDS.get(name)
    return tell(door, held, value) if tell else telling.told(name, value, door.locale)


def _job(door: Door, held: Profile, _value: object = None) -> str:
    code = held.told["job_code"].value
    return jobs.label(code, door.locale) if code else str(held.told["job_text"].value or "")


def _available(door: Door, held: Profile, value: Any) -> str:
    on, notice = held.told["available_from"].value, held.told["notice_days"].value
    if value is Availability.FROM_DATE and isinstance(on, date):
        return say(door.locale, N_("from {day}"), day=short_day(door.locale, on))
    if value is Availability.NOTICE and notice:
        return telling.notice(notice, door.locale)
    return label(door.locale, Availability(value))


def _rhythm(door: Door, _held: Profile, value: Any) -> str:
    return say_n(door.locale, "one letter a day at most", "one letter in {count} days at most", value)


_WORDS: dict[str, Callable[[Door, Profile, Any], str]] = {
    "job_text": _job,
    "availability": _available,
    "rhythm_days": _rhythm,
}


def _source(door: Door, one: SourceRow) -> Fact:
    kind = label(door.locale, one.kind)
    return Fact(short_day(door.locale, one.collected_on), kind[:1].upper() + kind[1:], one.text)


def _consent(door: Door, one: ConsentView) -> ConsentRow:
    today = local_day(door.now, door.zone)
    standing, shade = _standing(one, today)
    shown_text = ""
    if one.notified_at is not None:
        told = N_("Text no. {version} shown on {day}") if one.notice_version else N_("Informed on {day}")
        on = short_day(door.locale, local_day(one.notified_at, door.zone))
        shown_text = say(door.locale, told, version=one.notice_version or "", day=on)
    return ConsentRow(
        purpose=say(door.locale, _PURPOSES[one.purpose]),
        standing=say(door.locale, standing),
        shade=shade,
        since=_since(door, one),
        shown=shown_text,
        text=one.notice_text or "",
    )


def _standing(one: ConsentView, today: date) -> tuple[str, str]:
    match one.standing:
        case Standing.GIVEN if one.expires_on is not None and one.expires_on <= today:
            return N_("expired"), "outline"
        case Standing.GIVEN:
            return N_("valid"), "good"
        case Standing.WITHDRAWN:
            return N_("withdrawn"), "loss"
        case Standing.NONE:
            return N_("none"), "outline"


def _since(door: Door, one: ConsentView) -> str:
    basis = say(door.locale, _BASES[one.basis])
    since = short_day(door.locale, local_day(one.since, door.zone))
    if one.standing is Standing.GIVEN and one.expires_on:
        until = short_day(door.locale, one.expires_on)
        return say(door.locale, N_("{basis}, since {day}, until {until}"), basis=basis, day=since, until=until)
    return say(door.locale, N_("{basis}, since {day}"), basis=basis, day=since)
