"""Many rows at once, by COPY: ten times quicker than an INSERT for each, in the same transaction as everything else."""

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import sql
from psycopg.types.json import Jsonb
from sqlalchemy import inspect
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Session, SQLModel


def insert_many(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows that all name the same columns; what they leave out gets the database's default."""
    if not rows:
        return
    session.flush()
    mapped = inspect(table).local_table
    columns = list(rows[0])
    documents = {name for name in columns if isinstance(mapped.columns[name].type, JSONB)}
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    copy = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(mapped.name), names)
    driver: Any = session.connection().connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(copy) as stream:
        for row in rows:
            stream.write_row([Jsonb(row[name]) if name in documents else row[name] for name in columns])
