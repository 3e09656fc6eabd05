"""Which import brought a tag or a note, so that undoing it takes them away again; which job a title is, once somebody told.

Revision ID: 0034
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

TABLES = ("talent_tag", "note")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("import_id", sa.BigInteger(), nullable=True))
        op.create_foreign_key(op.f(f"fk_{table}_import_id_import_run"), table, "import_run", ["import_id"], ["id"])
        op.create_index(op.f(f"ix_{table}_import_id"), table, ["import_id"])
    text = sqlmodel.AutoString()
    op.create_table(
        "job_told",
        *(sa.Column(name, text, nullable=False) for name in ("words", "text", "code")),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_job_told_staff_id_staff")),
        sa.PrimaryKeyConstraint("words", name=op.f("pk_job_told")),
    )


def downgrade() -> None:
    op.drop_table("job_told")
    for table in TABLES:
        op.drop_index(op.f(f"ix_{table}_import_id"), table_name=table)
        op.drop_constraint(op.f(f"fk_{table}_import_id_import_run"), table, type_="foreignkey")
        op.drop_column(table, "import_id")
