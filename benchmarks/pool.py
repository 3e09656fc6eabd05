"""A pool of invented people written set-wise, as wide as a real one: what `segments.py` asks its rules of.

Triggers are off while it is written; then projection and words are made at once from their definitions, and indexed after.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg

from portal.demo.people import FIRST_NAMES, LAST_NAMES
from portal.kit.fold import fold
from portal.talents import jobs, places

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)

# `pick(i, salt, n)`: the same number for the same person on every run, from 0 to n - 1.
_PICK = """
CREATE FUNCTION pick(i bigint, salt int, n int) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT ((hashint8extended(i, salt) & 9223372036854775807) % n)::int + 1 $$
"""
_TALENT = """
INSERT INTO talent (pseudonym, created_at, email, phone, first_name, last_name, name_key, address_form, locale, zone,
    job_code, job_text, other_jobs, does, experience, skills, languages, contracts, interests, environments, salary_floor,
    availability, available_from, notice_days, custom, place_code, place_name, lat, lon, ux, uy, uz, radius_km, mobility_c2,
    regions, remote, relocation, source_kind, collected_on, last_act_at, last_letter_at, last_answer, last_answer_at,
    last_reason, other_places, said)
SELECT gen_random_uuid(), :now - make_interval(days => pick(i, 1, 900)), f.folded || '.' || l.folded || i || '@people.example',
    '+336' || lpad(i::text, 8, '0'), f.name, l.name, f.folded || ' ' || l.folded, 'neutral',
    CASE WHEN pick(i, 2, 10) = 1 THEN 'en' ELSE 'fr' END, 'Europe/Paris', j.code, j.label,
    CASE WHEN pick(i, 3, 5) = 1 THEN ARRAY[(SELECT code FROM made_of_job WHERE n = pick(i, 4, :jobs))] ELSE '{}' END,
    '', (ARRAY['junior', 'confirmed', 'senior', 'expert', NULL])[pick(i, 5, 5)],
    ARRAY['Compétence ' || pick(i, 6, 400), 'Outil ' || pick(i, 7, 2000)],
    CASE WHEN pick(i, 8, 3) = 1 THEN ARRAY['en:' || (ARRAY['A2', 'B1', 'B2', 'C1'])[pick(i, 9, 4)]] ELSE '{}' END,
    (ARRAY['{cdi}', '{cdi,cdd}', '{interim}', '{freelance}', '{}', '{cdd}']::text[])[pick(i, 10, 6)]::text[],
    (ARRAY['{training}', '{management,team}', '{stability}', '{}', '{mission,technology}']::text[])[pick(i, 11, 5)]::text[],
    (ARRAY['{hospital}', '{workshop,factory}', '{office}', '{startup}', '{}']::text[])[pick(i, 12, 5)]::text[],
    CASE WHEN pick(i, 13, 3) > 1 THEN 18000 + pick(i, 14, 60) * 1000 END,
    (ARRAY['now', 'from_date', 'notice', 'not_looking', NULL])[pick(i, 15, 5)],
    CASE WHEN pick(i, 15, 5) IN (2, 3) THEN :now::date - 30 + pick(i, 16, 300) END,
    CASE WHEN pick(i, 15, 5) = 3 THEN pick(i, 17, 3) * 30 END,
    CASE WHEN pick(i, 18, 4) = 1 THEN '{}'::jsonb ELSE jsonb_build_object('1', pick(i, 19, 100),
        '2', (ARRAY['day', 'night', 'week_end'])[pick(i, 20, 3)], '3', (ARRAY['yes', 'no'])[pick(i, 21, 2)]) END,
    p.insee, p.name, p.lat, p.lon, p.x, p.y, p.z, r.km, r.c2,
    CASE WHEN pick(i, 23, 6) = 1 THEN ARRAY[p.region] ELSE '{}' END,
    (ARRAY['none', 'some', 'full', NULL])[pick(i, 24, 4)], pick(i, 25, 4) = 1,
    (ARRAY['ats_export', 'application', 'linkedin', 'referral', 'event'])[pick(i, 26, 5)],
    :now::date - pick(i, 27, 900),
    CASE WHEN pick(i, 28, 2) = 1 THEN :now - make_interval(hours => pick(i, 29, 17000)) END,
    CASE WHEN pick(i, 30, 3) > 1 THEN :now - make_interval(hours => pick(i, 31, 9000)) END,
    a.answer, CASE WHEN a.answer IS NOT NULL THEN :now - make_interval(hours => pick(i, 33, 9000)) END,
    CASE WHEN a.answer = 'no' THEN (ARRAY['too_far', 'salary', 'timing', 'project', NULL])[pick(i, 34, 5)] END,
    CASE WHEN pick(i, 35, 50) = 1 THEN ARRAY[(SELECT insee FROM made_of_town WHERE n = pick(i, 37, :towns))] ELSE '{}' END,
    jsonb_build_object('job_text', jsonb_build_object('by', 'source', 'on', '2026-01-05'))
  FROM generate_series(:begin, :end) i
  JOIN made_of_first f ON f.n = pick(i, 40, :firsts)
  JOIN made_of_last l ON l.n = pick(i, 41, :lasts)
  JOIN made_of_job j ON j.n = least(pick(i, 42, :jobs), pick(i, 43, :jobs))
  JOIN made_of_town p ON p.n = least(pick(i, 44, :towns), pick(i, 45, :towns), pick(i, 46, :towns))
  JOIN made_of_radius r ON r.n = pick(i, 47, :radii)
  CROSS JOIN LATERAL (SELECT CASE WHEN pick(i, 32, 5) = 1
                                  THEN (ARRAY['yes', 'no', 'later', 'more_info'])[pick(i, 36, 4)] END AS answer) a
