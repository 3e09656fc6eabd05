"""How launches, stages and where somebody stands are told."""

from datetime import datetime

from portal.chains import queries
from portal.chains.queries import PersonRow, Stage
from portal.chains.rules import NO_SLOTS, EnrolmentState, LaunchState, Outcome
from portal.gate.law import LAW
from portal.kit.clock import local_day
from portal.kit.i18n import N_, ago, moment, say, say_n, short_day
from portal.kit.zones import moment_there
from portal.ui.doors import Door

STATES = {
    LaunchState.PLANNED: N_("planned"),
    LaunchState.RUNNING: N_("running"),
    LaunchState.PAUSED: N_("paused"),
    LaunchState.STOPPED: N_("stopped"),
    LaunchState.DONE: N_("done"),
}
STAGES = {
    Stage.ENROLLED: N_("In the segment"),
    Stage.DUE: N_("Their turn comes"),
    Stage.HELD: N_("Held back for now"),
    Stage.BLOCKED: N_("May not be written to"),
    Stage.LEAVING: N_("About to leave"),
    Stage.SENT: N_("Written to"),
    Stage.FAILED: N_("Could not be delivered"),
    Stage.ANSWERED: N_("Answered"),
    Stage.INTERESTED: N_("Yes, or tell me more"),
    Stage.YES: N_("Yes"),
    Stage.MORE_INFO: N_("Tell me more"),
    Stage.LATER: N_("Later"),
    Stage.NO: N_("No"),
    Stage.NO_BECAUSE: N_("Why not"),
    Stage.WAITED_FOR: N_("No answer yet"),
    Stage.SILENT: N_("Silence"),
    Stage.DIGEST_SENT: N_("Got the offer"),
    Stage.DIGEST_OK: N_("OK to talk"),
    Stage.DIGEST_NO: N_("Offer: not for me"),
    Stage.OFFERED: N_("Times offered"),
    Stage.BOOKED: N_("Booked"),
    Stage.NEITHER: N_("No time suited"),
    Stage.STOPPED: N_("Stopped on the way"),
    Stage.UNSUBSCRIBED: N_("Asked us to stop"),
}
REASONS = {
    "too_far": N_("too far"),
    "salary": N_("salary"),
    "timing": N_("timing"),
    "project": N_("another project"),
    "contract": N_("contract"),
    "other": N_("something else"),
    "": N_("no reason given"),
}
UNDELIVERED = N_("the letter could not be delivered")
_OURS = {NO_SLOTS: N_("fewer than two free times in your calendar")}
_HELD = N_("held back")
_ENDED = {
    Outcome.STOPPED: N_("the launch was stopped"),
    Outcome.CLOSED: N_("the job was closed"),
    Outcome.UNSUBSCRIBED: N_("asked us to stop writing"),
    Outcome.NEITHER_SLOT: N_("no time suited: find one together"),
    Outcome.COMPLETED: N_("came to the end"),
    Outcome.ONE_PERSON: N_("was found to be somebody else of this launch"),
}


def confirmed(door: Door, launch_id: int) -> dict[str, str]:
    """Return in whose words it was confirmed that people be written to once more, and the launch it runs beside."""
    found = queries.confirmation(door.session, door.who, launch_id)
    if found is None:
        return {"confirmed": "", "beside": "", "beside_to": ""}
    when = moment(door.locale, found.at, door.zone, door.now)
    told = say(door.locale, N_("Confirmed by {name}, {when}: “{words}”"), name=found.by, when=when, words=found.words)
    beside = found.beside_id
    return {
        "confirmed": told,
        "beside": say(door.locale, N_("beside launch no. {launch}"), launch=beside) if beside else "",
        "beside_to": f"/launches/{beside}" if beside else "",
    }


def newer(door: Door, launch_id: int) -> dict[str, str]:
    """Return that its chain was corrected since, and what following the newest version would do."""
    found = queries.newer_version(door.session, door.who, launch_id)
    if found is None:
        return {"newer": "", "newer_press": ""}
    one, many = (
        N_("Version {number} of this chain is saved since; {count} letter still waits."),
        N_("Version {number} of this chain is saved since; {count} letters still wait."),
    )
    return {
        "newer": say_n(door.locale, one, many, found.letters, number=found.number),
        "newer_press": say(door.locale, N_("Go on with version {number}"), number=found.number),
    }


def shade(state: LaunchState) -> str:
    """Return the colour of a launch's state."""
    return {LaunchState.RUNNING: "good", LaunchState.PAUSED: "todo", LaunchState.PLANNED: ""}.get(state, "outline")


