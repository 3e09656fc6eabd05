"""Pairs of criteria that no one person can meet together."""

from portal.segments.document import (
    Collected,
    Consent,
    Criterion,
    Job,
    Language,
    LastAct,
    LastAnswer,
    LastLetter,
    Level,
    Near,
    RemoteShare,
    Since,
    Situation,
    Sources,
)
from portal.talents import places

_ONE_VALUE_A_PERSON = (Job, Level, RemoteShare, Situation, Sources, Language, LastAnswer)


def exclude_each_other(one: Criterion, other: Criterion) -> bool:
    """Tell whether nobody can meet both. False where we do not know."""
    match one, other:
        case Near(), Near():
            return _too_far_apart(one, other)
        case Consent(), Consent():
            return one.purpose == other.purpose and not set(one.one_of) & set(other.one_of)
        case (LastLetter(), LastLetter()):
            return _at_other_times(one, other) or _at_other_times(other, one)
        case (LastAct(), LastAct()):
            return _at_other_times(one, other) or _at_other_times(other, one)
        case Collected(), Collected():
            return _collected_otherwise(one, other) or _collected_otherwise(other, one)
        case _ if type(one) is type(other) and isinstance(one, _ONE_VALUE_A_PERSON):
            return not set(one.one_of) & set(other.one_of)  # type: ignore[union-attr]
        case _:
            return False


def _too_far_apart(one: Near, other: Near) -> bool:
    here, there = places.get(one.place), places.get(other.place)
    return here is not None and there is not None and places.distance_km(here, there) > one.km + other.km


def _at_other_times(one: LastLetter | LastAct, other: LastLetter | LastAct) -> bool:
    """Something happened within some days, but never, or not within as many."""
    if one.when is not Since.WITHIN or other.when is Since.WITHIN:
        return False
    return other.when is Since.NEVER or (one.days or 0) <= (other.days or 0)


def _collected_otherwise(one: Collected, other: Collected) -> bool:
    return one.when == "within" and other.when == "before" and one.days <= other.days
