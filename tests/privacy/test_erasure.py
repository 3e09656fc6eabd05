"""Someone leaves for good: nothing that names them stays, and the proofs stay whole."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.access.models import Staff
from portal.access.sessions import open_session
from portal.booking.holding import book
from portal.booking.models import Booking, Hold, Slot
from portal.consent import actions as consent
from portal.consent import chain, ledger
from portal.consent.queries import current_notice
from portal.consent.rules import Purpose
from portal.conversations.models import Conversation
from portal.kit.db import saved
from portal.kit.errors import NotFound, Refused
from portal.kit.tokens import keyed_hash
from portal.postbox.models import Letter, Suppression
from portal.postbox.rules import LetterState
from portal.privacy.actions import erase
from portal.replies.asking import ask
from portal.replies.picking import tell_both
from portal.replies.saying import say_of_oneself
from portal.replies.writing import write_by_hand
from portal.signin.queries import known_by, person_of
from portal.surveys.models import Survey, SurveyResponse
from portal.talents.custom_fields import add_field
from portal.talents.models import Talent
from portal.talents.notes import write_note
from portal.talents.rules import FieldKind, TalentMay
from portal.talents.tags import put_tag
from portal.timeline.actions import record
from portal.timeline.who import Person, Role
from tests.cast import as_candidate
from tests.scenes import launched
from tests.sink import text_of
from tests.world import World

# Rare enough to be looked for in every column of every table.
FIRST, LAST, PHONE, SECRET = "Quetzalie", "Vandenbroucque", "+33698761234", "chaudronnerie marine au Croisic"
EMAIL = f"{FIRST.lower()}@candidat.example"


def lived(world: World) -> Person:
    """Quetzalie answers, writes, books, consents: every table that can hold her does."""
    ids = launched(world, FIRST, "Zoé").ids
    with world.database.work() as session:
        her = session.get_one(Talent, ids[FIRST])
        her.last_name, her.phone = LAST, PHONE
        session.add(her)
        session.flush()
        who = as_candidate(her)
        words = {"does": SECRET, "salary_floor": 32123, "skills": [SECRET], "refuses": SECRET, "languages": ["br:C2"]}
        admin = Person(0, Role.ADMIN, "Ada", "fr", "Europe/Paris")
        own = add_field(session, admin, FieldKind.TEXT, "Projet", "Project", talent_may=TalentMay.EDIT, now=world.now)
        say_of_oneself(session, who, {**words, own.column: SECRET}, now=world.now)
        notice = current_notice(session, Purpose.POOL, "fr", now=world.now)
        consent.give(session, who, who.id, Purpose.POOL, notice, interface="portal", now=world.now)
        ask(session, who, f"Bonjour, je suis {FIRST} {LAST} : {SECRET} ?", now=world.now)
        record(session, who, "wrote", who.id, now=world.now, words={"text": SECRET})
        claire = session.exec(select(Staff).where(col(Staff.name) == "Claire")).one()
        recruiter = Person(saved(claire.id), claire.role, claire.name, "fr", claire.zone)
        write_note(session, recruiter, who.id, f"{FIRST} : {SECRET}", now=world.now)
        put_tag(session, recruiter, [who.id], "À rappeler", now=world.now)
        write_by_hand(session, recruiter, who.id, subject=f"Pour {FIRST}", text=f"Votre {SECRET}", now=world.now)
        slots = session.exec(select(Slot).order_by(col(Slot.starts_at))).all()
        made = book(session, who, saved(slots[0].id), who.id, now=world.now)
        session.flush()
        tell_both(session, who, made, slots[0], now=world.now)
        session.add(
            Hold(slot_id=saved(slots[1].id), talent_id=who.id, held_at=world.now, until=world.now + timedelta(days=1))
        )
        questions = [{"kind": "text", "key": "why", "fr": "Pourquoi ?", "en": "Why?", "required": False}]
        survey = Survey(owner_id=saved(claire.id), title_fr="Avis", questions=questions, created_at=world.now)
        session.add(survey)
        session.flush()
        session.add(
            SurveyResponse(survey_id=saved(survey.id), talent_id=who.id, answers={"why": SECRET}, answered_at=world.now)
        )
    world.work()
    return who


def everywhere(session: Session, *needles: str) -> list[str]:
    """Where any of these words still stands, in any column of any table but `place`: every commune there is."""
    found = []
    listed = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'place'"
    tables = session.execute(sa.text(listed)).scalars().all()
    for table in tables:
        for row in session.execute(sa.text(f'SELECT t::text FROM "{table}" t')).scalars():  # noqa: S608
            text = row.encode().decode("unicode_escape", "ignore") + row
            found += [f"{table}: {needle}" for needle in needles if needle.lower() in text.lower()]
    return found


def erased(world: World) -> Person:
    who = lived(world)
    with world.database.work() as session:
        erase(session, who, who.id, now=world.now)
    return who


def test_before_she_leaves_her_words_stand_in_many_places_so_the_search_can_find_them(world: World) -> None:
    lived(world)
    with world.database.work() as session:
        tables = {each.split(":")[0] for each in everywhere(session, FIRST, LAST, EMAIL, PHONE[1:], SECRET)}
    assert tables >= {"talent", "letter", "message", "ledger_evidence", "timeline_words", "survey_response", "note"}


def test_once_erased_nothing_in_the_database_names_her(world: World) -> None:
    erased(world)
    world.work()
    world.tidy()
    with world.database.work() as session:
        assert everywhere(session, FIRST, LAST, EMAIL, PHONE[1:], SECRET, "32123") == []


def test_the_chain_of_proofs_stays_whole_and_says_that_somebody_left(world: World) -> None:
    erased(world)
    with world.database.work() as session:
        rows = list(ledger.rows(session))
        assert chain.verify(iter(rows)).whole
    assert [row.fields["act"] for row in rows][-1] == "erased"


def test_she_gets_one_last_letter_and_then_her_address_is_forgotten(world: World) -> None:
    erased(world)
    with world.database.work() as session:
        (last,) = session.exec(select(Letter).where(col(Letter.template) == "erased")).all()
        assert last.address == EMAIL
    world.work()
    world.tidy()
    assert "Vos données sont effacées" in str(world.sink.to(EMAIL)[-1]["Subject"])
    assert FIRST not in text_of(world.sink.to(EMAIL)[-1])
    with world.database.work() as session:
        (last,) = session.exec(select(Letter).where(col(Letter.template) == "erased")).all()
        assert (last.state, last.address) == (LetterState.SENT, "")


def test_a_mail_server_that_is_down_for_a_day_costs_the_confirmation_not_the_erasure(world: World) -> None:
    erased(world)
    world.later(days=1, hours=1)
    world.tidy()
    with world.database.work() as session:
        assert everywhere(session, EMAIL) == []


def test_nothing_that_was_on_its_way_leaves_any_more(world: World) -> None:
    who = erased(world)
    before = len(world.sink.to(EMAIL))
    world.later(days=40)
    world.work()
    assert len(world.sink.to(EMAIL)) <= before + 1
    with world.database.work() as session:
        queued = (col(Letter.talent_id) == who.id) & (col(Letter.state) == LetterState.QUEUED)
        assert session.exec(select(Letter).where(queued)).all() == []
        assert session.exec(select(Conversation).where(col(Conversation.closed_at).is_(None))).all() == []
        assert (
            session.exec(select(Hold).where(col(Hold.released_at).is_(None), col(Hold.talent_id) == who.id)).all() == []
        )


def test_her_recruiter_learns_that_the_talk_is_off_without_a_name(world: World) -> None:
    erased(world)
    world.work()
    told = world.sink.to("claire@vivier.example")[-1]
    assert str(told["Subject"]).startswith("Annulé")
    assert FIRST not in told.as_string()
    assert (
        "METHOD:CANCEL"
        in next(part for part in told.walk() if part.get_content_type() == "text/calendar").get_content()
    )
    with world.database.work() as session:
        assert session.exec(select(Booking).where(col(Booking.cancelled_at).is_(None))).all() == []


def test_she_cannot_come_in_again_nor_be_brought_back_by_an_import(world: World) -> None:
    who = lived(world)
    with world.database.work() as session:
        token = open_session(session, talent_id=who.id, now=world.now)
    with world.database.work() as session:
        erase(session, who, who.id, now=world.now)
    with world.database.work() as session:
        assert person_of(session, token, now=world.now) is None
        assert known_by(session, EMAIL) is None
        kept = {row.address_hash for row in session.exec(select(Suppression))}
    assert {keyed_hash(EMAIL, "address"), keyed_hash(PHONE, "address")} <= kept


def test_erasing_asks_for_a_fresh_sign_in(world: World) -> None:
    who = lived(world)
    with world.database.work() as session, pytest.raises(Refused, match="sign in again"):
        erase(session, replace(who, fresh=False), who.id, now=world.now)


def test_nobody_erases_another(world: World) -> None:
    who = lived(world)
    with world.database.work() as session:
        zoe = session.exec(select(Talent).where(col(Talent.first_name) == "Zoé")).one()
        claire = session.exec(select(Staff).where(col(Staff.name) == "Claire")).one()
        dora = session.exec(select(Staff).where(col(Staff.name) == "Dora")).one()
        others = [as_candidate(zoe)]
        others += [Person(saved(row.id), row.role, row.name, "fr", row.zone, fresh=True) for row in (claire, dora)]
        for other in others:
            with pytest.raises(NotFound):
                erase(session, other, who.id, now=world.now)
        assert session.get_one(Talent, who.id).erased_at is None
