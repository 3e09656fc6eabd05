"""What can be done at once for everyone in a bucket of the split: asked first, with how many, then done."""

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.conversations.actions import take_over_all
from portal.gate.law import LAW
from portal.gate.law.reason import Act
from portal.kit.i18n import N_, say, say_n
from portal.privacy.informing import who_may_be
from portal.ui.doors import RECRUITERS, Audience, Door, Room
from portal.ui.recruiter import informed
from portal.ui.recruiter.segment import counting
from portal.ui.recruiter.segment.reach import Reach

NOBODY = N_("The first information went to all of them already, or may not go now.")
_MEANS = {
    Act.INFORM: N_(
        "They get one letter, once: what we hold about them and from where, why, and whether they wish to stay. Nothing else"
        " may go before it. Each is signed with your name."
    ),
    Act.TAKE_OVER: N_(
        "You become the one who talks with them, and their questions come to you. Their history says who did before: tell"
        " your colleagues."
    ),
}


class Acting(Room):
    """The confirmation, and the act."""

    audience: ClassVar[Audience] = RECRUITERS
    asking: bool = False
    busy: bool = False
    title: str = ""
    means: str = ""
    press: str = ""
    told: str = ""
    held: list[str] = []
    _act: str = ""
    _ids: list[int] = []
    # Which segment's page was arrived at last, and whether something was asked on one that was still arriving.
    _at: str = ""
    _early: bool = False

    @rx.event
    def arrive(self) -> None:
        """Leave behind what an earlier visit asked; what was pressed while this page came stands."""
        self._at, early, self._early = self.asked("segment_id"), self._early, False
        if not early:
            self._leave()

    @rx.event
    async def ask(self, bucket: str) -> None:
        """Say what it would be, and to how many; nothing happens."""
        self._early = self._at != self.asked("segment_id")
        reach, reason = await self.get_state(Reach), LAW.get(str(bucket))
        if reason is None or reason.act is None:
            return
        act = reason.act.value
        rule, opportunity_id = reach._aim()  # noqa: SLF001 - a public method would be a handler
        self._act = act
        self._ids = await self.inside(
            lambda door: _whom(door, act, counting.in_bucket(door, rule, opportunity_id, bucket))
        )
        if not self._ids:
            self.asking, self.held, self.told = False, [], await self.inside(lambda door: say(door.locale, NOBODY))
            return
        count = len(self._ids)
        self.title, self.means, self.press = await self.inside(lambda door: _question(door, act, count))
        self.asking, self.told, self.held = True, "", []

    @rx.event
    def forget(self) -> None:
        """Do nothing, and tell nothing more of what was done."""
        self._leave()

    def _leave(self) -> None:
        self.asking, self.told, self.held, self._ids = False, "", [], []

    @rx.event(background=True)
    async def do(self) -> EventSpec:
        """Do it, some hundreds at a time, and count anew."""
        async with self:
            act, ids, self.busy, self._ids = self._act, self._ids, True, []
        done, held = 0, Counter[str]()
        for start in range(0, len(ids), informed.AT_ONCE):
            more, back = await self.inside(
                lambda door, some=ids[start : start + informed.AT_ONCE]: _do(door, act, some)
            )
            done, held = done + more, held + back
        told, lines = await self.inside(lambda door: _told(door, act, done, held))
        async with self:
            self.busy, self.asking, self.told, self.held = False, False, told, lines
        return Reach.ask


def _whom(door: Door, act: str, ids: Sequence[int]) -> list[int]:
    """Return those of a bucket whom the act is for: nobody is informed twice."""
    if act != Act.INFORM:
        return list(ids)
    return who_may_be(door.session, door.who, ids, now=door.now)


def _question(door: Door, act: str, count: int) -> tuple[str, str, str]:
    """Return what is asked, what it means, and what the button says."""
    if act == Act.INFORM:
        one, many = (
            N_("Send the first information to {count} person?"),
            N_("Send the first information to {count} people?"),
        )
        press = say_n(door.locale, N_("Send {count} letter"), N_("Send {count} letters"), count)
    else:
        one, many = N_("Take over {count} conversation?"), N_("Take over {count} conversations?")
        press = say(door.locale, "Yes, take over")
    return say_n(door.locale, one, many, count), say(door.locale, _MEANS[act]), press


def _do(door: Door, act: str, ids: Sequence[int]) -> tuple[int, Counter[str]]:
    if act == Act.INFORM:
        return informed.write(door, ids)
    return take_over_all(door.session, door.who, ids, now=door.now), Counter()


def _told(door: Door, act: str, done: int, held: Counter[str]) -> tuple[str, list[str]]:
    if act == Act.INFORM:
        return informed.tell(door, done, held)
    words = say_n(
        door.locale, N_("{count} conversation is yours now."), N_("{count} conversations are yours now."), done
    )
    return words, []
