"""One index for what leaves next: letters people wait for first, then those of the launches.

Revision ID: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

WAITING = sa.text("state = 'queued'")


def upgrade() -> None:
    op.drop_index("ix_letter_first", "letter")
    op.drop_index("ix_letter_due", "letter")
    op.create_index(
        "ix_letter_due", "letter", [sa.text("(kind <> 'security')"), "not_before"], postgresql_where=WAITING
    )


def downgrade() -> None:
    op.drop_index("ix_letter_due", "letter")
    op.create_index("ix_letter_due", "letter", ["not_before"], postgresql_where=WAITING)
    op.create_index(
        "ix_letter_first", "letter", ["not_before"], postgresql_where=sa.text("state = 'queued' AND kind = 'security'")
    )
