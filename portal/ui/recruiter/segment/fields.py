"""The criterion that is open: what its fields show, and how a field changes it.

Everything that arrives comes from any browser: a field the criterion does not have, a value it does not know and a
text that is too long change nothing.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from portal.consent.rules import Purpose
from portal.conversations.labels import answer_label, reason_label
from portal.conversations.rules import Answer, Reason
from portal.kit.i18n import N_, say
from portal.segments.document import Band, ConsentState
from portal.segments.house_clauses import BANDS
from portal.segments.names import UNNAMED, Names
from portal.talents import jobs, places
from portal.talents.labels import label
from portal.talents.rules import SourceKind
from portal.talents.vocabulary import Availability, Contract, Environment, Experience, Interest, Remote
from portal.ui.recruiter.segment import own
from portal.ui.recruiter.segment.own import Option
from portal.ui.recruiter.segment.tree import Node

_LONGEST = 80
FOUND_AT_ONCE = 8
WORDS: dict[str, type[StrEnum]] = {
    "situation": Availability,
    "contract": Contract,
    "experience": Experience,
    "interest": Interest,
    "environment": Environment,
    "remote": Remote,
    "source": SourceKind,
    "answer": Answer,
    "consent": ConsentState,
    "answered": Answer,
    "score": Band,
}
_STATES = {
    ConsentState.VALID: N_("valid today"),
    ConsentState.EXPIRED: N_("expired"),
    ConsentState.WITHDRAWN: N_("withdrawn"),
    ConsentState.NONE: N_("nothing settled"),
}
_LANGUAGES = {"fr": N_("French"), "en": N_("English")}
_WHEN = {
    "available": ("now", "by", "within"),
    "collected": ("within", "before"),
    "last_letter": ("within", "not_within", "never"),
    "last_act": ("within", "not_within", "never"),
    "notice_due": ("owed", "within", "over"),
    "confirmed": ("within", "before"),
}


@dataclass
class Fields:
    """What the fields of the open criterion show."""

    kind: str = ""
    options: list[Option] = field(default_factory=list)
    reasons: list[Option] = field(default_factory=list)
    chips: list[Option] = field(default_factory=list)
    place: str = ""
    when: str = ""
    day: str = ""
    days: str = ""
    km: str = ""
    at_most: str = ""
    or_unsaid: bool = False
    remote_counts: bool = False
    purpose: str = ""
    house: own.Own = field(default_factory=own.Own)


def shown(node: Node, locale: str, names: Names = UNNAMED) -> Fields:
    """Return what the fields of a criterion show; `names` are the house's own tags, fields, surveys and segments."""
    return Fields(
        kind=node["kind"],
        options=own.ticks(node, locale, names) or options(node, locale),
        reasons=_reasons(node, locale),
        chips=_chips(node, locale),
        house=own.shown(node, locale, names),
        place=_place_words(str(node.get("place", ""))),
        when=str(node.get("when", "")),
        day=str(node.get("day") or ""),
        days=_text(node, "days"),
        km=_text(node, "km"),
        at_most=_text(node, "at_most"),
        or_unsaid=bool(node.get("or_unsaid")),
        remote_counts=bool(node.get("remote_counts")),
        purpose=str(node.get("purpose", "")),
    )


def _chips(node: Node, locale: str) -> list[Option]:
    if node["kind"] == "skill":
        return [Option(skill, skill, True) for skill in node["one_of"]]
    return [Option(code, jobs.label(code, locale), True) for code in node["one_of"]] if node["kind"] == "job" else []


def options(node: Node, locale: str) -> list[Option]:
    """Return everything a criterion that chooses among words can choose."""
    chosen = node.get("one_of") or ()
    if node["kind"] == "language":
        return [Option(code, say(locale, told), code in chosen) for code, told in _LANGUAGES.items()]
    return [Option(word.value, _words(word, locale), word.value in chosen) for word in WORDS.get(node["kind"], ())]


def _words(word: StrEnum, locale: str) -> str:
    if isinstance(word, Answer):
        return answer_label(locale, word)
    if isinstance(word, ConsentState):
        return say(locale, _STATES[word])
    if isinstance(word, Band):
        return say(locale, BANDS[word])
    return label(locale, word)


