"""Who the house is: its name stays as an admin saved it, and notices say where controller and DPO are reached.

A house that bears another name than the one it came with was named already, by an admin or by its environment.

Revision ID: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("house", sa.Column("named", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("house", sa.Column("controller_contact", sa.String(), nullable=False, server_default=""))
    op.add_column("house", sa.Column("dpo_contact", sa.String(), nullable=False, server_default=""))
    op.execute("UPDATE house SET named = name <> 'Vivier'")
    for column in ("named", "controller_contact", "dpo_contact"):
        op.alter_column("house", column, server_default=None)


def downgrade() -> None:
    for column in ("dpo_contact", "controller_contact", "named"):
        op.drop_column("house", column)
