"""What the gate knows of somebody, from the real database."""

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from portal.access.house import house
from portal.consent.models import Consent
from portal.consent.rules import Basis, Purpose, Standing
from portal.conversations.models import Ask, Conversation
from portal.conversations.rules import Answer, Question
from portal.gate.actions import put
from portal.gate.queries import facts_for
from portal.gate.requests import Draft, Request
from portal.gate.rules import Facts
from portal.kit.db import Database, saved
from portal.kit.embedded import Urls
from portal.opportunities.models import Opportunity
from portal.postbox.content import Content, p
from portal.postbox.models import Letter
from portal.postbox.rules import LetterKind, LetterState
from portal.surveys.models import Survey
from portal.talents.models import Talent
from portal.talents.rules import SourceKind
from portal.talents.vocabulary import Contract
from portal.timeline.who import System
from tests.cast import NOW, Cast, cast, talent

BEFORE = NOW - timedelta(days=10)
WORDS = Content("hello", "fr", "Bonjour", (p("Bonjour"),))
TESTER = System("test")


@pytest.fixture
def session(module_database: Urls) -> Iterator[Session]:
    """One act that is never committed, as the owner, who may write letters of every kind by hand."""
    database = Database(module_database.owner)
    with Session(database.engine, expire_on_commit=False) as one:
        yield one
        one.rollback()
    database.close()


@pytest.fixture
def people(session: Session) -> Cast:
    return cast(session)


@pytest.fixture
def zoe(session: Session) -> Talent:
    return talent(session, "Zoé")


def about(session: Session, person: Talent, kind: LetterKind = LetterKind.CONTACT, **request: Any) -> Facts:
    session.flush()
    (facts,) = facts_for(session, [asking(person, kind, **request)], now=NOW)
    return facts


def asking(person: Talent, kind: LetterKind = LetterKind.CONTACT, **request: Any) -> Request:
    return Request(**{"kind": kind, "talent_id": saved(person.id), "purpose": Purpose.POOL} | request)


def consent(session: Session, person: Talent, **columns: Any) -> None:
    theirs = col(Consent.talent_id) == person.id
    session.execute(sa.update(Consent).where(theirs).values(**columns))


def opportunity(session: Session, people: Cast) -> int:
    job = Opportunity(
        owner_id=people.claire.id, title="Infirmière", place_name="Lyon", contract=Contract.CDI, created_at=BEFORE
    )
    session.add(job)
    session.flush()
    return saved(job.id)


def asked(session: Session, people: Cast, person: Talent, question: Question, **columns: Any) -> Ask:
    """Claire asked them something ten days ago."""
    defaults = {"owner_id": people.claire.id, "asked_at": BEFORE, "deadline": NOW + timedelta(days=4)}
    ask = Ask(talent_id=saved(person.id), question=question, **defaults | columns)
    session.add(ask)
    session.flush()
    return ask


def written(session: Session, person: Talent, kind: LetterKind, when: datetime, **columns: Any) -> uuid.UUID:
    """A letter the gate let through at `when`; `columns` say what became of it."""
    with_go = asking(person, LetterKind.SERVICE)
    put(session, TESTER, [Draft(with_go, WORDS)], now=when)
    as_kind = sa.text("UPDATE letter SET kind = :kind WHERE id = :id")
    session.execute(as_kind, {"kind": kind.value, "id": with_go.letter_id})
    if columns:
        session.execute(sa.update(Letter).where(col(Letter.id) == with_go.letter_id).values(**columns))
    return with_go.letter_id


def test_someone_who_agreed_and_was_never_written_to(session: Session, zoe: Talent) -> None:
    facts = about(session, zoe)
    assert (facts.basis_given, facts.basis_is_consent, facts.informed) == (True, True, True)
    assert facts.basis_expires_on == date(2028, 10, 20)
    assert (facts.zone, facts.rhythm_days, facts.counted_at, facts.conversation_with) == (
        "Europe/Paris",
        30,
        None,
        None,
    )
    objections = [facts.erased, facts.no_address, facts.bounced, facts.do_not_contact, facts.stopped]
    assert not any(objections)


def test_facts_come_in_the_order_they_were_asked_for(session: Session, zoe: Talent, people: Cast) -> None:
    mia = talent(session, "Mia", zone="Indian/Reunion")
    requests = [asking(mia), Request(LetterKind.SECURITY, staff_id=people.claire.id), asking(zoe), asking(mia)]
    assert [facts.zone for facts in facts_for(session, requests, now=NOW)] == [
        "Indian/Reunion",
        "Europe/Paris",
        "Europe/Paris",
        "Indian/Reunion",
    ]


@pytest.mark.parametrize(
    ("column", "value", "fact"),
    [
        ("erased_at", BEFORE, "erased"),
        ("bounced_at", BEFORE, "bounced"),
        ("do_not_contact_at", BEFORE, "do_not_contact"),
        ("email", None, "no_address"),
    ],
)
def test_someone_who_cannot_be_written_to(session: Session, zoe: Talent, column: str, value: Any, fact: str) -> None:
    setattr(zoe, column, value)
    assert getattr(about(session, zoe), fact)


