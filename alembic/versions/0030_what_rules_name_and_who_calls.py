"""Codes of choices are given once; people are found by their telephone, any part of an address, and joined-up names.

Every code a field's choices had, a rule asks for, or a person holds is kept, so that none is given to another choice.

Revision ID: 0030
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

EVER = r"""
UPDATE custom_field SET codes = told.codes
  FROM (SELECT field_id, array_agg(DISTINCT code) AS codes FROM (
            SELECT id AS field_id, jsonb_array_elements(choices) ->> 'code' AS code FROM custom_field
            UNION SELECT (own ->> 'field')::bigint, jsonb_array_elements_text(own -> 'one_of')
                    FROM segment CROSS JOIN jsonb_path_query(rule, '$.** ? (@.kind == "field" && @.test == "one_of")') own
                   WHERE jsonb_typeof(own -> 'one_of') = 'array'
            UNION SELECT key::bigint, jsonb_array_elements_text(
                             CASE jsonb_typeof(value) WHEN 'array' THEN value ELSE jsonb_build_array(value) END)
                    FROM talent CROSS JOIN jsonb_each(custom) WHERE custom <> '{}' AND jsonb_typeof(value) IN ('array', 'string')
        ) every WHERE code IS NOT NULL GROUP BY field_id) told
 WHERE told.field_id = custom_field.id AND custom_field.kind IN ('choice', 'choices')
"""

# The telephone stands backwards, so that its last digits begin a word; of an address, the words before the @, and what is
# behind it with the @, so that a town is not found in everybody's provider. "O'Connor" is "oconnor" too, "Jörg" "joerg".
SEARCHED = r"""
CREATE OR REPLACE VIEW searched AS
SELECT t.id AS talent_id,
       array_to_tsvector(CASE WHEN octet_length(text) < 2000 THEN array_remove(string_to_array(text, ' '), '')
           ELSE (SELECT array_agg(left(word, 60)) FROM unnest(string_to_array(text, ' ')) word WHERE word <> '')
       END) AS document
  FROM talent t
 CROSS JOIN LATERAL (
       SELECT concat_ws(' ', t.name_key, lower(t.email), 'job:' || t.job_code, 'place:' || t.place_code,
           'tel:' || reverse(substr(t.phone, 2)),
           fold(split_part(t.email, '@', 1)), '@' || lower(split_part(t.email, '@', 2)),
           CASE WHEN t.first_name || t.last_name ~ '[^[:alpha:]]'
                THEN concat_ws(' ', replace(fold(t.first_name), ' ', ''), replace(fold(t.last_name), ' ', '')) END,
           CASE WHEN t.first_name || t.last_name ~ '[äöüåøÄÖÜÅØ]'
                THEN fold(replace(replace(replace(replace(replace(lower(t.first_name || ' ' || t.last_name),
                              'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'å', 'aa'), 'ø', 'oe')) END,
           fold(concat_ws(' ', t.job_text, CASE WHEN t.place_code IS NULL THEN t.place_name END,
               array_to_string(t.skills, ' '), left(t.does, 5000),
               (SELECT left(string_agg(left(text, 5000), ' '), 50000) FROM note WHERE talent_id = t.id))),
           (SELECT string_agg('job:' || job, ' ') FROM unnest(t.other_jobs) job WHERE t.other_jobs <> '{}'),
           (SELECT string_agg('place:' || place, ' ') FROM unnest(t.other_places) place WHERE t.other_places <> '{}'))
       OFFSET 0
  ) said (text)
 WHERE (t.erased_at IS NULL) IS TRUE
"""
BEFORE = r"""
CREATE OR REPLACE VIEW searched AS
SELECT t.id AS talent_id,
       array_to_tsvector(CASE WHEN octet_length(text) < 2000 THEN array_remove(string_to_array(text, ' '), '')
           ELSE (SELECT array_agg(left(word, 60)) FROM unnest(string_to_array(text, ' ')) word WHERE word <> '')
       END) AS document
  FROM talent t
 CROSS JOIN LATERAL (
       SELECT concat_ws(' ', t.name_key, lower(t.email), 'job:' || t.job_code, 'place:' || t.place_code,
           fold(concat_ws(' ', t.job_text, CASE WHEN t.place_code IS NULL THEN t.place_name END,
               array_to_string(t.skills, ' '), left(t.does, 5000),
               (SELECT left(string_agg(left(text, 5000), ' '), 50000) FROM note WHERE talent_id = t.id))),
           (SELECT string_agg('job:' || job, ' ') FROM unnest(t.other_jobs) job WHERE t.other_jobs <> '{}'),
           (SELECT string_agg('place:' || place, ' ') FROM unnest(t.other_places) place WHERE t.other_places <> '{}'))
       OFFSET 0
  ) said (text)
 WHERE (t.erased_at IS NULL) IS TRUE
"""
SAYS = "name_key, email, job_code, place_code, place_name, job_text, skills, does, other_jobs, other_places, erased_at"


def upgrade() -> None:
    codes = sa.Column("codes", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False)
    op.add_column("custom_field", codes)
    _run(EVER)
    _search_by(SEARCHED, f"{SAYS}, phone, first_name, last_name")


def downgrade() -> None:
    _search_by(BEFORE, SAYS)
    op.drop_column("custom_field", "codes")


def _search_by(view: str, says: str) -> None:
    """Bring every row of the search to what the view says, and look again whenever one of these columns changes."""
    _run(view)
    said, before = (", ".join(f"{row}.{name}" for name in says.split(", ")) for row in ("c", "b"))
    touched = f"SELECT c.id FROM changed c JOIN before b ON b.id = c.id WHERE ({said}) IS DISTINCT FROM ({before})"  # noqa: S608
    op.execute("DROP TRIGGER keep_words_update ON talent")
    op.execute(
        "CREATE TRIGGER keep_words_update AFTER UPDATE ON talent REFERENCING OLD TABLE AS before NEW TABLE AS changed "
        f"FOR EACH STATEMENT EXECUTE FUNCTION keep_words('{touched}')"
    )
    op.execute("SELECT index_words(array_agg(id)) FROM talent")


def _run(statement: str) -> None:
    op.execute(sa.text(statement.replace(":", r"\:")))
