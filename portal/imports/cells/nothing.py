"""What people, spreadsheets and databases write where there is nothing to say."""

from portal.imports.fields import Field

_SIGNS = frozenset(
    "-|--|---|–|—|_|.|..|...|?|??|???|/|//|n/a|n.a.|n.a|n/d|n.d.|n/c|nc|n.c.|n/r|nr|n.r.|null|(null)|[null]|#n/a|#null!|#ref!|"  # noqa: SIM905 (a paragraph of words reads better than a column)
    "#value!|#name?|#nom?|#valeur!|#div/0!|#num!|#nombre!|<na>|\\n|s/o|non renseigné|non renseigne|non renseignée|"
    "non communiqué|non communique|non précisé|non precise|non défini|not provided|not specified|not available|undefined|"
    "0000-00-00|00/00/0000|0000-00-00 00:00:00".split("|")
)
# Somebody may be called so: nothing in every column but names.
_WORDS = frozenset({"nan", "none", "nat", "na", "nil", "aucun", "aucune", "néant", "neant", "vide", "empty"})
_LOGICAL = frozenset({"true", "false", "vrai", "faux"})
_NAMES = frozenset({Field.FIRST_NAME, Field.LAST_NAME, Field.FULL_NAME})
# Where a word of logic says nothing.
_TOLD_IN_WORDS = frozenset({
    Field.EMAIL, Field.PHONE, Field.JOB, Field.OTHER_JOBS, Field.SKILLS, Field.LANGUAGES, Field.CONTRACTS, Field.PLACE,
    Field.OTHER_PLACES, Field.INTERESTS, Field.ENVIRONMENTS, Field.REFUSES, Field.LOCALE, Field.SOURCE,
})  # fmt: skip
_LONGEST = max(map(len, _SIGNS))


def is_nothing(text: str, field: Field | None = None) -> bool:
    """Tell whether a cell says nothing, in a column that is taken in as `field`."""
    if len(text) > _LONGEST:
        return False
    said = text.casefold()
    if said in _SIGNS:
        return True
    return (said in _WORDS and field not in _NAMES) or (said in _LOGICAL and field in _TOLD_IN_WORDS)
