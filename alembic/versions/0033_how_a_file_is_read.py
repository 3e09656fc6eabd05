"""In which order a file writes day and month, where somebody had to say it.

Revision ID: 0033
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0033"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("import_run", sa.Column("dates", sqlmodel.AutoString(), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("import_run", "dates")
