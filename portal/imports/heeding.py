"""Whoever a file says asked not to be written to is left in peace, in the pool as well, and kept outside from then on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.chains.actions import end_enrolments, enrolments_of
from portal.chains.rules import Outcome as WayOut
from portal.consent.objecting import Before, lift, object_many
from portal.imports.fields import Field, folded
from portal.imports.kept_out import keep_out
from portal.imports.mapping import IGNORE
from portal.imports.planning import Plan, Share
from portal.imports.queries import locked_run
from portal.imports.stop_lines import NO, YES
from portal.kit.bulk import among, copy_in, insert_many
from portal.kit.errors import NotFound, Refused
from portal.kit.i18n import N_
from portal.postbox import actions as postbox
from portal.talents.models import HeldBack, ImportChange, Talent
from portal.talents.rules import Outcome
from portal.timeline.actions import record_many
from portal.timeline.who import Who

NOT_ASKED = N_("Nobody waits for this to be decided.")
_CHANGE = ImportChange.__table__  # type: ignore[attr-defined]
_HELD = HeldBack.__table__  # type: ignore[attr-defined]


def heed(session: Session, who: Who, plan: Plan, run_id: int, *, now: datetime) -> None:
    """Stop everything that was on its way to those the file says asked for it, and remember the others."""
    known = [one.talent_id for one in plan.stopped if one.talent_id is not None]
    before = leave_in_peace(session, who, known, source=plan.choices.source_text.strip(), now=now)
    _keep_what_stood(session, run_id, before)
    marks = {mark.number: mark for mark in plan.file.marks if mark.stop}
    keep_out(session, [mark for number, mark in marks.items() if number not in plan.doubts], run_id, now=now)


def leave_in_peace(session: Session, who: Who, ids: Collection[int], *, source: str, now: datetime) -> Before:
    """Write down that these people of the pool object to our letters, and cancel what was on its way; return what stood."""
    before = object_many(session, who, ids, source=source, now=now) if ids else {}
    for id_ in before:
        end_enrolments(session, who, enrolments_of(session, id_), WayOut.UNSUBSCRIBED, now=now)
        postbox.cancel_for_talent(session, id_, why="withdrawn")
    record_many(session, who, "stopped_by_file", [(id_, {}) for id_ in before], now=now)
    return before


def _keep_what_stood(session: Session, run_id: int, before: Before) -> None:
    rows = ((run_id, id_, Outcome.UNCHANGED.value, {"stop": stood}) for id_, stood in before.items())
    copy_in(session, [_CHANGE.c[name] for name in ("import_id", "talent_id", "outcome", "before")], rows)


def speak_again(session: Session, who: Who, before: Before, *, now: datetime) -> set[int]:
    """Take back what a file alone had said of these people; return who may be written to again."""
    lifted = lift(session, who, before, now=now)
    record_many(session, who, "file_stop_taken_back", [(id_, {}) for id_ in sorted(lifted)], now=now)
    return lifted


def hold_who_was_asked(session: Session, share: Share, ids: Sequence[int], run_id: int) -> None:
    """Let nobody write to those of whom a column speaks whose sense is in doubt, until somebody says what it means."""
    rows = [
        {"talent_id": id_, "import_id": run_id, "column_name": name, "says": says}
        for id_, asks in zip(ids, share.asks, strict=True)
        for name, says in asks.items()
    ]
    insert_many(session, HeldBack, rows)


@dataclass(frozen=True, slots=True)
class Asked:
    """A column whose sense is in doubt: how many people it holds back, and of how many it says yes and no."""

    column: str
    people: int
    yes: int
    no: int


def asked_of(session: Session, who: Who, run_id: int) -> list[Asked]:
    """Return the columns of an import that somebody has still to explain."""
    locked_run(session, who, run_id)
    query = (
        sa.select(
            _HELD.c.column_name,
            sa.func.count(),
            sa.func.count().filter(_HELD.c.says == YES),
            sa.func.count().filter(_HELD.c.says == NO),
        )
        .where(_HELD.c.import_id == run_id)
        .group_by(_HELD.c.column_name)
        .order_by(_HELD.c.column_name)
    )
    return [Asked(*row) for row in session.execute(query)]


def explain_column(session: Session, who: Who, run_id: int, column: str, means: str, *, now: datetime) -> int:
    """Say what a column means: who asked not to be written to (`opted_out`), who agreed (`consent`), or neither (`ignore`).

    Return how many are left in peace from now on; nothing holds the others back any more. Files of the same source are
    read so from then on.
    """
    run = locked_run(session, who, run_id)
    if means not in {Field.OPTED_OUT, Field.CONSENT, IGNORE}:
        raise NotFound
    theirs = (_HELD.c.import_id == run_id) & (_HELD.c.column_name == column)
    held = session.execute(sa.delete(_HELD).where(theirs).returning(_HELD.c.talent_id, _HELD.c.says)).all()
    if not held:
        raise Refused(NOT_ASKED)
    stops = {row.talent_id for row in held if _refuses(row.says, means)}
    before = leave_in_peace(session, who, stops, source=run.source_text, now=now)
    people = session.exec(select(Talent).where(among(col(Talent.id), list(stops)), col(Talent.erased_at).is_(None)))
    keep_out(session, people, run_id, now=now)
    _add_what_stood(session, run_id, before)
    run.mapping = {name: told for name, told in run.mapping.items() if folded(name) != folded(column)} | {column: means}
    session.add(run)
    session.flush()
    return len(stops)


def _refuses(says: str, means: str) -> bool:
    return says != NO if means == Field.OPTED_OUT else says == NO and means == Field.CONSENT


def _add_what_stood(session: Session, run_id: int, before: Mapping[int, object]) -> None:
    theirs = (_CHANGE.c.import_id == run_id) & among(_CHANGE.c.talent_id, list(before))
    rows = {row[0]: row[1] for row in session.execute(sa.select(_CHANGE.c.talent_id, _CHANGE.c.before).where(theirs))}
    for id_, stood in before.items():
        if id_ in rows:
            same = (_CHANGE.c.import_id == run_id) & (_CHANGE.c.talent_id == id_)
            session.execute(sa.update(_CHANGE).where(same).values(before=rows[id_] | {"stop": stood}))
    _keep_what_stood(session, run_id, {id_: stood for id_, stood in before.items() if id_ not in rows})  # type: ignore[misc]
