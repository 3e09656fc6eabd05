"""What a column may be about, and the names French and English exports give it."""

import csv
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from itertools import islice
from pathlib import Path

from portal.kit.fold import fold
from portal.kit.i18n import N_
from portal.talents.custom import key_of

DATA = Path(__file__).parent / "data"


class Field(StrEnum):
    """What a column may be taken in as."""

    EMAIL = "email"
    PHONE = "phone"
    OTHER_EMAILS = "other_emails"
    OTHER_PHONES = "other_phones"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    FULL_NAME = "full_name"
    JOB = "job"
    OTHER_JOBS = "other_jobs"
    EXPERIENCE = "experience"
    SKILLS = "skills"
    LANGUAGES = "languages"
    CONTRACTS = "contracts"
    SALARY = "salary"
    AVAILABILITY = "availability"
    AVAILABLE_FROM = "available_from"
    NOTICE = "notice"
    PLACE = "place"
    COUNTRY = "country"
    OTHER_PLACES = "other_places"
    RADIUS = "radius"
    REMOTE = "remote"
    RELOCATION = "relocation"
    INTERESTS = "interests"
    ENVIRONMENTS = "environments"
    REFUSES = "refuses"
    TAGS = "tags"
    NOTE = "note"
    LOCALE = "locale"
    COLLECTED_ON = "collected_on"
    SOURCE = "source"
    CONSENT_ON = "consent_on"
    CONSENT_TEXT = "consent_text"
    CONSENT_UNTIL = "consent_until"
    CONSENT = "consent"
    OPTED_OUT = "opted_out"
    TO_DECIDE = "to_decide"


LABELS: dict[Field, str] = {
    Field.EMAIL: N_("E-mail address"),
    Field.PHONE: N_("Telephone"),
    Field.OTHER_EMAILS: N_("Other e-mail addresses"),
    Field.OTHER_PHONES: N_("Other telephone numbers"),
    Field.FIRST_NAME: N_("First name"),
    Field.LAST_NAME: N_("Last name"),
    Field.FULL_NAME: N_("Full name"),
    Field.JOB: N_("Job"),
    Field.OTHER_JOBS: N_("Other jobs"),
    Field.EXPERIENCE: N_("Experience"),
    Field.SKILLS: N_("Skills"),
    Field.LANGUAGES: N_("Languages"),
    Field.CONTRACTS: N_("Contracts"),
    Field.SALARY: N_("Salary floor"),
    Field.AVAILABILITY: N_("Availability"),
    Field.AVAILABLE_FROM: N_("Available from"),
    Field.NOTICE: N_("Length of notice"),
    Field.PLACE: N_("Place of work"),
    Field.COUNTRY: N_("Country, to read telephone numbers by"),
    Field.OTHER_PLACES: N_("Other places and regions"),
    Field.RADIUS: N_("Distance they would travel"),
    Field.REMOTE: N_("Remote work"),
    Field.RELOCATION: N_("Would move house"),
    Field.INTERESTS: N_("Interests"),
    Field.ENVIRONMENTS: N_("Environments they like"),
    Field.REFUSES: N_("What they do not want"),
    Field.TAGS: N_("Tags"),
    Field.NOTE: N_("Note about their work, which they may read"),
    Field.LOCALE: N_("Language of letters"),
    Field.COLLECTED_ON: N_("Day of application or collection"),
    Field.SOURCE: N_("Where they come from"),
    Field.CONSENT_ON: N_("Day of consent"),
    Field.CONSENT_TEXT: N_("Text they agreed to"),
    Field.CONSENT_UNTIL: N_("End of consent"),
    Field.CONSENT: N_("Agreed to be written to (a no stays outside)"),
    Field.OPTED_OUT: N_("Asked not to be written to"),
    Field.TO_DECIDE: N_("To decide: did they ask not to be written to?"),
}

# Several columns may say these.
SEVERAL_COLUMNS = frozenset({Field.OTHER_EMAILS, Field.OTHER_PHONES, Field.CONSENT, Field.OPTED_OUT, Field.TO_DECIDE})

OWN = N_("Field of the house’s own")


def label(field: str) -> str:
    """Return the msgid of what a column is taken in as; `field` may be one of the house's own ("custom.7")."""
    return OWN if key_of(field) else LABELS[Field(field)]


