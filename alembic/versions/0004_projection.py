"""What a rule may ask of each living person, in one narrow row, and the words they are searched by: kept by the database.

The views `projected`, `projected_place` and `searched` say what the rows are; `project` and `index_words` bring the stored
rows to what the views say; triggers call them for whoever a statement touched. The app's role reads the tables and writes
none of them.

Revision ID: 0004
"""

from typing import Any

import sqlalchemy as sa
import sqlmodel
from alembic import context, op
from sqlalchemy.dialects import postgresql

from portal.talents import places

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

POINT = ("x", "y", "z", "lat", "lon")

# What people typed, folded as portal/kit/fold.py does; the collation says what a letter is, whatever the database's own.
FOLD = r"""
CREATE FUNCTION fold(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(
        CASE WHEN octet_length($1) = length($1) THEN lower($1) COLLATE pg_c_utf8
             ELSE translate(replace(replace(replace(lower(regexp_replace(normalize($1, NFKD),
                  '[\u0300-\u034e\u0350-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u065f\u0670]+', '', 'g') COLLATE pg_c_utf8),
                  'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'), 'øłđıς', 'oldiσ') END,
        '([^[:alnum:]]|[\u02b9-\u02bf])+', ' ', 'g'))
$$
"""

# Coded by a hash wide enough that two words never meet; a word names its kind, so that no job is ever a skill.
WORDS = """
CREATE VIEW projected AS
SELECT t.id AS talent_id, t.last_letter_at, t.last_act_at, t.last_answer_at,
       t.ux::real AS x, t.uy::real AS y, t.uz::real AS z, t.mobility_c2::real AS reach, t.lat::real AS lat, t.lon::real AS lon,
       CASE WHEN t.availability = 'now' THEN DATE '0001-01-01'
            WHEN t.availability IN ('from_date', 'notice') THEN t.available_from END AS free_from,
       t.collected_on,
       greatest(t.collected_on, (t.last_act_at AT TIME ZONE 'UTC')::date,
                (SELECT max(left(value ->> 'on', 10)) FROM jsonb_each(t.said))::date) AS confirmed_on,
       CASE WHEN t.source_kind NOT IN ('application', 'portal', 'event') AND pool.notified_at IS NULL
            THEN (t.created_at AT TIME ZONE 'UTC')::date + 31 END AS notice_due,
       CASE pool.standing WHEN 'given' THEN coalesce(pool.expires_on, DATE '9999-12-31')
                          WHEN 'withdrawn' THEN DATE '0001-01-01' END AS pool_until,
       CASE survey.standing WHEN 'given' THEN coalesce(survey.expires_on, DATE '9999-12-31')
                            WHEN 'withdrawn' THEN DATE '0001-01-01' END AS survey_until,
       CASE event.standing WHEN 'given' THEN coalesce(event.expires_on, DATE '9999-12-31')
                           WHEN 'withdrawn' THEN DATE '0001-01-01' END AS event_until,
       t.salary_floor, t.notice_days, t.relocation,
       t.availability::text, t.experience::text, t.remote::text, t.locale::text, t.last_answer::text, t.last_reason::text,
       t.name_key::text,
       (SELECT array_agg(DISTINCT hashtextextended(word, 0)) FILTER (WHERE word IS NOT NULL) FROM (
            SELECT 'job:' || job FROM unnest(t.other_jobs || ARRAY[t.job_code::text]) job
            UNION ALL SELECT 'contract:' || contract FROM unnest(t.contracts) contract
            UNION ALL SELECT 'interest:' || interest FROM unnest(t.interests) interest
            UNION ALL SELECT 'environment:' || environment FROM unnest(t.environments) environment
            UNION ALL SELECT 'region:' || region FROM unnest(t.regions) region
            UNION ALL SELECT 'skill:' || fold(skill) FROM unnest(t.skills) skill
            UNION ALL SELECT unnest(ARRAY['language:' || split_part(spoken, ':', 1), 'language:' || spoken])
                        FROM unnest(t.languages) spoken
            UNION ALL SELECT 'source:' || t.source_kind
            UNION ALL SELECT 'source:' || kind FROM source WHERE talent_id = t.id
            UNION ALL SELECT 'tag:' || tag_id FROM talent_tag WHERE talent_id = t.id
            UNION ALL SELECT unnest(ARRAY['answered:' || g.answer, 'answered:' || g.answer || ':' || g.reason])
                        FROM ask JOIN answer_given g ON g.ask_id = ask.id WHERE ask.talent_id = t.id
            UNION ALL SELECT 'nps:' || s.id || CASE WHEN score < 7 THEN ':detractor' WHEN score < 9 THEN ':passive'
                                                    ELSE ':promoter' END
                        FROM survey_response r JOIN survey s ON s.id = r.survey_id
                       CROSS JOIN jsonb_array_elements(s.questions) question
                       CROSS JOIN LATERAL (SELECT CASE jsonb_typeof(r.answers -> (question ->> 'key')) WHEN 'number'
                                                  THEN (r.answers ->> (question ->> 'key'))::numeric END AS score) given
                       WHERE r.talent_id = t.id AND question ->> 'kind' = 'nps' AND score IS NOT NULL
                         AND to_jsonb(s) ->> 'anonymous' IS DISTINCT FROM 'true'
       ) said (word)) AS words,
       nullif(t.custom, '{}') AS custom
  FROM talent t
  LEFT JOIN consent pool ON pool.talent_id = t.id AND pool.purpose = 'pool'
  LEFT JOIN consent survey ON survey.talent_id = t.id AND survey.purpose = 'survey'
  LEFT JOIN consent event ON event.talent_id = t.id AND event.purpose = 'event'
 WHERE t.erased_at IS NULL
"""

