"""What the law forbids to choose people by: recognised by the names people give it, in French and English.

Penal code, art. 225-1; labour code, L.1132-1. Proxies are not named by the law but tell the same thing of someone.
"""

from portal.kit.i18n import N_
from portal.talents.law_words import Ground
from portal.talents.words_found import Found, find

__all__ = ["WHY", "Found", "Ground", "find", "ground_of"]


# One whole sentence a ground, so that each reads right in every language.
WHY: dict[Ground, str] = {
    Ground.AGE: N_(
        "“{word}” is about age: the law forbids choosing anyone by that "
        "(penal code, art. 225-1; labour code, L.1132-1). Take it out."
    ),
    Ground.SEX: N_(
        "“{word}” is about sex or gender: the law forbids choosing anyone by that "
        "(penal code, art. 225-1; labour code, L.1132-1). Take it out."
    ),
    Ground.ORIGIN: N_(
        "“{word}” is about origin or nationality: the law forbids choosing anyone by that "
        "(penal code, art. 225-1; labour code, L.1132-1). Take it out."
    ),
    Ground.FAMILY: N_(
        "“{word}” is about family or pregnancy: the law forbids choosing anyone by that "
        "(penal code, art. 225-1; labour code, L.1132-1). Take it out."
    ),
    Ground.HEALTH: N_(
        "“{word}” is about health or disability: the law forbids choosing anyone by that "
        "(penal code, art. 225-1; labour code, L.1132-1). Take it out."
    ),
    Ground.RELIGION: N_(
        "“{word}” is about religion: the law forbids choosing anyone by that "
        "(penal code, art. 225-1; labour code, L.1132-1). Take it out."
    ),
    Ground.POLITICS: N_(
        "“{word}” is about political opinions: the law forbids choosing anyone by that "
        "(penal code, art. 225-1; labour code, L.1132-1). Take it out."
    ),
    Ground.UNION: N_(
        "“{word}” is about union activities: the law forbids choosing anyone by that "
        "(penal code, art. 225-1; labour code, L.1132-1). Take it out."
    ),
    Ground.ORIENTATION: N_(
        "“{word}” is about sexual orientation or private morals: the law forbids choosing anyone by that "
        "(penal code, art. 225-1; labour code, L.1132-1). Take it out."
    ),
    Ground.LOOKS: N_(
        "“{word}” is about looks: the law forbids choosing anyone by that "
        "(penal code, art. 225-1; labour code, L.1132-1). Take it out."
    ),
    Ground.HOME: N_(
        "“{word}” is about where people live: the law forbids choosing anyone by that "
        "(penal code, art. 225-1; labour code, L.1132-1). Use the distance from their place of work."
    ),
    Ground.NAME: N_(
        "“{word}” is about people’s names: the law forbids choosing anyone by that "
        "(penal code, art. 225-1; labour code, L.1132-1). Take it out."
    ),
    Ground.MEANS: N_(
        "“{word}” is about people’s means: the law forbids choosing anyone by that "
        "(penal code, art. 225-1; labour code, L.1132-1). Take it out."
    ),
    Ground.STUDY_YEAR: N_(
        "“{word}” gives away people’s age, and the law forbids choosing anyone by that "
        "(penal code, art. 225-1). Use their experience."
    ),
    Ground.PAY: N_(
        "“{word}” is what people earn, or earned: nobody may ask or keep it (directive (EU) 2023/970, art. 5). "
        "Ask what they wish."
    ),
    Ground.PHOTO: N_(
        "“{word}” gives away people’s looks, and the law forbids choosing anyone by that "
        "(penal code, art. 225-1). Take it out."
    ),
}


def ground_of(name: str) -> Ground | None:
    """Return what the name of a criterion, a field or a column is about, when nobody may be chosen by it."""
    found = find(name)
    return found[0].ground if found else None
