"""Rules that no one person can meet. Claimed only where it is so: a rule that holds one person is never refused."""

from collections.abc import Callable, Iterable
from itertools import combinations
from typing import Any

from portal.kit.i18n import N_
from portal.segments.document import (
    Available,
    Collected,
    Confirmed,
    Consent,
    Criterion,
    Group,
    Language,
    LastAct,
    LastAnswer,
    LastLetter,
    Level,
    NoticeDue,
    RemoteShare,
    Since,
    Situation,
)
from portal.talents.vocabulary import Availability

_ONE_VALUE_A_PERSON = (Level, RemoteShare, Situation, Language, LastAnswer)


def exclude_each_other(one: Criterion, other: Criterion) -> bool:
    """Tell whether nobody can meet both. False where we do not know."""
    if type(one) is type(other) and isinstance(one, _ONE_VALUE_A_PERSON):
        return _nothing_in_common(one, other)
    return any(
        contradict(*pair)
        for kinds, contradict in _PAIRS
        for pair in ((one, other), (other, one))
        if kinds == (type(pair[0]), type(pair[1]))
    )


def _nothing_in_common(one: Any, other: Any) -> bool:  # noqa: ANN401 - two criteria of one class
    return not set(one.one_of) & set(other.one_of)


def _stands_elsewhere(one: Consent, other: Consent) -> bool:
    return one.purpose == other.purpose and _nothing_in_common(one, other)


def _never_available(_: Available, other: Situation) -> bool:
    return set(other.one_of) == {Availability.NOT_LOOKING}


def _at_other_times(one: LastLetter | LastAct, other: LastLetter | LastAct) -> bool:
    """Something happened within some days, but never, or not within as many."""
    if one.when is not Since.WITHIN or other.when is Since.WITHIN:
        return False
    return other.when is Since.NEVER or (one.days or 0) <= (other.days or 0)


def _on_other_days(one: Collected | Confirmed, other: Collected | Confirmed) -> bool:
    return one.when == "within" and other.when == "before" and one.days <= other.days


def _due_otherwise(one: NoticeDue, other: NoticeDue) -> bool:
    return (one.when, other.when) == ("within", "over")


# Not two places: people declare several, and one may lie near each.
_PAIRS: tuple[tuple[tuple[type[Any], type[Any]], Callable[[Any, Any], bool]], ...] = (
    ((Available, Situation), _never_available),
    ((Consent, Consent), _stands_elsewhere),
    ((LastLetter, LastLetter), _at_other_times),
    ((LastAct, LastAct), _at_other_times),
    ((Collected, Collected), _on_other_days),
    ((Confirmed, Confirmed), _on_other_days),
    ((NoticeDue, NoticeDue), _due_otherwise),
)

SAME_EXCLUDED = N_("The same criterion is asked for and excluded, so nobody matches: take one of the two out.")
EXCLUDE = N_("Two criteria of one “all” group exclude each other, so nobody matches: put them in an “any” group.")


def why_nobody(group: Group) -> str | None:
    """Return the sentence that says why nobody at all can match; None wherever somebody may."""
    below = [why_nobody(child) if isinstance(child, Group) else None for child in group.of]
    if group.kind == "all":
        return _clash(group) or next(filter(None, below), None)
    return below[0] if group.kind == "any" and below and all(below) else None


def _clash(group: Group) -> str | None:
    asked = list(_asked(group))
    if any(criterion in asked for criterion in _excluded(group)):
        return SAME_EXCLUDED
    return EXCLUDE if any(exclude_each_other(*pair) for pair in combinations(asked, 2)) else None


def _asked(group: Group) -> Iterable[Criterion]:
    """Return what must hold for everyone the group takes."""
    for child in group.of:
        if not isinstance(child, Group):
            yield child
        elif child.kind == "all":
            yield from _asked(child)


def _excluded(group: Group) -> Iterable[Criterion]:
    """Return what holds for nobody the group takes."""
    for child in group.of:
        if isinstance(child, Group) and child.kind == "none":
            yield from (part for part in child.of if not isinstance(part, Group))
        elif isinstance(child, Group) and child.kind == "all":
            yield from _excluded(child)