PLACES = """
CREATE VIEW projected_place AS
SELECT t.id AS talent_id, p.insee, p.x, p.y, p.z, p.lat, p.lon, t.mobility_c2::real AS reach
  FROM talent t JOIN place p ON p.insee = ANY (t.other_places)
 WHERE t.erased_at IS NULL AND t.other_places <> '{}'
"""

SEARCHED = """
CREATE VIEW searched AS
SELECT t.id AS talent_id,
       array_to_tsvector(coalesce((SELECT array_agg(DISTINCT left(word, 60)) FROM unnest(string_to_array(concat_ws(' ',
           t.name_key, fold(t.job_text), fold(t.place_name), fold(array_to_string(t.skills, ' ')), fold(left(t.does, 5000)),
           lower(t.email), fold(split_part(t.email, '@', 1)), 'job:' || t.job_code,
           (SELECT string_agg('job:' || job, ' ') FROM unnest(t.other_jobs) job),
           (SELECT left(string_agg(fold(left(text, 5000)), ' '), 50000) FROM note WHERE talent_id = t.id)
       ), ' ')) word WHERE word <> ''), '{}')) AS document
  FROM talent t
 WHERE t.erased_at IS NULL
"""


def _keeper(name: str, table: str, view: str, key: str, columns: list[str]) -> str:
    """Return the function that brings the rows of some people to what the view says, touching only those that differ."""
    names, told = ", ".join(columns), ", ".join(f"excluded.{column}" for column in columns)
    held = ", ".join(f"stored.{column}" for column in columns)
    same = " AND ".join(f"now.{part} = stored.{part}" for part in key.split(", "))
    return f"""
    CREATE FUNCTION {name}(ids bigint[]) RETURNS void LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
    BEGIN
        DELETE FROM {table} stored WHERE talent_id = ANY (ids) AND NOT EXISTS (SELECT FROM {view} now WHERE {same});
        INSERT INTO {table} AS stored ({key}, {names}) SELECT {key}, {names} FROM {view} WHERE talent_id = ANY (ids)
            ON CONFLICT ({key}) DO UPDATE SET ({names}) = ROW ({told}) WHERE ({held}) IS DISTINCT FROM ({told});
    END $$
    """  # noqa: S608 - names of our own


# Whoever touches what a row is made of holds that person until the end: of two at once, the second sees what the first
# wrote. `before` exists for updates alone; dynamic, so that one function serves every table and event.
TRIGGERED = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    ids bigint[];
BEGIN
    EXECUTE format(CASE TG_OP
        WHEN 'UPDATE' THEN 'SELECT array_agg(id) FROM (SELECT %1$s FROM changed UNION SELECT %1$s FROM before) touched (id)'
        ELSE 'SELECT array_agg(DISTINCT %1$s) FROM changed' END, TG_ARGV[0]) INTO ids;
    IF ids IS NOT NULL THEN
        IF TG_TABLE_NAME <> 'talent' THEN
            PERFORM FROM talent WHERE id = ANY (ids) ORDER BY id FOR NO KEY UPDATE;
        END IF;
        {calls}
    END IF;
    RETURN NULL;
