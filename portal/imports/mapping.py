"""Which column says what. What the law protects is recognised first, dropped and named; nothing maps it back."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from portal.imports import stops
from portal.imports.cells.days import is_day
from portal.imports.cells.ways import emails_in, phones_in
from portal.imports.countries import FRANCE, home_of
from portal.imports.days_written import Days
from portal.imports.fields import SEVERAL_COLUMNS, TELLING, Field, exact, folded, further
from portal.imports.guessing import guess
from portal.imports.names import order_told
from portal.imports.protected_columns import protected
from portal.imports.reading import Table
from portal.imports.stop_columns import OF_WRITING, as_chosen, first_cells, holds_days, said_of_writing
from portal.kit.errors import Refused
from portal.kit.i18n import N_
from portal.talents.addresses import read_email, read_phone
from portal.talents.custom import Field as OwnField
from portal.talents.protected import Ground

IGNORE = "ignore"

NOT_THERE = N_("The file has no column “{column}”.")
NOT_A_FIELD = N_("“{field}” is not something a column can be taken in as.")
PROTECTED = N_("“{column}” can never be taken in: the law protects it (penal code, art. 225-1; labour code, L.1132-1).")
TWICE = N_("“{one}” and “{other}” cannot both be “{field}”: choose one of them.")
NO_WAY_TO_WRITE = N_("No column holds an e-mail address or a telephone number: tell which one does, and try again.")

_LOOKED_AT = 100  # records
_BESIDE = (Field.OTHER_EMAILS, Field.OTHER_PHONES)
_NAMES_LOOKED_AT = 2_000


class Why(StrEnum):
    """Why a column is held to be about its field."""

    CHOSEN = "chosen"
    REMEMBERED = "remembered"
    NAMED = "named"
    ALIKE = "alike"
    VALUES = "values"


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds which field; `dropped` columns are protected (why, by name), `ignored` ones unknown.

    `emails` and `phones` are further columns of addresses and of numbers, beside those of `columns`.

    `own` tells which column holds which field of the house's own ("custom.7"); `stops`, `agreed` and `unclear` those that
    say whether somebody may be written to, each of which several columns may say.

    `why` tells, by name, how each column came to its field; `days` how those that hold days write them. `family_first`
    tells the order of names in the column of full names: one for all of it. `home` is the country (ISO 3166) of
    lines that name none.
    """

    columns: dict[Field, int]
    named: dict[str, str]
    dropped: dict[str, Ground]
    ignored: tuple[str, ...]
    why: dict[str, Why] = field(default_factory=dict)
    own: dict[str, int] = field(default_factory=dict)
    stops: tuple[int, ...] = ()
    agreed: tuple[int, ...] = ()
    unclear: tuple[int, ...] = ()
    emails: tuple[int, ...] = ()
    phones: tuple[int, ...] = ()
    days: Days = field(default_factory=Days)
    family_first: bool = False
    home: str = FRANCE


def map_columns(
    table: Table,
    choices: Mapping[str, str] | None = None,
    own: Sequence[OwnField] = (),
    memory: Mapping[str, str] | None = None,
    cleared: Collection[str] = (),
) -> Columns:
    """Return what each column of `table` is taken in as; refuse a table that holds no way to write to anybody."""
    understood = understand(table, choices, memory, own, cleared)
    if not ({Field.EMAIL, Field.PHONE} & understood.columns.keys() or understood.emails or understood.phones):
        raise Refused(NO_WAY_TO_WRITE)
    return understood