def _reasons(node: Node, locale: str) -> list[Option]:
    """Reasons go with a no alone; those already chosen stay in sight so that they can be taken out."""
    if node["kind"] not in {"answer", "answered"} or (node["one_of"] != [Answer.NO] and not node["reasons"]):
        return []
    return [Option(reason.value, reason_label(locale, reason), reason.value in node["reasons"]) for reason in Reason]


def _text(node: Node, name: str) -> str:
    value = node.get(name)
    return "" if value is None else str(value)


def _place_words(insee: str) -> str:
    place = places.get(insee)
    return f"{place.name} ({place.department})" if place else insee


def tick(node: Node, name: str, value: str) -> None:
    """Choose a word, or no longer."""
    known = (
        {option.value for option in options(node, "en")} if name == "one_of" else {reason.value for reason in Reason}
    )
    if name == "one_of" and own.tick(node, value):
        return
    if name not in node or name not in {"one_of", "reasons"} or value not in known or node["kind"] == "job":
        return
    chosen = set(node[name]) ^ {value}
    # In the order of the vocabulary, so that the sentence reads the same however one ticked.
    order = (
        [option.value for option in options(node, "en")] if name == "one_of" else [reason.value for reason in Reason]
    )
    node[name] = [word for word in order if word in chosen]


def write(node: Node, name: str, text: Any) -> None:
    """Change one field."""
    change = _WRITERS.get(name) or own.WRITERS.get(name)
    if change is not None and name in node:
        change(node, name, str(text)[:_LONGEST].strip())


def _number(node: Node, name: str, text: str) -> None:
    """A number; what is none is kept as it was typed, and told beside the line."""
    digits = text.replace(" ", "").replace("\u202f", "").replace("\xa0", "")
    is_whole = digits.isascii() and digits.isdigit() and len(digits) <= 9
    optional = node["kind"] == "answer" and not text
    node[name] = None if optional else int(digits) if is_whole else text


def _day(node: Node, name: str, text: str) -> None:
    try:
        node[name] = date.fromisoformat(text).isoformat()
    except ValueError:
        node[name] = None


def _when(node: Node, name: str, text: str) -> None:
    """Keep with each answer only the field that goes with it."""
    if text not in _WHEN.get(node["kind"], ()):
        return
    node[name] = text
    if node["kind"] == "available":
        node["day"] = None
    if text in {"now", "by", "never", "owed", "over"}:
        node["days"] = None
    elif node["days"] is None:
        node["days"] = 60


def _flag(node: Node, name: str, text: str) -> None:
    node[name] = text in {"True", "true", "on"}


def _purpose(node: Node, name: str, text: str) -> None:
    if text in set(Purpose):
        node[name] = text


_WRITERS = {
    "km": _number,
    "days": _number,
    "at_most": _number,
    "day": _day,
    "when": _when,
    "or_unsaid": _flag,
    "remote_counts": _flag,
    "purpose": _purpose,
}


def found(node: Node, text: str, locale: str) -> list[Option]:
    """Return the jobs or places that what is typed may mean."""
    text = text[:_LONGEST]
    if node["kind"] == "skill":
        return [Option(text.strip(), text.strip())] if text.strip() else []
    if node["kind"] == "job":
        chosen = node["one_of"]
        return [
            Option(job.code, jobs.label(job.code, locale), job.code in chosen)
            for job in jobs.search(text, FOUND_AT_ONCE)
        ]
    if "place" in node:
        return [Option(place.insee, _place_words(place.insee)) for place in places.search(text, FOUND_AT_ONCE)]
    return []


def pick(node: Node, code: str) -> None:
    """Take a job, a place or a skill that a search found."""
    if node["kind"] == "skill" and code.strip() and code not in node["one_of"]:
        node["one_of"] = [*node["one_of"], code[:_LONGEST].strip()]
    if node["kind"] == "job" and jobs.get(code) and code not in node["one_of"]:
        node["one_of"] = [*node["one_of"], code]
    elif "place" in node and places.get(code):
        node["place"] = code


def unpick(node: Node, code: str) -> None:
    """Leave a job or a skill out again."""
    if node["kind"] in {"job", "skill"}:
        node["one_of"] = [each for each in node["one_of"] if each != code]
