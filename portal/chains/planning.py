"""What moves people through their launch: find who is due, let each step act, write where they stand now.

A round takes up to `ROUND` enrolments, whatever their launch and step, in one transaction. Everything is read and written
set-wise. Several workers may plan at once, and a planner waits for nobody: it takes people, their enrolments and their
launches with SKIP LOCKED, and leaves whoever is just answering, being stopped or being written to for the next round.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import assert_never

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.access.house import house
from portal.booking import holding
from portal.chains import letters
from portal.chains.definition import (
    Definition,
    Digest,
    End,
    Info,
    QuestionStep,
    Slots,
    SurveyStep,
    Wait,
    read_definition,
)
from portal.chains.models import ChainVersion, Enrolment, Launch
from portal.chains.moves import Asking, Move, apply_moves, end_launches
from portal.chains.rules import EnrolmentState, Outcome
from portal.chains.workdays import after_working_days
from portal.consent.rules import Purpose
from portal.conversations.models import Ask
from portal.conversations.readers import Reader, author, readers
from portal.conversations.rules import Answer, Question
from portal.gate.actions import put
from portal.gate.queries import opens_at, public_holidays
from portal.gate.requests import Draft, Request
from portal.gate.rules import Verdict
from portal.kit.bulk import among
from portal.kit.db import saved
from portal.opportunities.models import Opportunity
from portal.postbox.rules import LetterKind
from portal.timeline.who import System

ROUND = 500
# Fewer than two free slots: the letter waits, and asks again this often.
SLOTS_AGAIN = timedelta(hours=1)
NO_SLOTS = "no_slots"
_PLANNER = System("chain")


# A launch that is done may have someone on the way again: they changed their mind before the deadline.
_DUE = sa.text(
    """
    SELECT e.id FROM enrolment e JOIN launch l ON l.id = e.launch_id JOIN talent t ON t.id = e.talent_id
     WHERE e.state IN ('due', 'asked') AND e.due_at <= :now AND l.state IN ('running', 'done')
     ORDER BY e.due_at, e.id LIMIT :round
       FOR SHARE OF l SKIP LOCKED FOR NO KEY UPDATE OF e, t SKIP LOCKED
    """
)


@dataclass(frozen=True, slots=True)
class Scene:
    """One launch, with all its letters share; `followed` is the yes each enrolment's next letter follows up."""

    launch: Launch
    definition: Definition
    occasion: letters.Occasion
    now: datetime
    hold_hours: int
    followed: Mapping[int, Ask]


def advance(session: Session, *, now: datetime) -> int:
    """Let up to ROUND people of running launches take their next step; return how many did."""
    due = _lock_due(session, now)
    if not due:
        end_launches(session, now=now)
    for launch_id, theirs in groupby(sorted(due, key=_launch_of), key=_launch_of):
        _advance(session, launch_id, list(theirs), now)
    return len(due)


def _launch_of(enrolment: Enrolment) -> int:
    return enrolment.launch_id


def _lock_due(session: Session, now: datetime) -> list[Enrolment]:
    ids = session.execute(_DUE, {"now": now, "round": ROUND}).scalars().all()
    fresh = select(Enrolment).where(among(col(Enrolment.id), ids)).execution_options(populate_existing=True)
    return list(session.exec(fresh)) if ids else []


def _advance(session: Session, launch_id: int, due: Sequence[Enrolment], now: datetime) -> None:
    scene = _scene(session, launch_id, due, now)
    silent = [enrolment for enrolment in due if enrolment.state is EnrolmentState.ASKED]
    _take_silence_for_an_answer(session, scene, silent)
    acting = [enrolment for enrolment in due if enrolment.state is EnrolmentState.DUE]
    people = readers(session, [enrolment.talent_id for enrolment in acting])
    moves = _act(session, scene, acting, people)
    apply_moves(session, scene.launch, moves, now=now)


