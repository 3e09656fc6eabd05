"""Purposes, legal bases, and what may become of them."""

from calendar import monthrange
from datetime import date, datetime
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


class Stance(StrEnum):
    """What may truly be said of where someone stands: neither our interest nor a consent that ended is "you agreed"."""

    AGREED = "agreed"
    INTEREST = "interest"
    ENDED = "ended"
    STOPPED = "stopped"
    SILENT = "silent"


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
    LIFTED = "lifted"  # an objection that only a file told of, and that was taken back with it


def months_after(day: date, months: int) -> date:
    """Return the same day `months` later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def expires_on(last_act: date, retention_months: int) -> date:
    """Return the first day a consent no longer holds: it runs from the last act of the person, never from ours.

    CNIL, guide du recrutement (2023): two years at most, with consent, renewable.
    """
    return months_after(last_act, retention_months)


def stance(standing: Standing, basis: Basis, expires_on: date | None, today: date) -> Stance:
    """Return where someone stands today; on the day it expires nothing holds any more, as the gate has it."""
    if standing is Standing.WITHDRAWN:
        return Stance.STOPPED
    if standing is Standing.NONE or basis is Basis.NONE:
        return Stance.SILENT
    if expires_on is not None and expires_on <= today:
        return Stance.ENDED
    return Stance.AGREED if basis is Basis.CONSENT else Stance.INTEREST


def inform_by(collected_on: date) -> date:
    """Return the last day of art. 14(3)(a) GDPR: within one month of the day of collection."""
    return months_after(collected_on, 1)


def is_stronger(new: Basis, since: date, old: Basis, old_since: date) -> bool:
    """Tell whether evidence brought by a file adds to what stands: another file never weakens what a person said."""
    if new is Basis.CONSENT:
        return old is not Basis.CONSENT or since > old_since
    return new is Basis.LEGITIMATE_INTEREST and old is Basis.NONE


def stricter(standing: Standing, basis: Basis, since: datetime) -> tuple[bool, bool, bool, datetime]:
    """Return the order in which one of two standings of one person holds, the highest: no silence undoes what was said.

    Whoever ever said stop said it for both; then what was given counts more than nothing, their own word more than our
    interest, the newest more than an older one.
    """
    return (standing is Standing.WITHDRAWN, standing is Standing.GIVEN, basis is Basis.CONSENT, since)
