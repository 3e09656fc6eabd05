"""Reachable now: whom a letter could go to today, and for everyone else the one check that says no first.

There is one law, the gate's (`portal.gate.rules` for one person, `portal.gate.setwise` for many); nothing here decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from portal.consent.rules import Purpose
from portal.conversations.rules import Question
from portal.gate.requests import Request
from portal.gate.rules import Check
from portal.gate.setwise import objections
from portal.kit.i18n import N_, say
from portal.postbox.rules import LetterKind
from portal.segments.document import Group
from portal.segments.queries import member_ids
from portal.timeline.who import Person, Who


@dataclass(frozen=True, slots=True)
class Aim:
    """What the letter would be about: by default a first contact for the pool, without a question of its own."""

    purpose: Purpose = Purpose.POOL
    question: Question | None = None
    opportunity_id: int | None = None
    survey_id: int | None = None


@dataclass(frozen=True, slots=True)
class Bucket:
    """Those whom the same check holds back for the same reason; `because` is the gate's code."""

    check: Check
    because: str
    talent_ids: tuple[int, ...]

    @property
    def count(self) -> int:
        return len(self.talent_ids)

    def label(self, locale: str) -> str:
        """Return the reason in a few words, to stand beside the count."""
        return say(locale, BECAUSE.get(self.because, CHECKS[self.check]))


@dataclass(frozen=True, slots=True)
class Split:
    """A partition: everyone is reachable or in exactly one bucket; buckets stand in the order of the checks."""

    reachable: tuple[int, ...]
    blocked: tuple[Bucket, ...]

    @property
    def total(self) -> int:
        return len(self.reachable) + sum(bucket.count for bucket in self.blocked)


CHECKS: dict[Check, str] = {
    Check.PERSON: N_("cannot be written to"),
    Check.BASIS: N_("no valid legal ground"),
    Check.ALREADY_ASKED: N_("already asked"),
    Check.ANSWERS: N_("held back by their answer"),
    Check.RHYTHM: N_("their rhythm"),
    Check.HOURS: N_("quiet hours"),
}
BECAUSE: dict[str, str] = {
    "erased": N_("erased"),
    "no_address": N_("no e-mail address"),
    "bounced": N_("their address bounces"),
    "do_not_contact": N_("asked never to be contacted"),
    "withdrawn": N_("withdrew their agreement"),
    "notice_overdue": N_("not informed within a month"),
    "no_basis": N_("no valid legal ground"),
    "expired": N_("their agreement has expired"),
    "notice_first": N_("must be informed first"),
    "same_opportunity": N_("already asked about this job"),
    "same_survey": N_("already asked this survey"),
    "same_question": N_("asked the same lately"),
    "conversation_open": N_("talking with a colleague"),
    "stopped": N_("follow-ups stopped"),
    "no_to_this": N_("said no to this job"),
    "no_holds": N_("said no lately"),
    "later": N_("said later"),
    "paused": N_("paused our letters"),
    "rhythm": N_("written to lately"),
}


def split(session: Session, who: Who, rule: Group, *, now: datetime, aim: Aim | None = None) -> Split:
    """Split a segment: the author of the letter would be `who`."""
    return split_ids(session, who, member_ids(session, rule, now=now), now=now, aim=aim)


def split_ids(session: Session, who: Who, talent_ids: Sequence[int], *, now: datetime, aim: Aim | None = None) -> Split:
    """Split these people."""
    reachable: tuple[int, ...] = ()
    blocked: list[Bucket] = []
    for found in objections(session, talent_ids, about(who, aim or Aim()), now=now):
        if found.check is None:
            reachable = found.talent_ids
        else:
            blocked.append(Bucket(found.check, found.because, found.talent_ids))
    order = list(Check)
    return Split(reachable, tuple(sorted(blocked, key=lambda bucket: (order.index(bucket.check), -bucket.count))))


def about(who: Who, aim: Aim, talent_id: int | None = None) -> Request:
    """Return what the gate is asked: may `who` write to them about this?"""
    return Request(
        kind=LetterKind.CONTACT,
        talent_id=talent_id,
        purpose=aim.purpose,
        question=aim.question,
        opportunity_id=aim.opportunity_id,
        survey_id=aim.survey_id,
        author_id=who.id if isinstance(who, Person) and who.is_staff else None,
    )
