"""Each criterion as one clause about people: `who work within 30 km of Lyon`."""

from collections.abc import Callable
from typing import Any

from portal.consent.rules import Purpose
from portal.conversations.labels import answer_label, reason_label
from portal.kit.i18n import N_, number, say, say_n, short_day
from portal.segments import document as d
from portal.segments import house_clauses as of_house
from portal.segments.names import UNNAMED, Names
from portal.segments.wording import OR, join, language_name, place_name, quoted, words
from portal.talents import jobs


def clause(criterion: d.Criterion, locale: str, names: Names = UNNAMED) -> str:
    """Return one criterion as a clause; `names` tells what the house calls its tags, fields, surveys and segments."""
    if told := of_house.CLAUSES.get(type(criterion)):
        return told(criterion, locale, names)
    return _CLAUSES[type(criterion)](criterion, locale)


def _job(criterion: d.Job, locale: str) -> str:
    names = join(locale, [say(locale, "“{job}”", job=jobs.label(code, locale)) for code in criterion.one_of], OR)
    return say(locale, "whose job is {jobs}", jobs=names)


def _near(criterion: d.Near, locale: str) -> str:
    return say(
        locale,
        "who work within {km} km of {place}",
        km=number(locale, criterion.km),
        place=place_name(criterion.place),
    )


def _mobility(criterion: d.Mobility, locale: str) -> str:
    if criterion.remote_counts:
        return say(
            locale,
            "whose own mobility covers {place} or who work fully remotely",
            place=place_name(criterion.place),
        )
    return say(locale, "whose own mobility covers {place}", place=place_name(criterion.place))


def _available(criterion: d.Available, locale: str) -> str:
    if criterion.day:
        return say(locale, "who are available by {day}", day=short_day(locale, criterion.day))
    if criterion.days:
        return say_n(
            locale,
            "who are available by tomorrow",
            "who are available in the next {count} days",
            criterion.days,
        )
    return say(locale, "who are available now")


def _listed(msgid: str) -> Callable[[Any, str], str]:
    return lambda criterion, locale: say(locale, msgid, these=words(locale, criterion.one_of))


def _salary(criterion: d.Salary, locale: str) -> str:
    amount = number(locale, criterion.at_most)
    if criterion.or_unsaid:
        return say(locale, "who ask for {amount} € a year at most or named no salary", amount=amount)
    return say(locale, "who ask for {amount} € a year at most", amount=amount)


def _collected(criterion: d.Collected, locale: str) -> str:
    if criterion.when == "within":
        return say_n(
            locale,
            "who came to us since yesterday",
            "who came to us in the last {count} days",
            criterion.days,
        )
    return say_n(
        locale, "who came to us more than a day ago", "who came to us more than {count} days ago", criterion.days
    )


def _last_letter(criterion: d.LastLetter, locale: str) -> str:
    days = criterion.days or 0
    match criterion.when:
        case d.Since.WITHIN:
            return say_n(
                locale,
                "whom we wrote to in the last day",
                "whom we wrote to in the last {count} days",
                days,
            )
        case d.Since.NOT_WITHIN:
            return say_n(
                locale,
                "whom we did not write to in the last day",
                "whom we did not write to in the last {count} days",
                days,
            )
        case d.Since.NEVER:
            return say(locale, "whom we never wrote to")


def _last_act(criterion: d.LastAct, locale: str) -> str:
    days = criterion.days or 0
    match criterion.when:
        case d.Since.WITHIN:
            return say_n(locale, "who gave news in the last day", "who gave news in the last {count} days", days)
        case d.Since.NOT_WITHIN:
            return say_n(locale, "who gave no news in the last day", "who gave no news in the last {count} days", days)
        case d.Since.NEVER:
            return say(locale, "who never gave news")


def _answer(criterion: d.LastAnswer, locale: str) -> str:
    answers = join(locale, [answer_label(locale, answer) for answer in criterion.one_of], OR)
    if criterion.reasons:
        reasons = join(locale, [reason_label(locale, reason) for reason in criterion.reasons], OR)
        answers = say(locale, "{answer} ({reasons})", answer=answers, reasons=reasons)
    if criterion.days is None:
        return say(locale, "whose last answer is {answer}", answer=answers)
    return say_n(
        locale,
        "whose last answer is {answer}, given in the last day",
        "whose last answer is {answer}, given in the last {count} days",
        criterion.days,
        answer=answers,
    )


def _skills(criterion: d.Skills, locale: str) -> str:
    return say(locale, "whose skills include {these}", these=quoted(locale, criterion.one_of))


_SPOKEN_WELL = N_("who speak {language}, at level {level} at least")