END $$
"""
PROJECTED_FROM = {
    "talent": "id",
    "consent": "talent_id",
    "source": "talent_id",
    "talent_tag": "talent_id",
    "survey_response": "talent_id",
    "answer_given": "(SELECT talent_id FROM ask WHERE ask.id = ask_id)",
}
SEARCHED_FROM = {"talent": "id", "note": "talent_id"}


def upgrade() -> None:
    app = context.config.attributes.get("app_role", "vivier_app")
    _tables()
    for statement in (FOLD, WORDS, PLACES, SEARCHED):
        op.execute(sa.text(statement.replace(":", r"\:")))
    columns = [column.name for column in _projection()[1:]]
    op.execute(sa.text(_keeper("project_people", "projection", "projected", "talent_id", columns)))
    place_columns = [*POINT, "reach"]
    op.execute(
        sa.text(_keeper("project_places", "projection_place", "projected_place", "talent_id, insee", place_columns))
    )
    op.execute(sa.text(_keeper("index_words", "talent_search", "searched", "talent_id", ["document"])))
    projecting = "PERFORM project_people(ids); PERFORM project_places(ids);"
    op.execute(sa.text(TRIGGERED.format(name="keep_projection", calls=projecting)))
    op.execute(sa.text(TRIGGERED.format(name="keep_words", calls="PERFORM index_words(ids);")))
    for made_from, function in ((PROJECTED_FROM, "keep_projection"), (SEARCHED_FROM, "keep_words")):
        for table, person in made_from.items():
            _triggers(table, function, person)
    for table in ("place", "projection", "projection_place", "talent_search"):
        op.execute(f'REVOKE INSERT, UPDATE, DELETE ON {table} FROM "{app}"')
    for view in ("projected", "projected_place", "searched"):
        op.execute(f'REVOKE INSERT, UPDATE, DELETE ON {view} FROM "{app}"')
    op.execute(
        "SELECT project_people(array_agg(id)), project_places(array_agg(id)), index_words(array_agg(id)) FROM talent"
    )


def _tables() -> None:
    op.create_table("projection", *_projection(), sa.PrimaryKeyConstraint("talent_id"))
    op.create_index("ix_projection_words", "projection", ["words"], postgresql_using="gin")
    op.create_index(
        "ix_projection_custom",
        "projection",
        ["custom"],
        postgresql_using="gin",
        postgresql_ops={"custom": "jsonb_path_ops"},
        postgresql_where=sa.text("custom IS NOT NULL"),
    )
    op.create_index("ix_projection_lat_lon", "projection", ["lat", "lon"])
    op.create_index("ix_projection_name_key_talent_id", "projection", ["name_key", "talent_id"])
    op.create_index("ix_projection_collected_on_talent_id", "projection", ["collected_on", "talent_id"])
    placed = op.create_table("place", sa.Column("insee", sa.Text(), primary_key=True), *_point())
    assert placed is not None
    op.bulk_insert(placed, [_where(place) for place in places.largest(100_000)])
    op.create_table(
        "projection_place",
        sa.Column("talent_id", sa.BigInteger(), nullable=False),
        sa.Column("insee", sa.Text(), nullable=False),
        *_point(),
        sa.Column("reach", sa.REAL()),
        sa.PrimaryKeyConstraint("talent_id", "insee"),
    )
    op.create_table(
        "talent_search",
        sa.Column("talent_id", sa.BigInteger(), primary_key=True),
        sa.Column("document", postgresql.TSVECTOR(), nullable=False),
    )
    op.create_index("ix_talent_search_document", "talent_search", ["document"], postgresql_using="gin")


def _projection() -> list[sa.Column[Any]]:
    return [
        sa.Column("talent_id", sa.BigInteger(), nullable=False),
        sa.Column("last_letter_at", sqlmodel.sql.sqltypes.UTCDateTime()),
        sa.Column("last_act_at", sqlmodel.sql.sqltypes.UTCDateTime()),
        sa.Column("last_answer_at", sqlmodel.sql.sqltypes.UTCDateTime()),
        sa.Column("x", sa.REAL()),
        sa.Column("y", sa.REAL()),
        sa.Column("z", sa.REAL()),
        sa.Column("reach", sa.REAL()),
        sa.Column("lat", sa.REAL()),
        sa.Column("lon", sa.REAL()),
        sa.Column("free_from", sa.Date()),
        sa.Column("collected_on", sa.Date(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("notice_due", sa.Date()),
        sa.Column("pool_until", sa.Date()),
        sa.Column("survey_until", sa.Date()),
        sa.Column("event_until", sa.Date()),
        sa.Column("salary_floor", sa.Integer()),
        sa.Column("notice_days", sa.Integer()),
        sa.Column("relocation", sa.Boolean()),
        sa.Column("availability", sa.Text()),
        sa.Column("experience", sa.Text()),
        sa.Column("remote", sa.Text()),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("last_answer", sa.Text()),
        sa.Column("last_reason", sa.Text()),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("words", postgresql.ARRAY(sa.BigInteger())),
        sa.Column("custom", postgresql.JSONB()),
    ]


def _point() -> list[sa.Column[float]]:
    return [sa.Column(name, sa.REAL(), nullable=False) for name in POINT]


def _where(place: places.Place) -> dict[str, object]:
    at = (*places.unit_vector(place.lat, place.lon), place.lat, place.lon)
    return {"insee": place.insee} | dict(zip(POINT, at, strict=True))


def _triggers(table: str, function: str, person: str) -> None:
    tables = {"insert": "NEW TABLE AS changed", "delete": "OLD TABLE AS changed"}
    tables["update"] = "OLD TABLE AS before NEW TABLE AS changed"
    for event, referencing in tables.items():
        op.execute(
            f"CREATE TRIGGER {function}_{event} AFTER {event} ON {table} REFERENCING {referencing} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {function}('{person}')"
        )


def downgrade() -> None:
    op.execute("DROP FUNCTION keep_projection, keep_words CASCADE")
    op.execute("DROP FUNCTION project_people, project_places, index_words")
    op.execute("DROP VIEW projected, projected_place, searched")
    op.execute("DROP FUNCTION fold")
    for table in ("talent_search", "projection_place", "place", "projection"):
        op.drop_table(table)
