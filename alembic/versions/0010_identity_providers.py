"""Staff come in through identity providers.

Revision ID: 0010
"""

import sqlalchemy as sa
import sqlmodel
from alembic import context, op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    app = context.config.attributes.get("app_role", "vivier_app")
    op.create_table(
        "staff_identity",
        sa.Column("issuer", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sub", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("linked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_identity_staff_id_staff")),
        sa.PrimaryKeyConstraint("issuer", "sub", name=op.f("pk_staff_identity")),
        sa.UniqueConstraint("staff_id", "issuer", name=op.f("uq_staff_identity_staff_id_issuer")),
    )
    op.create_table(
        "used_attempt",
        sa.Column("state_hash", sa.LargeBinary(), nullable=False),
        sa.Column("used_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_used_attempt")),
    )
    op.add_column("web_session", sa.Column("farewell", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    # Whose account is whose, and what was used up: the app may add, read and forget it, but never make it another's.
    op.execute(f'REVOKE ALL ON staff_identity, used_attempt FROM "{app}"')
    op.execute(f'GRANT SELECT, INSERT, DELETE ON staff_identity, used_attempt TO "{app}"')


def downgrade() -> None:
    op.drop_column("web_session", "farewell")
    op.drop_table("used_attempt")
    op.drop_table("staff_identity")
