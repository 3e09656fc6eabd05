"""Find the letters somebody waits for to come in without walking past a big launch.

Revision ID: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    waiting = sa.text("state = 'queued' AND kind = 'security'")
    op.create_index("ix_letter_first", "letter", ["not_before"], postgresql_where=waiting)


def downgrade() -> None:
    op.drop_index("ix_letter_first", "letter")
