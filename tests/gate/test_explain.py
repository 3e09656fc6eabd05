"""Whatever the gate answers is explained, to recruiters and to the person, in both languages."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from portal.conversations.actions import open_conversation
from portal.gate.explain import GO, Reader, decisions_of, explained
from portal.gate.law import LAW
from portal.gate.law.reason import Reason
from portal.gate.models import GateDecision
from portal.gate.rules import Decision, Verdict
from portal.kit.clock import local_day
from portal.kit.db import saved
from portal.kit.errors import NotFound
from portal.kit.i18n import day, say
from portal.postbox.rules import LetterKind
from portal.replies.stopping import withdraw
from portal.replies.writing import can_write, write_by_hand
from portal.timeline.who import Person
from tests.cast import NOW, Cast, as_candidate, cast, talent

ZONE = "Europe/Paris"


@pytest.fixture
def people(session: Session) -> Cast:
    return cast(session)


@pytest.mark.parametrize("to", Reader)
@pytest.mark.parametrize("reason", LAW.values(), ids=LAW)
def test_every_reason_is_told_whole_in_both_languages(reason: Reason, to: Reader) -> None:
    decision = Decision(Verdict.WAIT, None, reason.code, NOW + timedelta(days=9), {"owner": "Marc"})
    for locale in ("fr", "en"):
        assert not re.search(r"[{}]", explained(decision, LetterKind.CONTACT, locale, ZONE, now=NOW, to=to))
    sentence = reason.to_staff if to is Reader.STAFF else reason.to_them
    assert say("fr", sentence, until="", on="", owner="") != sentence.format(until="", on="", owner="")


def test_a_go_is_explained_for_every_kind_of_letter() -> None:
    assert set(GO[Reader.STAFF]) == set(GO[Reader.THEM]) == set(LetterKind)


def test_a_wait_is_told_with_its_day_as_people_say_it() -> None:
    def told(because: str, until: datetime, locale: str) -> str:
        decision = Decision(Verdict.WAIT, None, because, until)
        return explained(decision, LetterKind.CONTACT, locale, ZONE, now=NOW, to=Reader.STAFF)

    nine_days = datetime(2026, 12, 2, 23, 0, tzinfo=UTC)  # the day begins in Paris
    assert "le jeudi 3 décembre" in told("rhythm", nine_days, "fr")
    assert "until Thursday 3 December" in told("no_holds", nine_days, "en")
    assert "jusqu’au jeudi 3 décembre" in told("no_holds", nine_days, "fr")
    assert "tomorrow 08:00" in told("quiet_hours", datetime(2026, 11, 25, 7, 0, tzinfo=UTC), "en")
    assert "le lundi 30 novembre à 8\u00a0h" in told("quiet_hours", datetime(2026, 11, 30, 7, 0, tzinfo=UTC), "fr")
    assert "2027" in told("later", datetime(2027, 2, 1, 23, 0, tzinfo=UTC), "fr")


def test_someone_who_agreed_can_be_written_to_and_asking_writes_nothing(session: Session, people: Cast) -> None:
    lea = talent(session, "Léa")
    can = can_write(session, people.claire, saved(lea.id), now=NOW)
    assert can.go
    assert session.exec(select(GateDecision)).all() == []


def test_a_letter_by_hand_uses_up_the_rhythm_and_the_page_says_until_when(session: Session, people: Cast) -> None:
    lea = saved(talent(session, "Léa").id)
    assert write_by_hand(session, people.claire, lea, subject="Bonjour", text="Un mot.", now=NOW).goes
    can = can_write(session, people.claire, lea, now=NOW + timedelta(days=1))
    assert (can.verdict, can.because) == (Verdict.WAIT, "rhythm")
    assert can.until is not None
    assert day("fr", local_day(can.until, ZONE)) in can.sentence


def test_the_second_recruiter_is_told_who_is_talking_with_them(session: Session, people: Cast) -> None:
    lea = saved(talent(session, "Léa").id)
    open_conversation(session, people.claire, lea, people.claire.id, now=NOW)
    can = can_write(session, people.marc, lea, now=NOW)
    assert can.because == "conversation_open"
    assert "Claire" in can.sentence
    assert can_write(session, people.claire, lea, now=NOW).go


def test_someone_who_withdrew_is_never_written_to(session: Session, people: Cast) -> None:
    lea = saved(talent(session, "Léa").id)
    withdraw(session, people.claire, lea, interface="recruiter", now=NOW)
    can = can_write(session, people.claire, lea, now=NOW)
    assert (can.verdict, can.because) == (Verdict.NEVER, "withdrawn")


def test_only_recruiters_ask_whether_someone_can_be_written_to(session: Session, people: Cast) -> None:
    lea = talent(session, "Léa")
    for stranger in (people.dora, as_candidate(lea)):
        with pytest.raises(NotFound):
            can_write(session, stranger, saved(lea.id), now=NOW)
    with pytest.raises(NotFound):
        can_write(session, people.claire, 10**9, now=NOW)


def test_why_a_letter_left_is_read_by_the_recruiter_the_dpo_and_whom_it_is_about(
    session: Session, people: Cast
) -> None:
    lea, noe = talent(session, "Léa"), talent(session, "Noé")
    outcome = write_by_hand(session, people.claire, saved(lea.id), subject="Bonjour", text="Un mot.", now=NOW)
    assert outcome.letter_id is not None

    def read(who: Person) -> list[str]:
        assert outcome.letter_id is not None
        return [one.sentence for one in decisions_of(session, who, outcome.letter_id, now=NOW)]

    assert read(people.marc) == read(people.dora) == [say("fr", GO[Reader.STAFF][LetterKind.CONTACT])]
    assert read(as_candidate(lea)) == [say("fr", GO[Reader.THEM][LetterKind.CONTACT])]
    with pytest.raises(NotFound):
        read(as_candidate(noe))
    with pytest.raises(NotFound):
        decisions_of(session, people.claire, uuid.uuid4(), now=NOW)
