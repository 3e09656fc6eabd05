"""What narrows the pool: the words of the filters, and the criteria they stand for."""

from collections.abc import Mapping
from enum import StrEnum
from urllib.parse import urlencode

from portal.kit.i18n import N_
from portal.segments.document import Consent, ConsentState, Criterion, Job, LastAct, Near, Since, Situation, Sources
from portal.segments.liveness import FRESH_DAYS
from portal.segments.pool import Filters
from portal.talents import jobs, places
from portal.talents.queries import Sort
from portal.talents.rules import SourceKind
from portal.talents.vocabulary import Availability

# What may stand in the address of the page, so that numbers elsewhere can open a list.
NAMES = ("q", "job", "place", "km", "availability", "standing", "source", "sign", "reach", "sort", "page")
KM = ("10", "30", "50", "100")
USUAL_KM = "30"

AVAILABILITIES = (
    (Availability.NOW.value, N_("Available now")),
    (Availability.FROM_DATE.value, N_("Available from a date")),
    (Availability.NOTICE.value, N_("On notice")),
    (Availability.NOT_LOOKING.value, N_("Not looking")),
)
STANDINGS = (
    (ConsentState.VALID.value, N_("Valid")),
    (ConsentState.EXPIRED.value, N_("Expired")),
    (ConsentState.WITHDRAWN.value, N_("Withdrawn")),
    (ConsentState.NONE.value, N_("None")),
)
SOURCES = (
    (SourceKind.APPLICATION.value, N_("Application")),
    (SourceKind.PORTAL.value, N_("Portal")),
    (SourceKind.REFERRAL.value, N_("Referral")),
    (SourceKind.LINKEDIN.value, N_("LinkedIn")),
    (SourceKind.EVENT.value, N_("Event")),
    (SourceKind.ATS_EXPORT.value, N_("ATS export")),
    (SourceKind.OTHER.value, N_("Other source")),
)
FRESH, STALE = "fresh", "stale"
SIGNS = ((FRESH, N_("Within six months")), (STALE, N_("Longer ago, or never")))
REACHES = (("yes", N_("Can be written to")), ("no", N_("Cannot be written to now")))
SORTS = (
    (Sort.NAME.value, N_("Name")),
    (Sort.LAST_ACT.value, N_("Last sign from them")),
    (Sort.LAST_LETTER.value, N_("Last letter")),
    (Sort.NEWEST.value, N_("Newest")),
)


def clean(asked: Mapping[str, str]) -> dict[str, str]:
    """Return what was asked, without what no filter knows: an address is typed by anyone."""
    kept = {name: str(asked.get(name, ""))[:200].strip() for name in NAMES}
    kept["km"] = kept["km"] if kept["km"] in KM else USUAL_KM
    kept["sort"] = kept["sort"] if kept["sort"] in set(Sort) else Sort.NAME.value
    kept["page"] = kept["page"] if kept["page"].isascii() and kept["page"].isdigit() and len(kept["page"]) < 7 else "1"
    kept["reach"] = kept["reach"] if kept["reach"] in {"yes", "no"} else ""
    kept["sign"] = kept["sign"] if kept["sign"] in {FRESH, STALE} else ""
    kept["job"] = kept["job"] if jobs.get(kept["job"]) else ""
    kept["place"] = kept["place"] if places.get(kept["place"]) else ""
    for name, known in _CLOSED.items():
        kept[name] = kept[name] if kept[name] in set(known) else ""
    return kept


_CLOSED: dict[str, type[StrEnum]] = {"availability": Availability, "standing": ConsentState, "source": SourceKind}


def filters(kept: Mapping[str, str]) -> Filters:
    """Return the criteria a clean dict of filters stands for."""
    criteria: list[Criterion] = []
    if kept["job"]:
        criteria.append(Job(one_of=(kept["job"],)))
    if kept["place"]:
        criteria.append(Near(place=kept["place"], km=int(kept["km"])))
    if kept["availability"]:
        criteria.append(Situation(one_of=(Availability(kept["availability"]),)))
    if kept["standing"]:
        criteria.append(Consent(one_of=(ConsentState(kept["standing"]),)))
    if kept["source"]:
        criteria.append(Sources(one_of=(SourceKind(kept["source"]),)))
    if kept["sign"]:
        when = Since.WITHIN if kept["sign"] == FRESH else Since.NOT_WITHIN
        criteria.append(LastAct(when=when, days=FRESH_DAYS))
    reachable = {"yes": True, "no": False}.get(kept["reach"])
    return Filters(criteria=tuple(criteria), reachable=reachable)


def address(kept: Mapping[str, str]) -> str:
    """Return the address of this list, to be kept, sent, or gone back to."""
    usual = {"km": kept["km"] if not kept["place"] else USUAL_KM, "sort": Sort.NAME.value, "page": "1"}
    said = {name: kept[name] for name in NAMES if kept[name] and kept[name] != usual.get(name)}
    return f"/pool?{urlencode(said)}" if said else "/pool"
