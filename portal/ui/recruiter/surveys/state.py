"""The list of surveys."""

from dataclasses import dataclass
from typing import ClassVar

import reflex as rx

from portal.kit.i18n import N_, ago, moment, number, say_n
from portal.surveys.queries import SurveyRow, surveys
from portal.ui.doors import RECRUITERS, Audience, Door, Room


@dataclass
class Row:
    """One survey, in words."""

    id: int
    title: str
    questions: str
    answers: str
    score: str
    when: str
    exactly: str


class SurveyList(Room):
    """Those that take answers, and those that are closed."""

    audience: ClassVar[Audience] = RECRUITERS
    loaded: bool = False
    open: list[Row] = []
    closed: list[Row] = []

    @rx.event
    async def load(self) -> None:
        """Read both lists."""
        self.open, self.closed = await self.inside(read)
        self.loaded = True


def read(door: Door) -> tuple[list[Row], list[Row]]:
    """Return the open surveys and the closed ones, newest first."""
    found = [surveys(door.session, door.who, locale=door.locale, closed=closed) for closed in (False, True)]
    return [_row(door, one) for one in found[0]], [_row(door, one) for one in found[1]]


def _row(door: Door, one: SurveyRow) -> Row:
    return Row(
        one.id,
        one.title,
        say_n(door.locale, N_("{count} question"), N_("{count} questions"), one.questions),
        number(door.locale, one.answers),
        signed(None if one.cnps is None else one.cnps.score),
        ago(door.locale, one.created_at, door.zone, door.now),
        moment(door.locale, one.created_at, door.zone, door.now),
    )


def signed(score: int | None) -> str:
    """Return a score with its sign, a dash where there is none."""
    return "–" if score is None else f"{score:+d}".replace("-", "−") if score else "0"
