"""The world of chains that is the database. Everything is read and written set-wise, in the session of one act.

Several workers may plan at once, and a planner waits for nobody: it takes people, their ways and their launches with
SKIP LOCKED, and leaves whoever is just answering, being stopped or being written to for the next round.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.access.house import house
from portal.booking import holding
from portal.booking.models import Slot
from portal.chains import effects, waking
from portal.chains.acquaintance import acquaintances
from portal.chains.definition import Definition, read_definition
from portal.chains.models import ChainVersion
from portal.chains.moves import write_asks, write_moves
from portal.chains.rules import EnrolmentState
from portal.chains.turns import Agreed, Here, Occasion, Sheet
from portal.chains.world import Done, Heard, Need, Way
from portal.conversations.models import Ask
from portal.conversations.readers import author, readers
from portal.conversations.rules import Answer, Question
from portal.gate.actions import Decided, settle, weigh
from portal.gate.known import Known
from portal.gate.requests import Request
from portal.gate.rules import Decision
from portal.kit.bulk import among
from portal.opportunities.models import Opportunity
from portal.postbox.models import Letter
from portal.postbox.rules import LetterState
from portal.timeline.who import Who

ROUND = 500
_STATES = {state.value: state for state in EnrolmentState}

# In the order of the fields of `Here`, and the version whose steps they are.
_WAY = """
    SELECT e.id AS way_id, e.talent_id, e.launch_id, l.owner_id, e.step, e.state, e.outcome, l.opportunity_id,
           o.closed_at IS NOT NULL AS job_closed, t.zone, l.version_id, v.chain_id
      FROM enrolment e
      JOIN launch l ON l.id = e.launch_id
      JOIN chain_version v ON v.id = l.version_id
      JOIN talent t ON t.id = e.talent_id
      LEFT JOIN opportunity o ON o.id = l.opportunity_id
