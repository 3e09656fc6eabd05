from datetime import timedelta

import pytest
from sqlmodel import Session, select

from portal.kit.db import saved
from portal.kit.errors import NotFound, Refused
from portal.talents.models import Note
from portal.talents.notes import delete_note, mend_note, notes_of, write_note
from portal.timeline.queries import events_of
from portal.timeline.who import Role
from tests.people import NOW, candidate, staff, talent

SOON = NOW + timedelta(minutes=5)


def test_a_recruiter_writes_a_note_that_stands_with_its_author_and_on_the_timeline(session: Session) -> None:
    claire, awa = staff(session), saved(talent(session).id)
    write_note(session, claire, awa, "  Soude au TIG.\r\nPermis B. ", now=NOW)
    (note,) = notes_of(session, claire, awa, now=SOON)
    assert (note.text, note.by, note.mendable, note.deletable) == ("Soude au TIG.\nPermis B.", "Camille", True, True)
    assert [(event.kind, event.words) for event in events_of(session, claire, awa)] == [("note_written", {})]


def test_its_author_mends_it_within_the_hour_and_nobody_else_ever(session: Session) -> None:
    claire, marc, awa = staff(session), staff(session, "Marc"), saved(talent(session).id)
    note = saved(write_note(session, claire, awa, "Permis B", now=NOW).id)
    assert mend_note(session, claire, note, "Permis C", now=SOON).text == "Permis C"
    for stranger in (marc, staff(session, "Ada", Role.ADMIN)):
        with pytest.raises(NotFound):
            mend_note(session, stranger, note, "Autre", now=SOON)
    with pytest.raises(Refused, match="for an hour"):
        mend_note(session, claire, note, "Trop tard", now=NOW + timedelta(hours=1))


def test_its_author_or_an_admin_deletes_it_for_good(session: Session) -> None:
    claire, marc, ada = staff(session), staff(session, "Marc"), staff(session, "Ada", Role.ADMIN)
    awa = saved(talent(session).id)
    first, second = (saved(write_note(session, claire, awa, text, now=NOW).id) for text in ("un", "deux"))
    with pytest.raises(NotFound):
        delete_note(session, marc, first, now=SOON)
    delete_note(session, claire, first, now=NOW + timedelta(days=90))
    delete_note(session, ada, second, now=SOON)
    assert session.exec(select(Note)).all() == []


def test_a_candidate_and_the_dpo_neither_write_nor_read_notes_here(session: Session) -> None:
    awa = talent(session)
    note = saved(write_note(session, staff(session), saved(awa.id), "Permis B", now=NOW).id)
    for stranger in (candidate(awa), staff(session, "Dora", Role.DPO)):
        with pytest.raises(NotFound):
            write_note(session, stranger, saved(awa.id), "x", now=NOW)
        with pytest.raises(NotFound):
            notes_of(session, stranger, saved(awa.id), now=NOW)
        with pytest.raises(NotFound):
            delete_note(session, stranger, note, now=NOW)


@pytest.mark.parametrize("text", ["", " \n\t", "\0", "x" * 2001])
def test_a_note_says_something_and_not_too_much(session: Session, text: str) -> None:
    with pytest.raises(Refused):
        write_note(session, staff(session), saved(talent(session).id), text, now=NOW)


def test_nothing_is_noted_about_someone_who_is_gone(session: Session) -> None:
    gone, claire = talent(session, erased_at=NOW), staff(session)
    for nobody in (saved(gone.id), 10**15):
        with pytest.raises(NotFound):
            write_note(session, claire, nobody, "Permis B", now=NOW)