def test_someone_who_withdrew(session: Session, zoe: Talent) -> None:
    consent(session, zoe, standing=Standing.WITHDRAWN)
    facts = about(session, zoe)
    assert (facts.basis_withdrawn, facts.basis_given) == (True, False)


def test_someone_who_agreed_to_the_pool_did_not_agree_to_events(session: Session, zoe: Talent) -> None:
    assert not about(session, zoe, purpose=Purpose.EVENT).basis_given


def test_someone_a_colleague_brought_must_be_informed_first(session: Session, zoe: Talent) -> None:
    consent(session, zoe, basis=Basis.LEGITIMATE_INTEREST, notified_at=None)
    zoe.source_kind, zoe.created_at = SourceKind.REFERRAL, NOW - timedelta(days=30)
    facts = about(session, zoe)
    assert (facts.informed, facts.notice_overdue) == (False, False)
    zoe.created_at = NOW - timedelta(days=32)
    assert about(session, zoe).notice_overdue
    consent(session, zoe, notified_at=BEFORE)
    assert about(session, zoe).informed


def test_the_first_information_goes_once(session: Session, zoe: Talent) -> None:
    assert not about(session, zoe, LetterKind.NOTICE).already_noticed
    written(session, zoe, LetterKind.NOTICE, NOW - timedelta(days=300), state=LetterState.SENT)
    assert about(session, zoe, LetterKind.NOTICE).already_noticed


def test_asking_to_stay_goes_once_an_expiry(session: Session, zoe: Talent) -> None:
    written(session, zoe, LetterKind.RE_CONSENT, BEFORE, state=LetterState.SENT, sent_at=BEFORE)
    assert about(session, zoe, LetterKind.RE_CONSENT).already_asked_to_renew
    # She signed in since: her consent runs on from that day, and before its new end she may be asked again.
    zoe.last_act_at = BEFORE + timedelta(days=1)
    assert not about(session, zoe, LetterKind.RE_CONSENT).already_asked_to_renew


def test_someone_another_recruiter_is_talking_with(session: Session, zoe: Talent, people: Cast) -> None:
    session.add(Conversation(talent_id=saved(zoe.id), owner_id=people.marc.id, opened_at=BEFORE))
    assert about(session, zoe, author_id=people.claire.id).conversation_with == "Marc"
    assert about(session, zoe, author_id=people.marc.id).conversation_with is None
    assert about(session, zoe).conversation_with == "Marc"


def test_a_conversation_that_is_closed_keeps_nobody_away(session: Session, zoe: Talent, people: Cast) -> None:
    stopped = {"follow_ups_stopped_at": BEFORE, "closed_at": BEFORE}
    session.add(Conversation(talent_id=saved(zoe.id), owner_id=people.marc.id, opened_at=BEFORE, **stopped))
    assert about(session, zoe, author_id=people.claire.id) == about(session, zoe, author_id=people.marc.id)


def test_someone_whose_follow_ups_were_stopped(session: Session, zoe: Talent, people: Cast) -> None:
    stopped = {"opened_at": BEFORE, "follow_ups_stopped_at": BEFORE}
    session.add(Conversation(talent_id=saved(zoe.id), owner_id=people.claire.id, **stopped))
    assert about(session, zoe, author_id=people.claire.id).stopped


def test_someone_to_whom_this_job_was_put_already(session: Session, zoe: Talent, people: Cast) -> None:
    job = opportunity(session, people)
    asked(session, people, zoe, Question.OPPORTUNITY, opportunity_id=job)
    assert about(session, zoe, opportunity_id=job, enrolment_id=7).same_opportunity_asked
    assert not about(session, zoe, opportunity_id=opportunity(session, people), enrolment_id=7).same_opportunity_asked
    assert not about(session, zoe).same_opportunity_asked


def test_a_job_whose_letter_was_cancelled_was_put_to_nobody(session: Session, zoe: Talent, people: Cast) -> None:
    job = opportunity(session, people)
    letter = written(session, zoe, LetterKind.CONTACT, BEFORE, state=LetterState.CANCELLED)
    asked(session, people, zoe, Question.OPPORTUNITY, opportunity_id=job, letter_id=letter)
    assert not about(session, zoe, opportunity_id=job, enrolment_id=7).same_opportunity_asked
    session.execute(sa.update(Letter).where(col(Letter.id) == letter).values(state=LetterState.UNKNOWN))
    assert about(session, zoe, opportunity_id=job, enrolment_id=7).same_opportunity_asked


def test_someone_just_asked_whether_they_are_looking(session: Session, zoe: Talent, people: Cast) -> None:
    asked(session, people, zoe, Question.STILL_LOOKING)
    facts = about(session, zoe, question=Question.STILL_LOOKING, enrolment_id=7)
    assert facts.same_question_until == BEFORE.date() + timedelta(days=60)
    assert about(session, zoe, question=Question.OPPORTUNITY, enrolment_id=7).same_question_until is None


