"""Which column says what. What the law protects is recognised first, dropped and named; nothing maps it back."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from rapidfuzz import fuzz, process

from portal.imports.fields import NAMES, Field, exact
from portal.imports.fields import folded as _folded
from portal.imports.reading import Table
from portal.kit.errors import Refused
from portal.kit.fold import fold
from portal.kit.i18n import N_
from portal.talents.addresses import read_email, read_phone
from portal.talents.custom import Field as OwnField
from portal.talents.protected import Ground, ground_of

IGNORE = "ignore"

NOT_THERE = N_("The file has no column “{column}”.")
NOT_A_FIELD = N_("“{field}” is not something a column can be taken in as.")
PROTECTED = N_("“{column}” can never be taken in: the law protects it (penal code, art. 225-1; labour code, L.1132-1).")
TWICE = N_("“{one}” and “{other}” cannot both be “{field}”: choose one of them.")
NO_WAY_TO_WRITE = N_("No column holds an e-mail address or a telephone number: tell which one does, and try again.")

# Why a column was dropped, said beside its name.
DROPPED_FOR: dict[Ground, str] = {
    Ground.AGE: N_("age (penal code, art. 225-1; labour code, L.1132-1)"),
    Ground.SEX: N_("sex or gender (penal code, art. 225-1; labour code, L.1132-1)"),
    Ground.ORIGIN: N_("origin or nationality (penal code, art. 225-1; labour code, L.1132-1)"),
    Ground.FAMILY: N_("family or pregnancy (penal code, art. 225-1; labour code, L.1132-1)"),
    Ground.HEALTH: N_("health or disability (penal code, art. 225-1; labour code, L.1132-1)"),
    Ground.RELIGION: N_("religion (penal code, art. 225-1; labour code, L.1132-1)"),
    Ground.POLITICS: N_("political opinions (penal code, art. 225-1; labour code, L.1132-1)"),
    Ground.UNION: N_("union activities (penal code, art. 225-1; labour code, L.1132-1)"),
    Ground.ORIENTATION: N_("sexual orientation or private morals (penal code, art. 225-1; labour code, L.1132-1)"),
    Ground.LOOKS: N_("looks (penal code, art. 225-1; labour code, L.1132-1)"),
    Ground.HOME: N_("where people live (penal code, art. 225-1; labour code, L.1132-1)"),
    Ground.MEANS: N_("people’s means (penal code, art. 225-1; labour code, L.1132-1)"),
    Ground.STUDY_YEAR: N_("a year that gives away age (penal code, art. 225-1)"),
    Ground.PHOTO: N_("a picture, which gives away looks (penal code, art. 225-1)"),
}

# What exports call these things besides the words of `talents.protected`.
_ALSO: dict[str, Ground] = {
    "securite sociale": Ground.SEX, "social security": Ground.SEX, "nir": Ground.SEX, "nss": Ground.SEX,
    "ssn": Ground.SEX, "national insurance": Ground.SEX, "carte vitale": Ground.SEX, "titre de civilite": Ground.SEX,
    "salutation": Ground.SEX,
    "nom de jeune fille": Ground.FAMILY, "maiden name": Ground.FAMILY, "nom marital": Ground.FAMILY,
    "etat civil": Ground.FAMILY, "matrimoniale": Ground.FAMILY, "matrimonial": Ground.FAMILY,
    "civil status": Ground.FAMILY, "enfants a charge": Ground.FAMILY, "charges de famille": Ground.FAMILY,
    "sejour": Ground.ORIGIN, "residence permit": Ground.ORIGIN, "work permit": Ground.ORIGIN, "visa": Ground.ORIGIN,
    "pays d origine": Ground.ORIGIN, "passeport": Ground.ORIGIN, "passport": Ground.ORIGIN,
    "anniversaire": Ground.AGE, "tranche d age": Ground.AGE, "boeth": Ground.HEALTH, "mdph": Ground.HEALTH,
    "inaptitude": Ground.HEALTH, "medecine du travail": Ground.HEALTH, "vaccination": Ground.HEALTH,
    "allergies": Ground.HEALTH, "groupe sanguin": Ground.HEALTH, "culte": Ground.RELIGION, "croyance": Ground.RELIGION,
    "croyances": Ground.RELIGION, "rue": Ground.HOME, "street": Ground.HOME, "cp": Ground.HOME,
    "post code": Ground.HOME, "zip code": Ground.HOME, "parti": Ground.POLITICS,
    "adhesion syndicale": Ground.UNION, "photographie": Ground.PHOTO,
    "diplome en": Ground.STUDY_YEAR,
}  # fmt: skip
_LOOKED_AT = 100  # records
_ALIKE = 88.0  # similarity (0–100) from which a header is held to be a misspelling
# One word is enough among others: "E-mail principal", "Téléphone (perso)".
_TELLING = {
    "email": Field.EMAIL, "mail": Field.EMAIL, "courriel": Field.EMAIL, "telephone": Field.PHONE, "phone": Field.PHONE,
    "portable": Field.PHONE,
}  # fmt: skip
# Nearly a name we know, and something else: what Teamtailor calls whoever did not apply, a question of Indeed's, what they
# earn today.
_ELSE = frozenset({"sourced", "qualification 1", "remuneration actuelle"})
# Whose address or number it is: not the candidate's. Shared by many, it would make one person of them all.
_OTHERS = frozenset(
    "recruteur recruteuse recruiter manager owner referent referente referrer urgence emergency rh hr agence agency client "  # noqa: SIM905
    "entreprise societe company employeur employer posting interviewer coopteur cooptation consultant charge createur".split()
)
_TITLES = frozenset(
    [
        "m",
        "mr",
        "mme",
        "mlle",
        "mrs",
        "ms",
        "miss",
        "monsieur",
        "madame",
        "mademoiselle",
        "homme",
        "femme",
        "h",
        "f",
        "male",
        "female",
    ]
)


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

    `own` tells which column holds which field of the house's own ("custom.7").

    `why` tells, by name, how each column came to its field.
    """

    columns: dict[Field, int]
    named: dict[str, str]
    dropped: dict[str, Ground]
    ignored: tuple[str, ...]
    why: dict[str, Why] = field(default_factory=dict)
    own: dict[str, int] = field(default_factory=dict)