"""
# A launch that is done may have someone on the way again: they changed their mind before the deadline.
_IS_DUE = "e.state IN ('due', 'asked') AND e.due_at <= :now AND l.state IN ('running', 'done')"
_LOCKED = "FOR SHARE OF l SKIP LOCKED FOR NO KEY UPDATE OF e, t SKIP LOCKED"
_DUE = sa.text(f"{_WAY} WHERE {_IS_DUE} ORDER BY e.due_at, e.id LIMIT :round {_LOCKED}")
# Someone who is due is taken with all their ways, so that what matters most is decided first.
_THEIRS = sa.text(
    f"{_WAY} WHERE {_IS_DUE} AND e.talent_id = ANY (:talents) AND e.id <> ALL (:ways) ORDER BY e.due_at, e.id {_LOCKED}"
)
_AGREED = sa.text(
    """
    SELECT DISTINCT ON (a.enrolment_id) a.enrolment_id, a.id, a.answer,
           EXISTS (SELECT FROM letter x JOIN gate_decision d ON d.id = x.decision_id
                    WHERE x.enrolment_id = a.enrolment_id AND (d.request->>'follows')::bigint = a.id
                      AND NOT EXISTS (SELECT FROM ask b WHERE b.letter_id = x.id)
                      AND x.state NOT IN ('cancelled', 'failed'))
      FROM ask a
     WHERE a.enrolment_id = ANY (:ways) AND a.answer IN ('yes', 'more_info')
     ORDER BY a.enrolment_id, a.answered_at DESC, a.id DESC
    """
)
_HELD = sa.text(f"{_WAY} WHERE e.id = ANY (:ways) ORDER BY e.id FOR UPDATE OF e")


class Rows:
    """Chains in the database, for the act of one person (or of the planner)."""

    def __init__(self, session: Session, who: Who) -> None:
        self._session, self._who = session, who
        self._chains: dict[int, Definition] = {}
        self._known: dict[int, Known] = {}

    @cached_property
    def _holds(self) -> timedelta:
        return timedelta(hours=house(self._session).hold_hours)

    def news(self, now: datetime) -> list[Heard]:  # noqa: ARG002 - the rows know
        """Return whose letter has left, or never will."""
        return waking.letters_followed(self._session)

    def wake(self, now: datetime) -> int:
        """Make those due whose times, conversation or job are there."""
        return waking.wake(self._session, now=now)

    def due(self, now: datetime) -> list[list[Way]]:
        """Take up to `ROUND` ways that are due, and the other due ways of the same people."""
        first = self._session.execute(_DUE, {"now": now, "round": ROUND}).all()
        if not first:
            return []
        taken = {"talents": [row.talent_id for row in first], "ways": [row.way_id for row in first]}
        rest = self._session.execute(_THEIRS, {"now": now, **taken}).all() if len(first) == ROUND else []
        due = [*first, *rest]
        agreed = self._agreed([row.way_id for row in due])
        unsent = self._unsent([row.way_id for row in due if row.state == EnrolmentState.ASKED])
        ways = [self._way(row, agreed.get(row.way_id), unsent=row.way_id in unsent) for row in due]
        return [list(theirs) for _, theirs in groupby(sorted(ways, key=_person), key=_person)]

    def ways(self, way_ids: Sequence[int]) -> Mapping[int, Way]:
        """Return these ways, locked."""
        found = self._session.execute(_HELD, {"ways": list(way_ids)}).all()
        ids = [row.way_id for row in found]
        agreed, offered, unsent = self._agreed(ids), self._offered(ids), self._unsent(ids)
        return {
            row.way_id: self._way(row, agreed.get(row.way_id), offered.get(row.way_id, 0), unsent=row.way_id in unsent)
            for row in found
        }

    def ask(self, requests: Sequence[Request], now: datetime) -> list[Decision]:
        """Ask the gate."""
        return weigh(self._session, requests, now=now, known=self._known)

    def supply(self, needs: Sequence[Need], now: datetime) -> list[Sequence[Slot]]:
        """Hold two times of each launch's owner."""
        return [
            holding.hold_two(self._session, need.way.here.owner_id, need.way.here.talent_id, until=need.until, now=now)
            for need in needs
        ]

    def sheets(self, ways: Sequence[Way], now: datetime) -> list[Sheet]:
        """Read who is written to, and in whose name."""
        ids = [way.here.talent_id for way in ways]
        people, between = readers(self._session, ids), acquaintances(self._session, ids, now=now)
        occasions = {way.here.launch_id: way.here for way in ways}
        told = {launch: self._occasion(here) for launch, here in occasions.items()}
        return [
            Sheet(people[way.here.talent_id], told[way.here.launch_id], now, now, between=between[way.here.talent_id])
            for way in ways
        ]

    def carry_out(self, done: Sequence[Done], now: datetime) -> None:
        """Write decisions and letters, then where everyone stands and what was asked, then what else comes of it."""
        # Who is only held back is known as they were; of the others everything may have changed.
        for one in done:
            if one.held is None:
                self._known.pop(one.way.here.talent_id, None)
        decided = [Decided(one.sent.draft.request, one.sent.decision, one.sent.content) for one in done if one.sent]
        decided += [Decided(request, decision) for one in done if one.held for request, decision in [one.held]]
        settle(self._session, self._who, decided, now=now)
        write_moves(self._session, done, now=now)
        write_asks(self._session, done, now=now)
        effects.carry_out(self._session, self._who, done, now=now)

    def _way(self, row: Any, agreed: Agreed | None = None, offered: int = 0, *, unsent: bool = False) -> Way:  # noqa: ANN401
        way, talent, launch, owner, step, state, outcome, job, closed, zone, version, chain_id = row  # of _WAY
        chain = self._chain(version)
        so_far = (way, talent, launch, owner, step, _STATES[state], outcome, job, closed, zone, self._holds)
        return Way(Here(*so_far, agreed, offered, unsent, chain.quiet, chain_id), chain)

    def _chain(self, version_id: int) -> Definition:
        if version_id not in self._chains:
            self._chains[version_id] = read_definition(self._session.get_one(ChainVersion, version_id).definition)
        return self._chains[version_id]

    def _occasion(self, here: Here) -> Occasion:
        job = self._session.get(Opportunity, here.opportunity_id) if here.opportunity_id else None
        return Occasion(author(self._session, here.owner_id), job, house(self._session).later_days)

    def _agreed(self, way_ids: Sequence[int]) -> dict[int, Agreed]:
        """Return the last yes, or wish to know more, that was heard on each of these ways."""
        said = self._session.execute(_AGREED, {"ways": list(way_ids)})
        return {way: Agreed(ask, Answer(answer), thanked) for way, ask, answer, thanked in said}

    def _unsent(self, way_ids: Sequence[int]) -> set[int]:
        """Return which of these ways carry a question whose letter has not left."""
        waiting = sa.select(col(Ask.enrolment_id)).join(Letter, col(Letter.id) == col(Ask.letter_id))
        asked = among(col(Ask.enrolment_id), way_ids) & col(Ask.closed_at).is_(None)
        found = self._session.scalars(waiting.where(asked, col(Letter.state) == LetterState.QUEUED))
        return {way for way in found if way is not None} if way_ids else set()

    def _offered(self, way_ids: Sequence[int]) -> dict[int, int]:
        """Return how often times were offered on each of these ways."""
        offers = among(col(Ask.enrolment_id), way_ids) & (col(Ask.question) == Question.SLOTS)
        lost = sa.select(col(Letter.id)).where(
            col(Letter.id) == col(Ask.letter_id), col(Letter.state).in_([LetterState.CANCELLED, LetterState.FAILED])
        )
        counted = sa.select(col(Ask.enrolment_id), sa.func.count()).where(offers, ~lost.exists())
        counted = counted.group_by(col(Ask.enrolment_id))
        return {way: int(many) for way, many in self._session.execute(counted)}


def _person(way: Way) -> int:
    return way.here.talent_id
