"""What a change of a person costs: no index that nothing asks any more, and room beside each row for its next version.

With room on its page, a new version of a row that changes no indexed column (a letter sent, a contract learnt) touches
none of the table's indexes.

Revision ID: 0015
"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_talent_words", table_name="talent")
    op.drop_index("ix_talent_place", table_name="talent")
    op.execute("ALTER TABLE talent SET (fillfactor = 80)")


def downgrade() -> None:
    op.execute("ALTER TABLE talent RESET (fillfactor)")
    op.create_index("ix_talent_place", "talent", ["lat", "lon"])
    op.create_index("ix_talent_words", "talent", ["interests", "environments", "contracts"], unique=False,
                    postgresql_using="gin")  # fmt: skip
