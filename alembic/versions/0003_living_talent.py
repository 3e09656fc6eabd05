"""The living talent: several jobs, skills, languages, the house's own fields, tags, notes and kept views.

Revision ID: 0003
"""

import sqlalchemy as sa
import sqlmodel
from alembic import context, op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    app = context.config.attributes.get("app_role", "vivier_app")
    # From here on a new table is open to the app unless its migration takes something back.
    op.execute(f'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "{app}"')
    op.execute(f'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO "{app}"')
    op.create_table(
        "custom_field",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "text",
                "number",
                "date",
                "choice",
                "choices",
                "yes_no",
                name="fieldkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name_fr", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name_en", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("choices", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("recruiters_edit", sa.Boolean(), nullable=False),
        sa.Column(
            "talent_may",
            sa.Enum("nothing", "see", "edit", name="talentmay", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("archived_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custom_field")),
    )
    op.create_table(
        "tag",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("folded", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("folded", name=op.f("uq_tag_folded")),
    )
    op.create_table(
        "note",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("talent_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_note_staff_id_staff")),
        sa.ForeignKeyConstraint(["talent_id"], ["talent.id"], name=op.f("fk_note_talent_id_talent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index(op.f("ix_note_talent_id"), "note", ["talent_id"], unique=False)
    op.create_table(
        "saved_view",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("filters", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_saved_view_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
    )
    op.create_index(op.f("ix_saved_view_staff_id"), "saved_view", ["staff_id"], unique=False)
    op.create_table(
        "talent_tag",
        sa.Column("talent_id", sa.BigInteger(), nullable=False),
        sa.Column("tag_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_talent_tag_staff_id_staff")),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_talent_tag_tag_id_tag")),
        sa.ForeignKeyConstraint(["talent_id"], ["talent.id"], name=op.f("fk_talent_tag_talent_id_talent")),
        sa.PrimaryKeyConstraint("talent_id", "tag_id", name=op.f("pk_talent_tag")),
    )
    op.create_index(op.f("ix_talent_tag_tag_id"), "talent_tag", ["tag_id"], unique=False)
    op.add_column("talent", sa.Column("other_jobs", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False))
    op.add_column("talent", sa.Column("skills", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False))
    op.add_column("talent", sa.Column("languages", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False))
    op.add_column("talent", sa.Column("notice_days", sa.Integer(), nullable=True))
    op.add_column("talent", sa.Column("refuses", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False))
    op.add_column(
        "talent", sa.Column("custom", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False)
    )
    op.add_column("talent", sa.Column("other_places", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False))
    op.add_column("talent", sa.Column("relocation", sa.Boolean(), nullable=True))


def downgrade() -> None:
    app = context.config.attributes.get("app_role", "vivier_app")
    op.execute(f'ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM "{app}"')
    op.execute(f'ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM "{app}"')
    op.drop_column("talent", "relocation")
    op.drop_column("talent", "other_places")
    op.drop_column("talent", "custom")
    op.drop_column("talent", "refuses")
    op.drop_column("talent", "notice_days")
    op.drop_column("talent", "languages")
    op.drop_column("talent", "skills")
    op.drop_column("talent", "other_jobs")
    op.drop_index(op.f("ix_talent_tag_tag_id"), table_name="talent_tag")
    op.drop_table("talent_tag")
    op.drop_index(op.f("ix_saved_view_staff_id"), table_name="saved_view")
    op.drop_table("saved_view")
    op.drop_index(op.f("ix_note_talent_id"), table_name="note")
    op.drop_table("note")
    op.drop_table("tag")
    op.drop_table("custom_field")