def because(locale: str, code: str) -> str:
    """Return why the gate, or the calendar, holds several people back."""
    if code in _OURS:
        return say(locale, _OURS[code])
    return say(locale, LAW[code].short if code in LAW else _HELD)


def because_one(locale: str, code: str) -> str:
    """Return why one person is held back."""
    return say(locale, LAW[code].one) if code in LAW and LAW[code].one else because(locale, code)


def reason(locale: str, code: str) -> str:
    """Return why a no."""
    return say(locale, REASONS.get(code, REASONS["other"]))


def standing(door: Door, one: PersonRow) -> tuple[str, datetime | None]:
    """Return where somebody stands, and since (or until) when: the furthest they came says it."""
    if one.outcome == Outcome.UNDELIVERED:
        return say(door.locale, UNDELIVERED), None
    for told in (_talking, _of_the_offer, _held, _answered, _sent, _leaving):
        if (found := told(door, one)) is not None:
            return found
    ended = _ENDED.get(Outcome(one.outcome)) if one.outcome in set(Outcome) else None
    return say(door.locale, ended or N_("their turn comes")), one.entered_at


def _talking(door: Door, one: PersonRow) -> tuple[str, datetime | None] | None:
    if one.meets_at is not None:
        when = moment_there(door.locale, one.meets_at, door.zone, one.zone, door.now)
        return say(door.locale, N_("you talk on {when}"), when=when), None
    if one.outcome == Outcome.NEITHER_SLOT:
        return say(door.locale, _ENDED[Outcome.NEITHER_SLOT]), one.offered_at
    if one.because == NO_SLOTS and one.state is EnrolmentState.DUE:
        return because(door.locale, NO_SLOTS), one.held_until
    if one.offered_at is not None:
        return say(door.locale, N_("has two times to choose from")), one.offered_at
    return None


def _of_the_offer(door: Door, one: PersonRow) -> tuple[str, datetime | None] | None:
    match one.digest_answer:
        case "yes":
            return say(door.locale, N_("OK to talk")), one.digest_answered_at
        case "no":
            return _with_reason(door, N_("the offer is not for them"), one), one.digest_answered_at
    return None


def _held(door: Door, one: PersonRow) -> tuple[str, datetime | None] | None:
    if one.outcome == Outcome.BLOCKED:
        return because_one(door.locale, one.because or ""), None
    if one.because is None or one.state is not EnrolmentState.DUE:
        return None
    why = because_one(door.locale, one.because)
    if one.held_until is None:
        return why, None
    day = short_day(door.locale, local_day(one.held_until, door.zone))
    return say(door.locale, N_("{why}, until {day}"), why=why, day=day), one.held_until


def _answered(door: Door, one: PersonRow) -> tuple[str, datetime | None] | None:
    match one.answer:
        case "yes":
            return say(door.locale, N_("said yes")), one.answered_at
        case "more_info":
            return say(door.locale, N_("wants to know more")), one.answered_at
        case "no":
            return _with_reason(door, N_("said no"), one), one.answered_at
        case "later" if one.later_on is not None:
            day = short_day(door.locale, one.later_on)
            return say(door.locale, N_("said later: not before {day}"), day=day), one.answered_at
    return None


def _with_reason(door: Door, told: str, one: PersonRow) -> str:
    if not one.reason:
        return say(door.locale, told)
    return f"{say(door.locale, told)} · {reason(door.locale, one.reason)}"


def _sent(door: Door, one: PersonRow) -> tuple[str, datetime | None] | None:
    if one.outcome in {Outcome.STOPPED, Outcome.CLOSED, Outcome.UNSUBSCRIBED}:
        return say(door.locale, _ENDED[Outcome(one.outcome)]), None
    if one.sent_at is None:
        return None
    if one.deadline is None:
        return say(door.locale, N_("written to")), one.sent_at
    if one.deadline <= door.now:
        return say(door.locale, N_("never answered")), one.sent_at
    day = short_day(door.locale, local_day(one.deadline, door.zone))
    return say(door.locale, N_("no answer yet, may answer until {day}"), day=day), one.sent_at


def _leaving(door: Door, one: PersonRow) -> tuple[str, datetime | None] | None:
    if one.failed_why is not None:
        return say(door.locale, UNDELIVERED), None
    if one.leaves_at is None:
        return None
    day = ago(door.locale, one.leaves_at, door.zone, door.now)
    return say(door.locale, N_("the letter leaves {day}"), day=day), one.leaves_at
