"""How a migration runs: the connection comes from portal.kit.migrate; there is no alembic.ini to keep in step."""

from alembic import context
from sqlalchemy import Connection, inspect, text
from sqlmodel import SQLModel

from portal.kit.tables import import_every_table

# Any number, the same in every process: of two migrations at once, the second waits and then finds nothing to do.
LOCK = 7_236_614


def ours(name: str | None, kind: str, _parents: object) -> bool:
    # Procrastinate brings its own schema, which the migrations apply as it is.
    return not (kind == "table" and name is not None and name.startswith("procrastinate_"))


import_every_table()
connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    compare_type=True,
    include_name=ours,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
    context.run_migrations()
    if inspect(connection).has_table("alembic_version"):
        # The app may see how far the schema is, to say so rather than to stumble.
        role = connection.dialect.identifier_preparer.quote(context.config.attributes["app_role"])
        context.execute(text(f"GRANT SELECT ON alembic_version TO {role}"))