def map_columns(
    table: Table,
    choices: Mapping[str, str] | None = None,
    own: Sequence[OwnField] = (),
    memory: Mapping[str, str] | None = None,
) -> Columns:
    """Return what each column of `table` is taken in as; refuse a table that holds no way to write to anybody."""
    understood = understand(table, choices, memory, own)
    if Field.EMAIL not in understood.columns and Field.PHONE not in understood.columns:
        raise Refused(NO_WAY_TO_WRITE)
    return understood


def understand(
    table: Table,
    choices: Mapping[str, str] | None = None,
    memory: Mapping[str, str] | None = None,
    own: Sequence[OwnField] = (),
) -> Columns:
    """Return what each column of `table` says, as far as anybody can tell.

    `choices` corrects the guess: column name → a `Field` value, or "ignore". A protected column is refused there.
    `memory` holds what columns of the same source were taken in as before, by their folded names; `own` the fields of
    the house's own.
    """
    dropped = {name: ground for place, name in enumerate(table.header) if (ground := protected(table, place))}
    chosen = _chosen(table.header, choices or {}, dropped, {each.column for each in own})
    taken = {wanted: name for name, wanted in chosen.items() if isinstance(wanted, Field)}
    owned = {wanted: name for name, wanted in chosen.items() if wanted is not None and not isinstance(wanted, Field)}
    why = dict.fromkeys([*taken.values(), *owned.values()], Why.CHOSEN)
    free = [name for name in table.header if name not in dropped and name not in chosen]
    _take_own(owned, why, free, memory or {}, own)
    free = [name for name in free if name not in why]
    left = {name for name in free if (memory or {}).get(_folded(name)) == IGNORE}
    # What was chosen before comes first, an exact name before a likely one, and values speak where no name does.
    for reason, told in (
        (Why.REMEMBERED, [(name, _remembered(name, memory or {})) for name in free]),
        (Why.NAMED, [(name, exact(name)) for name in free]),
        (Why.ALIKE, [(name, guess(name)) for name in free]),
    ):
        _take(taken, why, reason, [(name, field) for name, field in told if name not in left])
    unknown = [name for name in free if name not in why and name not in left]
    _take(taken, why, Why.VALUES, _by_values(table, unknown, taken))
    named = {name: str(field) for field, name in (*taken.items(), *owned.items())}
    ignored = tuple(name for name in table.header if name not in dropped and name not in named)
    places = {name: place for place, name in enumerate(table.header)}
    own_places = {column: places[name] for column, name in owned.items()}
    return Columns({field: places[name] for field, name in taken.items()}, named, dropped, ignored, why, own_places)


