"""Job titles that nobody can tell the job of: asked once, and read alike in every file from then on."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session, col

from portal.imports.cells.jobs import read_jobs
from portal.imports.fields import Field
from portal.imports.habits import jobs_told
from portal.imports.looking import table_of
from portal.imports.models import JobTold
from portal.imports.queries import may_import
from portal.kit.errors import NotFound
from portal.talents import jobs
from portal.talents.job_words import told_keys
from portal.timeline.who import Person, Who

MOST = 50
_LONGEST = 120  # characters: what is longer is a story


@dataclass(frozen=True, slots=True)
class Title:
    """A title as it is written, and how many lines hold it."""

    text: str
    lines: int


def unread_titles(session: Session, who: Who, run_id: int, columns: Mapping[str, str] | None = None) -> list[Title]:
    """Return the titles of a waiting file that name no job we know, those of most lines first; `columns` as in `look`."""
    table, understood = table_of(session, who, run_id, columns)
    place = understood.columns.get(Field.JOB)
    if place is None:
        return []
    told = jobs_told(session)
    count = Counter(" ".join(record.cells[place].split()) for record in table.records)
    unread = [
        Title(text, lines)
        for text, lines in count.most_common()
        if 1 < len(text) <= _LONGEST and not read_jobs(text, told).found and not _is_told(text, told)
    ]
    return unread[:MOST]


def _is_told(text: str, told: Mapping[str, str]) -> bool:
    return not told_keys(text).isdisjoint(told)


def tell_job(session: Session, who: Who, text: str, code: str, *, now: datetime) -> None:
    """Say which job (ROME code) a title is, in whatever gender it is written; "" for none: it is not asked again."""
    may_import(who)
    if code and jobs.get(code) is None:
        raise NotFound
    staff_id = who.id if isinstance(who, Person) else None
    title = _as_told(text)
    for words in told_keys(title):
        row = {"words": words, "text": title, "code": code, "staff_id": staff_id, "at": now}
        put = pg.insert(JobTold).values(row)
        session.execute(put.on_conflict_do_update(index_elements=["words"], set_=row))


def forget_job(session: Session, who: Who, text: str) -> None:
    """Ask again which job a title is: the undo of `tell_job`."""
    may_import(who)
    session.execute(sa.delete(JobTold).where(col(JobTold.words).in_(told_keys(_as_told(text)))))


def _as_told(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]
