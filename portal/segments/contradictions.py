"""Pairs of criteria that no one person can meet together."""

from collections.abc import Callable
from typing import Any

from portal.segments.document import (
    Collected,
    Confirmed,
    Consent,
    Criterion,
    Language,
    LastAct,
    LastAnswer,
    LastLetter,
    Level,
    Near,
    NoticeDue,
    RemoteShare,
    Since,
    Situation,
)
from portal.talents import places

_ONE_VALUE_A_PERSON = (Level, RemoteShare, Situation, Language, LastAnswer)


def exclude_each_other(one: Criterion, other: Criterion) -> bool:
    """Tell whether nobody can meet both. False where we do not know."""
    if type(one) is not type(other):
        return False
    if isinstance(one, _ONE_VALUE_A_PERSON):
        return _nothing_in_common(one, other)
    return any(contradict(one, other) or contradict(other, one) for kind, contradict in _PAIRS if isinstance(one, kind))


def _nothing_in_common(one: Any, other: Any) -> bool:  # noqa: ANN401 - two criteria of one class
    return not set(one.one_of) & set(other.one_of)


def _stands_elsewhere(one: Consent, other: Consent) -> bool:
    return one.purpose == other.purpose and _nothing_in_common(one, other)


def _too_far_apart(one: Near, other: Near) -> bool:
    here, there = places.get(one.place), places.get(other.place)
    return here is not None and there is not None and places.distance_km(here, there) > one.km + other.km


def _at_other_times(one: LastLetter | LastAct, other: LastLetter | LastAct) -> bool:
    """Something happened within some days, but never, or not within as many."""
    if one.when is not Since.WITHIN or other.when is Since.WITHIN:
        return False
    return other.when is Since.NEVER or (one.days or 0) <= (other.days or 0)


def _on_other_days(one: Collected | Confirmed, other: Collected | Confirmed) -> bool:
    return one.when == "within" and other.when == "before" and one.days <= other.days


def _due_otherwise(one: NoticeDue, other: NoticeDue) -> bool:
    return (one.when, other.when) == ("within", "over")


_PAIRS: tuple[tuple[type[Any], Callable[[Any, Any], bool]], ...] = (
    (Near, _too_far_apart),
    (Consent, _stands_elsewhere),
    (LastLetter, _at_other_times),
    (LastAct, _at_other_times),
    (Collected, _on_other_days),
    (Confirmed, _on_other_days),
    (NoticeDue, _due_otherwise),
)
