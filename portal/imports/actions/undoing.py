"""A whole import undone: who came by it goes, what it changed stands again as before.

Whoever has acted, was written to, or is known from elsewhere since stays, and the report says how many.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session, col, select

from portal.consent.actions import erase_evidence
from portal.consent.evidence import withdraw_evidence
from portal.imports.actions.taking import alone
from portal.imports.actions.waiting import staff_of
from portal.imports.brought import take_away
from portal.imports.heeding import speak_again
from portal.imports.models import ImportRun
from portal.imports.progress import Cancelled, Heard, Stage, silent
from portal.imports.queries import own_run
from portal.kit.bulk import among
from portal.kit.errors import Refused
from portal.kit.i18n import N_
from portal.postbox.models import Suppression
from portal.talents.actions import change
from portal.talents.identity import hold, holders, standing
from portal.talents.leaving import empty
from portal.talents.models import Doubt, HeldBack, ImportChange, Source
from portal.talents.returning import given_back
from portal.talents.rules import Outcome
from portal.timeline.actions import record_many
from portal.timeline.who import Who

NOT_TAKEN = N_("This file was not taken in: there is nothing to undo.")
UNDONE = N_("This import was undone already.")
_SHARE = 20_000
_CHANGE = ImportChange.__table__  # type: ignore[attr-defined]

# Why someone who came by an import stays; the first that holds.
_BUSY = sa.text(
    """
    SELECT t.id, CASE
             WHEN t.last_act_at IS NOT NULL THEN 'acted'
             WHEN EXISTS (SELECT FROM letter l WHERE l.talent_id = t.id AND l.state NOT IN ('cancelled', 'failed'))
               OR EXISTS (SELECT FROM message m WHERE m.talent_id = t.id) THEN 'written'
             WHEN EXISTS (SELECT FROM source s WHERE s.talent_id = t.id AND s.import_id IS DISTINCT FROM :import_id)
               THEN 'elsewhere'
             ELSE 'worked_on' END AS why
      FROM talent t
     WHERE t.id = ANY(:ids)
       AND (t.last_act_at IS NOT NULL
            OR EXISTS (SELECT FROM letter l WHERE l.talent_id = t.id AND l.state NOT IN ('cancelled', 'failed'))
            OR EXISTS (SELECT FROM message m WHERE m.talent_id = t.id)
            OR EXISTS (SELECT FROM source s WHERE s.talent_id = t.id AND s.import_id IS DISTINCT FROM :import_id)
            OR EXISTS (SELECT FROM enrolment e WHERE e.talent_id = t.id)
            OR EXISTS (SELECT FROM booking b WHERE b.talent_id = t.id)
            OR EXISTS (SELECT FROM note n WHERE n.talent_id = t.id AND n.import_id IS DISTINCT FROM :import_id)
            OR EXISTS (SELECT FROM timeline_event v WHERE v.talent_id = t.id AND v.kind = 'profile_corrected'))
    """
).bindparams(sa.bindparam("ids", type_=pg.ARRAY(sa.BigInteger)))


def undo(session: Session, who: Who, run_id: int, *, now: datetime, told: Heard = silent) -> dict[str, int]:
    """Undo an import; return how many went (`gone`), got back what stood (`returned`), stay (`acted`, `written`…)."""
    alone(session)
    run = own_run(session, who, run_id)
    if run.taken_at is None:
        raise Refused(NOT_TAKEN)
    if run.undone_at is not None:
        raise Refused(UNDONE)
    ids = list(
        session.scalars(sa.select(_CHANGE.c.talent_id).where(_CHANGE.c.import_id == run_id).order_by("talent_id"))
    )
    hold(session, ids)
    counts = Counter(gone=0, returned=0)
    for start in range(0, len(ids), _SHARE):
        told(Stage.UNDOING, start, len(ids))
        counts.update(_share(session, who, run, ids[start : start + _SHARE], now=now))
    # Whoever came by it and stays is still from there.
    theirs = sa.exists().where(_CHANGE.c.import_id == run_id, _CHANGE.c.talent_id == col(Source.talent_id))
    session.execute(
        sa.delete(Source).where(col(Source.import_id) == run_id, ~theirs.where(_CHANGE.c.outcome == Outcome.CREATED))
    )
    session.execute(sa.delete(Doubt).where(col(Doubt.import_id) == run_id, col(Doubt.decided_at).is_(None)))
    session.execute(sa.delete(_CHANGE).where(_CHANGE.c.import_id == run_id))
    take_away(session, run_id)
    # Whom the file alone kept outside, or held back, it no longer does.
    session.execute(sa.delete(Suppression).where(col(Suppression.import_id) == run_id))
    session.execute(sa.delete(HeldBack).where(col(HeldBack.import_id) == run_id))
    asked = run.asked
    session.refresh(run, with_for_update=True)
    if run.asked is not asked:
        raise Cancelled
    run.undone_at, run.undone, run.asked, run.stage = now, {**counts, "by": staff_of(who)}, None, ""
    session.flush()
    session.expire_all()
    return dict(counts)


def _share(session: Session, who: Who, run: ImportRun, ids: Sequence[int], *, now: datetime) -> Counter[str]:
    rows = session.execute(sa.select(_CHANGE).where(_CHANGE.c.import_id == run.id, among(_CHANGE.c.talent_id, ids)))
    by_id = {row.talent_id: row for row in rows}
    created = [id_ for id_, row in by_id.items() if row.outcome is Outcome.CREATED]
    gone, counts = _let_go(session, who, created, run.id, now=now)
    known = {id_: row.before for id_, row in by_id.items() if row.outcome is not Outcome.CREATED}
    counts["returned"] = _return(session, known)
    stay = [id_ for id_ in by_id if id_ not in gone]
    consents = {id_: row.before["consent"] for id_, row in by_id.items() if "consent" in row.before}
    withdraw_evidence(session, who, stay, consents, imported_at=run.taken_at or now, now=now)
    stops = {id_: row.before["stop"] for id_, row in by_id.items() if "stop" in row.before and id_ not in gone}
    if stops:
        counts["speaks_again"] = len(speak_again(session, who, stops, now=now))
    record_many(session, who, "import_undone", [(id_, {"import_id": run.id}) for id_ in by_id], now=now)
    return counts


def let_go(session: Session, who: Who, ids: Sequence[int], import_id: int | None, *, now: datetime) -> bool:
    """Let people go who came by one line of a file; tell whether all of them could."""
    gone, _ = _let_go(session, who, ids, import_id, now=now)
    return len(gone) == len(ids)


def _let_go(
    session: Session, who: Who, ids: Sequence[int], import_id: int | None, *, now: datetime
) -> tuple[set[int], Counter[str]]:
    """Empty those nobody has had to do with since; return them, and how many went and stay for which reason."""
    busy = {row.id: row.why for row in session.execute(_BUSY, {"ids": list(ids), "import_id": import_id})}
    gone = {id_ for id_ in ids if id_ not in busy}
    if gone:
        erase_evidence(session, who, sorted(gone), interface="import", now=now)
        empty(session, gone, now=now)
    return gone, Counter({**Counter(busy.values()), "gone": len(gone)})


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
    query = select(ImportChange.outcome, sa.func.count()).where(col(ImportChange.import_id) == run_id)
    counts = dict(session.exec(query.group_by(col(ImportChange.outcome))).all())
    return counts.pop(Outcome.CREATED, 0), sum(counts.values())
