"""Many rows at once: written by COPY, ten times quicker than an INSERT for each, and found by a whole list of ids."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from psycopg import sql
from psycopg.types.json import Jsonb
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
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


def among(column: Any, ids: Collection[Any]) -> sa.ColumnElement[bool]:  # noqa: ANN401 - whatever `col()` gives
    """Tell whether a column holds one of `ids`: one parameter however many there are.

    IN takes one for each, is read anew for every number of them, and PostgreSQL refuses more than 65,535.
    """
    given = sa.bindparam(None, list(ids), type_=ARRAY(column.type), unique=True)
    return sa.type_coerce(column == sa.any_(given), sa.Boolean)
