"""How each segment stood, night after night.

Revision ID: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "segment_day",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("segment_id", sa.BigInteger(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("reachable", sa.Integer(), nullable=False),
        sa.Column("fresh", sa.Integer(), nullable=False),
        sa.Column("with_basis", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["segment_id"], ["segment.id"], name=op.f("fk_segment_day_segment_id_segment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segment_day")),
    )
    op.create_index(
        "uq_segment_day", "segment_day", ["segment_id", "day"], unique=True, postgresql_nulls_not_distinct=True
    )


def downgrade() -> None:
    op.drop_table("segment_day")
