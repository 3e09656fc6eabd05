"""Who waits for a person: their last words or the answer they gave, and the way to answer at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.conversations import actions as conversations
from portal.conversations.inbox import Waiting, inbox, waits_for_colleagues
from portal.conversations.labels import answer_label
from portal.gate.explain import told_to
from portal.kit.i18n import N_, ago, moment, say, say_n
from portal.postbox.rules import LetterKind
from portal.replies.writing import answer_by_hand
from portal.timeline.facets import QUESTIONS
from portal.timeline.sentences import KINDS
from portal.ui.doors import RECRUITERS, Audience, Door, Room, Told
from portal.ui.session import notice

ANSWERED = N_("Your answer leaves at once.")
DEALT_WITH = N_("Marked as dealt with.")


@dataclass
class Waits:
    """One who waits."""

    conversation_id: int
    talent_id: int
    name: str
    said: str
    kind: str
    when: str
    exactly: str
    for_whom: str


class Inbox(Room):
    """What only a person can answer, longest waiting first."""

    audience: ClassVar[Audience] = RECRUITERS
    loaded: bool = False
    waiting: list[Waits] = []
    finding: list[Waits] = []
    elsewhere: str = ""
    answering: int = 0
    problem: str = ""
    _dealt: int = 0
    _since: str = ""

    @rx.event
    async def load(self) -> None:
        """Read who waits."""
        self.answering, self.problem = 0, ""
        self._show(*await self.inside(_read))
        self.loaded = True

    @rx.event
    def begin(self, talent_id: int) -> None:
        """Open the answer beside one of them."""
        self.answering, self.problem = (0 if self.answering == talent_id else talent_id), ""

    @rx.event
    async def reply(self, form: dict[str, Any]) -> EventSpec | None:
        """Answer by hand; what cannot leave is told, the words still there."""
        talent_id, text = self.answering, str(form.get("answer", ""))
        try:
            seen, told, refused = await self.inside(lambda door: _reply(door, talent_id, text))
        except Told as refusal:
            self.problem = str(refusal)
            return None
        self.problem = refused
        if refused:
            return None
        self.answering = 0
        self._show(*seen)
        return notice(told)

    @rx.event
    async def deal_with(self, conversation_id: int) -> EventSpec:
        """Take one out of the inbox: it was answered elsewhere, or needs no answer."""
        seen, told, since = await self.inside(lambda door: _deal_with(door, conversation_id))
        self._dealt, self._since = conversation_id, since
        self._show(*seen)
        return notice(told, undo=Inbox.put_back)

    @rx.event
    async def put_back(self) -> None:
        """Put back what was just taken out."""
        conversation_id, since = self._dealt, self._since
        self._show(*await self.inside(lambda door: _put_back(door, conversation_id, since)))

    def _show(self, waiting: list[Waits], finding: list[Waits], elsewhere: str) -> None:
        self.waiting, self.finding, self.elsewhere = waiting, finding, elsewhere


Seen = tuple[list[Waits], list[Waits], str]


def _read(door: Door) -> Seen:
    found = inbox(door.session, door.who)
    others = waits_for_colleagues(door.session, door.who)
    told = (
        say_n(door.locale, "{count} waits for a colleague.", "{count} wait for colleagues.", others) if others else ""
    )
    return (
        [_waits(door, one) for one in found if not one.no_time_suits],
        [_waits(door, one) for one in found if one.no_time_suits],
        told,
    )


def _waits(door: Door, one: Waiting) -> Waits:
    said, kind = _said(door, one)
    left = one.owner_id != door.who.id
    return Waits(
        conversation_id=one.conversation_id,
        talent_id=one.talent_id,
        name=one.name or say(door.locale, N_("No name")),
        said=said,
        kind=kind,
        when=ago(door.locale, one.since, door.zone, door.now),
        exactly=moment(door.locale, one.since, door.zone, door.now),
        for_whom=say(door.locale, N_("{name} no longer works here"), name=one.owner) if left else "",
    )


def _said(door: Door, one: Waiting) -> tuple[str, str]:
    """Return what they asked and what they pressed since, and in one word what came last."""
    told, kind = [say(door.locale, KINDS[one.owed])] if one.owed else [], ""
    if one.words:
        told, kind = [say(door.locale, N_("“{words}”"), words=one.words)], say(door.locale, N_("wrote"))
    if one.answer is not None:
        question = say(door.locale, QUESTIONS[one.question.value]) if one.question else ""
        kind = answer_label(door.locale, one.answer)
        told.append(say(door.locale, N_("“{answer}” ({question})"), answer=kind, question=question))
    if one.stopped:
        told.append(say(door.locale, N_("asked us to stop writing")))
    return " · ".join(told) or say(door.locale, N_("Waits for a sign from you.")), kind


def _reply(door: Door, talent_id: int, text: str) -> tuple[Seen, str, str]:
    outcome = answer_by_hand(door.session, door.who, talent_id, text, now=door.now)
    if not outcome.goes:
        return _read(door), "", told_to(door.who, outcome.decision, LetterKind.SERVICE, now=door.now).sentence
    door.session.flush()
    return _read(door), say(door.locale, ANSWERED), ""


def _deal_with(door: Door, conversation_id: int) -> tuple[Seen, str, str]:
    since = conversations.dealt_with(door.session, door.who, conversation_id, now=door.now)
    door.session.flush()
    return _read(door), say(door.locale, DEALT_WITH), since.isoformat() if since else ""


def _put_back(door: Door, conversation_id: int, since: str) -> Seen:
    if since:
        at = datetime.fromisoformat(since)
        conversations.wait_again(door.session, door.who, conversation_id, at, now=door.now)
        door.session.flush()
    return _read(door)
