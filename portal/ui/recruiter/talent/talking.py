"""What a recruiter does in a conversation: write, stop, close, take over."""

import uuid
from dataclasses import dataclass
from typing import Any, ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.conversations import actions as conversations
from portal.conversations.queries import conversation_of
from portal.gate.explain import decisions_of, told_to
from portal.gate.rules import Verdict
from portal.kit.errors import NotFound
from portal.kit.i18n import N_, moment, say
from portal.postbox.rules import LetterKind
from portal.replies import stopping
from portal.replies.writing import write_by_hand
from portal.ui.doors import RECRUITERS, Audience, Door, Room, Told
from portal.ui.recruiter.talent.exchange import Bubble, Exchanged, Happened, Next, exchanged
from portal.ui.session import notice

WRITTEN = N_("The letter leaves at once.")
KEPT = N_("Nothing was sent; your words are still here.")
STOPPED = N_("Nothing automatic reaches them any more, until you undo it or close the conversation.")
RESUMED = N_("Automatic letters may reach them again. What had been ended stays ended.")
CLOSED = N_("The conversation is closed: colleagues may write to them again.")
REOPENED = N_("The conversation is open again.")
TAKEN = N_("This conversation is yours now.")
WITHDRAWN = N_("Their consents are withdrawn, and everything on its way to them is cancelled.")


@dataclass
class Reason:
    """One answer of the gate about a letter."""

    when: str
    told: str


class TalentTalk(Room):
    """What was said, what happened, what is next."""

    audience: ClassVar[Audience] = RECRUITERS
    loaded: bool = False
    bubbles: list[Bubble] = []
    events: list[Happened] = []
    ways: list[Next] = []
    past: list[Next] = []
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
    problem: str = ""
    written: int = 0
    asking_why: bool = False
    reasons: list[Reason] = []
    withdrawing: bool = False
    # Whom the last act was about: an undo may come from another page.
    _talent_id: int = 0
    _closed: int = 0

    @rx.event
    async def load(self) -> None:
        """Read the exchange with the person the address names."""
        talent_id = self.number("talent_id")
        self.problem, self.asking_why, self.withdrawing = "", False, False
        self._show(await self.inside(lambda door: exchanged(door, talent_id)))
        self.loaded = True

    @rx.event
    async def write(self, form: dict[str, Any]) -> EventSpec | None:
        """Send what was written by hand, or say why not: the words stay in the form."""
        talent_id = self.number("talent_id")
        try:
            seen, refused = await self.inside(lambda door: _write(door, talent_id, form))
        except Told as told:
            self.problem = str(told)
            return None
        self._show(seen)
        self.problem = refused
        if refused:
            return None
        self.written += 1
        return TalentTalk.say_written

    @rx.event
    async def say_written(self) -> EventSpec:
        """Say that the letter is on its way."""
        return notice(await self.inside(lambda door: say(door.locale, WRITTEN)))

    @rx.event
    async def stop(self) -> EventSpec:
        """Stop what is automatic, in one press."""
        self._talent_id = self.number("talent_id")
        return await self._act(_stop, STOPPED, undo=TalentTalk.resume_last)

    @rx.event
    async def resume(self) -> EventSpec:
        """Let automatic letters reach them again."""
        self._talent_id = self.number("talent_id")
        return await self._act(_resume, RESUMED)

    @rx.event
    async def resume_last(self) -> EventSpec:
        """Undo the stop."""
        return await self._act(_resume, RESUMED)

    @rx.event
    async def close(self) -> EventSpec:
        """Close the conversation."""
        self._talent_id = self.number("talent_id")
        self._closed = self.conversation_id
        return await self._act(_close, CLOSED, undo=TalentTalk.reopen_last)

    @rx.event
    async def reopen_last(self) -> EventSpec:
        """Undo the closing."""
        conversation_id = self._closed
        return await self._act(lambda door, _: _reopen(door, conversation_id), REOPENED)

    @rx.event
    async def take_over(self) -> EventSpec:
        """Become the one who talks with them."""
        self._talent_id = self.number("talent_id")
        return await self._act(_take_over, TAKEN)

    @rx.event
    def ask_withdraw(self) -> None:
        """Ask once: a withdrawal cannot be taken back by us."""
        self.withdrawing = True

    @rx.event
    def keep(self) -> None:
        """Put the question away."""
        self.withdrawing = False

    @rx.event
    async def withdraw(self) -> list[Any]:
        """Withdraw their consents, because they asked for it."""
        self._talent_id = self.number("talent_id")
        self.withdrawing = False
        return [await self._act(_withdraw, WITHDRAWN)]

    @rx.event
    async def why(self, letter_id: str) -> None:
        """Show what the gate said about a letter."""
        self.reasons = await self.inside(lambda door: _reasons(door, letter_id))
        self.asking_why = True

    @rx.event
    def enough(self) -> None:
        """Put the reasons away."""
        self.asking_why = False

    async def _act(self, verb: Any, told: str, undo: Any = None) -> EventSpec:
        talent_id = self._talent_id
        seen, words = await self.inside(lambda door: _done(door, talent_id, verb, told))
        if self.asked("talent_id") == str(talent_id):  # an undo may come once another page is open
            self._show(seen)
        return notice(words, undo=undo)

    def _show(self, seen: Exchanged) -> None:
        for name, value in vars(seen).items():
            setattr(self, name, value)


