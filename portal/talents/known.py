"""What we know of someone in one line, told to themself: "vous soudez au TIG, à Lyon et 30 km autour, libre dès maintenant"."""

from datetime import date

from portal.kit.i18n import N_, day, say
from portal.talents import jobs, telling
from portal.talents.labels import label
from portal.talents.phrase import at_place
from portal.talents.queries import Profile
from portal.talents.vocabulary import Availability, Contract

_FREE = {
    Availability.NOW: N_("free now"),
    Availability.NOTICE: N_("free after a notice"),
    Availability.NOT_LOOKING: N_("not looking at the moment"),
}


def known(profile: Profile, locale: str, *, today: date) -> str:
    """Return the parts we know, most telling first, with commas; empty when nothing is known."""
    parts = [
        _does(profile, locale),
        _where(profile, locale),
        _free(profile, locale, today),
        _contracts(profile, locale),
    ]
    return ", ".join(part for part in parts if part)


def _does(profile: Profile, locale: str) -> str:
    if words := profile.told["does"].value:
        return str(words)
    code = profile.told["job_code"].value
    return (
        (jobs.phrase(code, locale) or jobs.label(code, locale)) if code else str(profile.told["job_text"].value or "")
    )


def _where(profile: Profile, locale: str) -> str:
    place, radius = profile.told["place_name"].value, profile.told["radius_km"].value
    if not place:
        return ""
    others = [at_place(telling.place(code), locale) for code in profile.told["other_places"].value or ()]
    at = say(locale, " or ").join([at_place(str(place), locale), *others])
    return say(locale, "{place} and {km} km around", place=at, km=radius) if radius else at


def _free(profile: Profile, locale: str, today: date) -> str:
    kind, on = profile.told["availability"].value, profile.told["available_from"].value
    if kind is None:
        return ""
    if kind == Availability.FROM_DATE:
        return say(locale, "free from {day}", day=day(locale, on, year=on.year != today.year)) if on else ""
    notice = profile.told["notice_days"].value
    if kind == Availability.NOTICE and notice:
        return say(locale, "free after {notice}", notice=telling.notice(notice, locale))
    return say(locale, _FREE[Availability(kind)])


def _contracts(profile: Profile, locale: str) -> str:
    told = [label(locale, Contract(each)) for each in profile.told["contracts"].value or () if each in set(Contract)]
    return say(locale, " or ").join(told)
