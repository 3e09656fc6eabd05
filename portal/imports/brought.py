"""Tags and notes that a file brings: put on whoever its lines are about, and taken away again when it is undone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session, col

from portal.imports.line import Line
from portal.kit.bulk import among, insert_many
from portal.kit.fold import fold
from portal.talents.models import Note, TalentTag
from portal.talents.tags import tags_named
from portal.timeline.actions import record_many
from portal.timeline.who import Person, Who


@dataclass(frozen=True, slots=True)
class Brought:
    """What the lines about one person bring."""

    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def brought_by(lines: Iterable[Line]) -> Brought:
    """Return what these lines bring, each once."""
    told = list(lines)
    tags = {fold(tag): tag for line in told for tag in line.tags}
    return Brought(tuple(tags.values()), tuple(dict.fromkeys(line.note for line in told if line.note)))


def put(
    session: Session, who: Who, ids: Sequence[int], brought: Sequence[Brought], run_id: int, *, now: datetime
) -> None:
    """Put tags and notes on people, in the order of `ids`; what somebody has already is left as it is."""
    staff_id = who.id if isinstance(who, Person) else None
    beside = {"staff_id": staff_id, "at": now, "import_id": run_id}
    known = tags_named(session, {tag for each in brought for tag in each.tags}, now=now)
    worn = [(id_, known[fold(tag)]) for id_, each in zip(ids, brought, strict=True) for tag in each.tags]
    if worn:
        rows = [{"talent_id": id_, "tag_id": tag_id, **beside} for id_, tag_id in worn]
        put_on = pg.insert(TalentTag).on_conflict_do_nothing()
        new = session.execute(put_on.returning(col(TalentTag.talent_id), col(TalentTag.tag_id)), rows).all()
        record_many(session, who, "tagged", [(row.talent_id, {"tag": row.tag_id}) for row in new], now=now)
    said = [(id_, text) for id_, each in zip(ids, brought, strict=True) for text in each.notes]
    if said:
        stand = sa.select(col(Note.talent_id), col(Note.text)).where(
            among(col(Note.talent_id), [id_ for id_, _ in said])
        )
        there = {(row.talent_id, row.text) for row in session.execute(stand)}
        new_notes = [(id_, text) for id_, text in said if (id_, text) not in there]
        insert_many(session, Note, [{"talent_id": id_, "text": text, **beside} for id_, text in new_notes])
        record_many(session, who, "note_written", [(id_, {}) for id_, _ in new_notes], now=now)


def take_away(session: Session, run_id: int) -> None:
    """Take away what an import brought."""
    for table in (TalentTag, Note):
        session.execute(sa.delete(table).where(col(table.import_id) == run_id))
