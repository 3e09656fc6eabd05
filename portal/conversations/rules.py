"""The closed words of asking and answering."""

from enum import StrEnum


class Question(StrEnum):
    """What was put to someone."""

    STILL_LOOKING = "still_looking"
    OPPORTUNITY = "opportunity"
    DIGEST = "digest"
    SLOTS = "slots"
    SURVEY = "survey"


class Answer(StrEnum):
    """What they said."""

    YES = "yes"
    MORE_INFO = "more_info"
    NO = "no"
    LATER = "later"


class Reason(StrEnum):
    """Why a no: given freely, never required."""

    TOO_FAR = "too_far"
    SALARY = "salary"
    TIMING = "timing"
    PROJECT = "project"
    CONTRACT = "contract"
    OTHER = "other"
