"""What comes of a step beside a move and a letter, done in the database."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import assert_never

from sqlmodel import Session, col, select

from portal.booking import holding
from portal.booking.models import Booking
from portal.chains.thanks import thank_for_no
from portal.chains.turns import (
    CallOffTheTalk,
    CloseTheWay,
    Effect,
    EndTheTalking,
    Here,
    LetGoOfTimes,
    OpenConversation,
    TakeBack,
    Task,
    ThankForNo,
    Todo,
)
from portal.chains.world import Done
from portal.conversations import actions as conversations
from portal.conversations.actions import close_asks
from portal.conversations.models import Ask
from portal.postbox import actions as postbox
from portal.timeline.actions import record
from portal.timeline.who import System, Who


def carry_out(session: Session, who: Who, done: Sequence[Done], *, now: datetime) -> None:
    """Do what comes of these turns, alike things for all people at once."""
    people: dict[Effect, list[Here]] = defaultdict(list)
    for one in done:
        for effect in one.effects:
            people[effect].append(one.way.here)
    for effect, theirs in people.items():
        _do(session, who, effect, theirs, now)


def _do(session: Session, who: Who, effect: Effect, people: Sequence[Here], now: datetime) -> None:
    match effect:
        case CloseTheWay(why):
            ways = [here.way_id for here in people]
            postbox.cancel_for_enrolments(session, ways, why=why)
            close_asks(session, enrolment_ids=ways, now=now)
        case LetGoOfTimes(seen):
            let_go = holding.release_all if seen else holding.forget_all
            let_go(session, [here.talent_id for here in people], [here.way_id for here in people], now=now)
        case _:
            for here in people:
                _do_for(session, who, effect, here, now)


# What a talk was cancelled by, beside either side's own wish.
BY_ANSWER = "answer"
# How each stands on the timeline.
_TASKS = {
    Todo.FIND_A_TIME: "task_find_a_time",
    Todo.OWED_TIMES: "task_owed_times",
    Todo.OWED_OFFER: "task_owed_offer",
}


def _do_for(
    session: Session,
    who: Who,
    effect: OpenConversation | ThankForNo | Task | TakeBack | CallOffTheTalk | EndTheTalking,
    here: Here,
    now: datetime,
) -> None:
    match effect:
        case TakeBack(ask_id):
            postbox.cancel_for_enrolments(session, [here.way_id], why="answer_changed")
            close_asks(session, enrolment_ids=[here.way_id], after=ask_id, now=now)
            holding.release_all(session, [here.talent_id], [here.way_id], now=now)
        case CallOffTheTalk():
            _call_off(session, who, here, now)
        case EndTheTalking():
            conversations.end_unspoken(session, who, here.talent_id, here.owner_id, here.opportunity_id, now=now)
        case OpenConversation(waiting):
            _open(session, who, here, now, waiting=waiting)
        case ThankForNo(ask_id):
            thank_for_no(session, who, here, ask_id, now=now)
        case Task(what):
            conversation = _open(session, who, here, now, waiting=True)
            record(session, System("chain"), _TASKS[what], here.talent_id, now=now, conversation=conversation)
        case _:
            assert_never(effect)


def _call_off(session: Session, who: Who, here: Here, now: datetime) -> None:
    about = (here.way_id, here.owner_id, here.opportunity_id)
    for talk in talks_of(session, here.talent_id, *about, now=now, lock=True):
        holding.cancel(session, who, talk, by=BY_ANSWER, now=now)
    session.flush()


def talks_of(
    session: Session,
    talent_id: int,
    way_id: int,
    owner_id: int,
    opportunity_id: int | None,
    *,
    now: datetime,
    lock: bool = False,
) -> list[Booking]:
    """Return the talks to come that follow from a way: at times it offered, or booked alone, of its owner's, about its job."""
    ours = {*session.exec(select(Ask.id).where(col(Ask.enrolment_id) == way_id))}
    about = (owner_id, opportunity_id)
    coming = holding.coming(session, talent_id, now=now, lock=lock)
    return [
        talk
        for talk in coming
        if talk.ask_id in ours or (talk.ask_id is None and (talk.staff_id, talk.opportunity_id) == about)
    ]


def _open(session: Session, who: Who, here: Here, now: datetime, *, waiting: bool) -> int | None:
    """Let the launch's owner be the one who talks with them, unless a colleague does already."""
    opened = conversations.open_conversation(
        session, who, here.talent_id, here.owner_id, opportunity_id=here.opportunity_id, now=now
    )
    if waiting:
        conversations.await_a_person(session, opened, now=now)
    return opened.id
