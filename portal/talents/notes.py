"""Free notes about one person: facts about work only (labour code, L.1221-6); the person may read every one of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.access.models import Staff
from portal.kit.db import saved
from portal.kit.errors import NotFound, Refused
from portal.kit.i18n import N_
from portal.talents.models import Note, Talent
from portal.timeline.actions import record
from portal.timeline.pressing import one_act
from portal.timeline.who import Person, Role, Who

LONGEST = 2000  # characters
# A slip of the pen is mended; what colleagues have read since is not rewritten.
MENDABLE_FOR = timedelta(hours=1)

NOTHING_WRITTEN = N_("Write the note first.")
TOO_LONG = N_("Write at most {most} characters.")
TOO_LATE = N_("A note can be changed for an hour by whoever wrote it. Write another one, or delete this one.")


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One note; what whoever asks may do with it now."""

    id: int
    at: datetime
    by: str
    text: str
    mendable: bool
    deletable: bool


def notes_of(session: Session, who: Who, talent_id: int, *, now: datetime) -> list[NoteRow]:
    """Return the notes about one person, newest first."""
    me = recruiter(who)
    found = session.execute(
        select(Note, Staff.name)
        .outerjoin(Staff, col(Staff.id) == col(Note.staff_id))
        .where(col(Note.talent_id) == talent_id)
        .order_by(col(Note.at).desc(), col(Note.id).desc())
    )
    return [
        NoteRow(saved(note.id), note.at, by or "", note.text, _mendable(note, me, now), _deletable(note, me))
        for note, by in found
    ]


@one_act(Note)
def write_note(session: Session, who: Who, talent_id: int, text: str, *, now: datetime) -> Note:
    """Write something down about someone in the pool."""
    me, text = recruiter(who), _clean(text)
    living = select(Talent.id).where(col(Talent.id) == talent_id, col(Talent.erased_at).is_(None))
    # Held until the note stands: an erasure that runs meanwhile waits, then takes the note with it.
    if session.exec(living.with_for_update(key_share=True, of=Talent)).first() is None:
        raise NotFound
    note = Note(talent_id=talent_id, staff_id=me.id, at=now, text=text)
    session.add(note)
    session.flush()
    record(session, who, "note_written", talent_id, now=now)
    return note


def mend_note(session: Session, who: Who, note_id: int, text: str, *, now: datetime) -> Note:
    """Change one's own note, within the hour."""
    me, note, text = recruiter(who), _note(session, note_id), _clean(text)
    if note.staff_id != me.id:
        raise NotFound
    if not _mendable(note, me, now):
        raise Refused(TOO_LATE)
    if note.text != text:
        note.text = text
        session.add(note)
        record(session, who, "note_changed", note.talent_id, now=now)
    return note


def delete_note(session: Session, who: Who, note_id: int, *, now: datetime) -> Note:
    """Take one's own note away, for good; an admin may take any. Returns what it was."""
    me, note = recruiter(who), _note(session, note_id)
    if not _deletable(note, me):
        raise NotFound
    session.delete(note)
    session.flush()
    record(session, who, "note_deleted", note.talent_id, now=now)
    return note


def _note(session: Session, note_id: int) -> Note:
    note = session.get(Note, note_id, with_for_update=True)
    if note is None:
        raise NotFound
    return note


def _mendable(note: Note, me: Person, now: datetime) -> bool:
    return note.staff_id == me.id and now - note.at < MENDABLE_FOR


def _deletable(note: Note, me: Person) -> bool:
    return note.staff_id == me.id or me.role is Role.ADMIN


def _clean(text: str) -> str:
    text = "".join(c for c in text if c.isprintable() or c in "\n\t").strip()
    if not text:
        raise Refused(NOTHING_WRITTEN)
    if len(text) > LONGEST:
        raise Refused(TOO_LONG, most=LONGEST)
    return text
