"""What the app's own role may not do, and the tables of the job engine.

The owner of the schema runs migrations and nothing else. The app's role reads and writes, but the database itself refuses
it to rewrite what happened: the ledger, the gate's decisions, the timeline, the answers given.

Revision ID: 0002
"""

from alembic import context, op
from procrastinate.schema import SchemaManager

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND_ONLY = ("ledger_entry", "gate_decision", "timeline_event", "answer_given", "notice")
# Their personal parts may go (erasure), but never change.
ERASABLE = ("ledger_evidence", "timeline_words")
# A letter is never deleted nor pointed at someone else; what it says may be emptied by erasure.
LETTER_MAY_CHANGE = (
    "state, not_before, attempts, claimed_by, sent_at, why, address, subject, blocks, links, calendar, conversation_id"
)


def upgrade() -> None:
    app = context.config.attributes.get("app_role", "vivier_app")
    # Straight through the driver: the schema is many statements and holds percent signs.
    op.get_bind().connection.driver_connection.execute(SchemaManager.get_schema())
    op.execute(f'GRANT USAGE ON SCHEMA public TO "{app}"')
    op.execute(f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{app}"')
    op.execute(f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{app}"')
    op.execute(f'REVOKE ALL ON alembic_version FROM "{app}"')
    op.execute(f'GRANT SELECT ON alembic_version TO "{app}"')
    for table in APPEND_ONLY:
        op.execute(f'REVOKE UPDATE, DELETE ON {table} FROM "{app}"')
    for table in ERASABLE:
        op.execute(f'REVOKE UPDATE ON {table} FROM "{app}"')
    op.execute(f'REVOKE UPDATE, DELETE ON letter FROM "{app}"')
    op.execute(f'GRANT UPDATE ({LETTER_MAY_CHANGE}) ON letter TO "{app}"')
    _freeze_ledger()


def _freeze_ledger() -> None:
    """Refuse changes to the ledger even to those the grants would let through."""
    op.execute(
        """
        CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'the consent ledger is append-only (GDPR 7(1)): % refused', TG_OP;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER ledger_rows_stay BEFORE UPDATE OR DELETE ON ledger_entry "
        "FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only()"
    )
    op.execute(
        "CREATE TRIGGER ledger_stays BEFORE TRUNCATE ON ledger_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER ledger_stays ON ledger_entry")
    op.execute("DROP TRIGGER ledger_rows_stay ON ledger_entry")
    op.execute("DROP FUNCTION ledger_is_append_only()")
    op.execute(
        """
        DO $$ DECLARE item record; BEGIN
            FOR item IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'procrastinate_%'
            LOOP EXECUTE format('DROP TABLE %I CASCADE', item.tablename); END LOOP;
            FOR item IN SELECT oid::regprocedure AS name FROM pg_proc WHERE proname LIKE 'procrastinate_%'
            LOOP EXECUTE format('DROP FUNCTION %s CASCADE', item.name); END LOOP;
            FOR item IN SELECT typname FROM pg_type WHERE typname LIKE 'procrastinate_%' AND typtype IN ('e', 'c')
            LOOP EXECUTE format('DROP TYPE %I CASCADE', item.typname); END LOOP;
        END $$
        """
    )
