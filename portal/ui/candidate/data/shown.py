"""The file someone may take away (`portal.privacy.mirror`), told in sentences."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from portal.kit.clock import local_day
from portal.kit.i18n import N_, say, short_day
from portal.privacy.mirror import document
from portal.timeline.facets import FIELDS, SOURCES
from portal.ui.candidate.data import lines
from portal.ui.doors import Door

_Row = Mapping[str, Any]


@dataclass
class Item:
    """One line: what, the value or sentence, and where it comes from or when."""

    name: str
    value: str
    source: str = ""


@dataclass
class Part:
    """One part of what we hold."""

    title: str
    why: str
    lines: list[Item] = field(default_factory=list)
    none: str = ""


def shown(door: Door) -> tuple[list[Part], str, str]:
    """Return the parts, until when we keep them, and how the person was informed."""
    held = document(door.session, door.who, now=door.now)
    parts = [
        _about(door, held),
        _wishes(door, held),
        _sources(door, held),
        *(_told(door, held, *part) for part in _LISTS),
    ]
    return parts, _until(door, held["keeping"]), _informed(door, held["keeping"])


def _about(door: Door, held: _Row) -> Part:
    known = [(name, held["person"][name]) for name in held["person"] if name in FIELDS and held["person"][name]]
    items = [Item(say(door.locale, FIELDS[name]), lines.value(door.locale, name, value)) for name, value in known]
    return Part(
        say(door.locale, "Who you are"),
        say(door.locale, "To write to you, by your name and in your language."),
        items,
    )


def _wishes(door: Door, held: _Row) -> Part:
    named = {row["field"] for row in held["profile"]}
    fields = FIELDS if "job_text" in named else {**FIELDS, "job_code": FIELDS["job_text"]}
    items = [
        Item(say(door.locale, fields[row["field"]]), lines.value(door.locale, row["field"], row["value"]), _said(door, row))
        for row in held["profile"]
        if row["field"] in fields
    ]
    items += [
        Item(_in(door, row["names"]), _in(door, row["words"]), _said(door, row)) for row in held["profile"] if "names" in row
    ]
    items += [_unread(door, row) for row in held["unread"]]
    return Part(
        say(door.locale, "Your work and your wishes"),
        say(door.locale, "To write only when a job fits."),
        items,
        say(door.locale, "We know nothing of these yet."),
    )


def _unread(door: Door, row: _Row) -> Item:
    name = _in(door, row["names"]) if "names" in row else say(door.locale, FIELDS.get(row["field"], row["field"]))
    return Item(name, say(door.locale, N_("“{text}” (nobody could read this)"), text=row["text"]), _said(door, row))


def _in(door: Door, words: Mapping[str, str]) -> str:
    return words.get(door.locale) or words["en"]


_WHO = {
    "talent": N_("said by you, {day}"),
    "source": N_("from a source, {day}"),
    "staff": N_("noted by a recruiter, {day}"),
    "browser": N_("told by your browser, {day}"),
    "place": N_("from your place of work, {day}"),
}


def _said(door: Door, row: _Row) -> str:
    if row["said_by"] not in _WHO or not row["said_on"]:
        return ""
    told = say(door.locale, _WHO[row["said_by"]], day=short_day(door.locale, date.fromisoformat(row["said_on"][:10])))
    return f"{told} ({row['source']})" if row["source"] else told


def _sources(door: Door, held: _Row) -> Part:
    items = [
        Item(
            _upper(say(door.locale, SOURCES[row["kind"]])),
            row["text"],
            say(door.locale, "collected on {day}", day=short_day(door.locale, date.fromisoformat(row["collected_on"]))),
        )
        for row in held["sources"]
    ]
    return Part(say(door.locale, "Where it comes from"), say(door.locale, "The law asks us to name it (GDPR 14)."), items)


def _told(door: Door, held: _Row, key: str, title: str, why: str, tell: Callable[[Door, _Row], tuple[str, str, str]]) -> Part:
    items = [Item(*tell(door, row)) for row in reversed(held[key])]
    return Part(say(door.locale, title), say(door.locale, why), items, say(door.locale, "Nothing so far."))


_LISTS: tuple[tuple[str, str, str, Callable[[Door, _Row], tuple[str, str, str]]], ...] = (
    ("addresses", N_("Other addresses of yours"), N_("So that a file with one of them finds you, and nobody else."), lines.address),
    ("replaced", N_("What files replaced"), N_("So that a file taken in by mistake can be undone."), lines.replaced),
    ("doubts", N_("Lines of files that may be about you"), N_("So that you stand here once, and nobody in your place."), lines.doubt),
    ("notes", N_("Notes of recruiters"), N_("To remember what bears on the work, and nothing else."), lines.note),
    ("tags", N_("Words you are filed under"), N_("To find people for a job; never by what the law protects."), lines.tag),
    ("consents", N_("What you agreed to"), N_("It says what we may write to you about."), lines.consent),
    ("consent_history", N_("The proofs of it"), N_("The law asks us to prove it (GDPR 7)."), lines.proof),
    ("letters", N_("Letters we wrote"), N_("So that nobody writes to you twice."), lines.letter),
    ("gate_decisions", N_("Whether a letter could leave"), N_("Each time, a rule decided, and why."), lines.decision),
    ("answers", N_("What we asked, what you answered"), N_("So that a no is never asked again."), lines.answer),
    ("messages", N_("What was written by hand"), N_("So that a person can answer you."), lines.message),
    ("conversations", N_("Conversations"), N_("So that one recruiter at a time talks with you."), lines.conversation),
    ("meetings", N_("Meetings"), N_("So that both sides know when."), lines.meeting),
    ("surveys", N_("Surveys you answered"), N_("To treat applicants better."), lines.survey),
    ("history", N_("What happened, step by step"), N_("Kept as it happened; nobody can rewrite it."), lines.event),
    ("sign_ins", N_("Browsers signed in"), N_("To let you in and nobody else."), lines.sign_in),
)


def _until(door: Door, keeping: _Row) -> str:
    until = short_day(door.locale, date.fromisoformat(keeping["until"]))
    if keeping["last_act_at"] is None:
        return say(door.locale, "We keep this until {until}; a sign-in, an answer or a change of yours prolongs it.", until=until)
    last = short_day(door.locale, datetime.fromisoformat(keeping["last_act_at"]))
    return say(
        door.locale,
        "We keep this until {until}, counted from your own last act ({last}); our letters never prolong it.",
        until=until,
        last=last,
    )


def _informed(door: Door, keeping: _Row) -> str:
    if keeping["informed_at"]:
        at = short_day(door.locale, local_day(datetime.fromisoformat(keeping["informed_at"]), door.zone))
        return say(door.locale, "You were told that we hold it: {at}.", at=at)
    if keeping["inform_by"]:
        day = short_day(door.locale, date.fromisoformat(keeping["inform_by"]))
        return say(door.locale, "We owe you a letter about it by {day} (GDPR 14).", day=day)
    return ""




def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
