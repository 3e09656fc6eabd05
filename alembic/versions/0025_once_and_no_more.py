"""An expired letter is renewed once; of one step's questions only the newest can be answered.

Whoever had asked for a new link has had it. Older questions that a newer one of the same step had replaced stayed open:
they are closed.

Revision ID: 0025
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

RENEWED = """
    UPDATE ask a SET renewed_at = e.at
      FROM (SELECT (params->>'ask')::bigint AS ask, max(at) AS at FROM timeline_event
             WHERE kind = 'asked_for_new_link' AND params ? 'ask' AND params->>'ask' IS NOT NULL GROUP BY 1) e
     WHERE e.ask = a.id
"""
REPLACED = """
    UPDATE ask a SET closed_at = n.asked_at
      FROM (SELECT DISTINCT ON (b.id) b.id, c.asked_at FROM ask b
              JOIN ask c ON c.enrolment_id = b.enrolment_id AND c.step = b.step AND c.id > b.id
              LEFT JOIN letter x ON x.id = c.letter_id
             WHERE b.closed_at IS NULL AND x.state NOT IN ('cancelled', 'failed')
             ORDER BY b.id, c.id) n
     WHERE n.id = a.id
"""


HANDS = "kind IN ('conversation_taken_over', 'conversation_closed', 'conversation_idle')"


def upgrade() -> None:
    op.add_column("ask", sa.Column("renewed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.create_index("ix_timeline_event_hands", "timeline_event", ["at"], postgresql_where=sa.text(HANDS))
    op.execute(RENEWED)
    op.execute(REPLACED)


def downgrade() -> None:
    op.drop_index("ix_timeline_event_hands", "timeline_event")
    op.drop_column("ask", "renewed_at")
