"""Search as one types: each word begins a word of their name, job, place, skills, address, what they do or our notes."""

import re
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session, col

from portal.kit.bulk import among
from portal.kit.fold import fold
from portal.segments.finding import Telephone, query, telephones
from portal.segments.models import Projection, TalentSearch
from portal.talents.models import AddressChange, Talent

MOST = 10_000  # of more than so many, nobody asks how many
_MOST_WORDS = 8
# What may be a part of an address, and is long enough to mean a person.
_OF_AN_ADDRESS = re.compile(r"[a-z0-9@._+-]{4,60}")

Condition = sa.ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a search finds; `many` where the words alone find more than `MOST`, `surely` where nothing narrows them."""

    condition: Condition
    many: bool = False
    surely: bool = False
    ids: tuple[int, ...] = ()


def searched(session: Session, text: str) -> Found:
    """Return whom a search finds; accents and case do not matter. A letter alone begins a word of their name."""
    rest, numbers = telephones(text.replace("\0", ""))
    typed = rest.split()[:_MOST_WORDS]
    folded = [fold(word) for word in typed]
    if not typed and not numbers:
        return Found(sa.true())
    if not all(folded):
        return Found(sa.false())  # nothing of a word is left once folded
    letters = sa.and_(sa.true(), *(_begins_a_name(word) for word in folded if len(word) == 1))
    words = [word for word, told in zip(typed, folded, strict=True) if len(told) > 1]
    if not words and not numbers:
        return _few_or_many(session, sa.select(col(Projection.talent_id)).where(letters), letters)
    found = _holding(session, query(words, numbers), _Called.of(typed, numbers))
    alone = all(len(word) > 1 for word in folded)
    return found if alone else Found(sa.and_(found.condition, letters), found.many)


@dataclass(frozen=True, slots=True)
class _Called:
    """The one thing typed, where it may be a part of an address, or a telephone: what nobody is searched by in words."""

    part: str = ""
    end: str = ""

    @classmethod
    def of(cls, typed: list[str], numbers: list[Telephone]) -> "_Called":
        part = typed[0].lower() if len(typed) == 1 and not numbers else ""
        end = numbers[0].end if len(numbers) == 1 and not typed else ""
        return cls(part if _OF_AN_ADDRESS.fullmatch(part) else "", end)


def _begins_a_name(letter: str) -> Condition:
    return (" " + col(Projection.name_key)).contains(f" {letter}", autoescape=True)


def _holding(session: Session, words: str, called: _Called) -> Found:
    meets = col(TalentSearch.document).op("@@", is_comparison=True)(sa.cast(words, pg.TSQUERY))
    mine = col(TalentSearch.talent_id) == col(Projection.talent_id)
    held = sa.select(sa.literal(1)).where(mine, meets).exists()
    # Behind a CASE it is asked row by row: names come in order, and the page is full long before everyone was asked.
    one_by_one = sa.case((col(Projection.talent_id).is_not(None), held), else_=False)
    found = _few_or_many(session, sa.select(col(TalentSearch.talent_id)).where(meets), one_by_one)
    if found.many:
        return found
    others = _formerly(session, called)
    if not others and not found.ids:
        others = _within_addresses(session, called)
    return Found(among(col(Projection.talent_id), sorted({*found.ids, *others})))


def _few_or_many(session: Session, query: sa.Select[int], condition: Condition) -> Found:
    """Ask first: a few people are named one by one, so that no plan can go astray over them."""
    ids = tuple(session.scalars(query.limit(MOST + 1)))
    if len(ids) > MOST:
        return Found(condition, many=True, surely=True)
    return Found(among(col(Projection.talent_id), ids), ids=ids)


def _formerly(session: Session, called: _Called) -> set[int]:
    """Return who had such an address or number before: that of a row made one with theirs, or one that was replaced."""
    if not (called.part or called.end):
        return set()
    before = (
        _holds(col(Talent.email), called.part)
        if called.part
        else col(Talent.phone).endswith(called.end, autoescape=True)
    )
    ways = [sa.select(col(Talent.merged_into)).where(col(Talent.merged_into).is_not(None), before)]
    if called.part:
        either = sa.or_(_holds(col(AddressChange.address), called.part), _holds(col(AddressChange.before), called.part))
        ways.append(sa.select(col(AddressChange.talent_id)).where(either))
    return {id_ for id_ in session.scalars(sa.union(*ways)) if id_}


def _within_addresses(session: Session, called: _Called) -> set[int]:
    """Return whose address holds what was typed anywhere: read in the index of addresses alone, when no word found anyone."""
    if not called.part:
        return set()
    holding = sa.select(col(Talent.email)).where(
        _holds(col(Talent.email), called.part), col(Talent.erased_at).is_(None)
    )
    held = session.scalars(holding.limit(MOST)).all()
    living = sa.select(col(Talent.id)).where(col(Talent.email).in_(held), col(Talent.erased_at).is_(None))
    return {id_ for id_ in session.scalars(living) if id_} if held else set()


def _holds(column: Any, part: str) -> Condition:  # noqa: ANN401 - a mapped attribute
    return column.contains(part, autoescape=True)  # type: ignore[no-any-return]
