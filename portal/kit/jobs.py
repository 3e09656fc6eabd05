"""Wake a worker, in the same transaction as what it will find to do.

State lives in rows; a job only says "look now". One waiting job of a name is enough, so waking twice is waking once.
"""

import sqlalchemy as sa
from sqlmodel import Session

_WAKE = sa.text(
    """
    INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, args)
    VALUES ('default', CAST(:task AS text), CAST(:task AS text), '{}')
    ON CONFLICT (queueing_lock) WHERE status = 'todo' DO NOTHING
    """
)


def wake(session: Session, task: str) -> None:
    """Have a worker run `task` (a name in `portal.schedule`) once this transaction has committed."""
    session.execute(_WAKE, {"task": task})
