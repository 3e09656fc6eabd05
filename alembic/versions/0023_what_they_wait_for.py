"""Who waits for something rather than for a day: what it is.

Whoever waited for times to offer was due each hour; they are due once more, and then wait for the times themselves.

Revision ID: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0019"
branch_labels = None
depends_on = None

WAITING = sa.text("waits_for IS NOT NULL")


def upgrade() -> None:
    waits_for = sa.Enum(
        "times", "letter", "conversation", "job", name="waitsfor", native_enum=False, create_constraint=True, length=32
    )
    op.add_column("enrolment", sa.Column("waits_for", waits_for, nullable=True))
    op.create_index("ix_enrolment_waits_for", "enrolment", ["waits_for"], postgresql_where=WAITING)


def downgrade() -> None:
    op.execute("UPDATE enrolment SET due_at = now() WHERE waits_for IS NOT NULL AND state = 'due'")
    op.drop_index("ix_enrolment_waits_for", "enrolment")
    op.drop_column("enrolment", "waits_for")
