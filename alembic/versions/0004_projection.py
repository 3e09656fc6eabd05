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
CREATE FUNCTION fold(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(CASE WHEN octet_length($1) = length($1) THEN lower($1) COLLATE pg_c_utf8
        ELSE translate(replace(replace(replace(lower(regexp_replace(normalize($1, NFKD),
            '[\u0300-\u034e\u0350-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u065f\u0670]+', '', 'g') COLLATE pg_c_utf8),
            'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'), U&'øłđıς\02b9\02ba\02bb\02bc\02bd\02be\02bf', 'oldiσ       ')
        END, '[^[:alnum:]]+', ' ', 'g'))
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
       CASE WHEN t.source_kind NOT IN ('application', 'portal', 'event') AND stand.informed_at IS NULL
            THEN (t.created_at AT TIME ZONE 'UTC')::date + 31 END AS notice_due,
       stand.pool_until, stand.survey_until, stand.event_until,
       t.salary_floor, t.notice_days, t.relocation,
       t.availability::text, t.experience::text, t.remote::text, t.locale::text, t.last_answer::text, t.last_reason::text,
       t.name_key::text COLLATE "C" AS name_key,
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
            UNION ALL SELECT 'field:' || key || ':' || chosen FROM jsonb_each(t.custom) CROSS JOIN LATERAL (
                          SELECT value #>> '{}' WHERE jsonb_typeof(value) = 'string' UNION ALL
                          SELECT jsonb_array_elements_text(CASE jsonb_typeof(value) WHEN 'array' THEN value ELSE '[]' END)
                      ) held (chosen) WHERE t.custom <> '{}' AND length(chosen) <= 80
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
  LEFT JOIN LATERAL (
       SELECT max(until) FILTER (WHERE purpose = 'pool') AS pool_until,
              max(until) FILTER (WHERE purpose = 'survey') AS survey_until,
              max(until) FILTER (WHERE purpose = 'event') AS event_until,
              max(notified_at) FILTER (WHERE purpose = 'pool') AS informed_at
         FROM (SELECT purpose, notified_at, CASE standing WHEN 'given' THEN coalesce(expires_on, DATE '9999-12-31')
                                                          WHEN 'withdrawn' THEN DATE '0001-01-01' END AS until
                 FROM consent WHERE talent_id = t.id) each
  ) stand ON true
 WHERE (t.erased_at IS NULL) IS TRUE
"""

PLACES = """
CREATE VIEW projected_place AS
SELECT t.id AS talent_id, p.insee, p.x, p.y, p.z, p.lat, p.lon, t.mobility_c2::real AS reach
  FROM talent t JOIN place p ON p.insee = ANY (t.other_places)
 WHERE (t.erased_at IS NULL) IS TRUE AND t.other_places <> '{}'
"""

# A word of a story may be longer than a lexeme can be; no word of a short text is.
SEARCHED = """
CREATE VIEW searched AS
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


def _keeper(name: str, table: str, view: str, key: str, columns: list[str]) -> str:
    """Return the function that brings the rows of some people to what the view says, and counts those that differed.

    Whoever calls it can only make the rows true: so it runs as the schema's owner, and nobody else writes them. One plan
    serves one person and a million, by indexes and one person after the other: a plan made while a table was small would
    read all of it for each. (The views ask `(erased_at IS NULL) IS TRUE` lest an index of the living alone be read whole.)
    """
    names, told = ", ".join(columns), ", ".join(f"excluded.{column}" for column in columns)
    held = ", ".join(f"stored.{column}" for column in columns)
    same = " AND ".join(f"now.{part} = stored.{part}" for part in key.split(", "))
    return f"""
    CREATE FUNCTION {name}(ids bigint[], are_new boolean DEFAULT false) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan
    SET enable_seqscan = off SET enable_mergejoin = off SET enable_hashjoin = off
    SET work_mem = '64MB' AS $$
    DECLARE
        gone bigint := 0;
        written bigint;
    BEGIN
        IF are_new THEN
            INSERT INTO {table} ({key}, {names})
                SELECT {key}, {names} FROM unnest(ids) person JOIN {view} ON talent_id = person;
            GET DIAGNOSTICS written = ROW_COUNT;
            RETURN written;
        END IF;
        DELETE FROM {table} stored USING unnest(ids) person
         WHERE talent_id = person AND (SELECT true FROM {view} now WHERE {same}) IS NOT TRUE;
        GET DIAGNOSTICS gone = ROW_COUNT;
        INSERT INTO {table} AS stored ({key}, {names})
            SELECT {key}, {names} FROM unnest(ids) person JOIN {view} ON talent_id = person
            ON CONFLICT ({key}) DO UPDATE SET ({names}) = ROW ({told}) WHERE ({held}) IS DISTINCT FROM ({told});
        GET DIAGNOSTICS written = ROW_COUNT;
        RETURN gone + written;
    END $$
    """  # noqa: S608 - names of our own


# Whoever touches what a row is made of holds that person until the end: of two at once, the second sees what the first
# wrote. The trigger's argument asks whom the statement touched.
TRIGGERED = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[];
    are_new boolean := TG_TABLE_NAME = 'talent' AND TG_OP = 'INSERT';
BEGIN
    EXECUTE 'SELECT array_agg(DISTINCT id) FROM (' || TG_ARGV[0] || ') touched (id)' INTO ids;
    IF ids IS NOT NULL THEN
        IF TG_TABLE_NAME <> 'talent' THEN
            PERFORM FROM talent WHERE id = ANY (ids) ORDER BY id FOR NO KEY UPDATE;
        END IF;
        {calls}
    END IF;
    RETURN NULL;
END $$
"""
PERSON = {"talent": "id", "answer_given": "(SELECT talent_id FROM ask WHERE ask.id = ask_id)"}  # elsewhere: talent_id
PROJECTED_FROM = ("talent", "consent", "source", "talent_tag", "survey_response", "answer_given")
SEARCHED_FROM = ("talent", "note")
# What a new row says already, or says nothing of.
NEW = {
    "source": "SELECT talent_id FROM changed c JOIN talent t ON t.id = c.talent_id AND t.source_kind <> c.kind",
    "consent": "SELECT talent_id FROM changed WHERE standing <> 'none' OR notified_at IS NOT NULL",
}
SAYS = "name_key, email, job_code, place_code, place_name, job_text, skills, does, other_jobs, other_places, erased_at"


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
    projecting = "PERFORM project_people(ids, are_new); PERFORM project_places(ids, are_new);"
    op.execute(sa.text(TRIGGERED.format(name="keep_projection", calls=projecting)))
    op.execute(sa.text(TRIGGERED.format(name="keep_words", calls="PERFORM index_words(ids, are_new);")))
    for made_from, function in ((PROJECTED_FROM, "keep_projection"), (SEARCHED_FROM, "keep_words")):
        for table in made_from:
            _triggers(table, function)
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
    op.create_table("place", sa.Column("insee", sa.Text(), primary_key=True), *_point())
    driver = op.get_bind().connection.driver_connection
    with driver.cursor() as cursor, cursor.copy("COPY place (insee, x, y, z, lat, lon) FROM STDIN") as stream:
        for place in places.largest(100_000):
            stream.write_row((place.insee, *places.unit_vector(place.lat, place.lon), place.lat, place.lon))
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
        sa.Column("name_key", sa.Text(collation="C"), nullable=False),
        sa.Column("words", postgresql.ARRAY(sa.BigInteger())),
        sa.Column("custom", postgresql.JSONB()),
    ]


def _point() -> list[sa.Column[float]]:
    return [sa.Column(name, sa.REAL(), nullable=False) for name in POINT]


def _triggers(table: str, function: str) -> None:
    person = PERSON.get(table, "talent_id")
    touched = {
        "INSERT": ("NEW TABLE AS changed", NEW.get(table, f"SELECT {person} FROM changed")),  # noqa: S608 - our own names
        "UPDATE": ("OLD TABLE AS before NEW TABLE AS changed", _moved(table, function, person)),
        "DELETE": ("OLD TABLE AS changed", f"SELECT {person} FROM changed"),  # noqa: S608
    }
    for event, (tables, whom) in touched.items():
        quoted = whom.replace("'", "''")
        op.execute(
            f"CREATE TRIGGER {function}_{event.lower()} AFTER {event} ON {table} REFERENCING {tables} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {function}('{quoted}')"
        )


def _moved(table: str, function: str, person: str) -> str:
    if (table, function) == ("talent", "keep_words"):
        said, before = (", ".join(f"{row}.{name}" for name in SAYS.split(", ")) for row in ("c", "b"))
        return f"SELECT c.id FROM changed c JOIN before b ON b.id = c.id WHERE ({said}) IS DISTINCT FROM ({before})"  # noqa: S608
    return f"SELECT {person} FROM changed UNION ALL SELECT {person} FROM before"  # noqa: S608


def downgrade() -> None:
    op.execute("DROP FUNCTION keep_projection, keep_words CASCADE")
    op.execute("DROP FUNCTION project_people, project_places, index_words")
    op.execute("DROP VIEW projected, projected_place, searched")
    op.execute("DROP FUNCTION fold")
    for table in ("talent_search", "projection_place", "place", "projection"):
        op.drop_table(table)