def _scene(session: Session, launch_id: int, due: Sequence[Enrolment], now: datetime) -> Scene:
    launch = session.get_one(Launch, launch_id)
    version = session.get_one(ChainVersion, launch.version_id)
    job = session.get(Opportunity, launch.opportunity_id) if launch.opportunity_id else None
    return Scene(
        launch=launch,
        definition=read_definition(version.definition),
        occasion=letters.Occasion(author(session, launch.owner_id), job),
        now=now,
        hold_hours=house(session).hold_hours,
        followed=_followed(session, [enrolment.id for enrolment in due]),
    )


def _followed(session: Session, enrolment_ids: Sequence[int | None]) -> dict[int, Ask]:
    """Return the last yes, or wish to know more, that each of these enrolments heard."""
    agreed = select(Ask).where(
        among(col(Ask.enrolment_id), enrolment_ids), col(Ask.answer).in_([Answer.YES, Answer.MORE_INFO])
    )
    asks = session.exec(agreed.order_by(col(Ask.answered_at), col(Ask.id)))
    return {ask.enrolment_id: ask for ask in asks if ask.enrolment_id is not None}


def _take_silence_for_an_answer(session: Session, scene: Scene, silent: Sequence[Enrolment]) -> None:
    """Nobody answered before the deadline: follow the branch of silence."""
    for enrolment in silent:
        step = scene.definition.step(enrolment.step)
        target = step.next if isinstance(step, SurveyStep) else getattr(step, "on_silence", None)
        enrolment.state = EnrolmentState.DUE
        enrolment.step = target or enrolment.step
        enrolment.outcome = Outcome.SILENCE
        session.add(enrolment)
    session.flush()


def _act(session: Session, scene: Scene, acting: Sequence[Enrolment], people: dict[int, Reader]) -> list[Move]:
    moves: list[Move] = []
    writing: list[tuple[Enrolment, Draft, Asking | None]] = []
    for enrolment in acting:
        step, reader = scene.definition.step(enrolment.step), people[enrolment.talent_id]
        match step:
            case Wait():
                until = after_working_days(scene.now, step.days, reader.zone, public_holidays(scene.now.year))
                moves.append(Move(enrolment, step.next, EnrolmentState.DUE, until))
            case End():
                moves.append(Move(enrolment, step.key, EnrolmentState.ENDED, None, outcome=_how_it_ended(enrolment)))
            case Info() | QuestionStep() | Digest() | SurveyStep():
                writing.append(_letter(scene, enrolment, step, reader))
            case Slots():
                offered = _offer(session, scene, enrolment, reader)
                if offered is None:
                    again = scene.now + SLOTS_AGAIN
                    moves.append(Move(enrolment, step.key, EnrolmentState.DUE, again, blocked_by=NO_SLOTS))
                else:
                    writing.append(offered)
            case _:
                assert_never(step)
    return moves + _put(session, scene, writing)


def _how_it_ended(enrolment: Enrolment) -> str:
    return enrolment.outcome or Outcome.COMPLETED


def _letter(
    scene: Scene,
    enrolment: Enrolment,
    step: Info | QuestionStep | Digest | SurveyStep,
    reader: Reader,
) -> tuple[Enrolment, Draft, Asking | None]:
    occasion = scene.occasion
    match step:
        case Info():
            request, content = _contact(scene, enrolment), letters.info(step, reader, occasion)
            return enrolment, Draft(request, content), None
        case QuestionStep():
            until = scene.now + timedelta(days=step.silence_days)
            question = Question(step.question)
            request = _contact(scene, enrolment, question=question)
            content = letters.question(step, reader, occasion, until=until)
            return enrolment, Draft(request, content), Asking(question, until)
        case Digest():
            until = scene.now + timedelta(days=step.silence_days)
            content = letters.digest(reader, occasion, until=until)
            request = _follow_up(scene, enrolment)
            return enrolment, Draft(request, content), Asking(Question.DIGEST, until)
        case SurveyStep():
            until = scene.now + timedelta(days=step.silence_days)
            request = _contact(scene, enrolment, survey_id=step.survey_id)
            content = letters.survey(step, reader, occasion, until=until)
            return enrolment, Draft(request, content), Asking(Question.SURVEY, until, survey_id=step.survey_id)


