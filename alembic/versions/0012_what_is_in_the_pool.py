"""Which jobs and places the pool holds is read from an index alone.

Revision ID: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_LIVING = sa.text("erased_at IS NULL")


def upgrade() -> None:
    op.drop_index("ix_talent_job_code", table_name="talent")
    op.create_index("ix_talent_job_code", "talent", ["job_code"], postgresql_where=_LIVING)
    op.create_index("ix_talent_place_code", "talent", ["place_code"], postgresql_where=_LIVING)


def downgrade() -> None:
    op.drop_index("ix_talent_place_code", table_name="talent")
    op.drop_index("ix_talent_job_code", table_name="talent")
    op.create_index("ix_talent_job_code", "talent", ["job_code"])
