"""Many rows at once: written by COPY, ten times quicker than an INSERT for each, and found by a whole list of ids."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from enum import StrEnum
from itertools import islice
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from psycopg import sql
from pydantic_core import to_json
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Session

_AT_ONCE = 500  # rows handed to the driver together
_SPECIAL = re.compile(r"[\\\t\n\r]")
_NULL = "\\N"


def insert_many(session: Session, table: Any, rows: Sequence[Mapping[str, Any]]) -> None:  # noqa: ANN401 - class or table
    """Write rows that all name the same columns; what they leave out gets the database's default."""
    if not rows:
        return
    session.flush()
    columns = [getattr(table, "__table__", table).c[name] for name in rows[0]]
    names = list(rows[0])
    copy_in(session, columns, ([row[name] for name in names] for row in rows))


def copy_in(session: Session, columns: Sequence[sa.Column[Any]], rows: Iterable[Iterable[Any]]) -> None:
    """Write rows, values in the order of `columns` (all of one table), as they come."""
    names = sql.SQL(", ").join(sql.Identifier(column.name) for column in columns)
    copy = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(columns[0].table.name), names)
    # One text a value, by hand: the driver's own adapters take five times as long.
    told = [_document_told if isinstance(column.type, JSONB) else _told for column in columns]
    waiting = iter(rows)
    driver: Any = session.connection().connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(copy) as stream:
        while lines := [
            "\t".join([tell(value) for tell, value in zip(told, row, strict=True)]) for row in islice(waiting, _AT_ONCE)
        ]:
            stream.write("\n".join(lines) + "\n")


def temporary(session: Session, name: str, *columns: tuple[str, Any], rows: Iterable[Iterable[Any]]) -> sa.Table:
    """Stage rows in a table that lives until the end of this transaction: what is found by it is found by one join."""
    made = [sa.Column(each, sa.Text if isinstance(type_, sa.Enum) else type_) for each, type_ in columns]
    table = sa.Table(name, sa.MetaData(), *made, prefixes=["TEMPORARY"], postgresql_on_commit="DROP")
    session.execute(sa.text(f'DROP TABLE IF EXISTS pg_temp."{name}"'))
    session.execute(sa.schema.CreateTable(table))
    copy_in(session, list(table.columns), rows)
    session.execute(sa.text(f'ANALYZE pg_temp."{name}"'))
    return table


def _told(value: Any) -> str:  # noqa: ANN401 - whatever a column holds
    return _NULL if value is None else _BY_TYPE.get(type(value), _other)(value)


def _document_told(value: Any) -> str:  # noqa: ANN401 - whatever a document holds
    # JSON has written every other special character with a backslash already. The standard library takes three times as long.
    return to_json(value).decode().replace("\\", "\\\\") if value != {} else "{}"


def _text(value: str) -> str:
    if not _SPECIAL.search(value):
        return value
    # One after the other: `translate` looks up each character of an accented text, and takes thirty times as long.
    return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _list(values: Sequence[Any]) -> str:
    return _text("{" + ",".join(map(_element, values)) + "}") if values else "{}"


def _element(value: Any) -> str:  # noqa: ANN401 - whatever an array holds
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' if isinstance(value, str) else _told(value)


def _other(value: Any) -> str:  # noqa: ANN401 - an enum, or what is written as it prints
    return _text(value.value if isinstance(value, StrEnum) else str(value))


_BY_TYPE: dict[type, Callable[[Any], str]] = {
    str: _text,
    int: str,
    float: repr,
    bool: lambda value: "t" if value else "f",
    date: date.isoformat,
    datetime: datetime.isoformat,
    time: time.isoformat,
    UUID: str,
    bytes: lambda value: "\\\\x" + value.hex(),
    list: _list,
    tuple: _list,
}


def among(column: Any, ids: Collection[Any]) -> sa.ColumnElement[bool]:  # noqa: ANN401 - whatever `col()` gives
    """Tell whether a column holds one of `ids`: one parameter however many there are.

    IN takes one for each, is read anew for every number of them, and PostgreSQL refuses more than 65,535.
    """
    given = sa.bindparam(None, list(ids), type_=ARRAY(column.type), unique=True)
    return sa.type_coerce(column == sa.any_(given), sa.Boolean)


@contextmanager
def row_by_row(session: Session) -> Iterator[None]:
    """Let the database look each row of a long list up by index, whatever it believes would be quicker.

    A tenth of a table in no order of the table's own: its planner reads the whole of every table that is joined instead.
    """
    session.execute(sa.text(f"SELECT {_each('off')}"))
    yield
    session.execute(sa.text(f"SELECT {_each('on')}"))


def _each(value: str) -> str:
    return ", ".join(f"set_config('enable_{way}', '{value}', true)" for way in ("hashjoin", "mergejoin", "seqscan"))
