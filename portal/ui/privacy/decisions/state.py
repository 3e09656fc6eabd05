"""What the gate answered, for the officer's eyes."""

from dataclasses import dataclass
from typing import ClassVar

import reflex as rx

from portal.gate.explain import Reader, explained
from portal.gate.rules import Decision, Verdict
from portal.kit.i18n import N_, ago, moment, say
from portal.postbox.rules import LetterKind
from portal.privacy.queries import PAGE, DecisionRow, Wanted, decisions
from portal.ui.doors import DPOS, Audience, Door, Room
from portal.ui.privacy.filters import LONGEST, begins, ends, one_of, place_in
from portal.ui.privacy.words import KINDS, VERDICTS

_SHADES = {Verdict.GO: "good", Verdict.WAIT: "", Verdict.NEVER: "outline"}


@dataclass
class Line:
    """One decision in words."""

    when: str
    exactly: str
    who: str
    pseudonym: str
    kind: str
    verdict: str
    shade: str
    why: str
    by: str


class Decisions(Room):
    """A page of decisions."""

    audience: ClassVar[Audience] = DPOS
    loaded: bool = False
    lines: list[Line] = []
    told: str = ""
    page: int = 1
    more: bool = False
    verdict: str = ""
    kind: str = ""
    since: str = ""
    until: str = ""
    text: str = ""

    @rx.event
    async def load(self) -> None:
        """Read the newest page, all filters open."""
        self.verdict = self.kind = self.since = self.until = self.text = ""
        self.page = 1
        await self._read()

    @rx.event
    async def narrow(self, name: str, value: str) -> None:
        """Set one filter."""
        if name in {"verdict", "kind", "since", "until", "text"}:
            setattr(self, name, str(value)[:LONGEST])
            self.page = 1
            await self._read()

    @rx.event
    async def turn(self, by: int) -> None:
        """Go one page on or back."""
        self.page = max(1, self.page + (1 if by > 0 else -1))
        await self._read()

    async def _read(self) -> None:
        wanted, page = (self.verdict, self.kind, self.since, self.until, self.text), self.page
        self.lines, self.told, self.page, self.more = await self.inside(lambda door: _page(door, wanted, page))
        self.loaded = True


def _page(door: Door, wanted: tuple[str, ...], page: int) -> tuple[list[Line], str, int, bool]:
    verdict, kind, since, until, text = wanted
    which = Wanted(
        verdict=one_of(Verdict, verdict),
        kind=one_of(LetterKind, kind),
        since=begins(door, since),
        until=ends(door, until),
        text=text,
    )
    found = decisions(door.session, door.who, which, page)
    told = place_in(door, found.page, PAGE, len(found.rows), found.total)
    return [_line(door, row) for row in found.rows], told, found.page, found.page * PAGE < found.total


def _line(door: Door, row: DecisionRow) -> Line:
    params = {"owner": row.owner} if row.owner else {}
    decided = Decision(row.verdict, row.check, row.because, row.until, params)
    return Line(
        when=ago(door.locale, row.at, door.zone, door.now),
        exactly=moment(door.locale, row.at, door.zone, door.now),
        who=row.name or say(door.locale, N_("erased")),
        pseudonym=str(row.pseudonym or ""),
        kind=say(door.locale, KINDS[row.kind]),
        verdict=say(door.locale, VERDICTS[row.verdict]),
        shade=_SHADES[row.verdict],
        why=_why(door, row, decided),
        by=_by(door, row),
    )


def _why(door: Door, row: DecisionRow, decided: Decision) -> str:
    """Recruiters are told what they may do now; the officer reads what was found then."""
    if row.verdict is Verdict.GO and row.because is None and row.kind is LetterKind.CONTACT:
        return say(door.locale, N_("A legal ground stood, it had not been asked before, and their rhythm left room."))
    return explained(decided, row.kind, door.locale, door.zone, now=door.now, to=Reader.STAFF)


_ASKERS = {"staff": N_("a member of staff"), "talent": N_("the person themself"), "link": N_("the person, by a link")}


def _by(door: Door, row: DecisionRow) -> str:
    if row.asked_by_name:
        return row.asked_by_name
    return say(door.locale, _ASKERS.get(row.asked_by.split(" ")[0], N_("the house")))
