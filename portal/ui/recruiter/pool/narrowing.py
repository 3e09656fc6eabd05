"""What narrows the pool: the words of the filters, and the criteria they stand for."""

import re
from collections.abc import Callable, Container, Mapping
from urllib.parse import urlencode

from portal.conversations.rules import Answer, Reason
from portal.kit.i18n import N_
from portal.segments.document import (
    Available,
    Consent,
    ConsentState,
    Group,
    Job,
    LastAct,
    LastAnswer,
    Member,
    Near,
    Node,
    Since,
    Situation,
    Sources,
    Tags,
)
from portal.segments.liveness import FRESH_DAYS
from portal.segments.pool import Filters
from portal.segments.portrait import SOON_DAYS
from portal.talents import jobs, places
from portal.talents.queries import Sort
from portal.talents.rules import SourceKind
from portal.talents.vocabulary import Availability

# What may stand in the address of the page, so that numbers elsewhere can open a list.
NAMES = (
    "q", "job", "place", "km", "availability", "standing", "source", "sign", "answer", "reason", "tag", "segment", "also",
    "without", "reach", "sort", "page",
)  # fmt: skip
KM = ("10", "30", "50", "100")
USUAL_KM = "30"

SOON, LATER, UNSAID, SILENT = "soon", "later", "unsaid", "none"
AVAILABILITIES = (
    (Availability.NOW.value, N_("Available now")),
    (SOON, N_("Available within 60 days")),
    (LATER, N_("Available later")),
    (Availability.FROM_DATE.value, N_("Available from a date")),
    (Availability.NOTICE.value, N_("On notice")),
    (Availability.NOT_LOOKING.value, N_("Not looking")),
    (UNSAID, N_("Have not said")),
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
    for name in _NUMBERED:
        kept[name] = kept[name] if _NUMBER.fullmatch(kept[name]) else ""
    for name, known in _CLOSED.items():
        kept[name] = kept[name] if kept[name] in known else ""
    return kept


_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
# In this one, in that one too, and not in a third.
OF_SEGMENTS = ("segment", "also", "without")
_NUMBERED = ("tag", *OF_SEGMENTS)
_CLOSED: dict[str, Container[str]] = {
    "availability": dict(AVAILABILITIES),
    "standing": set(ConsentState),
    "source": set(SourceKind),
    "answer": {*Answer, SILENT},
    "reason": set(Reason),
}


def filters(kept: Mapping[str, str]) -> Filters:
    """Return the criteria a clean dict of filters stands for."""
    parts = [part(kept) for name, part in _PARTS.items() if kept[name]]
    return Filters(criteria=tuple(parts), reachable={"yes": True, "no": False}.get(kept["reach"]))


def _availability(kept: Mapping[str, str]) -> Node:
    """A day that has come is now, as the portrait counts it."""
    dated, by_now = Situation(one_of=(Availability.FROM_DATE,)), Available(when="now")
    soon = Available(when="within", days=SOON_DAYS)
    match kept["availability"]:
        case Availability.NOW:
            return _any(Situation(one_of=(Availability.NOW,)), _all(dated, by_now))
        case "soon":
            return _all(dated, soon, _none(by_now))
        case "later":
            return _all(dated, _none(soon))
        case "unsaid":
            return _none(Situation(one_of=tuple(Availability)))
        case other:
            return Situation(one_of=(Availability(other),))


def _answer(kept: Mapping[str, str]) -> Node:
    if kept["answer"] == SILENT:
        return _none(LastAnswer(one_of=tuple(Answer)))
    return LastAnswer(one_of=(Answer(kept["answer"]),))


def _sign(kept: Mapping[str, str]) -> Node:
    return LastAct(when=Since.WITHIN if kept["sign"] == FRESH else Since.NOT_WITHIN, days=FRESH_DAYS)


def _all(*parts: Node) -> Group:
    return Group(kind="all", of=parts)


def _any(*parts: Node) -> Group:
    return Group(kind="any", of=parts)


def _none(*parts: Node) -> Group:
    return Group(kind="none", of=parts)


_PARTS: dict[str, Callable[[Mapping[str, str]], Node]] = {
    "job": lambda kept: Job(one_of=(kept["job"],)),
    "place": lambda kept: Near(place=kept["place"], km=int(kept["km"])),
    "availability": _availability,
    "standing": lambda kept: Consent(one_of=(ConsentState(kept["standing"]),)),
    "source": lambda kept: Sources(one_of=(SourceKind(kept["source"]),)),
    "sign": _sign,
    "answer": _answer,
    "reason": lambda kept: LastAnswer(one_of=(Answer.NO,), reasons=(Reason(kept["reason"]),)),
    "tag": lambda kept: Tags(one_of=(int(kept["tag"]),)),
    "segment": lambda kept: Member(segment=int(kept["segment"])),
    "also": lambda kept: Member(segment=int(kept["also"])),
    "without": lambda kept: _none(Member(segment=int(kept["without"]))),
}


def address(kept: Mapping[str, str]) -> str:
    """Return the address of this list, to be kept, sent, or gone back to."""
    usual = {"km": kept["km"] if not kept["place"] else USUAL_KM, "sort": Sort.NAME.value, "page": "1"}
    said = {name: kept[name] for name in NAMES if kept[name] and kept[name] != usual.get(name)}
    return f"/pool?{urlencode(said)}" if said else "/pool"
