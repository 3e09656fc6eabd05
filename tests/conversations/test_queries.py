"""The thread with one person, and who waits for a person."""

import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from portal.access.actions import disable
from portal.conversations import actions
from portal.conversations.inbox import inbox, waits_for_colleagues
from portal.conversations.models import Ask, Conversation
from portal.conversations.queries import conversation_of, open_conversation_of, thread
from portal.conversations.rules import Answer, Question
from portal.conversations.settling import letters_in_trouble, settle
from portal.kit.db import saved
from portal.kit.errors import NotFound
from portal.postbox.models import Letter
from portal.postbox.rules import LetterState
from portal.replies.writing import answer_by_hand, write_by_hand
from portal.talents.models import Talent
from portal.timeline.models import TimelineEvent
from portal.timeline.who import System
from tests.cast import NOW, Cast, as_candidate, cast, talent


@pytest.fixture
def people(session: Session) -> Cast:
    return cast(session)


@pytest.fixture
def lea(session: Session) -> Talent:
    return talent(session, "Léa")


def asks(session: Session, people: Cast, row: Talent, question: str, *, minutes: int) -> Conversation:
    """They write to Claire, so many minutes after NOW."""
    now = NOW + timedelta(minutes=minutes)
    held = actions.open_conversation(session, people.claire, saved(row.id), people.claire.id, now=now)
    actions.hear(session, as_candidate(row), held, question, now=now)
    return held


def pressed(session: Session, people: Cast, row: Talent, question: Question, answer: Answer, *, minutes: int) -> None:
    now = NOW + timedelta(minutes=minutes)
    ask = Ask(
        talent_id=saved(row.id),
        owner_id=people.claire.id,
        question=question,
        asked_at=now,
        deadline=now + timedelta(days=7),
    )
    session.add(ask)
    session.flush()
    actions.give_answer(session, as_candidate(row), ask, answer, via="portal", now=now)


def test_the_thread_tells_letters_answers_and_words_in_their_order(session: Session, people: Cast, lea: Talent) -> None:
    write_by_hand(session, people.claire, saved(lea.id), subject="Bonjour", text="Un.\n\nDeux.", now=NOW)
    pressed(session, people, lea, Question.STILL_LOOKING, Answer.YES, minutes=5)
    asks(session, people, lea, "C’est où ?", minutes=10)
    answer_by_hand(session, people.claire, saved(lea.id), "À Lyon.", now=NOW + timedelta(minutes=20))
    said = thread(session, people.marc, saved(lea.id))
    assert [one.theirs for one in said] == [False, True, True, False]
    assert said[0].text.startswith("Un.\n\nDeux.")
    assert (said[0].by, said[0].state) == ("Claire", LetterState.QUEUED)
    assert (said[1].question, said[1].answer) == (Question.STILL_LOOKING, Answer.YES)
    assert said[2].text == "C’est où ?"
    assert said[3].subject == "Re: Bonjour"
    assert thread(session, as_candidate(lea), saved(lea.id)) == said


def test_a_stranger_reads_no_thread(session: Session, people: Cast, lea: Talent) -> None:
    noe = talent(session, "Noé")
    for stranger in (people.dora, as_candidate(noe), System("chain")):
        with pytest.raises(NotFound):
            thread(session, stranger, saved(lea.id))
        with pytest.raises(NotFound):
            conversation_of(session, stranger, saved(lea.id))
    for outsider in (people.dora, as_candidate(lea)):
        with pytest.raises(NotFound):
            inbox(session, outsider)


def test_whoever_waits_longest_stands_first_with_their_last_words(session: Session, people: Cast, lea: Talent) -> None:
    noe = talent(session, "Noé")
    asks(session, people, noe, "Et le salaire ?", minutes=2)
    asks(session, people, lea, "C’est où ?", minutes=5)
    asks(session, people, noe, "Alors ?", minutes=9)
    waiting = inbox(session, people.claire)
    assert [(one.name, one.words) for one in waiting] == [("Noé Martin", "Alors ?"), ("Léa Martin", "C’est où ?")]
    assert inbox(session, people.marc) == []
    assert waits_for_colleagues(session, people.marc) == 2


def test_an_answer_pressed_after_their_words_stands_beside_them(session: Session, people: Cast, lea: Talent) -> None:
    asks(session, people, lea, "C’est où ?", minutes=1)
    pressed(session, people, lea, Question.DIGEST, Answer.MORE_INFO, minutes=3)
    (waiting,) = inbox(session, people.claire)
    assert (waiting.words, waiting.answer, waiting.no_time_suits) == ("C’est où ?", Answer.MORE_INFO, False)


def test_who_refused_every_time_offered_is_found_a_time(session: Session, people: Cast, lea: Talent) -> None:
    held = actions.open_conversation(session, people.claire, saved(lea.id), people.claire.id, now=NOW)
    pressed(session, people, lea, Question.SLOTS, Answer.NO, minutes=1)
    actions.await_a_person(session, held, now=NOW + timedelta(minutes=1))
    (waiting,) = inbox(session, people.claire)
    assert waiting.no_time_suits