def _take_own(
    owned: dict[str, str],
    why: dict[str, Why],
    free: Sequence[str],
    memory: Mapping[str, str],
    own: Sequence[OwnField],
) -> None:
    """Give each field of the house's own its column: as last time, or the one that bears its name in either language."""
    known = {each.column for each in own}
    named = {_folded(words): each.column for each in own for words in (each.name_fr, each.name_en)}
    for name in free:
        before = memory.get(_folded(name), "")
        by_name = named.get(_folded(name)) if exact(name) is None and not before else None
        for meant, reason in ((before, Why.REMEMBERED), (by_name, Why.NAMED)):
            if meant in known and meant not in owned:
                owned[meant], why[name] = name, reason


def _take(taken: dict[Field, str], why: dict[str, Why], reason: Why, told: Iterable[tuple[str, Field | None]]) -> None:
    """Give each field still free its first column, and keep the reason."""
    for name, meant in told:
        if meant is not None and meant not in taken and name not in why:
            taken[meant], why[name] = name, reason


def _remembered(column: str, memory: Mapping[str, str]) -> Field | None:
    wanted = memory.get(_folded(column), "")
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


def guess(column: str) -> Field | None:
    """Return what a column's name says it holds, misspelt or with words around; None when nobody knows."""
    words = _folded(column)
    if words in NAMES or words in _ELSE or _OTHERS & set(words.split()):
        return NAMES.get(words)
    for word, meant in _TELLING.items():
        if word in words.split():
            return meant
    if len(words) < 4:
        return None
    best = process.extractOne(words, NAMES.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return NAMES[best[0]] if best else None


def protected(table: Table, place: int) -> Ground | None:
    """Return what the law says of this column: by its name, or by values that can only be titles of address."""
    words = _folded(table.header[place])
    ground = None if words in NAMES or _TELLING.keys() & set(words.split()) else _ground(table.header[place], words)
    return Ground.SEX if ground is None and _holds_titles(table, place) else ground


def _ground(column: str, words: str) -> Ground | None:
    also = next((ground for name, ground in _ALSO.items() if f" {name} " in f" {words} "), None)
    # A recruiter's or a company's name is not this person's.
    return also or (ground if (ground := ground_of(column)) is not Ground.NAME else None)


def _holds_titles(table: Table, place: int) -> bool:
    """Tell whether most of the first cells are "M.", "Mme", "F"…"""
    cells = [fold(record.cells[place]) for record in table.records[:_LOOKED_AT]]
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(cell in _TITLES for cell in filled) * 2 > len(filled)


def _chosen(
    header: Sequence[str], choices: Mapping[str, str], dropped: Mapping[str, Ground], own: Collection[str]
) -> dict[str, Field | str | None]:
    chosen: dict[str, Field | str | None] = {}
    taken: dict[Field | str, str] = {}
    for column, wanted in choices.items():
        if column not in header:
            raise Refused(NOT_THERE, column=column)
        if wanted == IGNORE:
            chosen[column] = None
            continue
        field = wanted if wanted in own else _field(wanted)
        if column in dropped:
            raise Refused(PROTECTED, column=column)
        if field in taken:
            raise Refused(TWICE, one=taken[field], other=column, field=wanted)
        chosen[column], taken[field] = field, column
    return chosen


def _field(wanted: str) -> Field:
    try:
        return Field(wanted)
    except ValueError as unknown:
        raise Refused(NOT_A_FIELD, field=wanted) from unknown
