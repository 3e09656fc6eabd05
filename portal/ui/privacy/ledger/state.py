"""The ledger for the officer's eyes: read, filtered, verified; nothing here can change it."""

from dataclasses import dataclass
from typing import ClassVar

import reflex as rx

from portal.consent import ledger
from portal.consent.queries import PAGE, Filters, LedgerRow, ledger_page
from portal.consent.rules import Act, Purpose
from portal.kit.i18n import N_, ago, clock, moment, say, say_n
from portal.ui.doors import DPOS, Audience, Door, Room
from portal.ui.privacy.filters import LONGEST, begins, ends, one_of, place_in
from portal.ui.privacy.words import ACTS, BASES, INTERFACES, PURPOSES

# A chain this short is verified while the page opens; a longer one on a press.
SMALL = 20_000
_ERASED = N_("erased")


@dataclass
class Line:
    """One entry in words; `proof` tells whether it stands whole."""

    seq: int
    when: str
    exactly: str
    who: str
    pseudonym: str
    erased: bool
    act: str
    purpose: str
    text: str
    notice: str
    how: str
    by: str
    hash: str


class Ledger(Room):
    """A page of entries."""

    audience: ClassVar[Audience] = DPOS
    loaded: bool = False
    lines: list[Line] = []
    told: str = ""
    page: int = 1
    more: bool = False
    act: str = ""
    purpose: str = ""
    interface: str = ""
    since: str = ""
    until: str = ""
    text: str = ""
    opened: int = 0

    @rx.event
    async def load(self) -> None:
        """Read the newest page, all filters open."""
        self.act = self.purpose = self.interface = self.since = self.until = ""
        self.text, self.page, self.opened = self.asked("person"), 1, 0
        await self._read()

    @rx.event
    async def narrow(self, name: str, value: str) -> None:
        """Set one filter."""
        if name in {"act", "purpose", "interface", "since", "until", "text"}:
            setattr(self, name, str(value)[:LONGEST])
            self.page, self.opened = 1, 0
            await self._read()

    @rx.event
    async def turn(self, by: int) -> None:
        """Go one page on or back."""
        self.page, self.opened = max(1, self.page + (1 if by > 0 else -1)), 0
        await self._read()

    @rx.event
    def open(self, seq: int) -> None:
        """Show the text of one entry; a second press puts it away."""
        self.opened = 0 if self.opened == seq else seq

    async def _read(self) -> None:
        wanted = (self.act, self.purpose, self.interface, self.since, self.until, self.text)
        page = self.page
        self.lines, self.told, self.page, self.more = await self.inside(lambda door: _page(door, wanted, page))
        self.loaded = True


class Proof(Room):
    """Whether the chain is whole."""

    audience: ClassVar[Audience] = DPOS
    top: str = ""
    head: str = ""
    whole: bool = False
    checked: bool = False

    @rx.event
    async def load(self) -> None:
        """Count, and verify where that is quick."""
        self.top, self.head, self.whole, self.checked = await self.inside(lambda door: _proof(door, pressed=False))

    @rx.event
    async def verify(self) -> None:
        """Walk the whole chain now."""
        self.top, self.head, self.whole, self.checked = await self.inside(lambda door: _proof(door, pressed=True))


def _page(door: Door, wanted: tuple[str, ...], page: int) -> tuple[list[Line], str, int, bool]:
    act, purpose, interface, since, until, text = wanted
    filters = Filters(
        act=one_of(Act, act),
        purpose=one_of(Purpose, purpose),
        interface=interface if interface in INTERFACES else "",
        since=begins(door, since),
        until=ends(door, until),
        text=text,
    )
    found = ledger_page(door.session, door.who, filters, page)
    told = place_in(door, found.page, PAGE, len(found.rows), found.total)
    return [_line(door, row) for row in found.rows], told, found.page, found.page * PAGE < found.total


def _line(door: Door, row: LedgerRow) -> Line:
    name = row.name or row.email
    return Line(
        seq=row.seq,
        when=ago(door.locale, row.at, door.zone, door.now),
        exactly=moment(door.locale, row.at, door.zone),
        who=name or say(door.locale, _ERASED if row.erased else N_("nameless")),
        pseudonym=str(row.pseudonym),
        erased=row.erased,
        act=say(door.locale, ACTS[row.act]),
        purpose=f"{say(door.locale, PURPOSES[row.purpose])} · {say(door.locale, BASES[row.basis])}",
        text=_text(door, row),
        notice=row.notice,
        how=say(door.locale, INTERFACES[row.interface]) if row.interface in INTERFACES else row.interface,
        by=_by(door.locale, row.by),
        hash=row.hash,
    )


def _by(locale: str, written: str) -> str:
    """Return who did it, in the reader's words; the ledger keeps "candidate 7 (Zoé)", "link 9", "system (import)"."""
    match written.partition(" ")[0]:
        case "":
            return ""
        case "candidate" | "link":
            return say(locale, N_("by the person themself"))
        case "system":
            return say(locale, N_("by the house"))
    return say(locale, N_("by {name}"), name=written.partition("(")[2].removesuffix(")"))


def _text(door: Door, row: LedgerRow) -> str:
    if row.notice_version is None:
        return ""
    return say(door.locale, "no. {version}, {language}", version=row.notice_version, language=row.notice_locale or "")


def _proof(door: Door, *, pressed: bool) -> tuple[str, str, bool, bool]:
    count, head = ledger.head(door.session)
    entries = say_n(door.locale, "{count} event", "{count} events", count)
    if count > SMALL and not pressed:
        return say(door.locale, "{entries}, not verified yet", entries=entries), head, False, False
    verdict = ledger.verify(door.session, door.who)
    at = clock(door.locale, door.now, door.zone)
    if not verdict.whole:
        return ledger.tell(door.locale, verdict), head, False, True
    entries = say_n(door.locale, "{count} event", "{count} events", verdict.rows)
    told = say(door.locale, "{entries}, chain whole, verified {time}", entries=entries, time=at)
    return told, verdict.head, True, True
