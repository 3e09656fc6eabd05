"""What the law forbids to choose people by: recognised by the names people give it, in French and English.

Penal code, art. 225-1; labour code, L.1132-1. Proxies are not named by the law but tell the same thing of someone.
"""

import re
from enum import StrEnum

from portal.kit.fold import fold
from portal.kit.i18n import N_


class Ground(StrEnum):
    """A ground of art. 225-1, or a proxy of one."""

    AGE = "age"
    SEX = "sex"
    ORIGIN = "origin"
    FAMILY = "family"
    HEALTH = "health"
    RELIGION = "religion"
    POLITICS = "politics"
    UNION = "union"
    ORIENTATION = "orientation"
    LOOKS = "looks"
    HOME = "home"
    NAME = "name"
    MEANS = "means"
    STUDY_YEAR = "study_year"
    PHOTO = "photo"


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
    Ground.PHOTO: N_(
        "“{word}” gives away people’s looks, and the law forbids choosing anyone by that "
        "(penal code, art. 225-1). Take it out."
    ),
}

# Folded words; several joined by "_" must stand beside each other.
_NAMES: dict[Ground, str] = {
    Ground.AGE: (
        "age ages aged naissance birth birthday birthdate dob ne nee jeune jeunes young younger old older "
        "vieux retraite retirement"
    ),
    Ground.SEX: (
        "sex sexe gender genre civilite madame monsieur mme mlle female male femme femmes homme hommes woman "
        "women man men pronoun pronouns"
    ),
    Ground.ORIGIN: (
        "origin origine origines nationality nationalite citizenship citoyennete race ethnicity ethnie ethnic "
        "birthplace lieu_de_naissance pays_de_naissance foreign etranger etrangere mother_tongue "
        "langue_maternelle immigration"
    ),
    Ground.FAMILY: (
        "family famille familial familiale situation_familiale marital married marie mariee celibataire "
        "single_parent children enfant enfants kids pregnancy pregnant grossesse enceinte maternity maternite "
        "parent parents spouse conjoint"
    ),
    Ground.HEALTH: (
        "health sante medical medicale handicap handicape disability disabled rqth illness maladie sick "
        "genetic genetique invalidity invalidite autonomy_loss"
    ),
    Ground.RELIGION: (
        "religion religious religieux religieuse faith confession church muslim musulman catholic catholique "
        "jewish juif christian chretien"
    ),
    Ground.POLITICS: "politics political politique opinion opinions party_member parti_politique vote",
    Ground.UNION: "union unions syndicat syndical syndicale syndique trade_union cgt cfdt",
    Ground.ORIENTATION: "orientation sexual sexuelle gay lesbian homosexual homosexuel lgbt moeurs morals",
    Ground.LOOKS: "looks physique apparence appearance height taille_cm weight poids beauty beaute skin peau",
    Ground.HOME: (
        "address adresse home domicile residence zip zipcode postcode postal code_postal neighbourhood quartier"
    ),
    Ground.NAME: "name nom prenom first_name last_name firstname lastname surname patronyme",
    Ground.MEANS: "wealth poverty pauvrete bank banque iban debts dettes rsa",
    Ground.STUDY_YEAR: "graduation graduation_year annee_diplome annee_du_diplome date_diplome promotion",
    Ground.PHOTO: "photo picture portrait photograph avatar",
}
_GROUNDS: dict[str, Ground] = {
    word.replace("_", " "): ground for ground, words in _NAMES.items() for word in words.split()
}
_LONGEST = max(name.count(" ") + 1 for name in _GROUNDS)
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")


def ground_of(name: str) -> Ground | None:
    """Return what the name of a criterion, a field or a column is about, when nobody may be chosen by it.

    Reads "birthDate", "DATE_NAISSANCE", "Année du diplôme" alike.
    """
    words = fold(_CAMEL.sub(" ", name)).split()
    # The longest name first: "année du diplôme" says more than "année".
    for size in range(min(_LONGEST, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            ground = _GROUNDS.get(" ".join(words[start : start + size]))
            if ground:
                return ground
    return None
