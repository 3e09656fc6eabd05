"""The criteria one can add, found by a few letters of what they are called, or of what they can ask for."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from portal.kit.fold import fold
from portal.kit.i18n import N_, say
from portal.segments.names import Names
from portal.ui.recruiter.segment import fields, tree
from portal.ui.recruiter.segment.lines import TITLES
from portal.ui.recruiter.segment.own import Option

KINDS = (
    (
        N_("Their work"),
        ("job", "skill", "spoken", "experience", "contract", "salary", "remote", "environment", "interest"),
    ),
    (N_("Where and when"), ("near", "mobility", "relocation", "available", "notice", "situation")),
    (
        N_("What happened with them"),
        ("answer", "answered", "score", "last_act", "last_letter", "confirmed", "language"),
    ),
    (N_("How we know them"), ("source", "collected", "consent", "notice_due", "tag", "field", "segment")),
)
# What people call it beside its name and what can be ticked in it.
_ALSO_CALLED = {
    "job": N_("occupation, trade, profession"),
    "skill": N_("know-how, tools, certificates"),
    "spoken": N_("speaks, level of English"),
    "experience": N_("years, seniority"),
    "salary": N_("pay, wage"),
    "near": N_("town, city, kilometres, radius, around"),
    "mobility": N_("region, travel, radius"),
    "relocation": N_("relocation, moving"),
    "available": N_("free, start date"),
    "last_act": N_("sign of life, activity"),
    "last_letter": N_("contacted, written to, mail"),
    "confirmed": N_("up to date, fresh"),
    "collected": N_("date, since when, imported"),
    "source": N_("origin, import"),
    "consent": N_("GDPR, agreement, legal ground"),
    "notice_due": N_("GDPR, notice, article 14"),
    "tag": N_("label, mark"),
    "score": N_("satisfaction, recommendation, NPS"),
}


@dataclass
class Kinds:
    """Some criteria under one heading."""

    title: str
    options: list[Option] = field(default_factory=list)


def found(text: str, locale: str, names: Names) -> list[Kinds]:
    """Return the criteria each word of `text` may mean, under their headings; all of them while it is blank."""
    words = fold(text[:80]).split()
    every = [kind for _, kinds in KINDS for kind in kinds]
    named = {kind for kind in every if _hold(words, _called(kind, locale))}
    meant = named or {kind for kind in every if _hold(words, _asked_for(kind, locale, names))}
    told = [
        Kinds(say(locale, title), [Option(kind, say(locale, TITLES[kind])) for kind in kinds if kind in meant])
        for title, kinds in KINDS
    ]
    return [each for each in told if each.options]


def _hold(words: list[str], called: Iterable[str]) -> bool:
    """Tell whether each word begins a word of these."""
    haystack = " ".join(f" {fold(each)}" for each in called) if words else ""
    return all(f" {word}" in haystack for word in words)


def _called(kind: str, locale: str) -> Iterable[str]:
    yield say(locale, TITLES[kind])
    if kind in _ALSO_CALLED:
        yield say(locale, _ALSO_CALLED[kind])


def _asked_for(kind: str, locale: str, names: Names) -> Iterable[str]:
    yield from _called(kind, locale)
    yield from (option.words for option in fields.options({"kind": kind, **tree.BLANKS[kind]}, locale))
    yield from _of_the_house(kind, locale, names)


def _of_the_house(kind: str, locale: str, names: Names) -> Iterable[str]:
    match kind:
        case "tag":
            yield from names.tags.values()
        case "field":
            yield from (names.field(locale, number) for number in names.fields)
        case "score":
            yield from (names.survey(locale, number) for number in names.surveys)
        case "segment":
            yield from (names.segment(locale, number) for number in names.segments)
