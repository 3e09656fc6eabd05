"""The only door: what PostgreSQL itself refuses the app, and the rhythm when several plan at once."""

import secrets
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from portal.access.house import house
from portal.consent.rules import Purpose
from portal.gate.actions import put
from portal.gate.models import GateDecision
from portal.gate.requests import Draft, Request
from portal.gate.rules import Verdict
from portal.kit.db import Database, saved
from portal.kit.embedded import Urls
from portal.postbox.content import Content, p
from portal.postbox.models import Letter
from portal.postbox.rules import LetterKind
from portal.timeline.who import System
from tests.cast import NOW, talent

WORDS = Content("hello", "fr", "Bonjour", (p("Bonjour"),))
TESTER = System("test")
Refusal = (DBAPIError, psycopg.Error)


@pytest.fixture
def zoe(module_db: Database) -> int:
    with module_db.work() as session:
        house(session)  # or the first to ask for it keeps all others waiting, and there is no race
        return new_talent(session)


def new_talent(session: Session) -> int:
    return saved(talent(session, f"Zoé {secrets.token_hex(4)}").id)


def contact(person: int) -> Draft:
    return Draft(Request(LetterKind.CONTACT, talent_id=person, purpose=Purpose.POOL), WORDS)


def decision(person: int, verdict: Verdict = Verdict.GO) -> GateDecision:
    """A decision as the gate writes it; the app's role may do that much."""
    return GateDecision(
        letter_id=uuid.uuid4(), talent_id=person, at=NOW, asked_by="test", kind=LetterKind.CONTACT, verdict=verdict
    )


def smuggled(letter_id: uuid.UUID, decision_id: uuid.UUID, person: int) -> Letter:
    """A letter put in the outbox behind the gate's back."""
    return Letter(
        id=letter_id,
        decision_id=decision_id,
        talent_id=person,
        kind=LetterKind.CONTACT,
        template="smuggled",
        locale="fr",
        address="zoe@candidat.example",
        subject="Psst",
        message_id=f"<{letter_id}@vivier.example>",
        queued_at=NOW,
        not_before=NOW,
    )


def test_a_letter_with_a_go_for_it_stands_in_the_outbox(module_db: Database, zoe: int) -> None:
    with module_db.work() as session:
        (outcome,) = put(session, TESTER, [contact(zoe)], now=NOW)
    with module_db.work() as session:
        assert session.get_one(Letter, outcome.letter_id).talent_id == zoe


def cheats(session: Session, zoe: int) -> dict[str, Letter]:
    """Every way round the gate, each with a decision that is not a go for this person and this letter."""
    mia = new_talent(session)
    other_person, other_letter = decision(mia), decision(zoe)
    waiting, never = decision(zoe, Verdict.WAIT), decision(zoe, Verdict.NEVER)
    session.add_all([other_person, other_letter, waiting, never])
    session.flush()
    return {
        "no decision at all": smuggled(uuid.uuid4(), uuid.uuid4(), zoe),
        "a go for somebody else": smuggled(other_person.letter_id, other_person.id, zoe),
        "a go for another letter": smuggled(uuid.uuid4(), other_letter.id, zoe),
        "a wait": smuggled(waiting.letter_id, waiting.id, zoe),
        "a never": smuggled(never.letter_id, never.id, zoe),
    }


CHEATS = ["no decision at all", "a go for somebody else", "a go for another letter", "a wait", "a never"]


@pytest.mark.parametrize("how", CHEATS)
def test_the_database_refuses_a_letter_the_gate_did_not_let_go(module_db: Database, zoe: int, how: str) -> None:
    with pytest.raises(Refusal, match="fk_letter_go"), module_db.work() as session:
        session.add(cheats(session, zoe)[how])


def test_without_its_foreign_key_the_outbox_would_take_them_all(database: Urls, house: Database) -> None:
    """Proves that the test above can fail, and that nothing else refuses the row."""
    with psycopg.connect(database.owner.replace("+psycopg", "")) as owner:
        owner.execute("ALTER TABLE letter DROP CONSTRAINT fk_letter_go")
    with house.work() as session:
        session.add_all(cheats(session, new_talent(session)).values())
    with house.work() as session:
        assert len(session.exec(select(Letter)).all()) == len(CHEATS)