def _contact(
    scene: Scene, enrolment: Enrolment, *, question: Question | None = None, survey_id: int | None = None
) -> Request:
    return Request(
        kind=LetterKind.CONTACT,
        talent_id=enrolment.talent_id,
        purpose=Purpose.POOL,
        question=question,
        opportunity_id=scene.launch.opportunity_id,
        survey_id=survey_id,
        enrolment_id=enrolment.id,
        author_id=scene.launch.owner_id,
    )


def _follow_up(scene: Scene, enrolment: Enrolment) -> Request:
    """A letter after their own answer: it leaves only while that answer is still the one in force."""
    follows = scene.followed.get(saved(enrolment.id))
    return Request(
        kind=LetterKind.FOLLOW_UP if follows else LetterKind.CONTACT,
        talent_id=enrolment.talent_id,
        purpose=Purpose.POOL,
        opportunity_id=scene.launch.opportunity_id,
        enrolment_id=enrolment.id,
        author_id=scene.launch.owner_id,
        follows=follows.id if follows else None,
        on=follows.answer if follows else None,
    )


def _offer(
    session: Session, scene: Scene, enrolment: Enrolment, reader: Reader
) -> tuple[Enrolment, Draft, Asking | None] | None:
    """Hold two slots and write the letter that offers them; None if there are fewer than two.

    The time to choose begins when the letter may leave: one planned on a Saturday night leaves on Monday.
    """
    until = opens_at(session, reader.zone, now=scene.now) + timedelta(hours=scene.hold_hours)
    held = holding.hold_two(session, scene.launch.owner_id, enrolment.talent_id, until=until, now=scene.now)
    if not held:
        return None
    content = letters.slots(reader, scene.occasion, held, until=until)
    return enrolment, Draft(_follow_up(scene, enrolment), content), Asking(Question.SLOTS, until)


def _put(session: Session, scene: Scene, writing: Sequence[tuple[Enrolment, Draft, Asking | None]]) -> list[Move]:
    outcomes = put(session, _PLANNER, [draft for _, draft, _ in writing], now=scene.now)
    moves = []
    for (enrolment, _, asking), outcome in zip(writing, outcomes, strict=True):
        if not outcome.goes and asking is not None and asking.question is Question.SLOTS:
            holding.release(session, enrolment.talent_id, now=scene.now)
        decision = outcome.decision
        match decision.verdict:
            case Verdict.GO:
                moves.append(_sent(scene, enrolment, asking, outcome.letter_id))
            case Verdict.WAIT:
                moves.append(
                    Move(enrolment, enrolment.step, EnrolmentState.DUE, decision.until, blocked_by=decision.check)
                )
            case Verdict.NEVER:
                moves.append(
                    Move(
                        enrolment,
                        enrolment.step,
                        EnrolmentState.ENDED,
                        None,
                        blocked_by=decision.check,
                        outcome=Outcome.BLOCKED,
                    )
                )
            case _:
                assert_never(decision.verdict)
    return moves


def _sent(scene: Scene, enrolment: Enrolment, asking: Asking | None, letter_id: object) -> Move:
    if asking is None:
        step = scene.definition.step(enrolment.step)
        following = step.next if isinstance(step, Info) else enrolment.step
        return Move(enrolment, following, EnrolmentState.DUE, scene.now)
    return Move(
        enrolment,
        enrolment.step,
        EnrolmentState.ASKED,
        asking.until,
        asking=asking,
        letter_id=letter_id,  # type: ignore[arg-type]
    )
