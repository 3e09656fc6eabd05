"""A whole import undone: who came by it goes, what it changed stands again as before.

Whoever has acted, was written to, or is known from elsewhere since stays, and the report says how many.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.consent.evidence import withdraw_evidence
from portal.imports.actions.letting_go import give_back, let_go, let_go_of_sources
from portal.imports.actions.taking import alone
from portal.imports.actions.waiting import staff_of, still_asked
from portal.imports.brought import take_away
from portal.imports.heeding import speak_again
from portal.imports.models import ImportRun
from portal.imports.progress import Heard, Stage, silent
from portal.imports.queries import own_run
from portal.kit.bulk import among
from portal.kit.errors import Refused
from portal.kit.i18n import N_
from portal.postbox.models import Suppression
from portal.talents.actions import change
from portal.talents.identity import hold, holders, standing
from portal.talents.models import Doubt, HeldBack, ImportChange
from portal.talents.returning import given_back
from portal.talents.rules import Decision, Outcome
from portal.timeline.actions import record_many
from portal.timeline.who import Who

NOT_TAKEN = N_("This file was not taken in: there is nothing to undo.")
UNDONE = N_("This import was undone already.")
_SHARE = 500
_CHANGE = ImportChange.__table__  # type: ignore[attr-defined]


def undo(session: Session, who: Who, run_id: int, *, now: datetime, told: Heard = silent) -> dict[str, int]:
    """Undo an import; return how many went (`gone`), got back what stood (`returned`), stay (`acted`, `written`…)."""
    alone(session)
    run = own_run(session, who, run_id)
    if run.taken_at is None:
        raise Refused(NOT_TAKEN)
    if run.undone_at is not None:
        raise Refused(UNDONE)
    asked = run.asked
    _undecide(session, who, run_id, now=now)
    ids = list(
        session.scalars(sa.select(_CHANGE.c.talent_id).where(_CHANGE.c.import_id == run_id).order_by("talent_id"))
    )
    hold(session, ids)
    take_away(session, run_id)
    counts = Counter(gone=0, returned=0)
    for start in range(0, len(ids), _SHARE):
        told(Stage.UNDOING, start, len(ids))
        counts.update(_share(session, who, run, ids[start : start + _SHARE], now=now))
    let_go_of_sources(session, run_id)
    session.execute(sa.delete(Doubt).where(col(Doubt.import_id) == run_id))
    session.execute(sa.delete(_CHANGE).where(_CHANGE.c.import_id == run_id))
    # Whom the file alone kept outside, or held back, it no longer does.
    session.execute(sa.delete(Suppression).where(col(Suppression.import_id) == run_id))
    session.execute(sa.delete(HeldBack).where(col(HeldBack.import_id) == run_id))
    still_asked(session, run, asked)
    if run.undone_at is not None:
        raise Refused(UNDONE)
    run.undone_at, run.undone = now, {**counts, "by": staff_of(who)}
    session.flush()
    session.expire_all()
    return dict(counts)


def _share(session: Session, who: Who, run: ImportRun, ids: Sequence[int], *, now: datetime) -> Counter[str]:
    rows = session.execute(sa.select(_CHANGE).where(_CHANGE.c.import_id == run.id, among(_CHANGE.c.talent_id, ids)))
    by_id = {row.talent_id: row for row in rows}
    created = [id_ for id_, row in by_id.items() if row.outcome is Outcome.CREATED]
    gone, counts = let_go(session, who, created, run.id, now=now)
    known = {id_: row.before for id_, row in by_id.items() if row.outcome is not Outcome.CREATED and row.before}
    counts["returned"] = _return(session, known)
    stay = [id_ for id_ in by_id if id_ not in gone]
    consents = {id_: row.before["consent"] for id_, row in by_id.items() if "consent" in row.before}
    withdraw_evidence(session, who, stay, consents, imported_at=run.taken_at or now, now=now)
    stops = {id_: row.before["stop"] for id_, row in by_id.items() if "stop" in row.before and id_ not in gone}
    if stops:
        counts["speaks_again"] = len(speak_again(session, who, stops, now=now))
    record_many(session, who, "import_undone", [(id_, {"import_id": run.id}) for id_ in (*created, *known)], now=now)
    return counts


def _undecide(session: Session, who: Who, run_id: int, *, now: datetime) -> None:
    """Take back what was decided on the doubts of a file, the last first; whom they made two leave with the file's own."""
    theirs = (col(Doubt.import_id) == run_id, col(Doubt.decided_at).is_not(None), col(Doubt.other_id).is_(None))
    newest = select(Doubt).where(*theirs).order_by(col(Doubt.decided_at).desc(), col(Doubt.id).desc())
    for doubt in session.exec(newest.execution_options(populate_existing=True)).all():
        if "stop" in doubt.undo:
            speak_again(session, who, {int(id_): stood for id_, stood in doubt.undo["stop"].items()}, now=now)
        elif doubt.decision is Decision.SAME and doubt.undo:
            give_back(session, who, doubt, now=now)


def _return(session: Session, known: Mapping[int, Mapping[str, Any]]) -> int:
    """Give back to people known before what stood, where what the file said stands still; return to how many."""
    stands = standing(session, known)
    changes = {id_: given_back(stood, known[id_])[0] for id_, stood in stands.items()}
    _keep_addresses_whose(session, changes)
    change(session, {id_: each for id_, each in changes.items() if each})
    return sum(bool(each) for each in changes.values())


def _keep_addresses_whose(session: Session, changes: dict[int, dict[str, Any]]) -> None:
    """Leave an address that has become someone else's since where it is."""
    wanted = {each["email"]: id_ for id_, each in changes.items() if each.get("email")}
    for holder in holders(session, wanted, ()) if wanted else ():
        id_ = wanted.get(holder.email or "")
        if id_ is not None and holder.id != id_:
            del changes[id_]["email"]


def undoable(session: Session, who: Who, run_id: int) -> tuple[int, int]:
    """Return how many people came by an import and how many it changed: what undoing it is about."""
    own_run(session, who, run_id)
    changed = (col(ImportChange.outcome) != Outcome.UNCHANGED) | (
        _CHANGE.c.before != sa.cast({}, _CHANGE.c.before.type)
    )
    query = select(ImportChange.outcome, sa.func.count()).where(col(ImportChange.import_id) == run_id, changed)
    counts = dict(session.exec(query.group_by(col(ImportChange.outcome))).all())
    return counts.pop(Outcome.CREATED, 0), sum(counts.values())