def _done(door: Door, talent_id: int, verb: Any, told: str) -> tuple[Exchanged, str]:
    verb(door, talent_id)
    door.session.flush()
    return exchanged(door, talent_id), say(door.locale, told)


def _write(door: Door, talent_id: int, form: dict[str, Any]) -> tuple[Exchanged, str]:
    subject, text = str(form.get("subject", "")), str(form.get("text", ""))
    outcome = write_by_hand(door.session, door.who, talent_id, subject=subject, text=text, now=door.now)
    refused = ""
    if not outcome.goes:
        because = told_to(door.who, outcome.decision, LetterKind.CONTACT, now=door.now)
        refused = f"{because.sentence} {say(door.locale, KEPT)}"
    return exchanged(door, talent_id), refused


def _stop(door: Door, talent_id: int) -> None:
    stopping.stop_follow_ups(door.session, door.who, talent_id, now=door.now)


def _resume(door: Door, talent_id: int) -> None:
    stopping.resume_follow_ups(door.session, door.who, talent_id, now=door.now)


def _close(door: Door, talent_id: int) -> None:
    conversations.close_conversation(door.session, door.who, _open(door, talent_id), now=door.now)


def _reopen(door: Door, conversation_id: int) -> None:
    conversations.reopen_conversation(door.session, door.who, conversation_id, now=door.now)


def _take_over(door: Door, talent_id: int) -> None:
    conversations.take_over(door.session, door.who, _open(door, talent_id), now=door.now)


def _withdraw(door: Door, talent_id: int) -> None:
    stopping.withdraw(door.session, door.who, talent_id, interface="recruiter", now=door.now)


def _open(door: Door, talent_id: int) -> int:
    held = conversation_of(door.session, door.who, talent_id)
    if held is None:
        raise NotFound
    return held.id


def _reasons(door: Door, letter_id: str) -> list[Reason]:
    try:
        wanted = uuid.UUID(letter_id)
    except ValueError as wrong:
        raise NotFound from wrong
    told = decisions_of(door.session, door.who, wanted, now=door.now)
    return [
        Reason(moment(door.locale, one.at, door.zone, door.now), _verdict(door, one.verdict, one.sentence))
        for one in told
    ]


def _verdict(door: Door, verdict: Verdict, sentence: str) -> str:
    if verdict is Verdict.GO:
        return sentence
    return say(door.locale, N_("Held back: {why}"), why=sentence)
