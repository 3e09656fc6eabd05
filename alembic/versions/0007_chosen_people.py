"""A launch on chosen people, without a segment; and the view the pool opens with.

Revision ID: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column("launch", "segment_id", existing_type=sa.BigInteger(), nullable=True)
    op.add_column("saved_view", sa.Column("opens_first", sa.Boolean(), server_default="false", nullable=False))


def downgrade() -> None:
    op.drop_column("saved_view", "opens_first")
    # The older schema cannot tell them: they are told as launches on the first segment there is.
    op.execute("UPDATE launch SET segment_id = (SELECT min(id) FROM segment) WHERE segment_id IS NULL")
    op.alter_column("launch", "segment_id", existing_type=sa.BigInteger(), nullable=False)
