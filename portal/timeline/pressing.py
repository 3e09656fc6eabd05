"""Two presses within a moment are one act: a double click, a form sent again by a slow network, a second window.

The verbs that create something say so (`@one_act`). Their second call, by the same person and with the same words, returns
what the first made, and writes nothing. What tells the two apart is a row with a unique key: whoever comes second waits for
the first to be done, whatever the connection. Only hashes are kept, and only for minutes.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from hashlib import sha256
from typing import Any, ParamSpec, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col

from portal.timeline.actions import actor
from portal.timeline.models import Press
from portal.timeline.who import System, Who

# Longer than any network keeps a press; shorter than anybody means it twice.
A_MOMENT = timedelta(seconds=30)
# Taken anew unless something was made by it a moment ago; meanwhile whoever presses the same waits here.
_TAKE = sa.text(
    """
    INSERT INTO press AS p (key, at, made) VALUES (:key, :now, '')
    ON CONFLICT (key) DO UPDATE SET at = excluded.at, made = ''
     WHERE p.made = '' OR p.at NOT BETWEEN excluded.at - :moment AND excluded.at + :moment
    RETURNING key
    """
).bindparams(sa.bindparam("now", type_=sa.DateTime(timezone=True)), sa.bindparam("moment", type_=sa.Interval))

Verb = ParamSpec("Verb")
Made = TypeVar("Made")


def one_act(
    kind: type[SQLModel] | None = None, *, still: Callable[[Any], bool] = lambda _: True
) -> Callable[[Callable[Verb, Made]], Callable[Verb, Made]]:
    """Make two presses of a verb `(session, who, …, now=now)` one act; `kind` is the row it returns (or of which a list).

    What was refused, or is no longer there (not `still`), was no press; what no person pressed is left alone.
    """

    def of(verb: Callable[Verb, Made]) -> Callable[Verb, Made]:
        @wraps(verb)
        def pressed(*given: Any, **told: Any) -> Any:  # noqa: ANN401 - what the verb is given and returns
            session, who, *about = given
            if isinstance(who, System):
                return verb(*given, **told)
            now = told["now"]
            rest = sorted((name, value) for name, value in told.items() if name != "now")
            key = press_key(who, verb.__qualname__, verb.__module__, about, rest)
            before = made_before(session, key, now=now)
            rows = _rows(session, kind, before) if before else None
            if rows is not None and all(still(row) for row in rows if row is not None):
                return rows if before.startswith("[") else rows[0]
            made = verb(*given, **told)
            keep(session, key, _told(session, kind, made))
            return made

        return pressed

    return of


def press_key(who: Who, *about: object) -> bytes:
    """Return what makes a press the same as another: who pressed, and all that was pressed."""
    return sha256(repr((actor(who), about)).encode()).digest()


def made_before(session: Session, key: bytes, *, now: datetime) -> str:
    """Return what the same press made a moment ago; empty if this is the first, and the next will wait for it."""
    if session.execute(_TAKE, {"key": key, "now": now, "moment": A_MOMENT}).first() is not None:
        return ""
    return str(session.execute(sa.select(col(Press.made)).where(col(Press.key) == key)).scalar_one())


def keep(session: Session, key: bytes, made: str) -> None:
    """Keep what this press made, so that the same press again makes nothing more."""
    session.execute(sa.update(Press).where(col(Press.key) == key).values(made=made))


def forget_presses(session: Session, *, now: datetime) -> None:
    """Forget the presses of before: what they did stands elsewhere."""
    session.execute(sa.delete(Press).where(col(Press.at) < now - 2 * A_MOMENT))


def _told(session: Session, kind: type[SQLModel] | None, made: Any) -> str:  # noqa: ANN401 - what a verb returned
    if kind is None:
        return "null"
    session.flush()
    return json.dumps([row.id for row in made] if isinstance(made, list) else made.id)


def _rows(session: Session, kind: type[SQLModel] | None, made: str) -> list[Any] | None:
    """Return the rows a press made, or the one; None if any of them is gone."""
    if kind is None:
        return [None]
    ids = json.loads(made)
    rows = [session.get(kind, id_) for id_ in (ids if isinstance(ids, list) else [ids])]
    return None if None in rows else rows
