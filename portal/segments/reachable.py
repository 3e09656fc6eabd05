"""Reachable now: whom a letter could go to today, and for everyone else the one check that says no first.

There is one law, the gate's (`portal.gate.law`, asked of many by `portal.gate.setwise`); nothing here decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from portal.consent.rules import Purpose
from portal.conversations.rules import Question
from portal.gate.law import numbers
from portal.gate.law.reason import Reason
from portal.gate.requests import Request
from portal.gate.rules import Check, HouseRules
from portal.gate.setwise import objections
from portal.kit.i18n import say
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
    chain_id: int | None = None
    step: str | None = None


@dataclass(frozen=True, slots=True)
class Bucket:
    """Those whom the same reason of the law holds back."""

    reason: Reason
    talent_ids: tuple[int, ...]

    @property
    def because(self) -> str:
        return self.reason.code

    @property
    def count(self) -> int:
        return len(self.talent_ids)

    def label(self, locale: str) -> str:
        """Return the reason in a few words, to stand beside the count."""
        return say(locale, self.reason.short)

    def note(self, locale: str, house: HouseRules) -> str:
        """Return what becomes of them, or what may be done for them."""
        return say(locale, self.reason.bar, **numbers(house))


@dataclass(frozen=True, slots=True)
class Split:
    """A partition: everyone is reachable or in exactly one bucket; buckets stand in the order of the checks."""

    reachable: tuple[int, ...]
    blocked: tuple[Bucket, ...]

    @property
    def total(self) -> int:
        return len(self.reachable) + sum(bucket.count for bucket in self.blocked)


def split(session: Session, who: Who, rule: Group, *, now: datetime, aim: Aim | None = None) -> Split:
    """Split a segment: the author of the letter would be `who`."""
    return split_ids(session, who, member_ids(session, rule, now=now), now=now, aim=aim)


def split_ids(session: Session, who: Who, talent_ids: Sequence[int], *, now: datetime, aim: Aim | None = None) -> Split:
    """Split these people."""
    reachable: tuple[int, ...] = ()
    blocked: list[Bucket] = []
    for found in objections(session, talent_ids, about(who, aim or Aim()), now=now):
        if found.reason is None:
            reachable = found.talent_ids
        else:
            blocked.append(Bucket(found.reason, found.talent_ids))
    order = list(Check)
    return Split(reachable, tuple(sorted(blocked, key=lambda one: (order.index(one.reason.check), -one.count))))


def about(who: Who, aim: Aim, talent_id: int | None = None) -> Request:
    """Return what the gate is asked: may `who` write to them about this?"""
    return Request(
        kind=LetterKind.CONTACT,
        talent_id=talent_id,
        purpose=aim.purpose,
        question=aim.question,
        opportunity_id=aim.opportunity_id,
        survey_id=aim.survey_id,
        chain_id=aim.chain_id,
        step=aim.step,
        author_id=who.id if isinstance(who, Person) and who.is_staff else None,
    )
