"""What a mail server said of an address, and since when the mail is down.

Revision ID: 0019
"""

import sqlalchemy as sa
import sqlmodel
from alembic import context, op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

REFUSALS = ("gone", "perhaps", "perhaps_again", "other")


def upgrade() -> None:
    app = context.config.attributes.get("app_role", "vivier_app")
    refusal = sa.Enum(*REFUSALS, name="refusal", native_enum=False, create_constraint=True, length=32)
    op.add_column("letter", sa.Column("refusal", refusal, nullable=True))
    op.add_column("letter", sa.Column("refused_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.execute(f'GRANT UPDATE (refusal, refused_at) ON letter TO "{app}"')
    op.create_table(
        "mail_outage",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("since", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("because", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("ended_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_outage")),
    )
    op.create_index(
        "uq_mail_outage_open",
        "mail_outage",
        [sa.text("(ended_at IS NULL)")],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("mail_outage")
    op.drop_column("letter", "refused_at")
    op.drop_column("letter", "refusal")
