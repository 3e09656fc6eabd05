"""Two rows of one person: names that sound alike are found, and what happened moves between the two, nowhere else.

Revision ID: 0016
"""

import sqlalchemy as sa
from alembic import context, op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

# Letters that are taken for each other are one; vowels, h and w are none; a letter doubled is one.
SOUNDS = r"""
CREATE FUNCTION sounds(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT regexp_replace(translate(name, 'bfpvcgjkqsxzdtlmnraeiouyhw', 'bbbbccccccccddlmmr'), '([bcdlmr])\1+', '\1', 'g')
$$
"""
# What the app may not rewrite, and by what its rows are told apart.
HISTORY = "(VALUES ('letter', 'id'), ('gate_decision', 'id'), ('timeline_event', 'id'), ('ledger_evidence', 'seq'))"
ONE_PERSON = """
    IF NOT EXISTS (SELECT FROM talent WHERE id = folded AND merged_into = stays) THEN
        RAISE EXCEPTION 'what happened moves only between two rows of one person';
    END IF;
    SET CONSTRAINTS fk_letter_go DEFERRED;
"""
# Only whom a row is about changes, never what it says: runs as the schema's owner, for the app may change neither.
FOLD = f"""
CREATE FUNCTION fold_history(folded bigint, stays bigint) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    told record;
    keys jsonb;
    moved jsonb := '{{}}';
BEGIN
    {ONE_PERSON}
    FOR told IN SELECT * FROM {HISTORY} AS history (name, key) LOOP
        EXECUTE format(
            'WITH gone AS (UPDATE %I SET talent_id = $2 WHERE talent_id = $1 RETURNING %I AS key)
             SELECT coalesce(jsonb_agg(key), ''[]'') FROM gone', told.name, told.key) INTO keys USING folded, stays;
        moved := moved || jsonb_build_object(told.name, keys);
    END LOOP;
    SET CONSTRAINTS fk_letter_go IMMEDIATE;
    RETURN moved;
END $$
"""  # noqa: S608 - of constants alone
UNFOLD = f"""
CREATE FUNCTION unfold_history(folded bigint, stays bigint, moved jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    told record;
BEGIN
    {ONE_PERSON}
    FOR told IN SELECT * FROM {HISTORY} AS history (name, key) LOOP
        EXECUTE format(
            'UPDATE %I SET talent_id = $1 WHERE talent_id = $2
                AND to_jsonb(%I) IN (SELECT jsonb_array_elements($3))', told.name, told.key)
        USING folded, stays, moved -> told.name;
    END LOOP;
    SET CONSTRAINTS fk_letter_go IMMEDIATE;
END $$
"""  # noqa: S608 - of constants alone


def upgrade() -> None:
    app = context.config.attributes.get("app_role", "vivier_app")
    op.execute(SOUNDS)
    op.create_index(
        "ix_talent_sounds",
        "talent",
        ["place_code", "job_code", sa.text("sounds(name_key)")],
        postgresql_where=sa.text("erased_at IS NULL AND place_code IS NOT NULL AND job_code IS NOT NULL"),
    )
    op.create_index(
        "uq_doubt_pair",
        "doubt",
        ["talent_id", "other_id"],
        unique=True,
        postgresql_where=sa.text("other_id IS NOT NULL"),
    )
    # A letter and the decision that let it go change hands together: the lock is looked at when both have.
    op.execute("ALTER TABLE letter ALTER CONSTRAINT fk_letter_go DEFERRABLE INITIALLY IMMEDIATE")
    for function, signature in (
        (FOLD, "fold_history(bigint, bigint)"),
        (UNFOLD, "unfold_history(bigint, bigint, jsonb)"),
    ):
        op.execute(sa.text(function.replace(":", r"\:")))
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
        op.execute(f'GRANT EXECUTE ON FUNCTION {signature} TO "{app}"')


def downgrade() -> None:
    op.execute("DROP FUNCTION unfold_history(bigint, bigint, jsonb)")
    op.execute("DROP FUNCTION fold_history(bigint, bigint)")
    op.execute("ALTER TABLE letter ALTER CONSTRAINT fk_letter_go NOT DEFERRABLE")
    op.drop_index("uq_doubt_pair", table_name="doubt")
    op.drop_index("ix_talent_sounds", table_name="talent")
    op.execute("DROP FUNCTION sounds(text)")
