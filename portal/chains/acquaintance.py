"""What was between us and someone before a letter: only what the data says may be said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session

from portal.kit.i18n import N_, say


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """Whether they talked with us, on a day that was booked, and applied; which jobs we talked of, which drew a yes."""

    talked: bool = False
    applied: bool = False
    talked_of: frozenset[int] = frozenset()
    drawn_to: frozenset[int] = frozenset()

    def thanks(self, locale: str) -> str:
        """Thank them for what they did, if they did."""
        if self.talked:
            return say(locale, N_("Thank you for taking the time to talk with us."))
        return say(locale, N_("Thank you for your application.")) if self.applied else ""

    def likeness(self, locale: str, job: int | None) -> str:
        """Say what a job is like, if there was another before."""
        if self.talked_of - {job}:
            return say(locale, N_("It is much like the one we talked about."))
        if self.drawn_to - {job}:
            return say(locale, N_("It is much like the one you wanted to know more about."))
        return say(locale, N_("It is close to the one you applied for.")) if self.applied else ""


NOBODY = Acquaintance()
_BETWEEN_US = sa.text(
    """
    SELECT t.id,
           EXISTS (SELECT FROM source s WHERE s.talent_id = t.id AND s.kind = 'application'),
           (SELECT count(*) FROM booking b JOIN slot s ON s.id = b.slot_id
             WHERE b.talent_id = t.id AND b.cancelled_at IS NULL AND s.ends_at <= :now) > 0,
           ARRAY(SELECT b.opportunity_id FROM booking b JOIN slot s ON s.id = b.slot_id
                  WHERE b.talent_id = t.id AND b.cancelled_at IS NULL AND s.ends_at <= :now AND b.opportunity_id IS NOT NULL),
           ARRAY(SELECT a.opportunity_id FROM ask a
                  WHERE a.talent_id = t.id AND a.answer IN ('yes', 'more_info') AND a.question IN ('opportunity', 'digest')
                    AND a.opportunity_id IS NOT NULL)
      FROM talent t WHERE t.id = ANY (:ids)
    """
).bindparams(sa.bindparam("ids", type_=pg.ARRAY(sa.BigInteger)), sa.bindparam("now", type_=sa.DateTime(timezone=True)))


def acquaintances(session: Session, talent_ids: Sequence[int], *, now: datetime) -> dict[int, Acquaintance]:
    """Return what was between us and each of these people, in one statement."""
    found = session.execute(_BETWEEN_US, {"ids": list(talent_ids), "now": now})
    return {
        talent: Acquaintance(talked, applied, frozenset(talked_of), frozenset(drawn_to))
        for talent, applied, talked, talked_of, drawn_to in found
    }
