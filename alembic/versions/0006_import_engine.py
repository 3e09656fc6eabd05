"""The import engine: what each import did to whom, what it foresees, how far it is; doubts, and people told apart.

Revision ID: 0006
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "told_apart",
        sa.Column("pair_hash", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_told_apart_staff_id_staff")),
        sa.PrimaryKeyConstraint("pair_hash", name=op.f("pk_told_apart")),
    )
    op.create_table(
        "doubt",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("talent_id", sa.BigInteger(), nullable=False),
        sa.Column("other_id", sa.BigInteger(), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("sentence", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("params", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("words", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("found_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("decided_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "decision",
            sa.Enum("same", "two", name="decision", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("undo", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["import_run.id"], name=op.f("fk_doubt_import_id_import_run"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["other_id"], ["talent.id"], name=op.f("fk_doubt_other_id_talent")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_doubt_staff_id_staff")),
        sa.ForeignKeyConstraint(["talent_id"], ["talent.id"], name=op.f("fk_doubt_talent_id_talent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doubt")),
    )
    op.create_index(op.f("ix_doubt_import_id"), "doubt", ["import_id"], unique=False)
    op.create_index(op.f("ix_doubt_other_id"), "doubt", ["other_id"], unique=False)
    op.create_index(op.f("ix_doubt_talent_id"), "doubt", ["talent_id"], unique=False)
    op.create_table(
        "import_change",
        sa.Column("import_id", sa.BigInteger(), nullable=False),
        sa.Column("talent_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "created", "updated", "unchanged", name="outcome", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["import_run.id"], name=op.f("fk_import_change_import_id_import_run"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["talent_id"], ["talent.id"], name=op.f("fk_import_change_talent_id_talent")),
        sa.PrimaryKeyConstraint("import_id", "talent_id", name=op.f("pk_import_change")),
    )
    op.create_index(op.f("ix_import_change_talent_id"), "import_change", ["talent_id"], unique=False)
    op.create_table(
        "import_preview",
        sa.Column("import_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("outcome", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("told", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["import_run.id"], name=op.f("fk_import_preview_import_id_import_run"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("import_id", "place", name=op.f("pk_import_preview")),
    )
    op.create_index(
        "ix_import_preview_import_id_outcome_place", "import_preview", ["import_id", "outcome", "place"], unique=False
    )
    op.add_column(
        "import_run",
        sa.Column(
            "asked",
            sa.Enum("look", "take", "undo", name="wish", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
    )
    op.add_column(
        "import_run", sa.Column("stage", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False)
    )
    op.add_column("import_run", sa.Column("done", sa.Integer(), server_default="0", nullable=False))
    op.add_column("import_run", sa.Column("total", sa.Integer(), server_default="0", nullable=False))
    op.add_column("import_run", sa.Column("tries", sa.Integer(), server_default="0", nullable=False))
    op.add_column(
        "import_run", sa.Column("problem", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False)
    )
    op.add_column("import_run", sa.Column("undone_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.add_column(
        "import_run", sa.Column("undone", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False)
    )
    op.add_column("talent", sa.Column("merged_into", sa.BigInteger(), nullable=True))
    op.create_index("ix_talent_local_part", "talent", [sa.literal_column("split_part(email, '@', 1)")], unique=False)
    op.create_index(
        "ix_talent_merged_into",
        "talent",
        ["merged_into"],
        unique=False,
        postgresql_where=sa.text("merged_into IS NOT NULL"),
    )
    op.create_foreign_key(op.f("fk_talent_merged_into_talent"), "talent", "talent", ["merged_into"], ["id"])


def downgrade() -> None:
    op.drop_constraint(op.f("fk_talent_merged_into_talent"), "talent", type_="foreignkey")
    op.drop_index("ix_talent_merged_into", table_name="talent")
    op.drop_index("ix_talent_local_part", table_name="talent")
    op.drop_column("talent", "merged_into")
    op.drop_column("import_run", "undone")
    op.drop_column("import_run", "undone_at")
    op.drop_column("import_run", "problem")
    op.drop_column("import_run", "tries")
    op.drop_column("import_run", "total")
    op.drop_column("import_run", "done")
    op.drop_column("import_run", "stage")
    op.drop_column("import_run", "asked")
    op.drop_index("ix_import_preview_import_id_outcome_place", table_name="import_preview")
    op.drop_table("import_preview")
    op.drop_index(op.f("ix_import_change_talent_id"), table_name="import_change")
    op.drop_table("import_change")
    op.drop_index(op.f("ix_doubt_talent_id"), table_name="doubt")
    op.drop_index(op.f("ix_doubt_other_id"), table_name="doubt")
    op.drop_index(op.f("ix_doubt_import_id"), table_name="doubt")
    op.drop_table("doubt")
    op.drop_table("told_apart")
