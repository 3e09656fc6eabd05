"""What time makes due after an erasure."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.postbox.models import Letter
from portal.postbox.rules import LetterState
from portal.privacy.letters import FAREWELL

# A mail server that cannot be reached for so long costs the confirmation, not the erasure.
AT_MOST = timedelta(days=1)
_ON_ITS_WAY = (LetterState.QUEUED, LetterState.SENDING)


def forget_last_addresses(session: Session, *, now: datetime) -> int:
    """Empty the address of confirmations that were handed over, or could not be within a day; return how many."""
    kept = (col(Letter.template) == FAREWELL) & (col(Letter.address) != "")
    over = (col(Letter.queued_at) <= now - AT_MOST) & (col(Letter.state) == LetterState.QUEUED)
    session.execute(sa.update(Letter).where(kept, over).values(state=LetterState.CANCELLED))
    done = sa.update(Letter).where(kept, col(Letter.state).not_in(_ON_ITS_WAY)).values(address="", why=None)
    return len(session.execute(done.returning(col(Letter.id))).all())
