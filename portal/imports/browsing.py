"""A preview looked through, page by page: everybody a file is about, before anything is done."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.imports.models import ImportPreview
from portal.imports.planning import Share
from portal.imports.queries import PersonRow, own_run, person_row
from portal.kit.bulk import copy_in
from portal.talents.actions import Foreseen, Outcome
from portal.timeline.who import Who

_TABLE = ImportPreview.__table__  # type: ignore[attr-defined]
PAGE = 50
MERGED = "merged"  # people of whom several lines speak, whatever their outcome
_KEPT = ("line", "talent_id", "name", "email", "phone", "job", "place", "day")


@dataclass(frozen=True, slots=True)
class Page:
    """Some people of a preview, and how many there are."""

    rows: tuple[PersonRow, ...]
    count: int


def keep_rows(session: Session, run_id: int, share: Share, foreseen: Sequence[Foreseen], place: int) -> int:
    """Keep what is foreseen for some people, from `place` on; return the next place."""
    columns = [_TABLE.c[name] for name in ("import_id", "place", "outcome", "lines", "told")]
    rows = (
        (run_id, place + number, each.outcome.value, len(person.lines), _told(person_row(person, arrival, each)))
        for number, (person, arrival, each) in enumerate(zip(share.people, share.arrivals, foreseen, strict=True))
    )
    copy_in(session, columns, rows)
    return place + len(share.people)


def _told(row: PersonRow) -> dict[str, object]:
    return {name: getattr(row, name) for name in _KEPT} | {"units": list(row.units)}


def foreseen_people(session: Session, who: Who, run_id: int, outcome: str, page: int = 1) -> Page:
    """Return one page of the people of an outcome (or `MERGED`), in the order of the file."""
    own_run(session, who, run_id)
    theirs = [col(ImportPreview.import_id) == run_id, _is(outcome)]
    count = session.scalar(sa.select(sa.func.count()).select_from(_TABLE).where(*theirs)) or 0
    query = sa.select(_TABLE.c.outcome, _TABLE.c.told).where(*theirs).order_by(_TABLE.c.place)
    found = session.execute(query.limit(PAGE).offset(PAGE * (max(page, 1) - 1)))
    return Page(tuple(_row(row.outcome, row.told) for row in found), count)


def _is(outcome: str) -> sa.ColumnElement[bool]:
    return col(ImportPreview.lines) > 1 if outcome == MERGED else col(ImportPreview.outcome) == outcome


def _row(outcome: str, told: dict[str, object]) -> PersonRow:
    kept = {name: told.get(name, "") for name in _KEPT}
    return PersonRow(outcome=Outcome(outcome), units=tuple(told["units"]), **kept)  # type: ignore[arg-type]
