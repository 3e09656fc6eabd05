"""An address becomes its person's own word: they signed in with it, or pressed a link in a letter to it.

From then on it is said by them (`merging`): no file and no colleague replaces it, and nothing that is undone does.
"""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.postbox.models import Letter, LetterLink
from portal.talents.merging import By
from portal.talents.models import AddressChange, Talent
from portal.talents.rules import AddressState
from portal.timeline.actions import record
from portal.timeline.who import Who


def proven(talent: Talent, *, now: datetime) -> dict[str, Any]:
    """Return the columns that say whose word this person's address is from now on; later than any proof before it."""
    since = max(now, talent.proven_at + timedelta(microseconds=1)) if talent.proven_at else now
    on = now.astimezone(ZoneInfo(talent.zone)).date().isoformat()
    return {"proven_at": since, "said": talent.said | {"email": {"by": By.TALENT.value, "on": on}}}


def prove_by_link(session: Session, link_id: int, talent_id: int, *, now: datetime) -> None:
    """Someone used this link: if its letter went to the address that stands, it is theirs."""
    went_to = (
        sa.select(col(Letter.address))
        .join(LetterLink, col(LetterLink.letter_id) == col(Letter.id))
        .where(col(LetterLink.id) == link_id)
        .scalar_subquery()
    )
    unproven = (col(Talent.proven_at).is_(None), col(Talent.erased_at).is_(None), col(Talent.email) == went_to)
    query = select(Talent).where(col(Talent.id) == talent_id, *unproven).with_for_update()
    talent = session.exec(query.execution_options(populate_existing=True)).first()
    if talent is not None:
        for name, value in proven(talent, now=now).items():
            setattr(talent, name, value)
        session.add(talent)
        session.flush()


def leave_aside(session: Session, who: Who, talent_id: int, address: str, *, now: datetime) -> int | None:
    """Keep an address that somebody else says is theirs beside the one that is their own word: it leads to them, no more.

    Return its row; None where their address is nobody's word yet, or this is the very one.
    """
    own = (col(Talent.proven_at).is_not(None), col(Talent.email) != address)
    if not address or session.exec(select(Talent.id).where(col(Talent.id) == talent_id, *own)).first() is None:
        return None
    beside = AddressChange(
        talent_id=talent_id, address=address, state=AddressState.ASIDE, proposed_at=now, expires_at=now, settled_at=now
    )
    session.add(beside)
    session.flush()
    record(session, who, "address_left_aside", talent_id, now=now, words={"address": address})
    return beside.id
