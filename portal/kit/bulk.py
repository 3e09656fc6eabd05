"""Many rows at once, by COPY: ten times quicker than an INSERT for each, in the same transaction as everything else."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from psycopg import sql
from psycopg.types.json import Jsonb
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Session


def insert_many(session: Session, table: Any, rows: Sequence[Mapping[str, Any]]) -> None:  # noqa: ANN401 - class or table
    """Write rows that all name the same columns; what they leave out gets the database's default."""
    if not rows:
        return
    session.flush()
    columns = [getattr(table, "__table__", table).c[name] for name in rows[0]]
    documents = {column.name for column in columns if isinstance(column.type, JSONB)}
    names = sql.SQL(", ").join(sql.Identifier(column.name) for column in columns)
    copy = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(columns[0].table.name), names)
    driver: Any = session.connection().connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(copy) as stream:
        for row in rows:
            stream.write_row([Jsonb(row[name]) if name in documents else _plain(row[name]) for name in rows[0]])


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    return value.value if isinstance(value, StrEnum) else value
