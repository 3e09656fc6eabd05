"""How far down the lists by last act and last letter each person stands, for a page in the middle of a million.

Revision ID: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0012"
branch_labels = None
depends_on = None

STEPS = {"letter_step": "last_letter_at", "act_step": "last_act_at"}


def upgrade() -> None:
    for step, at in STEPS.items():
        down = f"DATE '2000-01-01' - ({at} AT TIME ZONE 'UTC')::date"
        told = f"CASE WHEN {at} IS NULL THEN (talent_id / 1000)::int ELSE {down} END"
        op.add_column("projection", sa.Column(step, sa.Integer(), sa.Computed(told, persisted=True), nullable=True))
        op.create_index(op.f(f"ix_projection_{step}"), "projection", [step])


def downgrade() -> None:
    for step in STEPS:
        op.drop_index(op.f(f"ix_projection_{step}"), table_name="projection")
        op.drop_column("projection", step)
