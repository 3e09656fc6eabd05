"""One talent's conversation, timeline and what is next, in the words of the reader."""

from dataclasses import dataclass, field
from datetime import datetime

from portal.access.queries import staff_names
from portal.chains.on_the_way import Way, ways_of
from portal.chains.rules import NO_SLOTS, EnrolmentState, LaunchState, WaitsFor
from portal.chains.rules import Outcome as Ending
from portal.chains.steps import KINDS
from portal.conversations.labels import answer_label, reason_label
from portal.conversations.queries import OpenConversation, Said, conversation_of, thread
from portal.conversations.rules import Answer
from portal.gate.rules import Check, Verdict
from portal.kit.i18n import N_, ago, moment, say, short_day
from portal.postbox.rules import LetterState
from portal.replies.writing import can_write
from portal.talents.tags import with_tag_names
from portal.timeline.facets import QUESTIONS
from portal.timeline.queries import Event, events_of
from portal.timeline.sentences import TO_DO, told
from portal.ui.doors import Door


@dataclass
class Bubble:
    """One thing said; a letter of ours may have more text than fits, and a state."""

    side: str
    who: str
    when: str
    exactly: str
    subject: str = ""
    text: str = ""
    rest: str = ""
    state: str = ""
    shade: str = "outline"
    letter_id: str = ""


@dataclass
class Happened:
    """One line of the timeline."""

    told: str
    when: str
    exactly: str
    kind: str


@dataclass
class Next:
    """What is next on one launch."""

    launch: str
    told: str
    when: str
    over: bool


@dataclass
class Exchanged:
    """The middle and the right column."""

    bubbles: list[Bubble] = field(default_factory=list)
    events: list[Happened] = field(default_factory=list)
    ways: list[Next] = field(default_factory=list)
    past: list[Next] = field(default_factory=list)
    can: str = ""
    can_shade: str = ""
    can_until: str = ""
    can_exactly: str = ""
    conversation_id: int = 0
    owner: str = ""
    mine: bool = False
    since: str = ""
    waiting: bool = False
    stopped: bool = False


def exchanged(door: Door, talent_id: int) -> Exchanged:
    """Read what was said and happened, and what is next."""
    names = staff_names(door.session)
    ways = ways_of(door.session, door.who, talent_id)
    can = can_write(door.session, door.who, talent_id, now=door.now)
    happened = with_tag_names(door.session, door.who, events_of(door.session, door.who, talent_id))
    return Exchanged(
        bubbles=[_bubble(door, one) for one in thread(door.session, door.who, talent_id)],
        events=[_happened(door, one, names) for one in happened],
        ways=[_next(door, one) for one in ways if one.state is not EnrolmentState.ENDED],
        past=[_next(door, one) for one in ways if one.state is EnrolmentState.ENDED],
        can=can.sentence,
        can_shade={Verdict.GO: "good", Verdict.WAIT: "", Verdict.NEVER: "loss"}[can.verdict],
        can_until=say(door.locale, _VERDICTS[can.verdict]),
        can_exactly=can.exactly,
        **_conversation(door, conversation_of(door.session, door.who, talent_id)),
    )


_VERDICTS = {Verdict.GO: N_("Yes, now"), Verdict.WAIT: N_("Not yet"), Verdict.NEVER: N_("No")}


def _conversation(door: Door, held: OpenConversation | None) -> dict[str, object]:
    if held is None:
        return {}
    return {
        "conversation_id": held.id,
        "owner": held.owner,
        "mine": held.owner_id == door.who.id,
        "since": ago(door.locale, held.opened_at, door.zone, door.now),
        "waiting": held.waiting_since is not None,
        "stopped": held.follow_ups_stopped,
    }


def _bubble(door: Door, one: Said) -> Bubble:
    when, exactly = _times(door, one.at)
    if one.answer is not None:
        return Bubble(
            "theirs", say(door.locale, N_("Their answer")), when, exactly, text=_answer(door, one, one.answer)
        )
    if one.theirs and one.question is not None:
        question = say(door.locale, QUESTIONS[one.question.value])
        answered = say(door.locale, N_("answered ({question})"), question=question)
        return Bubble("theirs", say(door.locale, N_("Their answer")), when, exactly, text=answered)
    if one.theirs:
        return Bubble("theirs", say(door.locale, N_("They wrote")), when, exactly, text=one.text)
    first, _, rest = one.text.partition("\n\n")
    if first and len(first) < SHORT and rest:  # a greeting alone says nothing
        second, _, rest = rest.partition("\n\n")
        first = f"{first}\n\n{second}"
    state, shade = _state(door, one)
    who = one.by or say(door.locale, N_("The house"))
    return Bubble("ours", who, when, exactly, one.subject, first, rest, state, shade, str(one.letter_id))


SHORT = 40