def test_someone_invited_to_this_survey(session: Session, zoe: Talent, people: Cast) -> None:
    survey = Survey(owner_id=people.claire.id, title_fr="Votre avis", created_at=BEFORE)
    session.add(survey)
    session.flush()
    invited = asked(session, people, zoe, Question.SURVEY, survey_id=survey.id, letter_id=uuid.uuid4())
    assert about(session, zoe, survey_id=survey.id).same_survey_asked
    # At dispatch the question is the letter's own.
    assert not about(session, zoe, survey_id=survey.id, letter_id=invited.letter_id).same_survey_asked


def test_a_no_to_this_job_holds_for_this_job(session: Session, zoe: Talent, people: Cast) -> None:
    job = opportunity(session, people)
    asked(session, people, zoe, Question.DIGEST, opportunity_id=job, answer=Answer.NO, answered_at=BEFORE)
    assert about(session, zoe, opportunity_id=job).no_to_this
    assert not about(session, zoe, opportunity_id=opportunity(session, people)).no_to_this


def test_a_no_to_still_looking_holds_half_a_year_where_they_live(session: Session, zoe: Talent, people: Cast) -> None:
    late = datetime(2026, 11, 14, 23, 30, tzinfo=UTC)  # the 15th already, in Paris
    asked(session, people, zoe, Question.STILL_LOOKING, answer=Answer.NO, answered_at=late)
    assert about(session, zoe).no_until == date(2026, 11, 15) + timedelta(days=180)


def test_a_later_is_kept_to_the_day(session: Session, zoe: Talent, people: Cast) -> None:
    later = date(2027, 3, 1)
    asked(session, people, zoe, Question.STILL_LOOKING, answer=Answer.LATER, answered_at=BEFORE, later_on=later)
    assert about(session, zoe).later_until == later


def test_thanks_for_a_no_are_not_stopped_by_that_no(session: Session, zoe: Talent, people: Cast) -> None:
    job = opportunity(session, people)
    no = asked(session, people, zoe, Question.STILL_LOOKING, opportunity_id=job, answer=Answer.NO, answered_at=BEFORE)
    facts = about(session, zoe, LetterKind.FOLLOW_UP, opportunity_id=job, follows=no.id, on=Answer.NO)
    assert (facts.no_to_this, facts.no_until, facts.answer_changed) == (False, None, False)
    assert about(session, zoe, LetterKind.FOLLOW_UP, follows=no.id, on=Answer.YES).answer_changed


@pytest.mark.parametrize("kind", LetterKind)
def test_the_rhythm_counts_what_nobody_asked_for(session: Session, zoe: Talent, kind: LetterKind) -> None:
    written(session, zoe, kind, BEFORE, state=LetterState.SENT, sent_at=BEFORE)
    counted = kind in {LetterKind.CONTACT, LetterKind.NOTICE, LetterKind.RE_CONSENT}
    assert about(session, zoe).counted_at == (BEFORE if counted else None)


@pytest.mark.parametrize("state", LetterState)
def test_the_rhythm_counts_what_left_or_will(session: Session, zoe: Talent, state: LetterState) -> None:
    written(session, zoe, LetterKind.CONTACT, BEFORE, state=state)
    counted = state not in {LetterState.FAILED, LetterState.CANCELLED}
    assert about(session, zoe).counted_at == (BEFORE if counted else None)


def test_a_letter_set_aside_with_its_launch_counts_for_as_long_as_it_waits(session: Session, zoe: Talent) -> None:
    written(session, zoe, LetterKind.CONTACT, NOW - timedelta(days=40), not_before=NOW + timedelta(days=400))
    assert about(session, zoe).counted_at == NOW


def test_the_rhythm_runs_from_the_day_a_letter_left(session: Session, zoe: Talent) -> None:
    left = NOW - timedelta(days=2)
    letter = written(session, zoe, LetterKind.CONTACT, NOW - timedelta(days=40), state=LetterState.SENT, sent_at=left)
    assert about(session, zoe).counted_at == left
    # Asked again at dispatch, a letter does not count itself.
    assert about(session, zoe, letter_id=letter).counted_at is None


def test_someones_own_rhythm_comes_before_the_houses(session: Session, zoe: Talent) -> None:
    rules = house(session)
    rules.rhythm_days = 21
    session.add(rules)
    assert about(session, zoe).rhythm_days == 21
    zoe.rhythm_days, zoe.paused_until = 90, date(2027, 1, 1)
    facts = about(session, zoe)
    assert (facts.rhythm_days, facts.paused_until) == (90, date(2027, 1, 1))


def test_what_was_said_to_somebody_else_is_not_known_of_her(session: Session, zoe: Talent, people: Cast) -> None:
    mia, job = talent(session, "Mia"), opportunity(session, people)
    asked(session, people, mia, Question.OPPORTUNITY, opportunity_id=job, answer=Answer.NO, answered_at=BEFORE)
    session.add(Conversation(talent_id=saved(mia.id), owner_id=people.marc.id, opened_at=BEFORE))
    written(session, mia, LetterKind.CONTACT, BEFORE)
    facts = about(session, zoe, opportunity_id=job, question=Question.STILL_LOOKING)
    assert facts == about(session, zoe)
