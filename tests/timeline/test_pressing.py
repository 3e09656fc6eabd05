"""Two presses within a moment are one act: each verb that creates something, pressed twice, makes one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from portal.access.models import Staff
from portal.booking import offering
from portal.booking.models import Booking, Slot
from portal.chains import actions as chains
from portal.chains.models import Chain
from portal.chains.templates import THANK_YOU
from portal.conversations import actions as conversations
from portal.conversations.models import Message
from portal.kit.db import Database, saved
from portal.kit.tokens import use_secret
from portal.opportunities import actions as opportunities
from portal.opportunities.models import Opportunity
from portal.opportunities.rules import Terms
from portal.postbox.models import Letter
from portal.replies import asking, picking
from portal.replies.writing import write_by_hand
from portal.segments import actions as segments
from portal.segments.models import Segment
from portal.signin.inviting import invite
from portal.surveys import actions as surveys
from portal.surveys.models import Survey
from portal.talents.custom_fields import add_field
from portal.talents.models import CustomField, Note, SavedView, Talent
from portal.talents.notes import delete_note, write_note
from portal.talents.rules import FieldKind
from portal.talents.tags import put_tag
from portal.talents.views import keep_view
from portal.talents.vocabulary import Contract
from portal.timeline.pressing import forget_presses
from portal.timeline.who import Role
from tests.cast import NOW, Cast, as_candidate, cast, talent
from tests.scenes import NURSES
from tests.surveys.test_surveys import QUESTIONS

A_SECOND = timedelta(seconds=1)
Press = Callable[[Session, Cast, Talent, Any], object]


def _slot(session: Session, people: Cast) -> int:
    begins = NOW + timedelta(days=3)
    mine = select(Slot).where(col(Slot.starts_at) == begins)
    if (there := session.exec(mine).first()) is None:
        there = Slot(staff_id=people.claire.id, starts_at=begins, ends_at=begins + timedelta(minutes=30))
        session.add(there)
        session.flush()
    return saved(there.id)


def _book(session: Session, people: Cast, zoe: Talent, now: Any) -> object:
    conversations.open_conversation(session, people.claire, saved(zoe.id), people.claire.id, now=NOW)
    return picking.book_alone(session, as_candidate(zoe), _slot(session, people), now=now)


def _ask(session: Session, people: Cast, zoe: Talent, now: Any) -> object:
    conversations.open_conversation(session, people.claire, saved(zoe.id), people.claire.id, now=NOW)
    return asking.ask(session, as_candidate(zoe), "C’est où, exactement ?", now=now)


CREATED: dict[type[SQLModel], Press] = {
    Note: lambda s, who, zoe, now: write_note(s, who.claire, saved(zoe.id), "Préfère le matin.", now=now),
    Message: _ask,
    Letter: lambda s, who, zoe, now: write_by_hand(
        s, who.claire, saved(zoe.id), subject="Bonjour", text="Un mot.", now=now
    ),
    Opportunity: lambda s, who, _, now: opportunities.create(
        s, who.claire, Terms("Soudeur", Contract.CDI, digest_fr="Un atelier."), now=now
    ),
    Chain: lambda s, who, _, now: chains.create(s, who.claire, "Merci", THANK_YOU, now=now),
    Survey: lambda s, who, _, now: surveys.create(s, who.claire, "Avis", "Views", QUESTIONS, now=now),
    Segment: lambda s, who, _, now: segments.save(s, who.claire, "Infirmières", NURSES, now=now),
    Slot: lambda s, who, _, now: offering.offer(s, who.claire, date(2026, 12, 3), time(9, 0), time(10, 0), 30, now=now),
    SavedView: lambda s, who, _, now: keep_view(s, who.claire, "À rappeler", {"q": "soudeur"}, now=now),
    CustomField: lambda s, who, _, now: add_field(s, who.ada, FieldKind.DATE, "Essai", "Trial", now=now),
    Booking: _book,
    Staff: lambda s, who, _, now: invite(s, who.ada, "nora@vivier.example", "Nora", Role.RECRUITER, now=now),
}


def _count(session: Session, kind: type[SQLModel]) -> int:
    return session.execute(sa.select(sa.func.count()).select_from(kind)).scalar_one()


@pytest.mark.parametrize("kind", CREATED, ids=lambda kind: kind.__name__)
def test_pressed_twice_it_is_made_once(house: Database, kind: type[SQLModel]) -> None:
    use_secret("a secret for tests that is long enough")
    with house.work() as session:
        people, zoe = cast(session), talent(session, "Zoé")
        _slot(session, people)
    told = []
    for pressed in range(2):
        with house.work() as session:
            told.append(CREATED[kind](session, people, zoe, NOW + pressed * A_SECOND))
            letters, made = _count(session, Letter), _count(session, kind)
        if pressed == 0:
            first = letters, made
    assert (letters, made) == first
    assert getattr(told[0], "id", None) == getattr(told[1], "id", None)


def test_a_tag_put_twice_is_on_them_once_and_said_once(house: Database) -> None:
    with house.work() as session:
        people, zoe = cast(session), talent(session, "Zoé")
        put = [put_tag(session, people.claire, [saved(zoe.id)], "Salon", now=NOW).talent_ids for _ in range(2)]
    assert [len(each) for each in put] == [1, 0]


def test_the_same_words_a_minute_later_are_meant(house: Database) -> None:
    with house.work() as session:
        people, zoe = cast(session), talent(session, "Zoé")
        for minutes in (0, 1):
            write_note(session, people.claire, saved(zoe.id), "Rappelée.", now=NOW + timedelta(minutes=minutes))
        assert _count(session, Note) == 2


def test_what_was_taken_away_meanwhile_is_written_again(house: Database) -> None:
    with house.work() as session:
        people, zoe = cast(session), talent(session, "Zoé")
        note = write_note(session, people.claire, saved(zoe.id), "Rappelée.", now=NOW)
        delete_note(session, people.claire, saved(note.id), now=NOW)
        assert write_note(session, people.claire, saved(zoe.id), "Rappelée.", now=NOW + A_SECOND).id != note.id


def test_what_one_says_is_no_press_of_another(house: Database) -> None:
    with house.work() as session:
        people, zoe = cast(session), talent(session, "Zoé")
        for who in (people.claire, people.marc):
            write_note(session, who, saved(zoe.id), "Rappelée.", now=NOW)
        assert _count(session, Note) == 2


@pytest.mark.own_database
def test_two_windows_that_press_at_once_make_one(house: Database) -> None:
    with house.work() as session:
        people, zoe = cast(session), talent(session, "Zoé")

    def press(_: int) -> int:
        with house.work() as session:
            return saved(write_note(session, people.claire, saved(zoe.id), "Rappelée.", now=NOW).id)

    with ThreadPoolExecutor(6) as windows:
        assert len(set(windows.map(press, range(6)))) == 1
    with house.work() as session:
        assert _count(session, Note) == 1
        forget_presses(session, now=NOW + timedelta(minutes=2))
        assert session.execute(sa.text("SELECT count(*) FROM press")).scalar_one() == 0
