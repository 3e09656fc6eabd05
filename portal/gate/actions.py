"""The only door: whoever wants a letter sent brings it here."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.access.house import house
from portal.access.models import Staff
from portal.gate.addresses import refuse_strange
from portal.gate.known import Known
from portal.gate.law import decide
from portal.gate.models import GateDecision
from portal.gate.queries import facts_for
from portal.gate.requests import Draft, Request
from portal.gate.rules import Decision, Verdict
from portal.kit import jobs
from portal.kit.bulk import among, insert_many
from portal.kit.db import new_id
from portal.postbox.content import Content, plain
from portal.postbox.models import Letter
from portal.postbox.rules import LetterKind, LetterState
from portal.postbox.threads import last_letter, threads_of_ways
from portal.talents.models import Talent
from portal.timeline.who import LinkGrant, Person, System, Who

_DISPATCH = System("dispatch")
_GOES_ON = frozenset({LetterKind.SERVICE, LetterKind.FOLLOW_UP})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one draft; `letter_id` is None unless it may go."""

    decision: Decision
    letter_id: uuid.UUID | None

    @property
    def goes(self) -> bool:
        """Tell whether the letter stands in the outbox."""
        return self.letter_id is not None


@dataclass(frozen=True, slots=True)
class Decided:
    """One request with the gate's answer, and the words that leave if it is *go*."""

    request: Request
    decision: Decision
    content: Content | None = None
    conversation_id: int | None = None
    to: str = ""

    @property
    def goes(self) -> bool:
        """Tell whether there is a letter that may leave."""
        return self.content is not None and self.decision.verdict is Verdict.GO

    @property
    def outcome(self) -> Outcome:
        """Return what became of it."""
        return Outcome(self.decision, self.request.letter_id if self.goes else None)


def put(session: Session, who: Who, drafts: Sequence[Draft], *, now: datetime) -> list[Outcome]:
    """Ask the gate about each draft, write down what it decided, and put in the outbox what may go.

    A person for whom several drafts come in one call gets the later ones decided with the earlier ones counted.
    """
    outcomes: dict[int, Outcome] = {}
    for turn in _turns(drafts):
        decisions = weigh(session, [draft.request for _, draft in turn], now=now)
        decided = [
            Decided(draft.request, decision, draft.content, draft.conversation_id, draft.to)
            for (_, draft), decision in zip(turn, decisions, strict=True)
        ]
        settle(session, who, decided, now=now)
        outcomes |= {index: one.outcome for (index, _), one in zip(turn, decided, strict=True)}
    return [outcomes[index] for index in range(len(drafts))]


def weigh(
    session: Session, requests: Sequence[Request], *, now: datetime, known: dict[int, Known] | None = None
) -> list[Decision]:
    """Decide, and write nothing yet. Nobody may appear twice.

    The people are locked first, in one order, so that two planners at once cannot both find the rhythm free. `known` is
    what the same act has learnt of people it holds already; who is not in it is locked, and added.
    """
    learnt = {} if known is None else known
    lock_people(session, [id_ for id_ in map(_person, requests) if id_ is not None and id_ not in learnt])
    return [decide(fact) for fact in facts_for(session, requests, now=now, learnt=learnt)]


def _person(request: Request) -> int | None:
    return request.talent_id


def settle(session: Session, who: Who, decided: Sequence[Decided], *, now: datetime) -> None:
    """Write down what `weigh` decided, and put in the outbox what may go."""
    rows = [_decision_row(who, one.request, one.decision, now) for one in decided]
    insert_many(session, GateDecision, rows)
    going = [(one, row["id"]) for one, row in zip(decided, rows, strict=True) if one.goes]
    if going:
        addresses = _addresses(session, [one.request for one, _ in going])
        refuse_strange(session, [one for one, _ in going if one.to])
        domain = addresses.pop("domain")
        threads = _threads(session, [one.request for one, _ in going])
        rows = [_letter_row(one, id_, addresses, domain, now) for one, id_ in going]
        insert_many(session, Letter, [row | {"thread": threads.get(row["id"])} for row in rows])
        jobs.wake(session, "deliver")


def ask_again(session: Session, requests: Sequence[Request], *, now: datetime) -> list[Decision]:
    """Decide once more at dispatch; what is no longer a plain *go* is written down."""
    decisions = [decide(fact) for fact in facts_for(session, requests, now=now)]
    changed = [
        _decision_row(_DISPATCH, request, decision, now)
        for request, decision in zip(requests, decisions, strict=True)
        if decision.verdict is not Verdict.GO
    ]
    insert_many(session, GateDecision, changed)
    return decisions


