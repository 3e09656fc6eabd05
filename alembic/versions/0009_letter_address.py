"""The address of a letter may be emptied, never replaced: what the gate let go to one address goes nowhere else.

Revision ID: 0009
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE FUNCTION letter_keeps_its_address() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'a letter keeps its address: it may only be emptied (GDPR 17)';
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER letter_address_stays BEFORE UPDATE OF address ON letter FOR EACH ROW "
        "WHEN (NEW.address <> '' AND NEW.address IS DISTINCT FROM OLD.address) "
        "EXECUTE FUNCTION letter_keeps_its_address()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER letter_address_stays ON letter")
    op.execute("DROP FUNCTION letter_keeps_its_address()")
