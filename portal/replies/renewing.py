"""A link that came too late: one press brings a new one, by mail, to the address we know."""

from datetime import datetime, timedelta

from sqlmodel import Session

from portal.chains.engine import hear
from portal.chains.models import Enrolment, Launch
from portal.chains.rows import Rows
from portal.chains.rules import LaunchState
from portal.chains.turns import AskedAnew
from portal.chains.world import Heard
from portal.consent.actions import acted
from portal.conversations.models import Ask
from portal.conversations.readers import author, readers
from portal.conversations.rules import Question
from portal.gate.actions import put
from portal.gate.requests import Draft, Request
from portal.kit.errors import Refused
from portal.opportunities.queries import NO_LONGER_OPEN, is_closed
from portal.postbox.rules import LetterKind
from portal.replies import letters
from portal.timeline.actions import record
from portal.timeline.who import Who

AGAIN_FOR = timedelta(days=7)


def renew(session: Session, who: Who, ask: Ask, *, now: datetime) -> None:
    """Open the question again for a week and send a fresh link; for slots, hold two others.

    Raises Refused when there is nothing left to answer: the job is filled, the launch was stopped, they stopped us.
    """
    _check_still_asked(session, ask)
    if ask.deadline > now and ask.closed_at is None:
        return
    if ask.question is Question.SLOTS:
        _offer_again(session, who, ask, now=now)
    else:
        ask.deadline, ask.closed_at = now + AGAIN_FOR, None
        session.add(ask)
        session.flush()
        _send_link(session, who, ask, now=now)
    record(session, who, "asked_for_new_link", ask.talent_id, now=now, ask=ask.id)
    acted(session, who, ask.talent_id, now=now)


def _check_still_asked(session: Session, ask: Ask) -> None:
    enrolment = session.get(Enrolment, ask.enrolment_id) if ask.enrolment_id else None
    launch = session.get(Launch, enrolment.launch_id) if enrolment else None
    if is_closed(session, ask.opportunity_id):
        raise Refused(NO_LONGER_OPEN)
    if launch is not None and launch.state is LaunchState.STOPPED:
        raise Refused("This question is closed for good: there is nothing left to answer. Thank you all the same.")


def _offer_again(session: Session, who: Who, ask: Ask, *, now: datetime) -> None:
    """Take them back to where times are offered: two others are held for them."""
    if ask.enrolment_id is None:
        raise Refused("These times are no longer held for you. Ask for new ones.")
    ask.closed_at = ask.closed_at or now
    session.add(ask)
    session.flush()
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
