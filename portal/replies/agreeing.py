"""A time agreed on the phone: the recruiter writes it down, and both are told."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.booking import openings
from portal.booking.models import Booking, Slot
from portal.booking.offering import offer
from portal.conversations import actions as conversations
from portal.conversations.inbox import full_name
from portal.conversations.models import Conversation
from portal.kit.db import saved
from portal.kit.errors import NotFound, Refused
from portal.replies.talks import booked, move_booking
from portal.talents.models import Talent
from portal.timeline.who import Person, Who

COLLEAGUES = "A colleague is talking with this person: take the conversation over first."


def agree(
    session: Session, who: Person, talent_id: int, day: date, at: time, minutes: int, *, now: datetime
) -> Booking:
    """A recruiter writes down a time agreed on the phone, in their own zone: booked, or moved there if the two have a talk.

    A time they offer already is taken as it is; any other is offered first.
    """
    conversation = _own_conversation(session, recruiter(who), talent_id, now=now)
    slot_id = _slot_at(session, who, day, at, minutes, now=now)
    standing = openings.talk_with(session, talent_id, who.id, now=now)
    conversation.waiting_since = None
    session.add(conversation)
    if standing is not None:
        return move_booking(session, who, talent_id, saved(standing.id), slot_id, now=now)
    return booked(session, who, talent_id, slot_id, conversation.opportunity_id, now=now)


def _own_conversation(session: Session, who: Person, talent_id: int, *, now: datetime) -> Conversation:
    talent = session.get(Talent, talent_id)
    if talent is None or talent.erased_at is not None:
        raise NotFound
    conversation = conversations.open_conversation(session, who, talent_id, who.id, now=now)
    if conversation.owner_id != who.id:
        raise Refused(COLLEAGUES)
    return conversation


def _slot_at(session: Session, who: Person, day: date, at: time, minutes: int, *, now: datetime) -> int:
    begins = datetime.combine(day, at, ZoneInfo(who.zone))
    mine = (col(Slot.staff_id) == who.id) & (col(Slot.starts_at) == begins) & col(Slot.withdrawn_at).is_(None)
    found = session.exec(select(Slot.id).where(mine)).first()
    if found is not None:
        return found
    ends = (datetime.combine(day, at) + timedelta(minutes=minutes)).time()
    return saved(offer(session, who, day, at, ends, minutes, now=now)[0].id)


@dataclass(frozen=True, slots=True)
class TheirTalk:
    """The talk a recruiter has with one person, if any; `zone` is the person's."""

    name: str
    zone: str
    phone: str
    booking_id: int | None = None
    slot: Slot | None = None


def talk_with(session: Session, who: Who, talent_id: int, *, now: datetime) -> TheirTalk:
    """Return the talk to come between a recruiter and one person."""
    me, talent = recruiter(who), session.get(Talent, talent_id)
    if talent is None or talent.erased_at is not None:
        raise NotFound
    name, standing = (
        f"{talent.first_name} {talent.last_name}".strip(),
        openings.talk_with(session, talent_id, me.id, now=now),
    )
    if standing is None:
        return TheirTalk(name, talent.zone, talent.phone or "")
    slot = session.get_one(Slot, standing.slot_id)
    return TheirTalk(name, talent.zone, talent.phone or "", standing.id, slot)


def whom_one_talks_with(session: Session, who: Who) -> list[tuple[int, str]]:
    """Return the people a recruiter has a conversation with, by name."""
    mine = (col(Conversation.owner_id) == recruiter(who).id) & col(Conversation.closed_at).is_(None)
    named = select(col(Talent.id), full_name()).join(Conversation, col(Conversation.talent_id) == col(Talent.id))
    found = session.execute(named.where(mine, col(Talent.erased_at).is_(None)).order_by(full_name()))
    return [(id_, name) for id_, name in found]
