"""What the house names or writes itself, at every door: none of it may say what the law protects (penal code, art. 225-1).

An admin may clear a false alarm for one name, with a reason that the DPO reads; a word the law itself names stays out.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session, col, select

from portal.access.rules import require_admin
from portal.kit.errors import NotFound, Refused
from portal.kit.fold import fold
from portal.kit.i18n import N_
from portal.talents.checks import one_line
from portal.talents.models import ClearedName
from portal.talents.protected import WHY, find
from portal.timeline.actions import record
from portal.timeline.who import Person, System, Who

NAMELESS = N_("Give it a name.")
NO_REASON = N_("Say why this is about work: the data protection officer reads it.")
OF_THE_LAW = N_(
    "“{word}” is what the law itself names: no reason clears it (penal code, art. 225-1; labour code, L.1132-1)."
)
NO_ALARM = N_("Nothing in “{name}” is refused: it needs no clearing.")
LONGEST_NAME, LONGEST_REASON = 200, 500


def clean_name(text: object, most: int, session: Session | None = None) -> str:
    """Return a name as one line; Refused when empty, too long, or about what nobody may be chosen by (with the article)."""
    name = one_line(text, most)
    if not name:
        raise Refused(NAMELESS)
    refuse_protected(name, session)
    return name


def refuse_protected(text: str, session: Session | None = None, *, whole: bool = True) -> None:
    """Refuse a name, or (not `whole`) a sentence, that the criteria of a segment could not bear: which word, and why."""
    found = find(text, whole=whole)
    if not found or (not found[0].of_the_law and session is not None and is_cleared(session, text)):
        return
    raise Refused(WHY[found[0].ground], word=found[0].word)


def is_cleared(session: Session, name: str) -> bool:
    """Tell whether an admin said of this one name that it is about work."""
    return session.get(ClearedName, fold(name)) is not None


def cleared_names(session: Session) -> frozenset[str]:
    """Return, folded, every name that was cleared."""
    return frozenset(session.scalars(sa.select(col(ClearedName.folded))))


def clear_name(session: Session, who: Who, name: str, reason: str, *, now: datetime) -> None:
    """Say that a refused name is about work, and why; an admin's to do. What the law itself names is never allowed."""
    require_admin(who)
    named, why = one_line(name, LONGEST_NAME), one_line(reason, LONGEST_REASON)
    found = find(named)
    if not found:
        raise Refused(NO_ALARM, name=named)
    for each in found:
        if each.of_the_law:
            raise Refused(OF_THE_LAW, word=each.word)
    if not why:
        raise Refused(NO_REASON)
    row = {
        "folded": fold(named),
        "name": named,
        "word": found[0].word,
        "ground": found[0].ground.value,
        "reason": why,
        "staff_id": who.id if isinstance(who, Person) else None,
        "at": now,
    }
    insert = pg.insert(ClearedName).values(row)
    session.execute(insert.on_conflict_do_update(index_elements=["folded"], set_=row))
    record(session, who, "name_cleared", None, now=now)


@dataclass(frozen=True, slots=True)
class Cleared:
    """A name that was cleared: which word was taken for one of the law's, why it is not, and who said so when."""

    name: str
    word: str
    ground: str
    reason: str
    staff_id: int | None
    at: datetime


def cleared(session: Session, who: Who) -> list[Cleared]:
    """Return every false alarm that was cleared, the newest first; read by those who work here, the DPO above all."""
    if not (isinstance(who, System) or (isinstance(who, Person) and who.is_staff)):
        raise NotFound
    rows = session.exec(select(ClearedName).order_by(col(ClearedName.at).desc()))
    return [Cleared(row.name, row.word, row.ground, row.reason, row.staff_id, row.at) for row in rows]
