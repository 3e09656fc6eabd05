"""Their address: since when it is their own word, what is proposed instead, and what it was before.

Revision ID: 0018
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

PURPOSES = ("sign_in", "answer", "slots", "survey", "consent", "unsubscribe")
STATES = ("proposed", "proven", "replaced", "withdrawn", "taken_back", "aside")
# Whoever used a sign-in letter, or pressed a link of a letter that went to the address that stands, has proven it.
BACKFILL = """
    WITH pressed AS (
        SELECT l.letter_id, l.consumed_at AS at FROM letter_link l
         WHERE l.purpose = 'sign_in' AND l.consumed_at IS NOT NULL
        UNION ALL
        SELECT l.letter_id, e.at FROM timeline_event e JOIN letter_link l ON l.id = e.actor_id
         WHERE e.actor_kind = 'link'
        UNION ALL
        SELECT k.letter_id, g.given_at FROM answer_given g JOIN ask k ON k.id = g.ask_id WHERE g.via = 'link'
    ), proof AS (
        SELECT t.id, min(p.at) AS at
          FROM pressed p JOIN letter x ON x.id = p.letter_id
          JOIN talent t ON t.email = x.address AND x.talent_id = coalesce(t.merged_into, t.id)
         GROUP BY t.id
    )
    UPDATE talent t
       SET proven_at = proof.at,
           said = t.said || jsonb_build_object('email', jsonb_build_object(
               'by', 'talent', 'on', to_char(timezone(t.zone, proof.at), 'YYYY-MM-DD')))
      FROM proof WHERE proof.id = t.id
"""


def upgrade() -> None:
    op.add_column("talent", sa.Column("proven_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.execute(BACKFILL)
    # Who said the address and whether it is proven are one fact: neither can be written without the other.
    op.create_check_constraint(
        op.f("ck_talent_own_address"),
        "talent",
        "(proven_at IS NOT NULL) = (coalesce(said #>> '{email,by}', '') = 'talent')",
    )
    op.create_table(
        "address_change",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("talent_id", sa.BigInteger(), nullable=False),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("before", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="addressstate", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("proposed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("expires_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("settled_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_address_change_staff_id_staff")),
        sa.ForeignKeyConstraint(["talent_id"], ["talent.id"], name=op.f("fk_address_change_talent_id_talent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_change")),
    )
    op.create_index(op.f("ix_address_change_talent_id"), "address_change", ["talent_id"])
    op.create_index(op.f("ix_address_change_address"), "address_change", ["address"])
    op.create_index(op.f("ix_address_change_before"), "address_change", ["before"])
    _purposes(*PURPOSES, "address")
    op.execute(
        """
        CREATE FUNCTION address_is_their_own_word() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'an address its person has proven is replaced by nobody else''s word';
        END $$
        """
    )
    # A proof belongs to its address: whoever changes the one brings a later proof, or takes the one that stood away with it.
    # Files, colleagues and undone imports know nothing of proofs, and so can replace no address that has one.
    op.execute(
        "CREATE TRIGGER talent_address_stays BEFORE UPDATE OF email ON talent FOR EACH ROW "
        "WHEN (OLD.proven_at IS NOT NULL AND NEW.email IS DISTINCT FROM OLD.email "
        "AND NEW.proven_at <= OLD.proven_at) "
        "EXECUTE FUNCTION address_is_their_own_word()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER talent_address_stays ON talent")
    op.execute("DROP FUNCTION address_is_their_own_word()")
    op.execute("DELETE FROM letter_link WHERE purpose = 'address'")
    _purposes(*PURPOSES)
    op.drop_table("address_change")
    op.drop_constraint(op.f("ck_talent_own_address"), "talent", type_="check")
    op.drop_column("talent", "proven_at")


def _purposes(*values: str) -> None:
    op.drop_constraint(op.f("ck_letter_link_linkpurpose"), "letter_link", type_="check")
    told = ", ".join(f"'{value}'" for value in values)
    op.create_check_constraint(op.f("ck_letter_link_linkpurpose"), "letter_link", f"purpose IN ({told})")