"""
_CHILDREN = (
    (
        """INSERT INTO source (talent_id, kind, text, collected_on, recorded_at)
       SELECT id, source_kind, 'export', collected_on, created_at FROM talent""",
        """INSERT INTO consent (talent_id, purpose, basis, standing, since, expires_on, notified_at)
       SELECT id, 'pool', 'consent', (ARRAY['given', 'given', 'given', 'withdrawn', 'none'])[pick(id, 50, 5)],
              created_at, (created_at + interval '2 years')::date,
              CASE WHEN pick(id, 51, 10) > 1 THEN created_at END FROM talent""",
        """INSERT INTO consent (talent_id, purpose, basis, standing, since)
       SELECT id, 'survey', 'consent', (ARRAY['given', 'withdrawn'])[pick(id, 52, 2)], created_at
         FROM talent WHERE pick(id, 53, 3) = 1""",
    ),
    (
        """INSERT INTO tag (name, folded, created_at) SELECT 'étiquette ' || n, 'etiquette ' || n, :now
         FROM generate_series(1, 60) n""",
        """INSERT INTO talent_tag (talent_id, tag_id, at)
       SELECT DISTINCT id, least(pick(id, 60 + k, 60), pick(id, 70 + k, 60)), :now
         FROM talent CROSS JOIN generate_series(1, 2) k WHERE pick(id, 80 + k, 2) = 1""",
        """INSERT INTO ask (talent_id, owner_id, question, asked_at, deadline, answer, answered_at, reason)
       SELECT t.id, s.id, 'still_looking', last_answer_at - interval '2 days', last_answer_at + interval '9 days', last_answer,
              last_answer_at, last_reason FROM talent t CROSS JOIN staff s WHERE last_answer IS NOT NULL""",
        """INSERT INTO answer_given (ask_id, answer, reason, given_at, via)
       SELECT id, answer, reason, answered_at, 'link' FROM ask""",
    ),
)
_LISTS = ("first", "last", "job", "town", "radius")


def fill(url: str, people: int) -> None:
    """Write so many people as the database's superuser, two connections at a time."""
    with psycopg.connect(url, autocommit=True) as first:
        numbers = _lists(first) | {"people": people}
    half = people // 2
    shares = [{"begin": 1, "end": half}, {"begin": half + 1, "end": people}]
    with _told("people"):
        _at_once(url, [lambda c, share=share: _run(c, _TALENT, numbers | share) for share in shares])
    with _told("what stands beside them"):
        _at_once(url, [lambda c, part=part: [_run(c, each, numbers) for each in part] for part in _CHILDREN])
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ANALYZE")
    with _told("projection and words"):
        _at_once(
            url,
            [
                lambda c: [_store(c, "projection", "projected"), _store(c, "projection_place", "projected_place")],
                lambda c: _store(c, "talent_search", "searched"),
            ],
        )
    with _told("vacuum"), psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
        for name in _LISTS:
            connection.execute(f"DROP TABLE made_of_{name}")
        connection.execute("DROP FUNCTION pick")


