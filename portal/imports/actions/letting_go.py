"""Who came by a file leaves with it, unless others have had to do with them since; what a decision brought goes likewise."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session, col

from portal.consent.actions import erase_evidence
from portal.consent.evidence import withdraw_evidence
from portal.kit.bulk import among
from portal.talents.actions import change
from portal.talents.identity import goes_on_as, standing
from portal.talents.leaving import empty
from portal.talents.models import AddressChange, Doubt, ImportChange, Source, Talent
from portal.talents.returning import given_back
from portal.talents.rules import Outcome
from portal.timeline.who import Who

ELSEWHERE = "elsewhere"
# Another file that stands names them, or they came otherwise.
_ELSEWHERE = """
       (EXISTS (SELECT FROM source s LEFT JOIN import_run r ON r.id = s.import_id WHERE s.talent_id = t.id
                   AND s.import_id IS DISTINCT FROM :import_id AND r.undone_at IS NULL)
     OR EXISTS (SELECT FROM import_change c WHERE c.talent_id = t.id AND c.import_id IS DISTINCT FROM :import_id))
"""
# Why someone who came by an import stays; the first that holds.
_BUSY = sa.text(
    f"""
    SELECT t.id, CASE
             WHEN t.last_act_at IS NOT NULL THEN 'acted'
             WHEN EXISTS (SELECT FROM letter l WHERE l.talent_id = t.id AND l.state NOT IN ('cancelled', 'failed'))
               OR EXISTS (SELECT FROM message m WHERE m.talent_id = t.id) THEN 'written'
             WHEN EXISTS (SELECT FROM enrolment e WHERE e.talent_id = t.id)
               OR EXISTS (SELECT FROM booking b WHERE b.talent_id = t.id)
               OR EXISTS (SELECT FROM note n WHERE n.talent_id = t.id AND n.import_id IS NULL)
               OR EXISTS (SELECT FROM talent_tag g WHERE g.talent_id = t.id AND g.import_id IS NULL)
               OR EXISTS (SELECT FROM timeline_event v WHERE v.talent_id = t.id AND v.kind = 'profile_corrected')
               THEN 'worked_on'
             WHEN {_ELSEWHERE} THEN '{ELSEWHERE}'
           END AS why
      FROM talent t
     WHERE t.id = ANY(:ids)
    """  # noqa: S608 - our own words
).bindparams(sa.bindparam("ids", type_=pg.ARRAY(sa.BigInteger)))
# They came by another file too: they are from there from now on, and leave with it.
_HAND_OVER = sa.text(
    """
    UPDATE import_change c SET outcome = 'created'
     WHERE c.talent_id = ANY(:ids)
       AND c.import_id = (SELECT min(o.import_id) FROM import_change o
                           WHERE o.talent_id = c.talent_id AND o.import_id <> :import_id)
       AND NOT EXISTS (SELECT FROM source s WHERE s.talent_id = c.talent_id AND s.import_id IS NULL)
    """
).bindparams(sa.bindparam("ids", type_=pg.ARRAY(sa.BigInteger)))
_FROM_THERE = sa.text(
    """
    UPDATE source s
       SET import_id = (SELECT min(o.import_id) FROM import_change o
                         WHERE o.talent_id = s.talent_id AND o.import_id <> :import_id)
     WHERE s.talent_id = ANY(:ids) AND s.import_id = :import_id
       AND EXISTS (SELECT FROM import_change o WHERE o.talent_id = s.talent_id AND o.import_id <> :import_id)
       AND NOT EXISTS (SELECT FROM source o LEFT JOIN import_run r ON r.id = o.import_id
                        WHERE o.talent_id = s.talent_id AND o.import_id IS DISTINCT FROM :import_id
                          AND r.undone_at IS NULL)
    """
).bindparams(sa.bindparam("ids", type_=pg.ARRAY(sa.BigInteger)))


def let_go(
    session: Session, who: Who, ids: Sequence[int], import_id: int | None, *, now: datetime
) -> tuple[set[int], Counter[str]]:
    """Empty those nobody has had to do with since; return them, and how many went and stay for which reason."""
    found = session.execute(_BUSY, {"ids": list(ids), "import_id": import_id})
    busy = {row.id: row.why for row in found if row.why}
    gone = {id_ for id_ in ids if id_ not in busy}
    if gone:
        erase_evidence(session, who, sorted(gone), interface="import", now=now)
        empty(session, gone, now=now)
    heirs = {"ids": [id_ for id_, why in busy.items() if why == ELSEWHERE], "import_id": import_id}
    if heirs["ids"]:
        session.execute(_HAND_OVER, heirs)
        session.execute(_FROM_THERE, heirs)
    return gone, Counter({**Counter(busy.values()), "gone": len(gone)})


def let_go_of_sources(session: Session, import_id: int | None) -> None:
    """Forget that people came by this file, but for those who came by nothing else that stands: the law asks whence."""
    other = sa.text(
        "EXISTS (SELECT FROM source o LEFT JOIN import_run r ON r.id = o.import_id WHERE o.talent_id = source.talent_id"
        " AND o.import_id IS DISTINCT FROM :import_id AND r.undone_at IS NULL)"
    ).bindparams(import_id=import_id)
    change_row = (col(ImportChange.import_id) == import_id) & (col(ImportChange.talent_id) == col(Source.talent_id))
    came_by_it = sa.exists().where(change_row, col(ImportChange.outcome) == Outcome.CREATED)
    left = sa.exists().where(col(Talent.id) == col(Source.talent_id), col(Talent.erased_at).is_not(None))
    session.execute(sa.delete(Source).where(col(Source.import_id) == import_id, left | (other & ~came_by_it)))


def give_back(session: Session, who: Who, doubt: Doubt, *, now: datetime) -> bool:
    """Take back what a line brought to the person it was decided to be about; False if they are somebody else's row by now."""
    talent_id: int = doubt.undo["talent"]
    if goes_on_as(session, [talent_id]).get(talent_id) != talent_id:
        return False
    stands = standing(session, [talent_id], lock=True)[talent_id]
    changes, _ = given_back(stands, doubt.undo["before"])
    change(session, {talent_id: changes} if changes else {})
    before = {talent_id: doubt.undo["consent"]} if doubt.undo.get("consent") else {}
    withdraw_evidence(session, who, [talent_id], before, imported_at=doubt.decided_at or now, now=now)
    session.execute(sa.delete(Source).where(among(col(Source.id), doubt.undo["sources"])))
    if doubt.undo.get("named"):
        theirs = (col(ImportChange.import_id) == doubt.import_id, col(ImportChange.talent_id) == talent_id)
        session.execute(sa.delete(ImportChange).where(*theirs, col(ImportChange.outcome) == Outcome.UNCHANGED))
    session.execute(sa.delete(AddressChange).where(col(AddressChange.id) == doubt.undo.get("aside")))
    session.expire_all()
    return True
