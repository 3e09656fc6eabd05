"""What we know of one person, criterion by criterion, in one sentence each: the reason they are in or not."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from portal.consent.models import Consent as ConsentRow
from portal.consent.rules import Basis, Purpose, Standing
from portal.conversations.labels import answer_label, reason_label
from portal.conversations.rules import Answer, Reason
from portal.kit.i18n import N_, number, say, say_n, short_day
from portal.segments import beside
from portal.segments import document as d
from portal.segments.beside import Beside
from portal.segments.wording import language_name, place_name, reasons
from portal.talents import places
from portal.talents.labels import label
from portal.talents.models import Talent
from portal.talents.vocabulary import Availability, Contract, Environment, Interest


@dataclass(frozen=True, slots=True)
class Known:
    """One person as a rule sees them on a day, and the reader's language."""

    talent: Talent
    consents: dict[Purpose, ConsentRow]
    locale: str
    day: date
    beside: Beside = field(default_factory=Beside)

    def t(self, sentence: str, **params: object) -> str:
        return say(self.locale, sentence, **params)


def known(criterion: d.Criterion, person: Known) -> str:
    """Return what we know that decides the criterion: `they work in Villeurbanne, 5 km from Lyon`."""
    if told := beside.KNOWN.get(type(criterion)):
        return told(criterion, person.talent, person.beside, person.locale)
    return _KNOWN[type(criterion)](criterion, person)


def _near(criterion: d.Near, person: Known) -> str:
    away = _km_away(criterion.place, person.talent)
    if away is None:
        return person.t("we do not know where they work")
    here = person.talent.place_name or place_name(person.talent.place_code or "")
    if person.talent.place_code == criterion.place:
        return person.t("they work in {here}", here=here)
    return person.t(
        "they work in {here}, {km} km from {there}",
        here=here,
        km=number(person.locale, away),
        there=place_name(criterion.place),
    )


def _km_away(insee: str, talent: Talent) -> int | None:
    there = places.get(insee)
    if there is None or talent.ux is None or talent.uy is None or talent.uz is None:
        return None
    straight = math.dist(places.unit_vector(there.lat, there.lon), (talent.ux, talent.uy, talent.uz))
    return round(2 * places.EARTH_KM * math.asin(min(1.0, straight / 2)))


def _mobility(criterion: d.Mobility, person: Known) -> str:
    told = []
    if criterion.place in (person.talent.place_code, *person.talent.other_places):
        told.append(person.t("they work in {here}", here=place_name(criterion.place)))
    away, there = _km_away(criterion.place, person.talent), place_name(criterion.place)
    if person.talent.radius_km is not None and away is not None:
        told.append(
            person.t(
                "they go up to {radius} km, and {place} is {km} km away",
                radius=number(person.locale, person.talent.radius_km),
                place=there,
                km=number(person.locale, away),
            )
        )
    if person.talent.regions:
        names = [places.regions().get(code, code) for code in person.talent.regions]
        told.append(person.t("the regions they named: {regions}", regions=", ".join(names)))
    if criterion.remote_counts and person.talent.remote:
        told.append(_remote(None, person))
    return reasons(person.locale, told) or person.t("we do not know how far they would go")


def _available(_: d.Available | d.Situation, person: Known) -> str:
    said, day = person.talent.availability, person.talent.available_from
    if said is None:
        return person.t("we do not know when they are available")
    if day is not None and said in {Availability.FROM_DATE, Availability.NOTICE}:
        return person.t(_SINCE if day <= person.day else _FROM, day=short_day(person.locale, day))
    if said is not Availability.NOTICE:
        return person.t(_SITUATIONS[said])
    notice = person.talent.notice_days
    if notice is None:
        return person.t("they are on notice, and have not said for how long")
    return say_n(person.locale, "they are on {count} day’s notice", "they are on {count} days’ notice", notice)


_FROM, _SINCE = N_("they are available from {day}"), N_("they have been available since {day}")
_SITUATIONS = {
    Availability.NOW: N_("they are available now"),
    Availability.FROM_DATE: N_("they will be available, and have not said when"),
    Availability.NOT_LOOKING: N_("they are not looking"),
}


def _level(_: d.Level, person: Known) -> str:
    level = person.talent.experience
    if level is None:
        return person.t("they have not said how much experience they have")
    return person.t("their experience: {level}", level=label(person.locale, level))


