"""The columns of a file that the law keeps out: dropped and named, and nothing maps them back."""

import re
from collections.abc import Collection

from portal.imports.fields import ORIGINS, TELLING, asked, exact, folded, shorn
from portal.imports.reading import Table
from portal.kit.fold import fold
from portal.kit.i18n import N_
from portal.talents.protected import Ground, find

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
    Ground.PAY: N_("what people earn or earned (directive (EU) 2023/970, art. 5)"),
    Ground.PHOTO: N_("a picture, which gives away looks (penal code, art. 225-1)"),
}

_LOOKED_AT = 100  # records
_A_SOURCE = re.compile(
    r"linkedin|indeed|hello ?work|apec|monster|jungle|jobteaser|bon ?coin|france travail|pole emploi|\bsite|career|carriere|"
    r"appl(?:y|ied|ication)|sourc|refer|agenc|cabinet|coopt|salon|forum|universit|spontan|job|facebook|twitter|instagram|google|"
    r"upload|manual|import|mail|parrain|interne?\b|internal|annonce|candidature|cvtheque|pool|vivier|event|website|partner"
)
_LONGEST_TOLD = 80
_NOTES = frozenset(
    "note notes commentaire commentaires comment comments remarque remarques observation observations".split()  # noqa: SIM905
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


def protected(table: Table, place: int, cleared: Collection[str] = (), *, free_text: bool = False) -> Ground | None:
    """Return what the law says of this column: by its name, or by cells that can only be about what it protects."""
    name = table.header[place]
    words = folded(name)
    # Of an application it is a source, of a person nobody's business.
    known = _holds_sources(table, place) if words in ORIGINS else exact(name) or TELLING.keys() & set(words.split())
    ground = None if known else _of_name(name, cleared)
    if ground is None and _holds_titles(table, place):
        return Ground.SEX
    # Of free notes each cell is looked at by itself, once somebody takes them in.
    by_cells = not (known or asked(name) or free_text or _NOTES & set(words.split()))
    return _of_cells(table, place) if ground is None and by_cells else ground


def _holds_sources(table: Table, place: int) -> bool:
    """Tell whether most of a column's first cells name where applications come from."""
    cells = [fold(cell) for record in table.records[:_LOOKED_AT] if (cell := record.cells[place].strip())]
    return bool(cells) and sum(_A_SOURCE.search(cell) is not None for cell in cells) * 2 > len(cells)


def _of_name(name: str, cleared: Collection[str]) -> Ground | None:
    # A recruiter's or a company's name is not this person's.
    found = [each for each in find(name) or find(shorn(name)) if each.ground is not Ground.NAME]
    if not found or (fold(name) in cleared and not found[0].of_the_law):
        return None
    return found[0].ground


def _of_cells(table: Table, place: int) -> Ground | None:
    """Tell what a column nobody knows is about by what stands in it: "célibataire" below "Situation"."""
    cells = {cell for record in table.records[:_LOOKED_AT] if (cell := record.cells[place].strip())}
    grounds = [found[0].ground for cell in sorted(cells) if len(cell) < _LONGEST_TOLD and (found := find(cell))]
    told = [ground for ground in grounds if ground not in {Ground.NAME, Ground.PHOTO}]
    return told[0] if told and len(told) * 2 >= len(cells) else None


def _holds_titles(table: Table, place: int) -> bool:
    """Tell whether most of the first cells are "M.", "Mme", "F"…"""
    cells = [fold(record.cells[place]) for record in table.records[:_LOOKED_AT]]
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(cell in _TITLES for cell in filled) * 2 > len(filled)
