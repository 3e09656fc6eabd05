"""Talks that are moved and reminded of, a link of their own, and how late one may be booked.

Revision ID: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0023"
branch_labels = None
depends_on = None

PURPOSES = ("sign_in", "answer", "slots", "survey", "consent", "unsubscribe", "address")


def upgrade() -> None:
    op.add_column("house", sa.Column("notice_hours", sa.Integer(), nullable=False, server_default="2"))
    op.alter_column("house", "notice_hours", server_default=None)
    op.add_column("booking", sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("booking", sa.Column("reminder_id", sa.Uuid(), nullable=True))
    _purposes(*PURPOSES, "booking")


def downgrade() -> None:
    op.execute("DELETE FROM letter_link WHERE purpose = 'booking'")
    _purposes(*PURPOSES)
    op.drop_column("booking", "reminder_id")
    op.drop_column("booking", "moved_at")
    op.drop_column("house", "notice_hours")


def _purposes(*values: str) -> None:
    op.drop_constraint(op.f("ck_letter_link_linkpurpose"), "letter_link", type_="check")
    told = ", ".join(f"'{value}'" for value in values)
    op.create_check_constraint(op.f("ck_letter_link_linkpurpose"), "letter_link", f"purpose IN ({told})")
