"""Which duties of the house fail at present.

Revision ID: 0037
"""

import sqlalchemy as sa
import sqlmodel
from alembic import context, op

revision = "0037"
down_revision = "0034"
branch_labels = None
depends_on = None

DUTIES = (
    "uninformed",
    "last_addresses",
    "files",
    "sign_ins",
    "lost_letters",
    "undelivered",
    "held_times",
    "reminders",
    "presses",
    "idle",
    "doubles",
    "segments",
)


def upgrade() -> None:
    app = context.config.attributes.get("app_role", "vivier_app")
    duty = sa.Enum(*DUTIES, name="duty", native_enum=False, create_constraint=True, length=32)
    op.create_table(
        "failing_duty",
        sa.Column("duty", duty, nullable=False),
        sa.Column("since", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("last_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("because", sqlmodel.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("duty", name=op.f("pk_failing_duty")),
    )
    op.execute(f'GRANT SELECT, INSERT, UPDATE, DELETE ON failing_duty TO "{app}"')


def downgrade() -> None:
    op.drop_table("failing_duty")
