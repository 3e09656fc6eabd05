"""The closed choices of a profile, and how the everyday words of an export are read into them.

Every `read_…` takes a cell as a person typed it, in French or English, and returns None rather than a guess.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.kit.fold import fold
from portal.talents.dates import after_months, number, read_date, read_month

__all__ = [
    "Availability",
    "AvailabilityRead",
    "Contract",
    "Environment",
    "Experience",
    "Interest",
    "Remote",
    "read_availability",
    "read_contract",
    "read_date",
    "read_experience",
    "read_radius",
    "read_remote",
]


class Contract(StrEnum):
    """Kinds of contract a talent accepts."""

    CDI = "cdi"
    CDD = "cdd"
    INTERIM = "interim"
    FREELANCE = "freelance"
    APPRENTICESHIP = "apprenticeship"
    INTERNSHIP = "internship"


class Availability(StrEnum):
    """When a talent could start."""

    NOW = "now"
    FROM_DATE = "from_date"
    NOTICE = "notice"
    NOT_LOOKING = "not_looking"


class Experience(StrEnum):
    """Years in the job: junior under 2, confirmed 2 to under 5, senior 5 to under 10, expert 10 and more."""

    JUNIOR = "junior"
    CONFIRMED = "confirmed"
    SENIOR = "senior"
    EXPERT = "expert"


class Remote(StrEnum):
    """How much of the work may be done from home."""

    NONE = "none"
    SOME = "some"
    FULL = "full"


class Interest(StrEnum):
    """What would make a talent move."""

    TRAINING = "training"
    MANAGEMENT = "management"
    INTERNATIONAL = "international"
    MISSION = "mission"
    TECHNOLOGY = "technology"
    AUTONOMY = "autonomy"
    TEAM = "team"
    CUSTOMER_CONTACT = "customer_contact"
    HANDS_ON = "hands_on"
    CREATIVITY = "creativity"
    STABILITY = "stability"
    WORK_LIFE_BALANCE = "work_life_balance"


class Environment(StrEnum):
    """Where a talent likes to work."""

    HOSPITAL = "hospital"
    CLINIC = "clinic"
    CARE_HOME = "care_home"
    HOME_CARE = "home_care"
    SCHOOL = "school"
    WORKSHOP = "workshop"
    FACTORY = "factory"
    BUILDING_SITE = "building_site"
    OFFICE = "office"
    WAREHOUSE = "warehouse"
    ON_THE_ROAD = "on_the_road"
    SHOP = "shop"
    RESTAURANT = "restaurant"
    HOTEL = "hotel"
    LAB = "lab"
    OUTDOORS = "outdoors"
    STARTUP = "startup"
    SMALL_BUSINESS = "small_business"
    LARGE_COMPANY = "large_company"
    PUBLIC_SERVICE = "public_service"
    REMOTE_TEAM = "remote_team"


@dataclass(frozen=True, slots=True)
class AvailabilityRead:
    """What a cell said: `from_date` only with FROM_DATE, `notice_months` (0.25 is a week) only with NOTICE."""

    kind: Availability
    from_date: date | None = None
    notice_months: float | None = None


# Folded beginnings of words, as patterns over folded text.
_CONTRACTS = {
    Contract.CDI: r"cdi|permanent|duree indeterminee|open ended",
    Contract.CDD: r"cdd|duree determinee|fixed term",
    Contract.INTERIM: r"interim\w*|travail temporaire|ctt|temp|temping|agency",
    Contract.FREELANCE: r"freelance\w*|independant\w*|portage|contractor|auto ?entrepreneur\w*|self employed",
    Contract.APPRENTICESHIP: r"alternan\w*|apprenti\w*|contrat pro|(?:contrat de )?professionnalisation",
    Contract.INTERNSHIP: r"stages?|stagiaires?|internships?|intern|trainee",
}
_CONTRACT_WORDS = {contract: re.compile(rf"\b(?:{words})\b") for contract, words in _CONTRACTS.items()}
_NOT_LOOKING = re.compile(
    r"\b(?:(?:pas|non|plus) (?:disponible|dispo|en recherche|a l ecoute)|indisponible|ne cherche (?:pas|plus)|"
    r"not (?:looking|available|searching)|unavailable)\b"
)
_NOW = re.compile(
    r"(?:(?:disponible|dispo|available|libre) )?(?:"
    r"immediate?(?:ment|ly)?|(?:tout )?de suite|maintenant|des (?:maintenant|que possible|aujourd hui)|sans preavis|"
    r"asap|now|right away|as soon as possible|no notice|disponible|dispo|available)"
)
_NOTICE = re.compile(r"\b(?:preavis|notice|delai)\b")
_LENGTH = re.compile(r"\b(\d+(?:[,.]\d)?|\w+) ?(mois|months?|semaines?|weeks?|sem|jours?|days?|j)\b")
_YEARS = re.compile(
    r"(?<!\d)(\d{1,2}(?:[.,]\d)?) ?\+? ?(?:(?:a|à|-|–|to|et) ?\d{1,2} ?)?\+? ?(?:ans?|ann[eé]es?|yrs?|years?|y)\b"
)
_KM = re.compile(r"(?<![\d.,])(\d{1,4})(?:[.,]\d+)?\s*(kms?|kilom[eè]tres?|kilometers?)?", re.IGNORECASE)
_EXPERIENCE_WORDS = {
    "junior": Experience.JUNIOR, "debutant": Experience.JUNIOR, "debutante": Experience.JUNIOR,
    "beginner": Experience.JUNIOR, "entry level": Experience.JUNIOR,
    "jeune diplome": Experience.JUNIOR, "jeune diplomee": Experience.JUNIOR,
    "confirme": Experience.CONFIRMED, "confirmee": Experience.CONFIRMED, "intermediaire": Experience.CONFIRMED,
    "intermediate": Experience.CONFIRMED, "mid level": Experience.CONFIRMED, "confirmed": Experience.CONFIRMED,
    "senior": Experience.SENIOR, "experimente": Experience.SENIOR, "experimentee": Experience.SENIOR,
    "expert": Experience.EXPERT, "experte": Experience.EXPERT,
}  # fmt: skip


def read_contract(text: str) -> frozenset[Contract] | None:
    """Return the contracts named in "CDI, intérim" or "permanent / temp"; None when none is."""
    folded = fold(text)
    found = frozenset(contract for contract, words in _CONTRACT_WORDS.items() if words.search(folded))
    # "CDI uniquement, pas d'intérim" names what is refused: a person has to read it.
    if not found or re.search(r"\b(?:pas|sauf|hors|no|not|except|non)\b", folded):
        return None
    return found


def read_availability(text: str, today: date) -> AvailabilityRead | None:
    """Return what "immédiate", "ASAP", "préavis 3 mois", "01/03/2027" or "à partir de mars 2027" says on `today`.

    A day already come means now; "sous 2 semaines" is a date counted from `today`.
    """
    folded = fold(text)
    if _NOT_LOOKING.search(folded):
        # "pas disponible avant mars 2027" tells when, all the same.
        return _from(_day_in(text, today), today) or AvailabilityRead(Availability.NOT_LOOKING)
    if _NOW.fullmatch(folded):
        return AvailabilityRead(Availability.NOW)
    months = _length_in_months(text.lower())
    if _NOTICE.search(folded):
        return AvailabilityRead(Availability.NOTICE, notice_months=months) if months is not None else None
    if months is not None:
        # "3 mois" alone may be a notice or a delay: only a word of delay says when.
        if re.match(r"(?:disponible |dispo |available )?(?:dans|sous|d ici|in|within)\b", folded):
            return AvailabilityRead(Availability.FROM_DATE, from_date=after_months(today, months))
        return None
    return _from(_day_in(text, today), today)


def _length_in_months(text: str) -> float | None:
    """Return 3.0 for "3 mois", 0.5 for "2 semaines", 1.0 for "un mois"; None without a length of time."""
    found = _LENGTH.search(text)
    count = number(found[1]) if found else None
    if found is None or count is None or count > 24 * 30:
        return None
    unit = found[2][0]
    return round(count if unit == "m" else count / 4 if unit in "sw" else count / 30, 2)


def _day_in(text: str, today: date) -> date | None:
    """Return the day, or the first day of the month, that `text` names."""
    found = re.search(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}", text)
    return read_date(found[0]) if found else read_month(fold(text), today)


def _from(day: date | None, today: date) -> AvailabilityRead | None:
    if day is None:
        return None
    if day <= today:
        return AvailabilityRead(Availability.NOW)
    return AvailabilityRead(Availability.FROM_DATE, from_date=day)


def read_experience(text: str) -> Experience | None:
    """Return the level of "5 ans", "2-3 years", "10+ ans", "18 mois", "junior" or "7". A range counts by its lower end."""
    folded = fold(text)
    if folded in _EXPERIENCE_WORDS:
        return _EXPERIENCE_WORDS[folded]
    if text.strip().startswith("<") or re.match(r"(?:moins d|less than|under)", folded):
        return Experience.JUNIOR if re.search(r"\b(?:1|2|un|une|one|a|deux|two)\b", folded) else None
    if months := re.fullmatch(r"(\d{1,3}) ?(?:mois|months?)(?: d experience| of experience)?", folded):
        return _level(int(months[1]) / 12)
    plain = " ".join(text.lower().split())
    found = _YEARS.search(plain) or re.fullmatch(r"(\d{1,2}(?:[.,]\d)?) ?\+?", plain)
    return _level(float(found[1].replace(",", "."))) if found else None


def _level(years: float) -> Experience | None:
    if years > 60:
        return None
    if years < 2:
        return Experience.JUNIOR
    if years < 5:
        return Experience.CONFIRMED
    return Experience.SENIOR if years < 10 else Experience.EXPERT


def read_radius(text: str) -> int | None:
    """Return whole kilometres, 1 to 1000, from "30 km", "30" or "30,0"; None for anything else ("département", "0")."""
    plain = " ".join(text.split())
    found = _KM.fullmatch(re.sub(r"^[<≤~ ]*| ?(?:max(?:imum|i)?\.?|autour.*)?$", "", plain, flags=re.IGNORECASE))
    return int(found[1]) if found and 1 <= int(found[1]) <= 1000 else None


def read_remote(text: str) -> Remote | None:
    """Return how much remote work "télétravail partiel", "full remote", "hybride" or "sur site" says."""
    folded = fold(text)
    if re.fullmatch(r"(?:non|no|none|aucun|jamais|sur site|on site|presentiel|pas de teletravail)", folded):
        return Remote.NONE
    if re.fullmatch(
        r"(?:full|100|total|complet) ?(?:remote|teletravail)?|(?:teletravail|remote) (?:total|complet|100)", folded
    ):
        return Remote.FULL
    if re.search(r"\b(?:partiel|hybride?|hybrid|partial|occasionnel|quelques jours|\d jours?)\b", folded):
        return Remote.SOME
    return None
