"""Letters belong to threads, and a link may grant one act more: writing on one.

Revision ID: 0028
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

NAMED = sa.text("thread IS NOT NULL")
# What left on one way through a launch is one thread; what was written by hand, or about a talk, went on from the last of them.
OF_A_WAY = """
    UPDATE letter x SET thread = first.id
      FROM (SELECT DISTINCT ON (enrolment_id) enrolment_id, id FROM letter
             WHERE enrolment_id IS NOT NULL AND state NOT IN ('cancelled', 'failed')
             ORDER BY enrolment_id, queued_at) first
     WHERE x.enrolment_id = first.enrolment_id AND x.id <> first.id
"""
BESIDE_IT = """
    UPDATE letter x SET thread = (
        SELECT coalesce(y.thread, y.id) FROM letter y
         WHERE y.talent_id = x.talent_id AND y.enrolment_id IS NOT NULL AND y.queued_at < x.queued_at
           AND y.state NOT IN ('cancelled', 'failed')
         ORDER BY y.opportunity_id = x.opportunity_id DESC NULLS LAST, y.queued_at DESC LIMIT 1)
     WHERE x.enrolment_id IS NULL AND x.author_id IS NOT NULL AND x.kind IN ('service', 'follow_up')
"""


def upgrade() -> None:
    op.add_column("letter", sa.Column("thread", sa.Uuid(), nullable=True))
    op.execute(OF_A_WAY)
    op.execute(BESIDE_IT)
    op.create_index("ix_letter_thread", "letter", ["thread"], postgresql_where=NAMED)
    _purposes({*_granted(), "reply"})


def downgrade() -> None:
    op.execute("DELETE FROM letter_link WHERE purpose = 'reply'")
    _purposes(_granted() - {"reply"})
    op.drop_index("ix_letter_thread", "letter")
    op.drop_column("letter", "thread")


def _granted() -> set[str]:
    """Return what a link may grant here, whatever migrations beside this one have added."""
    found = sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'ck_letter_link_linkpurpose'")
    return set(re.findall(r"'([a-z_]+)'", op.get_bind().execute(found).scalar_one()))


def _purposes(values: set[str]) -> None:
    op.drop_constraint(op.f("ck_letter_link_linkpurpose"), "letter_link", type_="check")
    told = ", ".join(f"'{value}'" for value in sorted(values))
    op.create_check_constraint(op.f("ck_letter_link_linkpurpose"), "letter_link", f"purpose IN ({told})")
