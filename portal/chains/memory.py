"""The world of chains without a database: what `portal.chains.snapshot` read, led on by the same engine.

It knows what the gate knows of each person, what is free in each recruiter's availability, and where everyone stands. Its
clock is whatever it is told. It writes nothing anywhere.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from itertools import count, groupby
from typing import assert_never

from portal.booking.diary import Diary
from portal.booking.models import Slot
from portal.booking.rules import Wish, served
from portal.chains.acquaintance import NOBODY, Acquaintance
from portal.chains.rules import EnrolmentState, Outcome, WaitsFor
from portal.chains.thanks import asks_for_thanks
from portal.chains.turns import (
    Agreed,
    CallOffTheTalk,
    CloseTheWay,
    Departed,
    Effect,
    EndTheTalking,
    Here,
    Late,
    LetGoOfTimes,
    NotDelivered,
    Occasion,
    OpenConversation,
    Sheet,
    TakeBack,
    Task,
    ThankForNo,
)
from portal.chains.world import Done, Heard, Need, Steps, Way
from portal.conversations.readers import Reader
from portal.conversations.rules import Answer, Question
from portal.gate import going_on
from portal.gate.claiming import LATEST
from portal.gate.known import Asked, Known, facts
from portal.gate.law import decide
from portal.gate.law.hours import next_open, public_holidays
from portal.gate.requests import Request
from portal.gate.rules import Decision, Verdict


@dataclass(slots=True)
class Rules:
    """The numbers of the house (`HouseRules`)."""

    rhythm_days: int
    no_holds_days: int
    retention_months: int
    quiet_from: time
    quiet_to: time


@dataclass(slots=True)
class Standing:
    """Where one way stands."""

    here: Here
    steps: Steps
    due_at: datetime | None = None
    waits_for: WaitsFor | None = None
    blocked_by: str | None = None


@dataclass(slots=True)
class Waiting:
    """A letter in the outbox."""

    way_id: int
    request: Request
    not_before: datetime
    until: datetime | None
    planned_for: datetime


@dataclass(slots=True)
class Memory:
    """Chains in memory, for one act after the other."""

    rules: Rules
    people: dict[int, Known]
    readers: Mapping[int, Reader]
    occasions: Mapping[int, Occasion]
    standings: dict[int, Standing]
    diary: Diary
    between: Mapping[int, Acquaintance] = field(default_factory=dict)
    thanked: dict[int, uuid.UUID] = field(default_factory=dict)  # by way, the letter that did
    followed: dict[int, uuid.UUID] = field(default_factory=dict)  # by ask, the letter that asks nothing and follows it
    outbox: list[Waiting] = field(default_factory=list)
    asked_at: dict[int, str] = field(default_factory=dict)  # by ask, the step that asked
    next_ask: Iterator[int] = field(default_factory=lambda: count(1))

    # ------------------------------------------------------------------------------------------------- asked by the engine
    def news(self, now: datetime) -> list[Heard]:
        """Let the letters leave whose hour has come, the gate asked again; return what those who wait for one hear."""
        return [
            heard
            for letter in [each for each in self.outbox if each.not_before <= now]
            for heard in self._leave(letter, now)
        ]

    def wake(self, now: datetime) -> int:
        """Make those due whose times, conversation or job are there."""
        waiting = [one for one in self.standings.values() if one.waits_for]
        woken = {one.here.way_id for one in waiting if self._is_there(one)} | self._served(waiting, now)
        for way in woken:
            self.standings[way].due_at, self.standings[way].waits_for = now, None
        return len(woken)

    def due(self, now: datetime) -> list[list[Way]]:
        """Return who is due, with all their ways."""
        due = [one for one in self.standings.values() if one.due_at is not None and one.due_at <= now]
        due.sort(key=lambda one: (one.here.talent_id, one.due_at, one.here.way_id))
        return [[self._way(one) for one in theirs] for _, theirs in groupby(due, key=lambda one: one.here.talent_id)]

    def ways(self, way_ids: Sequence[int]) -> Mapping[int, Way]:
        """Return these ways."""
        return {way: self._way(self.standings[way]) for way in way_ids}

    def ask(self, requests: Sequence[Request], now: datetime) -> list[Decision]:
        """Ask the gate."""
        return [self._ask(request, now) for request in requests]

    def supply(self, needs: Sequence[Need], now: datetime) -> list[Sequence[Slot]]:
        """Hold two times for each."""
        return [self._hold(need.way.here, need.until, now) for need in needs]

    def sheets(self, ways: Sequence[Way], now: datetime) -> list[Sheet]:
        """Return what letters are written on."""
        people = [(way.here.talent_id, self.occasions[way.here.launch_id]) for way in ways]
        return [Sheet(self.readers[id_], it, now, now, between=self.between.get(id_, NOBODY)) for id_, it in people]

    def carry_out(self, done: Sequence[Done], now: datetime) -> None:
        """Make it so."""
        for one in done:
            if one.sent:
                self._send(one, now)
            if one.move:
                standing, move = self.standings[one.way.here.way_id], one.move
                standing.here = replace(standing.here, step=move.step, state=move.state, outcome=move.outcome)
                standing.due_at, standing.waits_for, standing.blocked_by = move.due_at, move.waits_for, move.blocked_by
        for one in done:
            for effect in one.effects:
                self._do(effect, one.way.here, now)

    def newest(self, way_id: int, question: Question | None = None) -> Asked:
        """Return what was asked last on a way (of one kind)."""
        asked = self._asks(self.standings[way_id].here)
        return max((ask for ask in asked if question in {None, ask.question}), key=lambda ask: ask.id)

    # ------------------------------------------------------------------------------------------------------------- letters
    def _ask(self, request: Request, now: datetime) -> Decision:
        assert request.talent_id is not None
        closed = {one.here.opportunity_id or 0 for one in self.standings.values() if one.here.job_closed}
        return decide(facts(self.people[request.talent_id], request, self.rules, closed_jobs=closed, now=now))

    def _send(self, one: Done, now: datetime) -> None:
        assert one.sent is not None
        here, request, asks = one.way.here, one.sent.draft.request, one.sent.asks
        self._queue(here, request, one.sent.decision, one.sent.until if asks else None, now)
        if asks is None and request.follows is not None:
            self.followed[request.follows] = request.letter_id
        if asks is not None:
            asked = Asked(
                next(self.next_ask),
                asks.question,
                now,
                opportunity_id=here.opportunity_id,
                survey_id=asks.survey_id,
                enrolment_id=here.way_id,
                letter_id=str(request.letter_id),
                deadline=one.sent.until,
            )
            self.asked_at[asked.id] = here.step
            self.people[here.talent_id] = going_on.asked(self.people[here.talent_id], asked)

    def _queue(self, here: Here, request: Request, decision: Decision, until: datetime | None, now: datetime) -> None:
        known = self.people[here.talent_id]
        self.people[here.talent_id] = going_on.planned(known, request, leaves_at=decision.until, now=now)
        leaves_at = decision.until or now
        self.outbox.append(Waiting(here.way_id, request, leaves_at, until, leaves_at))

    def _leave(self, letter: Waiting, now: datetime) -> list[Heard]:
        """The gate's second look, as `portal.gate.claiming` has it."""
        standing, talent = self.standings[letter.way_id], letter.request.talent_id or 0
        decision = self._ask(letter.request, now)
        waits, asks = standing.waits_for is WaitsFor.LETTER, letter.until is not None
        asked = asks and standing.here.state is EnrolmentState.ASKED
        if decision.verdict is Verdict.NEVER:
            self._lose(letter)
            return [Heard(letter.way_id, NotDelivered(Outcome.BLOCKED))] if waits or asked else []
        if asks and letter.planned_for + LATEST < now:
            self._lose(letter)
            return [Heard(letter.way_id, Late())] if asked else []
        if decision.until is not None and decision.until > now:
            letter.not_before = decision.until
            put_off = going_on.put_off(self.people[talent], letter.request.letter_id, leaves_at=decision.until)
            self.people[talent] = put_off
            return []
        self.outbox.remove(letter)
        self.people[talent] = going_on.sent(self.people[talent], letter.request.letter_id, now=now)
        return [Heard(letter.way_id, Departed())] if waits else []

    def _lose(self, letter: Waiting) -> None:
        talent = letter.request.talent_id or 0
        self.outbox.remove(letter)
        self.people[talent] = going_on.lost(self.people[talent], letter.request.letter_id)
        for kept in (self.thanked, self.followed):
            for key in [key for key, id_ in kept.items() if id_ == letter.request.letter_id]:
                del kept[key]

    # --------------------------------------------------------------------------------------------------------------- times
    def _hold(self, here: Here, until: datetime, now: datetime) -> list[Slot]:
        return self.diary.hold_two(here.owner_id, here.talent_id, here.way_id, until=until, zone=here.zone, now=now)

    def _served(self, waiting: Sequence[Standing], now: datetime) -> set[int]:
        wishes: dict[int, list[Wish]] = defaultdict(list)
        for here in [one.here for one in waiting if one.waits_for is WaitsFor.TIMES]:
            wish = self.diary.wish(here.way_id, here.talent_id, self._opens(here, now) + here.holds, here.zone)
            wishes[here.owner_id].append(wish)
        free = {owner: self.diary.free(owner, now=now) for owner in wishes}
        return {way for owner, theirs in wishes.items() for way in served(theirs, free[owner])}

    def _opens(self, here: Here, now: datetime) -> datetime:
        quiet = (self.rules.quiet_from, self.rules.quiet_to)
        return next_open(now, here.zone, *quiet, public_holidays(now.year, here.zone))

    # ----------------------------------------------------------------------------------------------- where one stands, effects
    def _way(self, one: Standing) -> Way:
        asks = self._asks(one.here)
        said = [ask for ask in asks if ask.answer in {Answer.YES, Answer.MORE_INFO} and ask.answered_at]
        last = max(said, key=lambda ask: (ask.answered_at or ask.asked_at, ask.id), default=None)
        agreed = None
        if last is not None and last.answer is not None:
            agreed = Agreed(last.id, last.answer, thanked=last.id in self.followed)
        offered = sum(ask.question is Question.SLOTS and ask.arrives for ask in asks)
        unsent = any(letter.way_id == one.here.way_id and letter.until is not None for letter in self.outbox)
        now_known = replace(one.here, agreed=agreed, offered=offered, unsent=unsent, quiet=one.steps.quiet)
        return Way(now_known, one.steps)

    def _asks(self, here: Here) -> list[Asked]:
        return [ask for ask in self.people[here.talent_id].asks if ask.enrolment_id == here.way_id]

    def _is_there(self, one: Standing) -> bool:
        match one.waits_for:
            case WaitsFor.CONVERSATION:
                talk = self.people[one.here.talent_id].talk
                return talk is None or talk.owner_id == one.here.owner_id
            case WaitsFor.JOB:
                return not one.here.job_closed
            case _:
                return False

    def _do(self, effect: Effect, here: Here, now: datetime) -> None:
        match effect:
            case OpenConversation() | Task():
                self._open(here)
            case CallOffTheTalk():
                self.diary.call_off(here.way_id)
            case EndTheTalking():
                self._end_talking(here)
            case LetGoOfTimes(seen):
                self.diary.release(here.way_id, seen=seen)
            case CloseTheWay():
                self._close(here)
            case TakeBack(ask_id):
                self._close(here, after=ask_id)
                self.diary.release(here.way_id)
            case ThankForNo(ask_id):
                self._thank(here, ask_id, now)
            case _:
                assert_never(effect)

    def _open(self, here: Here) -> None:
        known, author = self.people[here.talent_id], self.occasions[here.launch_id].author
        self.people[here.talent_id] = going_on.talking(known, here.owner_id, author.name, here.opportunity_id)

    def _end_talking(self, here: Here) -> None:
        talk, theirs = self.people[here.talent_id].talk, (here.owner_id, here.opportunity_id)
        if talk is not None and (talk.owner_id, talk.opportunity_id) == theirs and not (talk.spoken or talk.stopped):
            self.people[here.talent_id] = going_on.closed(self.people[here.talent_id])

    def _close(self, here: Here, after: int = 0) -> None:
        self.people[here.talent_id] = going_on.closed_asks(self.people[here.talent_id], here.way_id, after=after)
        for letter in [each for each in self.outbox if each.way_id == here.way_id]:
            self._lose(letter)

    def _thank(self, here: Here, ask_id: int, now: datetime) -> None:
        request = asks_for_thanks(here, ask_id)
        if here.way_id not in self.thanked and (decision := self._ask(request, now)).verdict is Verdict.GO:
            self.thanked[here.way_id] = request.letter_id
            self._queue(here, request, decision, None, now)
