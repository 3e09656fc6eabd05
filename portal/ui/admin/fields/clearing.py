"""False alarms: a name in which a word of the law was seen by mistake, allowed by an admin with a reason the DPO reads."""

from typing import Any, ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.kit.i18n import N_, say
from portal.talents.naming import clear_name, cleared
from portal.ui.components import button, form, more, problem, text_field
from portal.ui.doors import ADMINS, Audience, Door, Room, Told
from portal.ui.session import notice
from portal.ui.words import word

CLEARED = N_("“{name}” may be used. The data protection officer sees it, with your reason.")
ONE = N_("{name}: {reason}")


class Clearing(Room):
    """What was cleared, and the form."""

    audience: ClassVar[Audience] = ADMINS
    names: list[str] = []
    problem: str = ""

    @rx.event
    async def load(self) -> None:
        """Read what was cleared."""
        self.problem = ""
        self.names = await self.inside(_told)

    @rx.event
    async def clear(self, sent: dict[str, Any]) -> EventSpec | None:
        """Allow one name."""
        name, reason = str(sent.get("cleared_name", ""))[:300], str(sent.get("cleared_reason", ""))[:600]
        try:
            told, self.names = await self.inside(lambda door: _clear(door, name, reason))
        except Told as refused:
            self.problem = str(refused)
            return None
        self.problem = ""
        return notice(told)


def _clear(door: Door, name: str, reason: str) -> tuple[str, list[str]]:
    clear_name(door.session, door.who, name, reason, now=door.now)
    return say(door.locale, CLEARED, name=name), _told(door)


def _told(door: Door) -> list[str]:
    return [say(door.locale, ONE, name=one.name, reason=one.reason) for one in cleared(door.session, door.who)]


def clearing() -> rx.Component:
    """Draw the form, and what was cleared before."""
    return more(
        word("A name about work was refused?"),
        rx.el.p(
            word("Allow this one name, and say why it is about work. What the law itself names is never allowed."),
            class_name="quiet-text",
        ),
        form(
            problem(Clearing.problem),
            text_field("cleared_name", word("The name, as it was refused"), required=True),
            text_field("cleared_reason", word("Why it is about work"), required=True),
            rx.el.div(button(word("Allow this name"), type="submit"), class_name="buttons"),
            on_submit=Clearing.clear,
        ),
        rx.el.ul(rx.foreach(Clearing.names, lambda told: rx.el.li(told, class_name="measure"))),
    )