def understand(
    table: Table,
    choices: Mapping[str, str] | None = None,
    memory: Mapping[str, str] | None = None,
    own: Sequence[OwnField] = (),
    cleared: Collection[str] = (),
) -> Columns:
    """Return what each column of `table` says, as far as anybody can tell.

    `choices` corrects the guess: column name → a `Field` value, or "ignore". A protected column is refused there.
    `memory` holds what columns of the same source were taken in as before, by their folded names; `own` the fields of
    the house's own; `cleared` the names, folded, that an admin said are about work.
    """
    said = said_of_writing(table)
    dropped = _dropped(table, said, {name for name, each in (choices or {}).items() if each == Field.NOTE}, cleared)
    chosen = _chosen(table.header, choices or {}, dropped, {each.column for each in own})
    shared = as_chosen(said, chosen, memory or {})
    shared |= {name: each for name, each in chosen.items() if isinstance(each, Field) and each in _BESIDE}
    taken = {each: name for name, each in chosen.items() if isinstance(each, Field) and name not in shared}
    owned = {wanted: name for name, wanted in chosen.items() if wanted is not None and not isinstance(wanted, Field)}
    why = dict.fromkeys([*taken.values(), *owned.values()], Why.CHOSEN)
    why |= {name: Why.CHOSEN if name in chosen else Why.NAMED for name in shared}
    free = [name for name in table.header if name not in dropped and name not in chosen and name not in shared]
    _take_own(owned, why, free, memory or {}, own)
    free = [name for name in free if name not in why]
    left = {name for name in free if (memory or {}).get(folded(name)) == IGNORE}
    known = [name for name in free if name not in left]
    _take_further(shared, why, Why.REMEMBERED, [(name, _remembered(name, memory or {})) for name in known])
    # What was chosen before comes first, an exact name before a likely one, and values speak where no name does.
    for reason, told in (
        (Why.REMEMBERED, [(name, _remembered(name, memory or {})) for name in free]),
        (Why.NAMED, [(name, exact(name)) for name in free]),
        (Why.ALIKE, [(name, _likely(table, name)) for name in free]),
    ):
        _take(taken, why, reason, [(name, field) for name, field in told if name in known])
    _take_further(shared, why, Why.NAMED, [(name, _further(table, name)) for name in known])
    unknown = [name for name in known if name not in why]
    _take(taken, why, Why.VALUES, _by_values(table, unknown, taken))
    return _in_order(table, _found(table.header, taken, owned, shared, dropped, why))


def _dropped(
    table: Table, said: Collection[str], notes: Collection[str], cleared: Collection[str]
) -> dict[str, Ground]:
    """Return the columns that the law keeps out, but those that say whether one may write."""
    grounds = {
        name: protected(table, place, cleared, free_text=name in notes)
        for place, name in enumerate(table.header)
        if name not in said
    }
    return {name: ground for name, ground in grounds.items() if ground}


def _in_order(table: Table, found: Columns) -> Columns:
    """Tell the order of names in the column of full names, by all of it, and in which country the file is at home."""
    found = replace(found, home=home_of(table, found.columns))
    place = found.columns.get(Field.FULL_NAME)
    if place is None:
        return found
    cells = (record.cells[place] for record in table.records[:_NAMES_LOOKED_AT])
    return replace(found, family_first=order_told(table.header[place], cells))


def _found(
    header: Sequence[str],
    taken: Mapping[Field, str],
    owned: Mapping[str, str],
    shared: Mapping[str, Field],
    dropped: dict[str, Ground],
    why: dict[str, Why],
) -> Columns:
    places = {name: place for place, name in enumerate(header)}
    named = {name: str(field) for field, name in (*taken.items(), *owned.items())} | {
        name: str(field) for name, field in shared.items()
    }
    stops, agreed, unclear, emails, phones = (
        tuple(places[name] for name, each in shared.items() if each is wanted) for wanted in (*OF_WRITING, *_BESIDE)
    )
    return Columns(
        {field: places[name] for field, name in taken.items()},
        named,
        dropped,
        tuple(name for name in header if name not in dropped and name not in named),
        why,
        {column: places[name] for column, name in owned.items()},
        stops,
        agreed,
        unclear,
        emails,
        phones,
    )


# What a line is rejected for, should it be unreadable: no likeness of a name leads there unless its cells can be read.
_STRICT: dict[Field, Callable[[str], object]] = {
    Field.EMAIL: lambda cell: emails_in(cell).first, Field.PHONE: lambda cell: phones_in(cell).first,
    Field.COLLECTED_ON: is_day, Field.CONSENT_ON: is_day, Field.CONSENT_UNTIL: is_day,
}  # fmt: skip


def _likely(table: Table, name: str) -> Field | None:
    meant = guess(name)
    place = table.header.index(name)
    if meant is None and holds_days(table, place) and stops.of_name(folded(name)) is stops.Column.AGREED:
        meant = Field.CONSENT_ON
    telling = TELLING.keys() & set(folded(name).split())
    reads = _STRICT.get(meant) if meant and not telling else None
    cells = first_cells(table, place) if reads else []
    return meant if reads is None or not cells or any(map(reads, cells)) else None


