"""Who of the new is likely someone the pool knows already: by name and one more fact. Never certain: a person decides.

Never all pairs: only those who share the whole name (in either order) or what stands before the @ are compared. What many
share tells nobody apart, and is passed over.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA
from sqlmodel import Session

from portal.imports.reader import Mark
from portal.kit.bulk import temporary
from portal.kit.i18n import N_
from portal.talents.identity import Holder
from portal.talents.models import Talent

ALIKE = N_("Someone in the pool has this name, and {fact} as well: is it the same person?")
COMMUNE, JOB, NUMBER, LOCAL_PART = (
    N_("the same place of work"),
    N_("the same job"),
    N_("a telephone number one digit away"),
    N_("nearly the same e-mail address"),
)
_SHARED_BY_MANY = 20
_TOO_MANY = 3  # of so many who would do, none is likely
_SHORTEST = 5  # letters before the @ that tell something
_SAME_NAME, _SAME_PART = 85.0, 88.0  # out of 100
_TABLE = Talent.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Likely:
    """Someone known whom a line may be about, and the fact that says so."""

    holder: Holder
    fact: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    holder: Holder
    place_code: str | None
    job_code: str | None


def candidates(session: Session, marks: Sequence[Mark]) -> dict[int, list[_Candidate]]:
    """Return, by line, whom it might be about: to be compared with all the line says."""
    often = Counter(mark.name_key for mark in marks)
    telling = [mark for mark in marks if " " in mark.name_key and often[mark.name_key] <= _SHARED_BY_MANY]
    names = [(mark.number, each) for mark in telling for each in _orders(mark.name_key)]
    parts = [(mark.number, part) for mark in marks if mark.email and len(part := local_part(mark.email)) >= _SHORTEST]
    found: dict[int, list[_Candidate]] = {}
    for rows, key in ((names, _TABLE.c.name_key), (parts, sa.func.split_part(_TABLE.c.email, "@", 1))):
        for number, *told, place, job in _sharing(session, rows, key) if rows else ():
            found.setdefault(number, []).append(_Candidate(Holder(*told), place, job))
    return found


def _sharing(session: Session, rows: list[tuple[int, str]], key: Any) -> Any:  # noqa: ANN401 - an expression; rows
    asked = temporary(session, "likely", ("line", sa.Integer), ("told", sa.Text), rows=rows)
    living = _TABLE.c.erased_at.is_(None)
    rare = (
        sa.select(key.label("told"))
        .where(key.in_(sa.select(asked.c.told).distinct()), living)
        .group_by(key)
        .having(sa.func.count() <= _SHARED_BY_MANY)
        .subquery()
    )
    columns = [_TABLE.c[name] for name in ("id", "email", "phone", "name_key", "place_code", "job_code")]
    query = (
        sa.select(asked.c.line, *columns)
        .join(rare, rare.c.told == asked.c.told)
        .join(_TABLE, key == rare.c.told)
        .where(living)
    )
    return session.execute(query).all()


def _orders(name_key: str) -> set[str]:
    first, _, rest = name_key.partition(" ")
    start, _, last = name_key.rpartition(" ")
    return {name_key, f"{rest} {first}", f"{last} {start}"}


def local_part(email: str) -> str:
    """Return what stands before the @."""
    return email.partition("@")[0]


def likely(mark: Mark, values: Mapping[str, Any], known: Sequence[_Candidate]) -> list[Likely]:
    """Return who of those known this line is likely about; nobody when too many would do."""
    found = {
        each.holder.id: Likely(each.holder, fact) for each in known if (fact := _fact(mark, values, each)) is not None
    }
    return list(found.values()) if len(found) <= _TOO_MANY else []


def _fact(mark: Mark, values: Mapping[str, Any], one: _Candidate) -> str | None:
    """Return what, beside the name, speaks for one person. Day of birth never can: the law protects it."""
    other = one.holder
    alike = fuzz.token_sort_ratio(mark.name_key, other.name_key)
    if alike < _SAME_NAME:
        return None
    if mark.phone and other.phone and OSA.distance(mark.phone, other.phone) == 1:
        return NUMBER
    if mark.email and other.email and fuzz.ratio(local_part(mark.email), local_part(other.email)) >= _SAME_PART:
        return LOCAL_PART
    if alike < 100:
        return None
    if values.get("place_code") and values.get("place_code") == one.place_code:
        return COMMUNE
    return JOB if values.get("job_code") and values.get("job_code") == one.job_code else None
