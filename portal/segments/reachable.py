"""Reachable now: whom a letter could go to today, and for everyone else the one check that says no first.

There is one law, `portal.gate.rules.decide`, over the gate's own facts; nothing here decides anything.
Hours are left out by construction: they delay a *go*, they never refuse one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from portal.consent.rules import Purpose
from portal.conversations.rules import Question
from portal.gate.queries import facts_for
from portal.gate.requests import Request
from portal.gate.rules import Check, Verdict, decide
from portal.kit.db import new_id
from portal.kit.i18n import N_, say
from portal.postbox.rules import LetterKind
from portal.segments.document import Group
from portal.segments.queries import member_ids
from portal.timeline.who import Person, Who

_CHUNK = 2_000


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
    reachable: list[int] = []
    blocked: dict[tuple[Check, str], list[int]] = {}
    for talent_id, reason in _objections(session, _requests(who, talent_ids, aim or Aim()), now):
        if reason is None:
            reachable.append(talent_id)
        else:
            blocked.setdefault(reason, []).append(talent_id)
    order = list(Check)
    buckets = [Bucket(check, because, tuple(found)) for (check, because), found in blocked.items()]
    return Split(
        tuple(reachable), tuple(sorted(buckets, key=lambda bucket: (order.index(bucket.check), -bucket.count)))
    )


def _requests(who: Who, talent_ids: Sequence[int], aim: Aim) -> list[Request]:
    # Every request is about the same letter that nobody has written yet: its id only has to be no one else's.
    letter_id, author_id = new_id(), who.id if isinstance(who, Person) and who.is_staff else None
    return [
        Request(
            kind=LetterKind.CONTACT,
            talent_id=talent_id,
            purpose=aim.purpose,
            question=aim.question,
            opportunity_id=aim.opportunity_id,
            survey_id=aim.survey_id,
            author_id=author_id,
            letter_id=letter_id,
        )
        for talent_id in talent_ids
    ]


def _objections(
    session: Session, requests: Sequence[Request], now: datetime
) -> Iterator[tuple[int, tuple[Check, str] | None]]:
    """Yield each person with the check that objects and its reason, or None."""
    for start in range(0, len(requests), _CHUNK):
        chunk = requests[start : start + _CHUNK]
        for request, facts in zip(chunk, facts_for(session, chunk, now=now), strict=True):
            decision = decide(facts)
            assert request.talent_id is not None
            if decision.verdict is Verdict.GO:
                yield request.talent_id, None
            else:
                assert decision.check is not None
                yield request.talent_id, (decision.check, decision.because or "")
