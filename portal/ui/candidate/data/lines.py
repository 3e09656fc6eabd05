"""Each row of someone's file as a line: its name, the sentence, and when or from where."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from portal.consent.rules import Act, Basis, Purpose, Stance, Standing, stance
from portal.gate.explain import Reader, explained
from portal.gate.rules import Decision, Verdict
from portal.kit.clock import local_day
from portal.kit.i18n import N_, moment, say, short_day
from portal.postbox.rules import LetterKind, LetterState
from portal.talents import telling
from portal.talents.rules import AddressForm, AddressState
from portal.talents.merging import UNREAD
from portal.timeline.facets import ANSWERS, FIELDS, PURPOSES, QUESTIONS, REASONS, SOURCES
from portal.timeline.queries import Event
from portal.timeline.sentences import told as event_told
from portal.ui.doors import Door

Row = Mapping[str, Any]
Line = tuple[str, str, str]
STANDINGS = {
    Standing.GIVEN: N_("in force"),
    Standing.WITHDRAWN: N_("stopped"),
    Standing.NONE: N_("not agreed"),
}
STANCES = {
    Stance.AGREED: N_("you agreed"),
    Stance.INTEREST: N_("our legitimate interest, without your consent"),
    Stance.ENDED: N_("ended"),
    Stance.STOPPED: N_("stopped"),
    Stance.SILENT: N_("not agreed"),
}
BASES = {
    Basis.CONSENT: N_("your consent"),
    Basis.LEGITIMATE_INTEREST: N_("our legitimate interest"),
    Basis.NONE: N_("no basis"),
}
ACTS = {
    Act.GIVEN: N_("You agreed"),
    Act.RENEWED: N_("You agreed again"),
    Act.WITHDRAWN: N_("You took it back"),
    Act.OBJECTED: N_("You objected"),
    Act.IMPORTED_EVIDENCE: N_("A file brought your dated agreement"),
    Act.LEGITIMATE_INTEREST: N_("Taken in on our legitimate interest"),
    Act.NOTICE_SHOWN: N_("You were informed"),
    Act.ERASED: N_("Erased"),
    Act.LIFTED: N_("An objection that we had from a file was taken back: it was not yours"),
}
KINDS = {
    LetterKind.SECURITY: N_("sign-in or safety"),
    LetterKind.SERVICE: N_("what you asked for"),
    LetterKind.FOLLOW_UP: N_("follows your answer"),
    LetterKind.CONTACT: N_("a letter of ours"),
    LetterKind.NOTICE: N_("information about your data"),
    LetterKind.RE_CONSENT: N_("renewal"),
}
STATES = {
    LetterState.QUEUED: N_("on its way"),
    LetterState.SENDING: N_("on its way"),
    LetterState.SENT: N_("sent"),
    LetterState.FAILED: N_("could not be delivered"),
    LetterState.UNKNOWN: N_("perhaps not delivered"),
    LetterState.CANCELLED: N_("cancelled before it left"),
}
TIMES = {"yes": N_("you picked a time"), "no": N_("neither suited you")}
FORMS = {
    AddressForm.NEUTRAL: N_("without a gender"),
    AddressForm.FEMININE: N_("in the feminine"),
    AddressForm.MASCULINE: N_("in the masculine"),
}
ADDRESSES = {
    AddressState.PROPOSED: N_("waits to be proven from there"),
    AddressState.PROVEN: N_("proven, in place of the one before"),
    AddressState.REPLACED: N_("proposed, then replaced by another one"),
    AddressState.WITHDRAWN: N_("proposed, then taken back or forgotten"),
    AddressState.TAKEN_BACK: N_("proven, then taken back from the address of before"),
    AddressState.ASIDE: N_("in a file, left aside: yours is your own word"),
}
LANGUAGES = {"fr": "français", "en": "English"}
VERDICTS = {Verdict.GO: N_("may leave"), Verdict.WAIT: N_("waits"), Verdict.NEVER: N_("does not leave")}


def value(locale: str, name: str, held: Any) -> str:
    """Return a value of the profile in words."""
    if name == "address_form":
        return say(locale, FORMS[AddressForm(held)])
    if name == "locale":
        return LANGUAGES.get(held, held)
    return telling.told(name, held, locale)


def replaced(door: Door, row: Row) -> Line:
    """One value that a file replaced."""
    field = row["field"].removeprefix(UNREAD)
    name = row["names"].get(door.locale) if "names" in row else say(door.locale, FIELDS.get(field) or _BESIDE.get(field, field))
    told = [_value(door.locale, column, held) for column, held in row["value"].items() if column not in _UNTOLD]
    by = say(door.locale, "before import no. {number}", number=row["import_id"])
    return name or field, ", ".join(part for part in told if part), f"{by} ({row['source']})" if row["source"] else by


_UNTOLD = frozenset({"job_code", "place_code", "notice_id", "entry"})
_BESIDE = {"collected": N_("day of collection and source"), "consent": N_("what stood of your agreement")}


def _value(locale: str, column: str, held: Any) -> str:
    if column == "source_kind":
        return say(locale, SOURCES[held])
    if column in {"collected_on", "since", "expires_on", "notified_at"}:
        return short_day(locale, datetime.fromisoformat(held))
    if column == "standing":
        return say(locale, STANDINGS[Standing(held)])
    if column == "basis":
        return say(locale, BASES[Basis(held)])
    return value(locale, column, held)


FOUND = {
    None: N_("nobody has decided yet: only what it shares with you is shown"),
    True: N_("found to be about you"),
    False: N_("found to be about someone else: only what it shares with you is shown"),
}


def doubt(door: Door, row: Row) -> Line:
    """One line of a file that may be about them."""
    told = [_value(door.locale, name, held) for name, held in row["values"].items() if held and name in FIELDS]
    when = say(door.locale, "found on {day}", day=_day(door, row["found_at"]))
    return row["source"] or say(door.locale, "A file"), " · ".join([say(door.locale, FOUND[row["theirs"]]), *told]), when


def address(door: Door, row: Row) -> Line:
    """One other address: proposed, proven in place of another, or left aside."""
    state = say(door.locale, ADDRESSES[AddressState(row["state"])])
    told = f"{state} ({row['before']})" if row["before"] else state
    return row["address"] or say(door.locale, "An address"), told, _at(door, row["settled_at"] or row["proposed_at"])


def tag(door: Door, row: Row) -> Line:
    """One word recruiters sort by."""
    return row["name"], "", say(door.locale, "since {day}", day=_day(door, row["at"]))


def note(door: Door, row: Row) -> Line:
    """One note of a recruiter."""
    return row["written_by"] or say(door.locale, "A recruiter"), row["text"], _at(door, row["at"])


def consent(door: Door, row: Row) -> Line:
    """Where they stand on one purpose."""
    standing, basis = Standing(row["standing"]), Basis(row["basis"])
    ends = date.fromisoformat(row["expires_on"]) if row["expires_on"] else None
    stands = stance(standing, basis, ends, local_day(door.now, door.zone))
    told = say(door.locale, STANCES[stands])
    when = say(door.locale, "since {day}", day=_day(door, row["since"]))
    if ends:
        when = say(door.locale, "since {day}, until {until}", day=_day(door, row["since"]), until=short_day(door.locale, ends))
    if stands is Stance.ENDED:
        told = f"{told} ({say(door.locale, BASES[basis])})"
    return _purpose(door, row["purpose"]), told, when


def proof(door: Door, row: Row) -> Line:
    """One entry of the ledger about them."""
    text = say(door.locale, "text no. {version}", version=row["notice_version"]) if row["notice_version"] else ""
    told = say(door.locale, ACTS[Act(row["act"])])
    about = ", ".join(part for part in (_purpose(door, row["purpose"]), text, say(door.locale, "entry no. {seq}", seq=row["seq"])) if part)
    return told, about, _at(door, row["at"])


def letter(door: Door, row: Row) -> Line:
    """One letter."""
    state = say(door.locale, STATES[LetterState(row["state"])])
    kind = say(door.locale, KINDS[LetterKind(row["kind"])])
    by = row["written_by"] or say(door.locale, "The house")
    return by, f"{row['subject']} ({kind}, {state})", _at(door, row["sent_at"] or row["queued_at"])


def decision(door: Door, row: Row) -> Line:
    """One answer of the gate."""
    until = datetime.fromisoformat(row["until"]) if row["until"] else None
    verdict, kind = Verdict(row["verdict"]), LetterKind(row["kind"])
    decided = Decision(verdict, None, row["because"], until)
    why = explained(decided, kind, door.locale, door.zone, now=door.now, to=Reader.THEM)
    verdict_told = say(door.locale, VERDICTS[verdict])
    return say(door.locale, KINDS[kind]).capitalize(), f"{verdict_told} · {why}", _at(door, row["at"])


def answer(door: Door, row: Row) -> Line:
    """One question and what they said to it."""
    asked = say(door.locale, QUESTIONS[row["question"]])
    name = f"{asked} ({row['about']})" if row["about"] else asked
    if row["answer"] is None:
        told = say(door.locale, "you answered" if row["given_at"] else "not answered")
        return name, told, _at(door, row["given_at"] or row["asked_at"])
    told = say(door.locale, (TIMES if row["question"] == "slots" else ANSWERS)[row["answer"]])
    if row["reason"]:
        told = f"{told} ({say(door.locale, REASONS[row['reason']])})"
    elif row["later_on"]:
        told = say(door.locale, "{answer}, not before {day}", answer=told, day=_day(door, row["later_on"]))
    return name, told, _at(door, row["given_at"])


def message(door: Door, row: Row) -> Line:
    """One thing written by hand."""
    return say(door.locale, "You" if row["from_talent"] else "Your recruiter"), row["text"], _at(door, row["at"])


def conversation(door: Door, row: Row) -> Line:
    """One exchange."""
    state = say(door.locale, "conversation closed" if row["closed_at"] else "conversation open")
    return row["recruiter"], state, say(door.locale, "since {day}", day=_day(door, row["opened_at"]))


def meeting(door: Door, row: Row) -> Line:
    """One talk."""
    state = say(door.locale, "cancelled" if row["cancelled_at"] else "settled")
    return row["recruiter"], f"{_at(door, row['starts_at'])} ({state})", say(
        door.locale, "booked on {day}", day=_day(door, row["booked_at"])
    )


def survey(door: Door, row: Row) -> Line:
    """One survey they answered."""
    french = door.locale == "fr"
    asked = {each["key"]: each["fr" if french else "en"] or each["fr"] for each in row["questions"]}
    told = " · ".join(f"{asked.get(key, key)} {given}" for key, given in row["answers"].items())
    return (row["title_fr"] if french else row["title_en"] or row["title_fr"]), told, _at(door, row["answered_at"])


def event(door: Door, row: Row) -> Line:
    """One thing that happened."""
    happened = Event(
        datetime.fromisoformat(row["at"]), row["kind"], row["actor_kind"], None, row["actor_reason"], row["params"]
    )
    return event_told(happened, door.locale, door.zone, staff={}, to_them=True), "", _at(door, row["at"])


def sign_in(door: Door, row: Row) -> Line:
    """One browser."""
    over = row["revoked_at"] is not None or datetime.fromisoformat(row["expires_at"]) <= door.now
    return say(door.locale, "signed out" if over else "signed in"), "", _at(door, row["created_at"])


def _purpose(door: Door, purpose: str) -> str:
    return say(door.locale, PURPOSES[Purpose(purpose).value])


def _day(door: Door, at: str) -> str:
    return short_day(door.locale, datetime.fromisoformat(at))


def _at(door: Door, at: str) -> str:
    return moment(door.locale, datetime.fromisoformat(at), door.zone, door.now)