def _rows(name: str) -> Iterator[tuple[Field, list[str]]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        for row in csv.reader(islice(lines, 1, None), delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Field(row[0]), row[1].split("|")


# What real tools and people call a column, and what the questions of web forms ask for: all words of one alternative.
# One with a "~" before it is only likely: its cells have to agree.
_TOPICS = [(name, field) for field, names in _rows("topics.tsv") for name in names]
NAMES: dict[str, Field] = {fold(name): field for name, field in _TOPICS if name[0] != "~"}
LIKELY: dict[str, Field] = {fold(name): field for name, field in _TOPICS if name[0] == "~"}
_QUESTIONS = [(field, each.split()) for field, asked in _rows("questions.tsv") for each in asked]
# Where an application comes from, or where a person does: the cells tell.
ORIGINS = frozenset({"origine", "origin", "candidate origin"})
# Where a place is no matter of course the one they wish to work in.
_OF_WORK = re.compile(r"\b(?:travail|work|souhait|prefer|desir|recherch|wish|vise|mobilit)")

# One word is enough among others: "E-mail principal", "Téléphone (perso)".
TELLING = {
    "email": Field.EMAIL, "mail": Field.EMAIL, "courriel": Field.EMAIL, "telephone": Field.PHONE, "phone": Field.PHONE,
    "portable": Field.PHONE, "tel": Field.PHONE,
}  # fmt: skip
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")
_AGAIN = re.compile(r" \(\d+\)$")
# What forms and tools put around the name of a column.
_AROUND = re.compile(
    r"^(?:proprietes?|custom fields?|champs?|(?:candidat|candidate|applicant|talent|contact)(?: s)?|votre|vos|your|"
    r"(?:quel(?:le)?s? (?:est|sont)|what(?: is| s| are)|(?:merci d |veuillez )?(?:indique|precise)[rz]|please enter) "
    r"(?:votre|vos|your)) |(?<=.) (?:requis|required|obligatoire|mandatory|perso|personnel|personnelle|personal|principal|"
    r"principale|primary|si connu|if any|optional|facultatif)$"
)
_ASIDE = re.compile(r"\([^()]*\)")
_TO_SOMEONE = frozenset(
    "votre vos vous your you quel quelle quels quelles what which indiquez indiquer veuillez please".split()  # noqa: SIM905
)
_EITHER = re.compile(r"(?<=.) (?:h f|f h|m f|f m)$")


def folded(column: str) -> str:
    """Return a column's name as `NAMES` has it: "Nom (2)" is a second "Nom", "firstName" two words, "Poste (H/F)" a job."""
    return _EITHER.sub("", fold(_CAMEL.sub(" ", _AGAIN.sub("", column))))


@lru_cache(maxsize=2_000)
def exact(column: str) -> Field | None:
    """Return what a column's name is known to mean, "Propriétés : Disponibilité" and "Votre prénom *" as well."""
    if any(NAMES.get(folded(aside)) is Field.FULL_NAME for aside in _ASIDE.findall(column)):
        return Field.FULL_NAME  # "Candidat (NOM Prénom)"
    for name in (column, _ASIDE.sub("", column)):
        if found := NAMES.get(folded(name)) or NAMES.get(shorn(name)):
            return found
    return None


def shorn(column: str) -> str:
    """Return a column's folded name without what forms and tools put around it: "adresse" for "Votre adresse (requis)"."""
    return _AROUND.sub("", _AROUND.sub("", folded(column)))


def asked(column: str) -> Field | None:
    """Return what a question of a web form asks for: "Dans quelle ville souhaitez-vous travailler ?"."""
    words = folded(column).split()
    if "?" not in column and not (len(words) > 3 and _TO_SOMEONE & set(words)):
        return None
    for field, wanted in _QUESTIONS:
        if all(any(word.startswith(each) for word in words) for each in wanted):
            return field
    return None


def is_assumed_place(column: str) -> bool:
    """Tell whether a column of places does not say that they are those people wish to work in."""
    return _OF_WORK.search(folded(column)) is None


# What tells one column of addresses or of numbers from another.
_WHICH = frozenset(
    "1 2 3 4 5 1st 2nd 3rd second seconde secondary secondaire other autre alternate alternative additional value valeur home "  # noqa: SIM905
    "work domicile bureau fixe pro perso professionnel professionnelle personnel personnelle mobile portable cell".split()
)
_FURTHER = {Field.EMAIL: Field.OTHER_EMAILS, Field.PHONE: Field.OTHER_PHONES}


def further(column: str) -> Field | None:
    """Return what a further column of addresses or numbers is: "2nd E-Mail", "Phone 2 - Value", "Téléphone fixe"."""
    words = folded(column).split()
    known = NAMES.get(" ".join(words)) or NAMES.get(" ".join(word for word in words if word not in _WHICH))
    return _FURTHER.get(known) if known else None


_PAY = frozenset(
    "salaire salaires remuneration remunerations package salary salaries pay wage wages compensation ctc smic brut net".split()  # noqa: SIM905
)
_WISHED = re.compile(
    r"\b(?:souhait|demand|attend|voulu|minim|min\b|pretention|desir|expect|wish|floor|ask|cible|target|objectif)"
)


def wishes_pay(column: str) -> bool:
    """Tell whether a column speaks of the pay they wish for: "Salaire brut annuel souhaité"."""
    words = folded(column)
    return bool(_PAY & set(words.split())) and _WISHED.search(words) is not None


def asks_pay(column: str) -> bool:
    """Tell whether a column speaks of pay without saying whether they wish it or earn it."""
    words = folded(column)
    return bool(_PAY & set(words.split())) and not _WISHED.search(words)


WHERE_THEY_ARE = N_("“{column}” stands as the place where they work, until they say otherwise.")
WHOSE_PAY = N_(
    "“{column}”: what they wish, or what they earn? It is left out. Take it in as the salary they wish if that is what it holds: "
    "nobody may keep what they earn (directive (EU) 2023/970, art. 5)."
)