def _listed(sentence: str, unsaid: str, column: str, vocabulary: type[StrEnum]) -> Callable[[Any, Known], str]:
    def told(_: Any, person: Known) -> str:  # noqa: ANN401 - any criterion
        named = [label(person.locale, vocabulary(word)) for word in getattr(person.talent, column)]
        return person.t(sentence, these=", ".join(named)) if named else person.t(unsaid)

    return told


def _remote(_: d.RemoteShare | None, person: Known) -> str:
    share = person.talent.remote
    if share is None:
        return person.t("they have not said how much remote work they want")
    return person.t("they want to work {share}", share=label(person.locale, share))


def _salary(_: d.Salary, person: Known) -> str:
    floor = person.talent.salary_floor
    if floor is None:
        return person.t("they named no salary")
    return person.t("they ask for {amount} € a year", amount=number(person.locale, floor))


def _collected(_: d.Collected, person: Known) -> str:
    return person.t("they came to us on {day}", day=short_day(person.locale, person.talent.collected_on))


def _last_letter(_: d.LastLetter, person: Known) -> str:
    at = person.talent.last_letter_at
    if at is None:
        return person.t("we never wrote to them")
    return person.t("we last wrote to them on {day}", day=short_day(person.locale, at.date()))


def _last_act(_: d.LastAct, person: Known) -> str:
    at = person.talent.last_act_at
    if at is None:
        return person.t("they never gave news")
    return person.t("they last gave news on {day}", day=short_day(person.locale, at.date()))


def _answer(_: d.LastAnswer, person: Known) -> str:
    talent = person.talent
    if talent.last_answer is None or talent.last_answer_at is None:
        return person.t("they have answered nothing yet")
    told = answer_label(person.locale, Answer(talent.last_answer))
    if talent.last_reason:
        reason = reason_label(person.locale, Reason(talent.last_reason))
        told = person.t("{answer} ({reasons})", answer=told, reasons=reason)
    day = short_day(person.locale, talent.last_answer_at.date())
    return person.t("their last answer was {answer}, on {day}", answer=told, day=day)


def _consent(criterion: d.Consent, person: Known) -> str:
    row = person.consents.get(criterion.purpose)
    if row is None or row.standing is Standing.NONE:
        return person.t("nothing is settled with them for this purpose")
    day = short_day(person.locale, row.since.date())
    if row.standing is Standing.WITHDRAWN:
        return person.t("they withdrew on {day}", day=day)
    told = _GIVEN[row.basis, row.expires_on is not None]
    until = short_day(person.locale, row.expires_on) if row.expires_on else ""
    return person.t(told, day=day, until=until)


_GIVEN: dict[tuple[Basis, bool], str] = {
    (Basis.CONSENT, True): N_("they agreed on {day}, until {until}"),
    (Basis.CONSENT, False): N_("they agreed on {day}"),
    (Basis.LEGITIMATE_INTEREST, True): N_("our legitimate interest since {day}, until {until}"),
    (Basis.LEGITIMATE_INTEREST, False): N_("our legitimate interest since {day}"),
    (Basis.NONE, True): N_("nothing is settled with them for this purpose"),
    (Basis.NONE, False): N_("nothing is settled with them for this purpose"),
}


def _language(_: d.Language, person: Known) -> str:
    return person.t("we write to them in {language}", language=language_name(person.talent.locale, person.locale))


_KNOWN: dict[type[Any], Callable[[Any, Known], str]] = {
    d.Near: _near,
    d.Mobility: _mobility,
    d.Available: _available,
    d.Situation: _available,
    d.Contracts: _listed(
        N_("they would take: {these}"), N_("they have not said which contracts they would take"), "contracts", Contract
    ),
    d.Level: _level,
    d.Interests: _listed(
        N_("they are drawn by: {these}"), N_("they have not said what draws them"), "interests", Interest
    ),
    d.Environments: _listed(
        N_("they like to work in: {these}"),
        N_("they have not said which environments they like"),
        "environments",
        Environment,
    ),
    d.RemoteShare: _remote,
    d.Salary: _salary,
    d.Collected: _collected,
    d.LastLetter: _last_letter,
    d.LastAct: _last_act,
    d.LastAnswer: _answer,
    d.Consent: _consent,
    d.Language: _language,
}
