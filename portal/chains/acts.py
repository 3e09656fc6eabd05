"""What people do in a memory of chains, from outside the engine: answers, picks, stops."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from portal.chains.engine import hear
from portal.chains.memory import Memory
from portal.chains.rules import Outcome
from portal.chains.turns import Answered, Event, Neither, Picked, Responded, Stopped
from portal.chains.world import Heard
from portal.conversations.rules import Answer, Question
from portal.gate import going_on
from portal.gate.known import Asked


def answer(
    memory: Memory,
    way_id: int,
    said: Answer,
    *,
    now: datetime,
    to: Question | None = None,
    later_on: date | None = None,
) -> None:
    """They answer what they were asked last on a way (of one kind); `later_on` is the day of a *later*, where they live."""
    talent, ask = memory.standings[way_id].here.talent_id, memory.newest(way_id, to)
    known = memory.people[talent]
    memory.people[talent] = going_on.answered(known, ask.id, said, memory.rules, later_on=later_on, now=now)
    on = None if later_on is None else datetime.combine(later_on, time(0), ZoneInfo(known.zone)).astimezone(UTC)
    _hear(memory, way_id, Answered(said, ask.id, on, ask.answer), ask, now)


def respond(memory: Memory, way_id: int, *, now: datetime) -> None:
    """They fill in the survey they were asked to."""
    talent = memory.standings[way_id].here.talent_id
    memory.people[talent] = going_on.acted(memory.people[talent], memory.rules, now=now)
    _hear(memory, way_id, Responded(), memory.newest(way_id), now)


def pick(memory: Memory, way_id: int, slot_id: int, *, now: datetime) -> None:
    """They pick a time."""
    memory.diary.book(memory.standings[way_id].here.talent_id, slot_id, way_id)
    _hear(memory, way_id, Picked(), _marked(memory, way_id, Answer.YES, now), now)


def neither(memory: Memory, way_id: int, *, now: datetime) -> None:
    """None of the times suits."""
    _hear(memory, way_id, Neither(), _marked(memory, way_id, Answer.NO, now), now)


def stop(memory: Memory, way_id: int, outcome: Outcome, *, now: datetime) -> None:
    """Their way ends here."""
    hear(memory, [Heard(way_id, Stopped(outcome))], now)


def _marked(memory: Memory, way_id: int, said: Answer, now: datetime) -> Asked:
    """Mark how times were answered: a sign of theirs like any other."""
    talent, ask = memory.standings[way_id].here.talent_id, memory.newest(way_id)
    known = memory.people[talent]
    marked = ask._replace(answer=said, answered_at=now)
    known = known._replace(asks=tuple(marked if each.id == ask.id else each for each in known.asks))
    memory.people[talent] = going_on.acted(known, memory.rules, now=now)
    return ask


def _hear(memory: Memory, way_id: int, event: Event, ask: Asked, now: datetime) -> None:
    hear(memory, [Heard(way_id, event, memory.asked_at[ask.id])], now)
