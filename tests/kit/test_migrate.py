"""The schema: what the models say, whichever revision a house comes from."""

import re

import sqlalchemy as sa
from alembic.script import ScriptDirectory

from portal.kit import migrate
from portal.kit.embedded import Urls

# All that makes a schema, a line each: columns, indexes, constraints, triggers, what functions do, who may do what.
SCHEMA = """
    SELECT format('%s.%s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                  CASE WHEN a.attnotnull THEN 'not null' END, pg_get_expr(d.adbin, d.adrelid))
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v')
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint
               WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind <> 'a'
    UNION ALL SELECT format('%s %s %s', relname, relowner::regrole, acl)
                FROM pg_class, unnest(relacl) AS acl WHERE relnamespace = 'public'::regnamespace
"""
REVISIONS = [one.revision for one in ScriptDirectory(str(migrate.SCRIPTS)).walk_revisions()]


def test_the_tables_are_what_the_models_say(database: Urls) -> None:
    assert migrate.current(database.owner) == migrate.newest()
    migrate.check(database.owner)


def test_migrating_again_changes_nothing(database: Urls) -> None:
    migrate.upgrade(database.owner)
    assert migrate.current(database.app) == migrate.newest()


def test_every_step_down_is_taken_back_by_the_step_up(database: Urls) -> None:
    """From the newest revision to none, and up again: at each the schema is what it was on the way down."""
    stood = {}
    for revision in REVISIONS:
        migrate.downgrade(database.owner, revision)
        assert migrate.current(database.owner) == revision
        stood[revision] = _schema(database.owner)
    migrate.downgrade(database.owner, "base")
    first, *others = reversed(REVISIONS)
    migrate.upgrade(database.owner, first)
    # What the app's role may do came with the second revision, whose step down leaves it.
    assert {line for line in stood[first] - _schema(database.owner) if "vivier_" not in line} == set()
    for revision in others:
        migrate.upgrade(database.owner, revision)
        assert _schema(database.owner) == stood[revision], revision
    migrate.check(database.owner)


def _schema(owner_url: str) -> set[str]:
    engine = sa.create_engine(owner_url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        lines = connection.scalars(sa.text(SCHEMA))
        return {
            " ".join(sorted(re.findall(r"[\w']+|[^\w\s']", line))) for line in lines
        }  # a list says the same in any order
