"""“Do not write to me” in a file: whom a stop in doubt holds back, and which file kept somebody outside; names an admin cleared.

Revision ID: 0029
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

ACTS = (
    "given", "renewed", "withdrawn", "objected", "imported_evidence", "legitimate_interest", "notice_shown", "erased",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "held_back",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("talent_id", sa.BigInteger(), nullable=False),
        sa.Column("doubt_id", sa.BigInteger(), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("column_name", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False),
        sa.Column("says", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["doubt_id"], ["doubt.id"], name=op.f("fk_held_back_doubt_id_doubt"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["import_run.id"], name=op.f("fk_held_back_import_id_import_run"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["talent_id"], ["talent.id"], name=op.f("fk_held_back_talent_id_talent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_back")),
    )
    for name in ("talent_id", "doubt_id", "import_id"):
        op.create_index(op.f(f"ix_held_back_{name}"), "held_back", [name])
    op.add_column("suppression", sa.Column("import_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_suppression_import_id_import_run"),
        "suppression",
        "import_run",
        ["import_id"],
        ["id"],
        ondelete="SET NULL",
    )
    op.create_index(op.f("ix_suppression_import_id"), "suppression", ["import_id"])
    _acts(*ACTS, "lifted")
    text = sqlmodel.sql.sqltypes.AutoString()
    op.create_table(
        "cleared_name",
        *(sa.Column(name, text, nullable=False) for name in ("folded", "name", "word", "ground", "reason")),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_cleared_name_staff_id_staff")),
        sa.PrimaryKeyConstraint("folded", name=op.f("pk_cleared_name")),
    )


def downgrade() -> None:
    op.drop_table("cleared_name")
    _acts(*ACTS)
    op.drop_index(op.f("ix_suppression_import_id"), table_name="suppression")
    op.drop_column("suppression", "import_id")
    op.drop_table("held_back")


def _acts(*values: str) -> None:
    op.drop_constraint(op.f("ck_ledger_entry_act"), "ledger_entry", type_="check")
    told = ", ".join(f"'{value}'" for value in values)
    op.create_check_constraint(op.f("ck_ledger_entry_act"), "ledger_entry", f"act IN ({told})")
