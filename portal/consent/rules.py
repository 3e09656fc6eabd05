"""Purposes, legal bases, and what may become of them."""

from enum import StrEnum


class Purpose(StrEnum):
    """Why we may write (GDPR 5(1)b)."""

    POOL = "pool"
    SURVEY = "survey"
    EVENT = "event"


class Basis(StrEnum):
    """On what legal ground (GDPR 6(1)); values are those of `vivier import --basis`."""

    CONSENT = "consent"
    LEGITIMATE_INTEREST = "legitimate-interest"
    NONE = "none"


class Standing(StrEnum):
    """Where one person stands on one purpose today. `withdrawn` also holds an objection (GDPR 21)."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"
    NONE = "none"


class Act(StrEnum):
    """What an entry of the ledger says happened."""

    GIVEN = "given"
    RENEWED = "renewed"
    WITHDRAWN = "withdrawn"
    OBJECTED = "objected"
    IMPORTED_EVIDENCE = "imported_evidence"
    LEGITIMATE_INTEREST = "legitimate_interest"
    NOTICE_SHOWN = "notice_shown"
    ERASED = "erased"
