"""What belongs to one row of a person moves to the other, and back: each row of each table, named while it is away."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Session, SQLModel

from portal.doubles.columns import HISTORY, MOVES
from portal.kit.bulk import among

Moved = dict[str, list[Any]]


def move(session: Session, goes: int, stays: int) -> Moved:
    """Give all that names `goes` to `stays`; return the keys of what moved, by table. `goes.merged_into` must say so."""
    session.flush()
    moved: Moved = dict(session.execute(sa.select(sa.func.fold_history(goes, stays, type_=JSONB))).scalar_one())
    for name, (column, key, once) in MOVES.items():
        table = SQLModel.metadata.tables[name]
        theirs = table.c[column] == goes
        if once is not None:
            other = table.alias()
            theirs &= ~sa.exists().where(other.c[column] == stays, other.c[once] == table.c[once])
        gone = sa.update(table).where(theirs).values({column: stays}).returning(table.c[key])
        moved[name] = sorted(session.scalars(gone))
    session.expire_all()
    return {name: keys for name, keys in moved.items() if keys}


def move_back(session: Session, goes: int, stays: int, moved: Moved) -> None:
    """Give back what moved, where it still is."""
    session.flush()
    history = {name: moved.get(name, []) for name in HISTORY}
    session.execute(sa.select(sa.func.unfold_history(goes, stays, sa.literal(history, JSONB))))
    for name, (column, key, _) in MOVES.items():
        table = SQLModel.metadata.tables[name]
        theirs = (table.c[column] == stays) & among(table.c[key], moved.get(name, []))
        session.execute(sa.update(table).where(theirs).values({column: goes}))
    session.expire_all()
