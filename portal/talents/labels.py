"""The closed words of work, as people say them."""

from enum import StrEnum

from portal.kit.i18n import N_, say
from portal.talents.rules import SourceKind
from portal.talents.vocabulary import Availability, Contract, Environment, Experience, Interest, Remote

# Pairs, not a dict: words of different vocabularies compare equal when their values do.
_WORDS: tuple[tuple[StrEnum, str], ...] = (
    (Contract.CDI, N_("permanent contract")),
    (Contract.CDD, N_("fixed-term contract")),
    (Contract.INTERIM, N_("temp work")),
    (Contract.FREELANCE, N_("freelance")),
    (Contract.APPRENTICESHIP, N_("apprenticeship")),
    (Contract.INTERNSHIP, N_("internship")),
    (Availability.NOW, N_("available now")),
    (Availability.FROM_DATE, N_("available from a date")),
    (Availability.NOTICE, N_("on notice")),
    (Availability.NOT_LOOKING, N_("not looking")),
    (Experience.JUNIOR, N_("under 2 years")),
    (Experience.CONFIRMED, N_("2 to 5 years")),
    (Experience.SENIOR, N_("5 to 10 years")),
    (Experience.EXPERT, N_("10 years and more")),
    (Remote.NONE, N_("on site")),
    (Remote.SOME, N_("partly remote")),
    (Remote.FULL, N_("fully remote")),
    (Interest.TRAINING, N_("training")),
    (Interest.MANAGEMENT, N_("managing people")),
    (Interest.INTERNATIONAL, N_("working abroad")),
    (Interest.MISSION, N_("a mission that matters")),
    (Interest.TECHNOLOGY, N_("technology")),
    (Interest.AUTONOMY, N_("autonomy")),
    (Interest.TEAM, N_("the team")),
    (Interest.CUSTOMER_CONTACT, N_("contact with customers")),
    (Interest.HANDS_ON, N_("working with their hands")),
    (Interest.CREATIVITY, N_("creating")),
    (Interest.STABILITY, N_("stability")),
    (Interest.WORK_LIFE_BALANCE, N_("work-life balance")),
    (Environment.HOSPITAL, N_("hospital")),
    (Environment.CLINIC, N_("clinic")),
    (Environment.CARE_HOME, N_("care home")),
    (Environment.HOME_CARE, N_("home care")),
    (Environment.SCHOOL, N_("school")),
    (Environment.WORKSHOP, N_("workshop")),
    (Environment.FACTORY, N_("factory")),
    (Environment.BUILDING_SITE, N_("building site")),
    (Environment.OFFICE, N_("office")),
    (Environment.WAREHOUSE, N_("warehouse")),
    (Environment.ON_THE_ROAD, N_("on the road")),
    (Environment.SHOP, N_("shop")),
    (Environment.RESTAURANT, N_("restaurant")),
    (Environment.HOTEL, N_("hotel")),
    (Environment.LAB, N_("laboratory")),
    (Environment.OUTDOORS, N_("outdoors")),
    (Environment.STARTUP, N_("start-up")),
    (Environment.SMALL_BUSINESS, N_("small business")),
    (Environment.LARGE_COMPANY, N_("large company")),
    (Environment.PUBLIC_SERVICE, N_("public service")),
    (Environment.REMOTE_TEAM, N_("remote team")),
    (SourceKind.APPLICATION, N_("application")),
    (SourceKind.PORTAL, N_("portal")),
    (SourceKind.REFERRAL, N_("referral")),
    (SourceKind.LINKEDIN, N_("LinkedIn")),
    (SourceKind.EVENT, N_("event")),
    (SourceKind.ATS_EXPORT, N_("ATS export")),
    (SourceKind.OTHER, N_("other source")),
)
MSGIDS = {(type(word), word.value): told for word, told in _WORDS}


def label(locale: str, word: StrEnum) -> str:
    """Return `word` in the reader's language, in small letters, to stand in a sentence or in a list."""
    return say(locale, MSGIDS[type(word), word.value])


def msgid(word: StrEnum) -> str:
    """Return the English words for `word`, to be translated where they stand."""
    return MSGIDS[type(word), word.value]
