"""Take away the indexes segments used before there was a projection: nothing asks them, and every change paid for them.

Revision ID: 0015
"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_talent_words", table_name="talent")
    op.drop_index("ix_talent_place", table_name="talent")


def downgrade() -> None:
    op.create_index("ix_talent_place", "talent", ["lat", "lon"])
    op.create_index("ix_talent_words", "talent", ["interests", "environments", "contracts"], postgresql_using="gin")
