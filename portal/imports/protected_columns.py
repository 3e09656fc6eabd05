"""The columns of a file that the law keeps out: dropped and named, and nothing maps them back."""

from portal.imports.fields import NAMES, TELLING, folded
from portal.imports.reading import Table
from portal.kit.fold import fold
from portal.kit.i18n import N_
from portal.talents.protected import Ground, ground_of

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


def protected(table: Table, place: int) -> Ground | None:
    """Return what the law says of this column: by its name, or by values that can only be titles of address."""
    words = folded(table.header[place])
    ground = None if words in NAMES or TELLING.keys() & set(words.split()) else _ground(table.header[place], words)
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
