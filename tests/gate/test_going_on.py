"""What is known of somebody goes on without a database as it would with one: each life is lived twice, and compared."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from portal.access.house import house
from portal.consent.actions import withdraw
from portal.consent.rules import Purpose
from portal.conversations.actions import close_conversation, give_answer, open_conversation, put_questions
from portal.conversations.models import Ask
from portal.conversations.queries import open_conversation_of
from portal.conversations.rules import Answer, Question
from portal.gate import going_on, marking
from portal.gate.actions import put
from portal.gate.claiming import take_in_hand
from portal.gate.known import Asked, Known, facts
from portal.gate.queries import facts_for, known
from portal.gate.requests import Draft, Request
from portal.gate.rules import Facts
from portal.kit.db import saved
from portal.kit.tokens import use_secret
from portal.opportunities.models import Opportunity
from portal.postbox import actions as postbox
from portal.postbox.content import Content, p
from portal.postbox.delivery import Fate, Report
from portal.postbox.models import Letter
from portal.postbox.rules import LetterKind, LetterState
from portal.talents.models import Talent
from portal.talents.rules import SourceKind
from portal.talents.vocabulary import Contract
from portal.timeline.who import LinkGrant, System
from tests.cast import NOW, Cast, cast, talent

WORDS = Content("hello", "fr", "Bonjour", (p("Bonjour"),))
TESTER, WORKER = System("test"), 7


@dataclass
class Life:
    """One person, in the database and beside it."""

    session: Session
    people: Cast
    row: Talent
    now: datetime = NOW
    known: Known = field(init=False)
    written: list[Request] = field(default_factory=list)
    asks: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        use_secret("a secret for tests that is long enough")
        self.known = known(self.session, [self.id], now=self.now)[self.id]

    @property
    def id(self) -> int:
        return saved(self.row.id)

    def goes_on(self, step: Any, *given: Any, timed: bool = True, **told: Any) -> None:
        self.known = step(self.known, *given, **told, **({"now": self.now} if timed else {}))

    def write(self, kind: LetterKind, question: Question | None, job: int | None = None) -> None:
        request = Request(
            kind=kind, talent_id=self.id, purpose=Purpose.POOL, question=question, opportunity_id=job,
            author_id=self.people.claire.id,
        )  # fmt: skip
        (outcome,) = put(self.session, TESTER, [Draft(request, WORDS)], now=self.now)
        if not outcome.goes:
            return
        self.written.append(request)
        self.goes_on(going_on.planned, request, leaves_at=outcome.decision.until)
        if question is not None:
            self._ask(question, job, request.letter_id)

    def _ask(self, question: Question, job: int | None, letter_id: uuid.UUID) -> None:
        asked = {
            "talent_id": self.id, "owner_id": self.people.claire.id, "question": question, "opportunity_id": job,
            "letter_id": letter_id, "asked_at": self.now, "deadline": self.now + timedelta(days=300),
        }  # fmt: skip
        put_questions(self.session, [asked])
        (id_,) = self.session.exec(select(Ask.id).where(col(Ask.letter_id) == letter_id))
        self.asks.append(saved(id_))
        ask = Asked(saved(id_), question, self.now, opportunity_id=job, letter_id=str(letter_id))
        self.goes_on(going_on.asked, ask, timed=False)

    def deliver(self) -> None:
        taken = take_in_hand(self.session, 50, WORKER, "https://talents.example", now=self.now)
        for one in taken.ready if taken else ():
            report = Report(one.letter.id, Fate.SENT, "250")
            marking._mark_sent(self.session, WORKER, [report], self.now)
            self.goes_on(going_on.sent, one.letter.id)
        for letter_id in taken.lost if taken else ():
            self.goes_on(going_on.lost, letter_id, timed=False)
        waiting = (col(Letter.talent_id) == self.id) & (col(Letter.state) == LetterState.QUEUED)
        for letter_id, leaves_at in self.session.execute(
            sa.select(col(Letter.id), col(Letter.not_before)).where(waiting)
        ):
            self.goes_on(going_on.put_off, letter_id, leaves_at=leaves_at, timed=False)

    def lose(self) -> None:
        """Everything that waits in the outbox is called back, but what they asked for."""
        cancelled = (col(Letter.talent_id) == self.id) & (col(Letter.state) == LetterState.CANCELLED)
        before = set(self.session.exec(select(Letter.id).where(cancelled)))
        postbox.cancel_for_talent(self.session, self.id, why="test")
        for letter_id in set(self.session.exec(select(Letter.id).where(cancelled))) - before:
            self.goes_on(going_on.lost, letter_id, timed=False)

    def answer(self, which: int, answer: Answer) -> None:
        if not self.asks:
            return
        ask_id = self.asks[which % len(self.asks)]
        ask = self.session.get_one(Ask, ask_id, populate_existing=True)
        later_on = self.now.date() + timedelta(days=20) if answer is Answer.LATER else None
        give_answer(self.session, LinkGrant(1, self.id), ask, answer, via="link", now=self.now, later_on=later_on)
        self.goes_on(going_on.answered, ask_id, answer, house(self.session), later_on=later_on)

    def withdraw(self, purpose: Purpose | None) -> None:
        withdraw(self.session, LinkGrant(1, self.id), self.id, purpose, interface="link", now=self.now)
        self.goes_on(going_on.withdrew, house(self.session), purpose)

    def talk(self) -> None:
        open_conversation(self.session, self.people.marc, self.id, self.people.marc.id, now=self.now)
        self.goes_on(going_on.talking, self.people.marc.id, "Marc", timed=False)

    def close(self) -> None:
        if conversation := open_conversation_of(self.session, self.id):
            close_conversation(self.session, self.people.marc, saved(conversation.id), now=self.now)
        self.goes_on(going_on.closed, timed=False)

    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)

    def both(self, jobs: list[int]) -> tuple[list[Facts], list[Facts]]:
        """The facts for every letter one may wish to write now: as read, and as gone on."""
        self.session.flush()
        requests = [
            Request(
                kind=LetterKind.CONTACT, talent_id=self.id, purpose=purpose, question=question, opportunity_id=job,
                author_id=author, follows=follows, on=Answer.YES if follows else None,
            )
            for question in (None, Question.STILL_LOOKING)
            for purpose in (Purpose.POOL, Purpose.SURVEY)
            for job in (None, *jobs)
            for author in (self.people.claire.id, self.people.marc.id)
            for follows in (None, *self.asks[:2])
        ]  # fmt: skip
        again = [*requests, *self.written]
        rules = house(self.session)
        gone_on = [facts(self.known, request, rules, now=self.now) for request in again]
        return facts_for(self.session, again, now=self.now), gone_on


def job(session: Session, people: Cast) -> int:
    row = Opportunity(
        owner_id=people.claire.id, title="Infirmière", place_name="Lyon", contract=Contract.CDI, created_at=NOW
    )
    session.add(row)
    session.flush()
    return saved(row.id)


JOBS = st.sampled_from([None, 0, 1])
ACTS = st.lists(
    st.one_of(
        st.tuples(
            st.just("write"),
            st.sampled_from([*LetterKind, LetterKind.CONTACT, LetterKind.CONTACT]),
            st.sampled_from([None, Question.STILL_LOOKING, Question.OPPORTUNITY]),
            JOBS,
        ),
        st.tuples(st.just("deliver")),
        st.tuples(st.just("lose")),
        st.tuples(st.just("answer"), st.integers(0, 5), st.sampled_from(Answer)),
        st.tuples(st.just("withdraw"), st.sampled_from([None, Purpose.POOL, Purpose.SURVEY])),
        st.tuples(st.just("talk")),
        st.tuples(st.just("close")),
        st.tuples(st.just("wait"), st.sampled_from([1, 4, 31, 70])),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=ACTS, source=st.sampled_from([SourceKind.APPLICATION, SourceKind.REFERRAL]), consented=st.booleans())
def test_a_life_told_is_the_life_lived(
    session: Session, acts: list[tuple[Any, ...]], source: SourceKind, consented: bool
) -> None:
    with session.begin_nested() as kept:
        people = cast(session)
        jobs = [job(session, people), job(session, people)]
        life = Life(session, people, talent(session, "Zoé", consented=consented, source_kind=source))
        for name, *told in acts:
            if name == "write" and told[2] is not None:
                told[2] = jobs[told[2]]
            getattr(life, name)(*told)
            read, gone_on = life.both(jobs)
            assert gone_on == read
        kept.rollback()
    session.expunge_all()
