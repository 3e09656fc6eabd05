"""The engine of chains: whoever is due takes a step, whatever is heard is followed. Nothing else moves anybody.

One order for every letter: the step decides, the gate is asked, those who go are supplied (times to choose from), the words
are written for the hour the letter may leave, the world carries it out. Deadlines count from that hour.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import zip_longest

from portal.booking.models import Slot
from portal.chains.rules import NO_SLOTS, EnrolmentState, Outcome, WaitsFor
from portal.chains.turns import Draft, Effect, Late, Move, OpenConversation, Sheet, Silent, Turn, end, stay
from portal.chains.world import Done, Heard, Need, Sent, Way, World
from portal.gate.law import LAW
from portal.gate.law.reason import Ends
from portal.gate.rules import Decision, Verdict


def wake(world: World, now: datetime) -> int:
    """Let those go on whose letter has left, and make due who waited for something that is there; return how many."""
    news = world.news(now)
    hear(world, news, now)
    return len(news) + world.wake(now)


def advance(world: World, now: datetime) -> int:
    """Let whoever is due take their next step; return how many ways were looked at."""
    people = world.due(now)
    for ways in _in_turn(people):
        world.carry_out(_taken(world, ways, now), now)
    return sum(len(ways) for ways in people)


def hear(world: World, heard: Sequence[Heard], now: datetime) -> None:
    """Follow what was heard, all of it in one go."""
    known = world.ways([one.way_id for one in heard])
    world.carry_out([_followed(known[one.way_id], one, now) for one in heard if one.way_id in known], now)


def _followed(way: Way, heard: Heard, now: datetime) -> Done:
    turn = way.steps.step(heard.step or way.here.step).heard(way.here, heard.event, now)
    return Done(way, _arrived(way, turn.move, now), effects=_still_wanted(way, turn.effects))


def _still_wanted(way: Way, effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """A yes to a job that is closed leads to nothing, so it keeps nobody for one recruiter."""
    return tuple(effect for effect in effects if not (way.here.job_closed and effect == OpenConversation()))


def _in_turn(people: Sequence[Sequence[Way]]) -> Iterator[list[Way]]:
    """Yield everyone's first way, then everyone's second…: what comes first is decided with nothing of the later written."""
    for ways in zip_longest(*people):
        yield [way for way in ways if way is not None]


def _taken(world: World, ways: Sequence[Way], now: datetime) -> list[Done]:
    turns = [(way, _turn(way, now)) for way in ways]
    done = [Done(way, _arrived(way, turn.move, now), effects=turn.effects) for way, turn in turns if not turn.draft]
    return done + _written(world, [(way, turn.draft) for way, turn in turns if turn.draft], now)


def _turn(way: Way, now: datetime) -> Turn:
    """Ask the step; a deadline that passed is heard first (who was never written to is not silent)."""
    here, step = way.here, way.step
    if here.state is EnrolmentState.ASKED:
        return step.heard(here, Late() if here.unsent else Silent(), now)
    return step.decide(here, now)


def _arrived(way: Way, move: Move | None, now: datetime) -> Move | None:
    """Whoever comes to an end has ended, unless a rest lies before it."""
    if move is None or move.state is not EnrolmentState.DUE or move.due_at is None:
        return move
    if way.steps.step(move.step).ENDS and (move.outcome is not None or move.due_at <= now):
        return end(move.step, move.outcome or Outcome.COMPLETED)
    return replace(move, outcome=None) if move.outcome is not None else move


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter that may go: from which hour on, and until when it can be answered."""

    way: Way
    draft: Draft
    decision: Decision
    leaves_at: datetime

    @property
    def until(self) -> datetime:
        return self.leaves_at + (self.draft.asks.lasts if self.draft.asks else timedelta(0))


def _written(world: World, drafts: Sequence[tuple[Way, Draft]], now: datetime) -> list[Done]:
    """Ask the gate; those who go are supplied and written to."""
    decisions = world.ask([draft.request for _, draft in drafts], now) if drafts else []
    going: list[_Letter] = []
    done: list[Done] = []
    for (way, draft), decision in zip(drafts, decisions, strict=True):
        if decision.verdict is Verdict.GO:
            going.append(_Letter(way, draft, decision, decision.until or now))
        else:
            owed = way.step.owed(way.here) if _ours_to_mend(decision) else ()
            done.append(Done(way, _held_back(way, decision), held=(draft.request, decision), effects=owed))
    return done + _supplied(world, going, now)


def _supplied(world: World, going: Sequence[_Letter], now: datetime) -> list[Done]:
    """Write to those who have what their letter needs; the others wait for times."""
    times = _times(world, going, now)
    able: list[_Letter] = []
    done: list[Done] = []
    for letter in going:
        if letter.draft.needs_times and not times[letter.way.here.way_id]:
            done.append(Done(letter.way, stay(letter.way.here.step, WaitsFor.TIMES, NO_SLOTS)))
        else:
            able.append(letter)
    sheets = world.sheets([letter.way for letter in able], now) if able else []
    return done + [
        _sent(letter, replace(sheet, times=times.get(letter.way.here.way_id, ())))
        for letter, sheet in zip(able, sheets, strict=True)
    ]


def _held_back(way: Way, decision: Decision) -> Move:
    """Who waits for a day is due that day; who waits for something is due when it is there."""
    step, check = way.here.step, decision.check
    match decision.verdict:
        case Verdict.NEVER:
            return end(step, Outcome.BLOCKED, check)
        case _ if decision.because and LAW[decision.because].waits_for:
            return stay(step, WaitsFor(LAW[decision.because].waits_for), check)
        case _:
            return Move(step, EnrolmentState.DUE, decision.until, blocked_by=check)


def _ours_to_mend(decision: Decision) -> bool:
    """Tell whether a letter never leaves for a reason that somebody of the house can end."""
    return decision.verdict is Verdict.NEVER and decision.because is not None and LAW[decision.because].ends is Ends.US


def _times(world: World, going: Sequence[_Letter], now: datetime) -> dict[int, Sequence[Slot]]:
    """Hold times for those who go and need them, until their deadline; by way."""
    needing = [letter for letter in going if letter.draft.needs_times]
    held = world.supply([Need(letter.way, letter.until) for letter in needing], now) if needing else []
    return {letter.way.here.way_id: slots for letter, slots in zip(needing, held, strict=True)}


def _sent(letter: _Letter, sheet: Sheet) -> Done:
    here, asks = letter.way.here, letter.draft.asks
    known = replace(sheet, onward=letter.way.steps.onward, answers=here.agreed is not None)
    content = letter.draft.write(replace(known, leaves_at=letter.leaves_at, until=letter.until))
    move = Move(here.step, EnrolmentState.ASKED, letter.until) if asks else stay(here.step, WaitsFor.LETTER)
    return Done(letter.way, move, Sent(letter.draft, letter.decision, content, letter.until))
