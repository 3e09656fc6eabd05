"""Which column says what. What the law protects is recognised first, dropped and named; nothing maps it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from portal.imports.fields import NAMES, Field, exact
from portal.imports.fields import folded as _folded
from portal.imports.reading import Table
from portal.kit.errors import Refused
from portal.kit.fold import fold
from portal.kit.i18n import N_
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
_ALIKE = 88.0  # similarity (0–100) from which a header is held to be a misspelling
# One word is enough among others: "E-mail principal", "Téléphone (perso)".
_TELLING = {
    "email": Field.EMAIL, "mail": Field.EMAIL, "courriel": Field.EMAIL, "telephone": Field.PHONE, "phone": Field.PHONE,
    "portable": Field.PHONE,
}  # fmt: skip
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


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds which field; `dropped` columns are protected (why, by name), `ignored` ones unknown."""

    columns: dict[Field, int]
    named: dict[str, str]
    dropped: dict[str, Ground]
    ignored: tuple[str, ...]


def map_columns(table: Table, choices: Mapping[str, str] | None = None) -> Columns:
    """Return what each column of `table` is taken in as; refuse a table that holds no way to write to anybody."""
    understood = understand(table, choices)
    if Field.EMAIL not in understood.columns and Field.PHONE not in understood.columns:
        raise Refused(NO_WAY_TO_WRITE)
    return understood


def understand(table: Table, choices: Mapping[str, str] | None = None) -> Columns:
    """Return what each column of `table` says, as far as anybody can tell.

    `choices` corrects the guess: column name → a `Field` value, or "ignore". A protected column is refused there.
    """
    dropped = {name: ground for place, name in enumerate(table.header) if (ground := protected(table, place))}
    chosen = _chosen(table.header, choices or {}, dropped)
    taken = {field: name for name, field in chosen.items() if field is not None}
    free = [name for name in table.header if name not in dropped and name not in chosen]
    for told in (exact, guess):  # an exact name comes before a likely one, wherever it stands
        for name in free:
            field = told(name)
            if field is not None and field not in taken and name not in taken.values():
                taken[field] = name
    named = {name: field.value for field, name in taken.items()}
    ignored = tuple(name for name in table.header if name not in dropped and name not in named)
    places = {name: place for place, name in enumerate(table.header)}
    return Columns({field: places[name] for field, name in taken.items()}, named, dropped, ignored)


def guess(column: str) -> Field | None:
    """Return what a column's name says it holds, misspelt or with words around; None when nobody knows."""
    words = _folded(column)
    if words in NAMES:
        return NAMES[words]
    for word, field in _TELLING.items():
        if word in words.split():
            return field
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
    cells = [fold(record.cells[place]) for record in table.records[:100]]
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(cell in _TITLES for cell in filled) * 2 > len(filled)


def _chosen(
    header: Sequence[str], choices: Mapping[str, str], dropped: Mapping[str, Ground]
) -> dict[str, Field | None]:
    chosen: dict[str, Field | None] = {}
    taken: dict[Field, str] = {}
    for column, wanted in choices.items():
        if column not in header:
            raise Refused(NOT_THERE, column=column)
        if wanted == IGNORE:
            chosen[column] = None
            continue
        field = _field(wanted)
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
