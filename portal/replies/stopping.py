"""Leaving someone in peace: at their own word, or because a recruiter heard from them elsewhere."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from portal.chains.actions import end_enrolments, enrolments_of
from portal.chains.rules import Outcome
from portal.consent import actions as consent
from portal.consent.rules import Purpose, Stance
from portal.consent.undoing import undo_yes
from portal.conversations import actions as conversations
from portal.gate.receipts import confirm_undone, tell_both
from portal.postbox import actions as postbox
from portal.timeline.actions import record
from portal.timeline.who import LinkGrant, Person, Who


def unsubscribe(session: Session, grant: LinkGrant, *, now: datetime) -> None:
    """Stop writing to them, at once (RFC 8058, GDPR 7(3) and 21): in one transaction with what was still queued.

    Pressing twice is pressing once.
    """
    withdraw(session, grant, grant.talent_id, interface="unsubscribe", now=now)


def withdraw(
    session: Session, who: Who, talent_id: int, *, interface: str, now: datetime, purpose: Purpose | None = None
) -> bool:
    """Withdraw one consent of this person, or all, and cancel what was on its way because of it; False if none stood."""
    ended = consent.withdraw(session, who, talent_id, purpose, interface=interface, now=now)
    if ended:
        _let_go(session, who, talent_id, ended, interface=interface, now=now)
    return bool(ended)


def object_to(session: Session, who: Who, talent_id: int, purpose: Purpose, *, interface: str, now: datetime) -> bool:
    """Object to one purpose (GDPR 21), with the same consequences; False if they had stopped us already."""
    ended = consent.object_to(session, who, talent_id, purpose, interface=interface, now=now)
    if ended:
        _let_go(session, who, talent_id, ended, interface=interface, now=now)
    return bool(ended)


def not_me(session: Session, grant: LinkGrant, undo: Mapping[str, Any], *, now: datetime) -> bool:
    """“This was not me”: undo the yes said in their name and what followed from it, tell them; False if it no longer stands."""
    stance = undo_yes(session, grant, undo, interface="link", now=now)
    if stance is None:
        return False
    if stance not in {Stance.INTEREST, Stance.AGREED}:
        _end_what_followed(session, grant, grant.talent_id, [Purpose(undo["purpose"])], now=now)
    confirm_undone(session, grant, now=now)
    tell_both(session, grant, grant.talent_id, now=now)
    return True


def _let_go(session: Session, who: Who, talent_id: int, ended: list[Purpose], *, interface: str, now: datetime) -> None:
    """Nothing that stood on these purposes leaves any more, and everybody concerned is told."""
    _end_what_followed(session, who, talent_id, ended, now=now)
    consent.acted(session, who, talent_id, now=now)
    record(session, who, "withdrew", talent_id, now=now, interface=interface)
    tell_both(session, who, talent_id, now=now)


def _end_what_followed(session: Session, who: Who, talent_id: int, ended: list[Purpose], *, now: datetime) -> None:
    """Cancel what stood on these purposes; without the pool, no way through a launch goes on."""
    if Purpose.POOL in ended:
        end_enrolments(session, who, enrolments_of(session, talent_id), Outcome.UNSUBSCRIBED, now=now)
        postbox.cancel_for_talent(session, talent_id, why="withdrawn")
    else:
        for each in ended:
            postbox.cancel_for_talent(session, talent_id, why="withdrawn", purpose=each.value)


def stop_follow_ups(session: Session, who: Person, talent_id: int, *, now: datetime) -> None:
    """One press: they replied elsewhere. Nothing automatic reaches them until the conversation is closed."""
    end_enrolments(session, who, enrolments_of(session, talent_id), Outcome.STOPPED, now=now)
    postbox.cancel_for_talent(session, talent_id, why="follow_ups_stopped")
    conversation = conversations.open_conversation(session, who, talent_id, who.id, now=now)
    if conversation.follow_ups_stopped_at is None:
        conversation.follow_ups_stopped_at = now
        session.add(conversation)
        record(session, who, "follow_ups_stopped", talent_id, now=now)


def resume_follow_ups(session: Session, who: Person, talent_id: int, *, now: datetime) -> None:
    """Undo the stop: letters may reach them again; what had been ended stays ended."""
    conversation = conversations.open_conversation(session, who, talent_id, who.id, now=now)
    if conversation.follow_ups_stopped_at is not None:
        conversation.follow_ups_stopped_at = None
        session.add(conversation)
        record(session, who, "follow_ups_resumed", talent_id, now=now)
