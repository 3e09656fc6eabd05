"""What becomes of someone who stood in two rows: each value by the law of whose word wins, each fact by the strictest. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from portal.talents.custom import CUSTOM, key_of
from portal.talents.merging import UNITS, UNREAD, By, Weighed, Word, weigh
from portal.talents.rules import SourceKind

# Columns that no one says: what happened with them, and why they may not be written to.
FACTS = (
    "last_act_at",
    "last_letter_at",
    "last_answer",
    "last_answer_at",
    "last_reason",
    "bounced_at",
    "do_not_contact_at",
    "proven_at",
)
_OF_ADDRESS = ("bounced_at", "proven_at")
_ANSWER = ("last_answer", "last_answer_at", "last_reason")


def weigh_both(stays: Mapping[str, Any], goes: Mapping[str, Any]) -> Weighed:
    """Return what the row that goes changes in the one that stays (both as `identity.standing` gives them).

    A proven address wins over one that is not; of two that are, that of the row that stays: they used it last.
    """
    words = [word for lead in (*UNITS, *_own(goes)) for word in _words(lead, stays, goes)]
    came = Word({}, By.SOURCE, goes["collected_on"], kind=SourceKind(goes["source_kind"]))
    return weigh(stays, [*words, came])


def facts_of_both(stays: Mapping[str, Any], goes: Mapping[str, Any], email: str | None) -> dict[str, Any]:
    """Return the facts that become others; `email` is the address that stands from now on: its bounces and its proof count.

    Their own last act and our last letter are the later ones; never to be contacted stays never.
    """
    answered = max((stays, goes), key=lambda row: (row["last_answer_at"] is not None, row["last_answer_at"]))
    both = {name: answered[name] for name in _ANSWER} | {
        "last_act_at": _of(max, stays, goes, "last_act_at"),
        "last_letter_at": _of(max, stays, goes, "last_letter_at"),
        "do_not_contact_at": _of(min, stays, goes, "do_not_contact_at"),
    }
    both |= {name: next((row[name] for row in (stays, goes) if row["email"] == email), None) for name in _OF_ADDRESS}
    return {name: value for name, value in both.items() if value != stays[name]}


def beside(stays: Mapping[str, Any], goes: Mapping[str, Any], changed: Collection[str]) -> dict[str, Any]:
    """Return what the row that goes says from now on: the address or number that gave way, with whose word it is."""
    names = [name for name in ("email", "phone") if stays[name] and name in changed]
    told = {name: stays[name] for name in names}
    if "email" in names:
        said = {name: signed for name, signed in (goes["said"] or {}).items() if name != "email"}
        signed = (stays["said"] or {}).get("email")
        told |= {"proven_at": stays["proven_at"], "said": said | ({"email": signed} if signed else {})}
    return told


def _own(row: Mapping[str, Any]) -> list[str]:
    return [f"{CUSTOM}{key}" for key in row.get("custom") or {}]


def _words(lead: str, stays: Mapping[str, Any], goes: Mapping[str, Any]) -> list[Word]:
    """Return what the row that goes says of one unit, and what of it nobody could read."""
    word, beside = _word(lead, stays, goes), (goes["said"] or {}).get(UNREAD + lead)
    if beside is None:
        return [] if word is None else [word]
    unread = {lead: beside["text"]}
    if word is not None and word.on.isoformat() == beside["on"]:
        return [replace(word, unread=unread)]
    return [*([] if word is None else [word]), replace(_as_said({}, beside), unread=unread)]


def _word(lead: str, stays: Mapping[str, Any], goes: Mapping[str, Any]) -> Word | None:
    """Return what the row that goes says of one unit, if it may be weighed against what stands."""
    values = _values(lead, goes)
    signed, held = (goes["said"] or {}).get(lead), (stays["said"] or {}).get(lead)
    if signed is not None and signed["by"] == By.PLACE:
        return None  # it follows the place of work of the row that stays
    if signed is None:  # nobody said it: better than nothing, no more
        if _is_empty(values[lead]) or not _is_empty(_values(lead, stays)[lead]):
            return None
        return Word(values, By.SOURCE, goes["collected_on"])
    if signed["by"] == By.TALENT:
        said_later = held is not None and held["by"] == By.TALENT and (lead == "email" or held["on"] >= signed["on"])
        return None if said_later else _as_said(values, signed)
    return None if _is_empty(values[lead]) else _as_said(values, signed)


def _values(lead: str, row: Mapping[str, Any]) -> dict[str, Any]:
    if key := key_of(lead):
        return {lead: (row.get("custom") or {}).get(str(key))}
    return {column: row[column] for column in (lead, *UNITS[lead])}


def _as_said(values: Mapping[str, Any], signed: Mapping[str, str]) -> Word:
    return Word(values, By(signed["by"]), date.fromisoformat(signed["on"][:10]), signed.get("source", ""))


def _is_empty(value: object) -> bool:
    return value in (None, "", [])


def _of(choose: Any, stays: Mapping[str, Any], goes: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - min or max
    told = [row[name] for row in (stays, goes) if row[name] is not None]
    return choose(told) if told else None
