"""Closed words of rules alone."""

from enum import StrEnum


class ConsentState(StrEnum):
    """Where someone stands on one purpose today."""

    VALID = "valid"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    NONE = "none"


class Since(StrEnum):
    """How long ago something last happened. `not_within` also holds those with whom it never did."""

    WITHIN = "within"
    NOT_WITHIN = "not_within"
    NEVER = "never"


class Band(StrEnum):
    """What someone would say of us to others: 9 and 10, 7 and 8, 6 and under."""

    PROMOTER = "promoter"
    PASSIVE = "passive"
    DETRACTOR = "detractor"


class Cefr(StrEnum):
    """How well a language is spoken (Common European Framework of Reference), in order."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"


class Test(StrEnum):
    """What a field of the house's own is asked."""

    HOLDS = "holds"
    IS = "is"
    ONE_OF = "one_of"
    NUMBER = "number"
    DAY = "day"
    KNOWN = "known"
