"""One running launch of a kind unless confirmed in words; which step of which chain a letter is; presses of a moment ago.

Launches that run side by side already stay as they are: the later of two stands beside the earlier, confirmed by nobody. Whoever
waits for a job to open again is asked about once more: what holds them is the gate's word now.

Revision ID: 0024
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_INSTANT = sqlmodel.sql.sqltypes.UTCDateTime
RUNNING = sa.text("ended_at IS NULL AND whom <> ''")
# Whom a launch reaches: its segment, or the people who were chosen.
WHOM = """
    UPDATE launch l
       SET whom = CASE WHEN l.segment_id IS NOT NULL THEN 'segment ' || l.segment_id
                       ELSE coalesce('people ' || (SELECT encode(sha256(convert_to(
                                string_agg(e.talent_id::text, ',' ORDER BY e.talent_id), 'UTF8')), 'hex')
                              FROM enrolment e WHERE e.launch_id = l.id), '') END
"""
BESIDE = """
    UPDATE launch l SET beside_id = twin.before
      FROM (SELECT id, lag(id) OVER (PARTITION BY version_id, whom, opportunity_id ORDER BY id) AS before
              FROM launch WHERE ended_at IS NULL AND whom <> '') twin
     WHERE twin.id = l.id AND twin.before IS NOT NULL
"""
OF_A_CHAIN = """
    UPDATE letter x SET chain_id = v.chain_id, step = d.request->>'step'
      FROM enrolment e, launch l, chain_version v, gate_decision d
     WHERE e.id = x.enrolment_id AND l.id = e.launch_id AND v.id = l.version_id AND d.id = x.decision_id
       AND d.request ? 'step'
"""


def upgrade() -> None:
    op.add_column("launch", sa.Column("whom", sa.String(), nullable=False, server_default=""))
    for name, target in (("beside_id", "launch"), ("confirmed_by", "staff")):
        op.add_column("launch", sa.Column(name, sa.BigInteger(), nullable=True))
        op.create_foreign_key(op.f(f"fk_launch_{name}_{target}"), "launch", target, [name], ["id"])
    op.add_column("launch", sa.Column("confirmed_at", _INSTANT(), nullable=True))
    op.add_column("launch", sa.Column("confirmed_words", sa.String(), nullable=False, server_default=""))
    op.add_column("letter", sa.Column("chain_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("fk_letter_chain_id_chain"), "letter", "chain", ["chain_id"], ["id"])
    op.add_column("letter", sa.Column("step", sa.String(), nullable=True))
    for statement in (WHOM, BESIDE, OF_A_CHAIN):
        op.execute(statement)
    op.execute("UPDATE enrolment SET due_at = now(), waits_for = NULL, blocked_by = NULL WHERE waits_for = 'job'")
    for column in ("whom", "confirmed_words"):
        op.alter_column("launch", column, server_default=None)
    op.create_index(
        "uq_launch_running",
        "launch",
        ["version_id", "whom", sa.text("coalesce(opportunity_id, 0)"), sa.text("coalesce(beside_id, 0)")],
        unique=True,
        postgresql_where=RUNNING,
    )
    op.create_table(
        "press",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("at", _INSTANT(), nullable=False),
        sa.Column("made", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_press")),
    )


def downgrade() -> None:
    op.drop_table("press")
    op.drop_index("uq_launch_running", "launch")
    for column in ("chain_id", "step"):
        op.drop_column("letter", column)
    for column in ("whom", "beside_id", "confirmed_by", "confirmed_at", "confirmed_words"):
        op.drop_column("launch", column)
