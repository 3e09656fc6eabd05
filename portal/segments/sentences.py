"""A rule in plain words: `People who work within 30 km of Lyon and who …, except those who …`.

Each criterion is one clause of its own in every language; groups only join clauses.
"""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any

from portal.consent.rules import Purpose
from portal.conversations.labels import answer_label, reason_label
from portal.kit.i18n import N_, number, say, say_n, short_day
from portal.segments import document as d
from portal.talents import jobs, places
from portal.talents.labels import label


def sentence(rule: d.Group, locale: str) -> str:
    """Return the whole rule as one sentence, with its full stop."""
    if rule.kind == "none" or (rule.kind == "all" and all(_excludes(child) for child in rule.of)):
        return say(locale, "Everyone except those {clauses}.", clauses=_those(_excluded(rule), locale))
    return say(locale, "People {clauses}.", clauses=_clause(rule, locale, outermost=True))


def clause(criterion: d.Criterion, locale: str) -> str:
    """Return one criterion as a clause about people: `who work within 30 km of Lyon`."""
    return _CLAUSES[type(criterion)](criterion, locale)


def join(locale: str, parts: Sequence[str], last: str) -> str:
    """Return `a, b and c`; `last` is the msgid that joins the last two."""
    if len(parts) < 2:
        return "".join(parts)
    return say(locale, last, before=", ".join(parts[:-1]), last=parts[-1])


def reasons(locale: str, told: Sequence[str]) -> str:
    """Return reasons one after the other, as each language sets a semicolon."""
    return say(locale, "; ").join(told)


AND = N_("{before} and {last}")
OR = N_("{before} or {last}")


def _clause(node: d.Group | d.Criterion, locale: str, *, outermost: bool = False) -> str:
    if not isinstance(node, d.Group):
        return clause(node, locale)
    match node.kind:
        case "all":
            told = _together(node, locale)
        case "any":
            told = _those(node.of, locale)
        case "none":
            told = say(locale, "everyone except those {clauses}", clauses=_those(node.of, locale))
    return told if outermost or (len(node.of) == 1 and node.kind != "none") else f"({told})"


def _together(group: d.Group, locale: str) -> str:
    """Return what they are, then, as an exception, what they are not."""
    are = [child for child in group.of if not _excludes(child)]
    told = join(locale, [_clause(child, locale) for child in are], AND) if are else ""
    excluded = _those(_excluded(group), locale)
    if not excluded:
        return told
    if not told:
        return say(locale, "everyone except those {clauses}", clauses=excluded)
    return say(locale, "{people}, except those {clauses}", people=told, clauses=excluded)


def _excludes(node: d.Group | d.Criterion) -> bool:
    return isinstance(node, d.Group) and node.kind == "none"


def _excluded(group: d.Group) -> list[d.Group | d.Criterion]:
    """Return whom the group leaves out: not a and not b is neither a nor b."""
    if group.kind == "none":
        return list(group.of)
    return [left for child in group.of if isinstance(child, d.Group) and _excludes(child) for left in child.of]


def _those(nodes: Sequence[d.Group | d.Criterion], locale: str) -> str:
    return join(locale, [_clause(node, locale) for node in nodes], OR)


def _words(locale: str, values: Iterable[StrEnum]) -> str:
    return join(locale, [label(locale, value) for value in values], OR)


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


def place_name(insee: str) -> str:
    """Return the place's name, or its code if nobody knows it."""
    place = places.get(insee)
    return place.name if place else insee


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
    return lambda criterion, locale: say(locale, msgid, these=_words(locale, criterion.one_of))


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


_LANGUAGES = {"fr": N_("French"), "en": N_("English")}


def _language(criterion: d.Language, locale: str) -> str:
    names = join(locale, [say(locale, _LANGUAGES[name]) for name in criterion.one_of], OR)
    return say(locale, "whom we write to in {languages}", languages=names)


_CLAUSES: dict[type[Any], Callable[[Any, str], str]] = {
    d.Job: _job,
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