def _further(table: Table, name: str) -> Field | None:
    """Return what further ways to write or call a column holds, by its name and by its cells."""
    meant = further(name)
    cells = first_cells(table, table.header.index(name)) if meant else []
    reads = emails_in if meant is Field.OTHER_EMAILS else phones_in
    return meant if any(reads(cell).first for cell in cells) else None


def _take_own(
    owned: dict[str, str],
    why: dict[str, Why],
    free: Sequence[str],
    memory: Mapping[str, str],
    own: Sequence[OwnField],
) -> None:
    """Give each field of the house's own its column: as last time, or the one that bears its name in either language."""
    known = {each.column for each in own}
    named = {folded(words): each.column for each in own for words in (each.name_fr, each.name_en)}
    for name in free:
        before = memory.get(folded(name), "")
        by_name = named.get(folded(name)) if exact(name) is None and not before else None
        for meant, reason in ((before, Why.REMEMBERED), (by_name, Why.NAMED)):
            if meant in known and meant not in owned:
                owned[meant], why[name] = name, reason


def _take(taken: dict[Field, str], why: dict[str, Why], reason: Why, told: Iterable[tuple[str, Field | None]]) -> None:
    """Give each field still free its first column, and keep the reason."""
    for name, meant in told:
        if meant is not None and meant not in taken and name not in why:
            taken[meant], why[name] = name, reason


def _take_further(
    shared: dict[str, Field], why: dict[str, Why], reason: Why, told: list[tuple[str, Field | None]]
) -> None:
    """Give those that hold further addresses or numbers their columns: several may."""
    for name, meant in told:
        if meant in _BESIDE and name not in why:
            shared[name], why[name] = meant, reason


def _remembered(column: str, memory: Mapping[str, str]) -> Field | None:
    wanted = memory.get(folded(column), "")
    return Field(wanted) if wanted in set(Field) else None


def _by_values(table: Table, unknown: Sequence[str], taken: Mapping[Field, str]) -> Iterable[tuple[str, Field | None]]:
    """Find columns of addresses and of numbers, nearly all different: what repeats is a recruiter's or a firm's."""
    places = {name: place for place, name in enumerate(table.header)}
    first = table.records[:_LOOKED_AT]
    for name in unknown:
        cells = [cell for record in first if (cell := record.cells[places[name]].strip())]
        if len(cells) > 1 and len(set(cells)) * 10 >= len(cells) * 9:
            for meant, reads in ((Field.EMAIL, read_email), (Field.PHONE, _long_number)):
                if meant not in taken and sum(reads(cell) is not None for cell in cells) * 10 >= len(cells) * 8:
                    yield name, meant
                    break


def _long_number(text: str) -> str | None:
    # Nine bare digits may be anything: a number of telephone begins as one, or is cut as one.
    return read_phone(text) if re.match(r"\s*(?:\+|0\d[\s.\d])", text) else None


def _chosen(
    header: Sequence[str], choices: Mapping[str, str], dropped: Mapping[str, Ground], own: Collection[str]
) -> dict[str, Field | str | None]:
    chosen: dict[str, Field | str | None] = {}
    taken: dict[Field | str, str] = {}
    for told, wanted in choices.items():
        column = _in(header, told)
        if wanted == IGNORE:
            chosen[column] = None
            continue
        field = wanted if wanted in own else _field(wanted)
        if column in dropped:
            raise Refused(PROTECTED, column=column)
        if field in taken and field not in SEVERAL_COLUMNS:
            raise Refused(TWICE, one=taken[field], other=column, field=wanted)
        chosen[column], taken[field] = field, column
    return chosen


def _in(header: Sequence[str], told: str) -> str:
    """Return the column that is meant: by its very name, or by one written otherwise that no other bears."""
    alike = [name for name in header if folded(name) == folded(told)]
    if told not in header and len(alike) != 1:
        raise Refused(NOT_THERE, column=told)
    return told if told in header else alike[0]


def _field(wanted: str) -> Field:
    try:
        return Field(wanted)
    except ValueError as unknown:
        raise Refused(NOT_A_FIELD, field=wanted) from unknown