def lock_people(session: Session, talent_ids: Sequence[int]) -> None:
    """Hold everyone else off these people until the transaction ends (in id order, so that no two planners block)."""
    if talent_ids:
        locked = sa.select(col(Talent.id)).where(among(col(Talent.id), set(talent_ids))).order_by(col(Talent.id))
        session.execute(locked.with_for_update(key_share=True))


def _turns(drafts: Sequence[Draft]) -> list[list[tuple[int, Draft]]]:
    """Split into rounds in which nobody appears twice."""
    turns: list[list[tuple[int, Draft]]] = []
    seen: dict[tuple[int | None, int | None], int] = {}
    for index, draft in enumerate(drafts):
        person = (draft.request.talent_id, draft.request.staff_id)
        turn = seen.get(person, 0)
        seen[person] = turn + 1
        if turn == len(turns):
            turns.append([])
        turns[turn].append((index, draft))
    return turns


def _decision_row(who: Who, request: Request, decision: Decision, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "letter_id": request.letter_id,
        "talent_id": request.talent_id,
        "staff_id": request.staff_id,
        "at": now,
        "asked_by": _told(who),
        "kind": request.kind,
        "purpose": request.purpose,
        "verdict": decision.verdict,
        "objection": decision.check,
        "because": decision.because,
        "params": decision.params,
        "request": request.as_document(),
        "until": decision.until,
    }


def _told(who: Who) -> str:
    match who:
        case Person(id=id_, is_staff=True):
            return f"staff {id_}"
        case Person(id=id_):
            return f"talent {id_}"
        case LinkGrant(link_id=id_):
            return f"link {id_}"
        case System(reason=reason):
            return f"system ({reason})"


def _addresses(session: Session, requests: Sequence[Request]) -> dict[Any, str]:
    talents = {r.talent_id for r in requests if r.talent_id is not None}
    staff = {r.staff_id for r in requests if r.staff_id is not None}
    found: dict[Any, str] = {"domain": house(session).mail_domain}
    if talents:
        rows = session.execute(sa.select(col(Talent.id), col(Talent.email)).where(among(col(Talent.id), talents)))
        found |= {("talent", id_): email for id_, email in rows if email}
    if staff:
        rows = session.execute(sa.select(col(Staff.id), col(Staff.email)).where(among(col(Staff.id), staff)))
        found |= {("staff", id_): email for id_, email in rows}
    return found


def _threads(session: Session, requests: Sequence[Request]) -> dict[uuid.UUID, uuid.UUID]:
    """Return the thread each letter goes on with, by letter; one that opens a thread is not in it.

    What leaves on one way through a launch is one thread. A letter of a person beside it, by hand or about a talk, goes on
    from the last one they had, unless it is the first word.
    """
    ways = threads_of_ways(session, {r.enrolment_id for r in requests if r.enrolment_id is not None})
    found = {r.letter_id: ways[r.enrolment_id] for r in requests if r.enrolment_id in ways}
    for r in requests:
        if r.enrolment_id is None and r.talent_id is not None and r.author_id is not None and r.kind in _GOES_ON:
            last = last_letter(session, r.talent_id, r.opportunity_id)
            found |= {r.letter_id: last.thread} if last else {}
    return found


def _letter_row(
    one: Decided, decision_id: uuid.UUID, addresses: dict[Any, str], domain: str, now: datetime
) -> dict[str, Any]:
    request, content = one.request, one.content
    assert content is not None
    whom = ("talent", request.talent_id) if request.talent_id is not None else ("staff", request.staff_id)
    return {
        "id": request.letter_id,
        "decision_id": decision_id,
        "talent_id": request.talent_id,
        "staff_id": request.staff_id,
        "author_id": request.author_id,
        "enrolment_id": request.enrolment_id,
        "opportunity_id": request.opportunity_id,
        "conversation_id": one.conversation_id,
        "chain_id": request.chain_id,
        "step": request.step,
        "kind": request.kind,
        "purpose": request.purpose,
        "template": content.template,
        "locale": content.locale,
        "address": one.to or addresses[whom],
        "subject": plain(content.subject),
        "blocks": list(content.blocks),
        "links": [link.as_document() for link in content.links],
        "calendar": content.calendar,
        "message_id": f"<{request.letter_id}@{domain}>",
        "state": LetterState.QUEUED,
        "queued_at": now,
        "not_before": one.decision.until or now,
        "attempts": 0,
    }