@pytest.mark.parametrize(
    "forbidden",
    [
        "UPDATE letter SET talent_id = talent_id",
        "UPDATE letter SET staff_id = 1",
        "UPDATE letter SET decision_id = gen_random_uuid()",
        "UPDATE letter SET kind = 'service'",
        "UPDATE letter SET message_id = 'another'",
        "DELETE FROM letter",
        "TRUNCATE letter CASCADE",
        "UPDATE gate_decision SET verdict = 'go'",
        "UPDATE gate_decision SET talent_id = talent_id",
        "DELETE FROM gate_decision",
        "TRUNCATE gate_decision CASCADE",
        "ALTER TABLE letter DROP CONSTRAINT fk_letter_go",
        "ALTER TABLE letter DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
    ],
)
def test_the_app_may_not_turn_a_letter_or_a_decision_round(module_db: Database, zoe: int, forbidden: str) -> None:
    with module_db.work() as session:
        put(session, TESTER, [contact(zoe)], now=NOW)
    with pytest.raises(DBAPIError, match=r"permission denied|must be owner"), module_db.work() as session:
        session.execute(sa.text(forbidden))


def test_a_letter_goes_where_the_gate_let_it_go_or_nowhere(module_db: Database, zoe: int) -> None:
    with module_db.work() as session:
        put(session, TESTER, [contact(zoe)], now=NOW)
    with pytest.raises(DBAPIError, match="keeps its address"), module_db.work() as session:
        session.execute(sa.update(Letter).where(col(Letter.talent_id) == zoe).values(address="other@candidat.example"))
    with module_db.work() as session:
        session.execute(sa.update(Letter).where(col(Letter.talent_id) == zoe).values(address=""))


def test_the_recipient_follows_from_the_person_and_cannot_be_written(module_db: Database, zoe: int) -> None:
    with pytest.raises(DBAPIError), module_db.work() as session:
        session.execute(sa.text("UPDATE letter SET recipient = 'talent:1'"))


@pytest.mark.parametrize("planners", [2, 8])
def test_however_many_plan_at_once_somebody_gets_one_letter(module_db: Database, zoe: int, planners: int) -> None:
    ready = threading.Barrier(planners)

    def plan(_: int) -> Any:
        with module_db.work() as session:
            ready.wait(30)
            (outcome,) = put(session, TESTER, [contact(zoe)], now=NOW)
            return outcome

    with ThreadPoolExecutor(planners) as pool:
        outcomes = list(pool.map(plan, range(planners)))
    assert sum(outcome.goes for outcome in outcomes) == 1
    assert {o.decision.because for o in outcomes if not o.goes} == {"rhythm"}
    with module_db.work() as session:
        assert len(session.exec(select(Letter).where(col(Letter.talent_id) == zoe)).all()) == 1
        assert len(session.exec(select(GateDecision).where(col(GateDecision.talent_id) == zoe)).all()) == planners


def test_two_letters_for_one_person_in_one_breath_are_one(module_db: Database, zoe: int) -> None:
    with module_db.work() as session:
        mia = new_talent(session)
        outcomes = put(session, TESTER, [contact(zoe), contact(mia), contact(zoe)], now=NOW)
    assert [outcome.goes for outcome in outcomes] == [True, True, False]


def test_the_same_people_in_another_order_block_nobody(module_db: Database) -> None:
    """Planners that meet take people in one order: neither is thrown out by the database."""
    with module_db.work() as session:
        house(session)
        people = [new_talent(session) for _ in range(6)]
    ready = threading.Barrier(4)

    def plan(turn: int) -> int:
        order = people if turn % 2 else list(reversed(people))
        with module_db.work() as session:
            ready.wait(30)
            return sum(outcome.goes for outcome in put(session, TESTER, [contact(p) for p in order], now=NOW))

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(plan, range(4))) == len(people)
