"""Closed words and pure decisions about one person in the pool."""

from enum import StrEnum


class SourceKind(StrEnum):
    """Where someone came from; decides between art. 13 and art. 14 GDPR."""

    APPLICATION = "application"
    PORTAL = "portal"
    REFERRAL = "referral"
    LINKEDIN = "linkedin"
    EVENT = "event"
    ATS_EXPORT = "ats_export"
    OTHER = "other"


# Collected from the person themself (art. 13); every other kind owes them the art. 14 information within a month.
FROM_THE_PERSON = frozenset({SourceKind.APPLICATION, SourceKind.PORTAL, SourceKind.EVENT})


class AddressForm(StrEnum):
    """How someone asked to be addressed; chosen in the portal only, never a criterion."""

    NEUTRAL = "neutral"
    FEMININE = "feminine"
    MASCULINE = "masculine"


class AddressState(StrEnum):
    """What became of another address of someone. `aside`: theirs, but not the one we write to."""

    PROPOSED = "proposed"
    PROVEN = "proven"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    TAKEN_BACK = "taken_back"
    ASIDE = "aside"


class FieldKind(StrEnum):
    """What a field of the house's own holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"


class TalentMay(StrEnum):
    """What the person themself may do with a field of the house's own; hidden, it is still in their data (GDPR 15)."""

    NOTHING = "nothing"
    SEE = "see"
    EDIT = "edit"


class Outcome(StrEnum):
    """What a file did to someone in the pool."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


class Decision(StrEnum):
    """What a person made of a doubt."""

    SAME = "same"
    TWO = "two"
