"""The first information (GDPR 13, 14): what we hold, from where, why, and the question whether they wish to stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from portal.access.guards import recruiter
from portal.consent.actions import give
from portal.consent.queries import ConsentView, NoticeView, consents_of, current_notice
from portal.consent.rules import Purpose, Stance
from portal.consent.undoing import undoing
from portal.conversations.readers import author, readers
from portal.gate.actions import put
from portal.gate.law import decide
from portal.gate.queries import facts_for
from portal.gate.receipts import confirm_yes, tell_both
from portal.gate.requests import Draft, Request
from portal.gate.rules import Decision, Verdict
from portal.postbox.rules import LetterKind
from portal.privacy import letters
from portal.timeline.who import LinkGrant, Person, Who

ANSWER_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Informed:
    """How many first letters go, and what held the others back."""

    going: int
    held_back: tuple[Decision, ...]


def who_may_be(session: Session, who: Person, talent_ids: Sequence[int], *, now: datetime) -> list[int]:
    """Return those of these people to whom the first information would go now; nothing is written."""
    me = recruiter(who)
    asked = [
        Request(kind=LetterKind.NOTICE, talent_id=id_, purpose=Purpose.POOL, author_id=me.id) for id_ in talent_ids
    ]
    decided = zip(talent_ids, map(decide, facts_for(session, asked, now=now)), strict=True)
    return [id_ for id_, decision in decided if decision.verdict is Verdict.GO]


def inform(session: Session, who: Person, talent_ids: Sequence[int], *, now: datetime) -> Informed:
    """Write the first information to these people, in the name of who asks; once a person, through the gate."""
    me = recruiter(who)
    people = readers(session, talent_ids)
    signed, until = author(session, me.id), now + ANSWER_WITHIN
    texts = {reader.locale: current_notice(session, Purpose.POOL, reader.locale, now=now) for reader in people.values()}
    drafts = [
        Draft(
            Request(kind=LetterKind.NOTICE, talent_id=id_, purpose=Purpose.POOL, author_id=me.id),
            letters.first_information(reader, signed, texts[reader.locale].text, until=until),
        )
        for id_, reader in people.items()
    ]
    outcomes = put(session, who, drafts, now=now)
    held_back = tuple(outcome.decision for outcome in outcomes if not outcome.goes)
    return Informed(len(outcomes) - len(held_back), held_back)


def agree(session: Session, who: LinkGrant, text: NoticeView, *, since: datetime, now: datetime) -> None:
    """They wish to stay in the pool, having read `text` on the page of their link, which was made at `since`.

    A receipt follows, with *this was not me*; pressed again, a yes to the same text is the same yes.
    """
    stands = next((row for row in consents_of(session, who.talent_id) if row.purpose is text.purpose), None)
    if stands is not None and stands.since >= since and stands.notice_id == text.id and _agreed(stands, now):
        return
    undo = undoing(session, who.talent_id, text.purpose, now=now)
    given = give(session, who, who.talent_id, text.purpose, text, interface="link", now=now)
    tell_both(session, who, who.talent_id, now=now)
    confirm_yes(session, who, text, undo | {"entry": given.entry}, now=now)


def _agreed(stands: ConsentView, now: datetime) -> bool:
    return stands.stance(now.date()) is Stance.AGREED


def agree_to(session: Session, who: Who, talent_id: int, notice: NoticeView, *, interface: str, now: datetime) -> None:
    """They agree to one purpose, having read this text; an address that was theirs until lately hears of it."""
    give(session, who, talent_id, notice.purpose, notice, interface=interface, now=now)
    tell_both(session, who, talent_id, now=now)