def _answer(door: Door, one: Said, answer: Answer) -> str:
    question = say(door.locale, QUESTIONS[one.question.value]) if one.question else ""
    pressed = answer_label(door.locale, answer)
    if one.reason is not None:
        reason = reason_label(door.locale, one.reason)
        return say(door.locale, N_("“{answer}”, because: {reason}"), answer=pressed, reason=reason)
    if one.later_on is not None:
        on = short_day(door.locale, one.later_on)
        return say(door.locale, N_("“{answer}”, until {day} ({question})"), answer=pressed, day=on, question=question)
    return say(door.locale, N_("“{answer}” ({question})"), answer=pressed, question=question)


_STATES = {
    LetterState.SENDING: (N_("on its way"), "outline"),
    LetterState.UNKNOWN: (N_("nobody knows whether it arrived"), "todo"),
    LetterState.FAILED: (N_("could not be delivered"), "loss"),
    LetterState.CANCELLED: (N_("cancelled before it left"), "outline"),
}


def _state(door: Door, one: Said) -> tuple[str, str]:
    """Return how far a letter has come; what went well needs no word."""
    if one.state is LetterState.QUEUED:
        return _queued(door, one.not_before or one.at), "outline"
    told, shade = _STATES.get(one.state or LetterState.SENT, ("", ""))
    return say(door.locale, told) if told else "", shade


def _queued(door: Door, leaves: datetime) -> str:
    if leaves.year > FAR:
        return say(door.locale, N_("set aside: its launch is paused"))
    if leaves <= door.now:
        return say(door.locale, N_("on its way"))
    return say(door.locale, N_("leaves {when}"), when=ago(door.locale, leaves, door.zone, door.now))


FAR = 9000


def _happened(door: Door, one: Event, names: dict[int, str]) -> Happened:
    when, exactly = _times(door, one.at)
    kind = "todo" if one.kind in TO_DO else "theirs" if one.theirs else ""
    return Happened(told(one, door.locale, door.zone, staff=names), when, exactly, kind)


def _times(door: Door, at: datetime) -> tuple[str, str]:
    return ago(door.locale, at, door.zone, door.now), moment(door.locale, at, door.zone, door.now)


_BLOCKED = {
    NO_SLOTS: N_("waits for times to offer"),
    Check.RHYTHM.value: N_("waits on their rhythm"),
    Check.ALREADY_ASKED.value: N_("waits: they are in a conversation, or were asked the same lately"),
    Check.ANSWERS.value: N_("waits because of an answer of theirs"),
}
_ENDINGS = {
    Ending.COMPLETED.value: N_("went all the way"),
    Ending.BOOKED.value: N_("ended with a meeting"),
    Ending.NO.value: N_("ended with a no"),
    Ending.LATER.value: N_("ended with a later"),
    Ending.SILENCE.value: N_("ended in silence"),
    Ending.NEITHER_SLOT.value: N_("neither time suited"),
    Ending.STOPPED.value: N_("stopped by us"),
    Ending.CLOSED.value: N_("ended: the job was closed"),
    Ending.BLOCKED.value: N_("could not be written to"),
    Ending.UNSUBSCRIBED.value: N_("asked us to stop"),
}


def _next(door: Door, one: Way) -> Next:
    launch = f"{one.chain} · {one.opportunity}" if one.opportunity else one.chain
    if one.state is EnrolmentState.ENDED:
        ended = _ENDINGS.get(one.outcome or "", N_("ended"))
        when = ago(door.locale, one.ended_at or one.entered_at, door.zone, door.now)
        return Next(launch, say(door.locale, ended), when, over=True)
    return Next(launch, _standing(door, one), _due(door, one), over=False)


def _standing(door: Door, one: Way) -> str:
    step = say(door.locale, KINDS[one.step].CALLED)
    if one.launch_state is LaunchState.PAUSED:
        return say(door.locale, N_("{step}: the launch is paused"), step=step)
    if one.state is EnrolmentState.ASKED:
        return say(door.locale, N_("{step}: we wait for their answer"), step=step)
    if one.waits_for is WaitsFor.JOB:
        return say(door.locale, N_("{step}: {why}"), step=step, why=say(door.locale, N_("waits: the job is closed")))
    if one.blocked_by in _BLOCKED:
        return say(door.locale, N_("{step}: {why}"), step=step, why=say(door.locale, _BLOCKED[one.blocked_by]))
    return say(door.locale, N_("next: {step}"), step=step)


def _due(door: Door, one: Way) -> str:
    if one.due_at is None or one.launch_state is LaunchState.PAUSED:
        return ""
    when = ago(door.locale, one.due_at, door.zone, door.now)
    if one.state is EnrolmentState.ASKED:
        return say(door.locale, N_("without an answer, we go on {when}"), when=when)
    return say(door.locale, N_("at once")) if one.due_at <= door.now else when
