"""A link that came too late: one press brings a new one, by mail, to the address we know."""

from datetime import datetime, timedelta

from sqlmodel import Session

from portal.chains.engine import hear
from portal.chains.rows import Rows
from portal.chains.turns import AskedAnew
from portal.chains.world import Heard
from portal.consent.actions import acted
from portal.conversations.models import Ask
from portal.conversations.readers import author, readers
from portal.conversations.rules import Question
from portal.gate.actions import put
from portal.gate.requests import Draft, Request
from portal.postbox.rules import LetterKind
from portal.replies import letters
from portal.replies.becoming import Became, what_became
from portal.timeline.actions import record
from portal.timeline.who import Who

AGAIN_FOR = timedelta(days=7)


def renew(session: Session, who: Who, ask: Ask, *, now: datetime) -> bool:
    """Open an expired question again for a week and send a fresh link; for times, have two others held.

    Once a letter: True if a new one is on its way, also when the button was pressed before; False if anything else became
    of the question, or it was renewed already and that has expired too.
    """
    fate = what_became(session, ask, now=now)
    if not fate.renewable:
        return ask.renewed_at is not None and fate.became in {Became.OPEN, Became.REPLACED}
    ask.renewed_at = now
    if ask.question is Question.SLOTS:
        _offer_again(session, who, ask, now=now)
    else:
        ask.deadline = now + AGAIN_FOR
        session.add(ask)
        session.flush()
        _send_link(session, who, ask, now=now)
    record(session, who, "asked_for_new_link", ask.talent_id, now=now, ask=ask.id)
    acted(session, who, ask.talent_id, now=now)
    return True


def _offer_again(session: Session, who: Who, ask: Ask, *, now: datetime) -> None:
    """Take them back to where times are offered: two others are held for them."""
    ask.closed_at = ask.closed_at or now
    session.add(ask)
    session.flush()
    if ask.enrolment_id is not None:
        hear(Rows(session, who), [Heard(ask.enrolment_id, AskedAnew(), ask.step)], now)


def _send_link(session: Session, who: Who, ask: Ask, *, now: datetime) -> None:
    reader = readers(session, [ask.talent_id])[ask.talent_id]
    request = Request(
        kind=LetterKind.SERVICE,
        talent_id=ask.talent_id,
        purpose=letters.PURPOSE,
        opportunity_id=ask.opportunity_id,
        enrolment_id=ask.enrolment_id,
        author_id=ask.owner_id,
    )
    content = letters.new_link(reader, author(session, ask.owner_id), ask)
    put(session, who, [Draft(request, content)], now=now)