@contextmanager
def _told(part: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    print(f"{part}: {time.perf_counter() - start:.1f} s", file=sys.stderr)


def _at_once(url: str, acts: Sequence[Callable[[psycopg.Connection], object]]) -> None:
    def run(act: Callable[[psycopg.Connection], object]) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute("SET maintenance_work_mem = '512MB'")
            connection.execute("SET synchronous_commit = off")
            act(connection)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(run, acts))


def _run(connection: psycopg.Connection, statement: str, numbers: dict[str, int]) -> None:
    told = statement.replace(":now", f"TIMESTAMPTZ '{NOW.isoformat()}'")
    for name, number in numbers.items():
        told = told.replace(f":{name}", str(number))
    connection.execute(told)


def _store(connection: psycopg.Connection, table: str, view: str) -> None:
    """Write a whole table from its definition, and index it once it is full."""
    found = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname LIKE 'ix_%%'", (table,)
    ).fetchall()
    columns = ", ".join(
        row[0]
        for row in connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'",
            (table,),
        )
    )
    for name, _ in found:
        connection.execute(f"DROP INDEX {name}")
    connection.execute(f"TRUNCATE {table}")
    connection.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {view}")
    for _, definition in found:
        connection.execute(definition)


def _lists(connection: psycopg.Connection) -> dict[str, int]:
    """Write what people are made of beside the pool; return how many of each there are."""
    codes = random.Random(7).sample(sorted({job.code for job in jobs.search("e", 1_000)}), 300)
    lists: dict[str, list[tuple[Any, ...]]] = {
        "first": [(name, fold(name).replace(" ", "-")) for name in FIRST_NAMES],
        "last": [(name, fold(name).replace(" ", "-")) for name in LAST_NAMES],
        "job": [(code, jobs.label(code, "fr")) for code in codes],
        "town": [
            (p.insee, p.name, p.region, p.lat, p.lon, *places.unit_vector(p.lat, p.lon)) for p in places.largest(2_000)
        ],
        "radius": [(km, None if km is None else places.chord2(km)) for km in (10, 20, 30, 50, 80, 150, None)],
    }
    shapes = {
        "first": "name text, folded text",
        "last": "name text, folded text",
        "job": "code text, label text",
        "town": "insee text, name text, region text, lat float8, lon float8, x float8, y float8, z float8",
        "radius": "km int, c2 float8",
    }
    for name, rows in lists.items():
        connection.execute(f"CREATE TABLE made_of_{name} (n int PRIMARY KEY, {shapes[name]})")
        with connection.cursor() as cursor, cursor.copy(f"COPY made_of_{name} FROM STDIN") as stream:
            for n, row in enumerate(rows, 1):
                stream.write_row((n, *row))
    connection.execute(_PICK)
    connection.execute(
        "INSERT INTO staff (email, name, role, locale, zone, invited_at) "
        "VALUES ('claire@house.example', 'Claire', 'recruiter', 'fr', 'Europe/Paris', now())"
    )
    return {
        "firsts": len(lists["first"]),
        "lasts": len(lists["last"]),
        "jobs": len(codes),
        "towns": 2_000,
        "radii": len(lists["radius"]),
    }