def _spoken(criterion: d.Spoken, locale: str) -> str:
    language = language_name(criterion.language, locale)
    if criterion.at_least is None:
        return say(locale, "who speak {language}", language=language)
    return say(locale, _SPOKEN_WELL, language=language, level=criterion.at_least.value)


def _notice(criterion: d.NoticePeriod, locale: str) -> str:
    return say_n(locale, "whose notice is a day at most", "whose notice is {count} days at most", criterion.days)


def _relocation(_: d.Relocation, locale: str) -> str:
    return say(locale, "who would move house for the right job")


def _answered(criterion: d.Answered, locale: str) -> str:
    answers = join(locale, [answer_label(locale, answer) for answer in criterion.one_of], OR)
    if criterion.reasons:
        reasons = join(locale, [reason_label(locale, reason) for reason in criterion.reasons], OR)
        answers = say(locale, "{answer} ({reasons})", answer=answers, reasons=reasons)
    return say(locale, "who once answered {answer}", answer=answers)


def _notice_due(criterion: d.NoticeDue, locale: str) -> str:
    match criterion.when:
        case "owed":
            return say(locale, "whom we still owe the first information (art. 14)")
        case "over":
            return say(locale, "whom we did not inform in time (art. 14)")
        case "within":
            return say_n(
                locale,
                "whom we must inform by tomorrow (art. 14)",
                "whom we must inform within {count} days (art. 14)",
                criterion.days or 0,
            )


def _confirmed(criterion: d.Confirmed, locale: str) -> str:
    if criterion.when == "within":
        return say_n(
            locale,
            "whose record was confirmed since yesterday",
            "whose record was confirmed in the last {count} days",
            criterion.days,
        )
    return say_n(
        locale,
        "whose record nobody confirmed since yesterday",
        "whose record nobody confirmed in the last {count} days",
        criterion.days,
    )


_CONSENTS: dict[tuple[Purpose, d.ConsentState], str] = {
    (Purpose.POOL, d.ConsentState.VALID): N_("who agree today to be in the pool"),
    (Purpose.POOL, d.ConsentState.EXPIRED): N_("whose agreement to be in the pool has expired"),
    (Purpose.POOL, d.ConsentState.WITHDRAWN): N_("who withdrew from the pool"),
    (Purpose.POOL, d.ConsentState.NONE): N_("whom we have no legal ground yet to keep in the pool"),
    (Purpose.SURVEY, d.ConsentState.VALID): N_("who agree today to receive surveys"),
    (Purpose.SURVEY, d.ConsentState.EXPIRED): N_("whose agreement to receive surveys has expired"),
    (Purpose.SURVEY, d.ConsentState.WITHDRAWN): N_("who refused surveys"),
    (Purpose.SURVEY, d.ConsentState.NONE): N_("whom we have no legal ground yet to send surveys to"),
    (Purpose.EVENT, d.ConsentState.VALID): N_("who agree today to be invited to events"),
    (Purpose.EVENT, d.ConsentState.EXPIRED): N_("whose agreement to be invited to events has expired"),
    (Purpose.EVENT, d.ConsentState.WITHDRAWN): N_("who refused invitations to events"),
    (Purpose.EVENT, d.ConsentState.NONE): N_("whom we have no legal ground yet to invite to events"),
}


def _consent(criterion: d.Consent, locale: str) -> str:
    return join(locale, [say(locale, _CONSENTS[criterion.purpose, state]) for state in criterion.one_of], OR)


def _language(criterion: d.Language, locale: str) -> str:
    names = join(locale, [language_name(name, locale) for name in criterion.one_of], OR)
    return say(locale, "whom we write to in {languages}", languages=names)


_CLAUSES: dict[type[Any], Callable[[Any, str], str]] = {
    d.Job: _job,
    d.Skills: _skills,
    d.Spoken: _spoken,
    d.NoticePeriod: _notice,
    d.Relocation: _relocation,
    d.Answered: _answered,
    d.NoticeDue: _notice_due,
    d.Confirmed: _confirmed,
    d.Near: _near,
    d.Mobility: _mobility,
    d.Available: _available,
    d.Situation: _listed(N_("who are {these}")),
    d.Contracts: _listed(N_("who would take: {these}")),
    d.Level: _listed(N_("whose experience is: {these}")),
    d.Interests: _listed(N_("who are drawn by: {these}")),
    d.Environments: _listed(N_("who like to work in: {these}")),
    d.RemoteShare: _listed(N_("who want to work {these}")),
    d.Salary: _salary,
    d.Sources: _listed(N_("who came to us by: {these}")),
    d.Collected: _collected,
    d.LastLetter: _last_letter,
    d.LastAct: _last_act,
    d.LastAnswer: _answer,
    d.Consent: _consent,
    d.Language: _language,
}