def test_who_waits_for_someone_who_left_waits_for_everyone(session: Session, people: Cast, lea: Talent) -> None:
    asks(session, people, lea, "C’est où ?", minutes=1)
    disable(session, people.ada, people.claire.id, now=NOW)
    (waiting,) = inbox(session, people.marc)
    assert waiting.owner == "Claire"
    assert answer_by_hand(session, people.marc, saved(lea.id), "À Lyon.", now=NOW + timedelta(minutes=5)).goes
    held = open_conversation_of(session, saved(lea.id))
    assert held is not None
    assert held.owner_id == people.marc.id
    assert inbox(session, people.marc) == []


def test_dealt_with_leaves_the_inbox_and_comes_back_where_it_was(session: Session, people: Cast, lea: Talent) -> None:
    held = asks(session, people, lea, "C’est où ?", minutes=1)
    since = actions.dealt_with(session, people.claire, saved(held.id), now=NOW + timedelta(hours=1))
    assert since == NOW + timedelta(minutes=1)
    assert inbox(session, people.claire) == []
    actions.wait_again(session, people.claire, saved(held.id), since, now=NOW + timedelta(hours=2))
    (waiting,) = inbox(session, people.claire)
    assert waiting.since == since


@pytest.mark.parametrize("name", ["marc", "ada", "dora"])
def test_what_waits_for_a_colleague_is_not_taken_from_their_inbox(
    session: Session, people: Cast, lea: Talent, name: str
) -> None:
    held = asks(session, people, lea, "C’est où ?", minutes=1)
    somebody_else = getattr(people, name)
    with pytest.raises(NotFound):
        actions.dealt_with(session, somebody_else, saved(held.id), now=NOW)
    with pytest.raises(NotFound):
        actions.wait_again(session, somebody_else, saved(held.id), NOW, now=NOW)
    assert [waiting.talent_id for waiting in inbox(session, people.claire)] == [lea.id]


def test_what_waited_for_someone_who_left_is_dealt_with_by_whom_it_waits_for_now(
    session: Session, people: Cast, lea: Talent
) -> None:
    held = asks(session, people, lea, "C’est où ?", minutes=1)
    disable(session, people.ada, people.claire.id, now=NOW)
    assert actions.dealt_with(session, people.marc, saved(held.id), now=NOW) is not None
    assert inbox(session, people.marc) == []


def test_a_closed_conversation_is_opened_again_unless_another_has_begun(
    session: Session, people: Cast, lea: Talent
) -> None:
    held = asks(session, people, lea, "C’est où ?", minutes=1)
    actions.close_conversation(session, people.claire, saved(held.id), now=NOW)
    actions.reopen_conversation(session, people.claire, saved(held.id), now=NOW)
    again = conversation_of(session, people.marc, saved(lea.id))
    assert again is not None
    assert (again.id, again.owner) == (held.id, "Claire")
    actions.close_conversation(session, people.claire, saved(held.id), now=NOW)
    session.flush()
    newer = actions.open_conversation(session, people.marc, saved(lea.id), people.marc.id, now=NOW)
    actions.reopen_conversation(session, people.claire, saved(held.id), now=NOW)
    assert open_conversation_of(session, saved(lea.id)) is newer


@pytest.fixture
def letter(session: Session, people: Cast, lea: Talent) -> Iterator[Letter]:
    write_by_hand(session, people.claire, saved(lea.id), subject="Bonjour", text="Un mot.", now=NOW)
    return session.exec(select(Letter).where(col(Letter.talent_id) == lea.id)).one()  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("state", "becomes"), [(LetterState.UNKNOWN, LetterState.SENT), (LetterState.FAILED, LetterState.CANCELLED)]
)
def test_a_letter_in_trouble_is_its_authors_to_settle(
    session: Session, people: Cast, letter: Letter, state: LetterState, becomes: LetterState
) -> None:
    letter.state, letter.why = state, "550 no such user"
    session.add(letter)
    session.flush()
    ((troubled,), total) = letters_in_trouble(session, people.claire)
    assert (troubled.letter_id, troubled.why, total) == (letter.id, "550 no such user", 1)
    assert letters_in_trouble(session, people.marc) == ([], 0)
    with pytest.raises(NotFound):
        settle(session, people.dora, letter.id, now=NOW)
    settle(session, people.claire, letter.id, now=NOW)
    session.flush()
    assert letter.state is becomes
    assert letters_in_trouble(session, people.claire) == ([], 0)
    kinds = session.exec(select(TimelineEvent.kind).where(col(TimelineEvent.talent_id) == letter.talent_id)).all()
    assert "letter_settled" in kinds


def test_a_letter_that_is_well_is_not_settled(session: Session, people: Cast, letter: Letter) -> None:
    settle(session, people.claire, letter.id, now=NOW)
    settle(session, people.claire, uuid.uuid4(), now=NOW)
    assert letter.state is LetterState.QUEUED
