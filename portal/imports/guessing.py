"""What a column's name says it holds, where it is none that we know: misspelt, or with words around."""

from rapidfuzz import fuzz, process

from portal.imports.fields import LIKELY, NAMES, TELLING, Field, asked, asks_pay, exact, folded, wishes_pay

_ALIKE = 88.0  # similarity (0–100) from which a header is held to be a misspelling
# Nearly a name we know, and something else: what Teamtailor calls whoever did not apply, a question of Indeed's, what they
# earn today, since when two people know each other on LinkedIn.
_ELSE = frozenset({"sourced", "qualification 1", "remuneration actuelle", "connected on"}) | frozenset(
    # Where an ATS says that they live: nowhere they would move to.
    "region|regions|state|state region|region state|province|county|departement|canton|etat|region name".split("|")  # noqa: SIM905
)
# Whose address or number it is: not the candidate's. Shared by many, it would make one person of them all.
_OTHERS = frozenset(
    "recruteur recruteuse recruiter manager owner referent referente referrer urgence emergency rh hr agence agency client "  # noqa: SIM905
    "entreprise societe company employeur employer posting interviewer coopteur cooptation consultant charge createur".split()
)
# "E-mail 1 - Label" says of which kind the address in "E-mail 1 - Value" is.
_KINDS = (["label"], ["type"], ["libelle"])


def guess(column: str) -> Field | None:
    """Return what a column's name says it holds, misspelt or with words around; None when nobody knows."""
    words, known = folded(column), exact(column)
    if known or words in _ELSE or asks_pay(column) or _OTHERS & set(words.split()):
        return known or (Field.SOURCE if asked(column) is Field.SOURCE else None)
    if words.split()[-1:] in _KINDS:
        return None
    if wanted := LIKELY.get(words) or asked(column) or (Field.SALARY if wishes_pay(column) else None):
        return wanted
    for word, meant in TELLING.items():
        if word in words.split():
            return meant
    if len(words) < 4:
        return None
    best = process.extractOne(words, NAMES.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return NAMES[best[0]] if best else None
