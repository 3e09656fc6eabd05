"""How the mail server behaves in one run, and when to stop: no I/O.

A run whose letters vanish, or are all refused in the same words, says nothing of the people: the mail is down.
"""

import asyncio
import uuid

from portal.kit.i18n import N_
from portal.postbox.answers import nameless
from portal.postbox.reports import Fate, Report

SILENT = N_("The mail server says nothing.")
# The first so many letters of which nobody knows end a run, and so do so many refusals in a row that are alike.
MOST_UNKNOWN = MOST_ALIKE = 10


class Watch:
    """What one run has heard. `down` says, in the server's words, why nothing more is handed out; empty while all is well."""

    def __init__(self) -> None:
        self.taken = self.unknown = self.in_doubt = 0
        self.last_taken = self.trouble = ""
        self.down = ""
        self.alike, self.refused = "", list[uuid.UUID]()
        # Letters handed over: until when their answer is waited for, and since when.
        self.waiting: dict[asyncio.Timeout, float] = {}
        self.hurried = False
        self._settled = asyncio.Event()

    async def turn(self) -> bool:
        """Wait until one more letter may be in doubt; False once the run is over.

        However many connections there are, no more letters become unknown than end the run.
        """
        while not self.down and self.unknown + self.in_doubt >= MOST_UNKNOWN:
            self._settled.clear()
            await self._settled.wait()
        if self.down:
            return False
        self.in_doubt += 1
        return True

    def leave(self) -> None:
        """Give a turn back: of one letter more it is known what became of it."""
        self.in_doubt -= 1
        self._settled.set()

    def heard(self, address: str, report: Report) -> None:
        """Count what became of one letter."""
        if report.fate is Fate.SENT:
            self.taken, self.last_taken = self.taken + 1, address
            if not self.down:
                self.alike, self.refused = "", []
        elif report.fate is Fate.UNKNOWN:
            self.unknown, self.trouble = self.unknown + 1, report.words
            if self.unknown >= MOST_UNKNOWN:
                self.stop(report.words)
        elif report.alike:
            self._refusal(address, report)

    def _refusal(self, address: str, report: Report) -> None:
        if report.alike != self.alike and not self.down:
            self.alike, self.refused = report.alike, []
        self.refused.append(report.letter_id)
        if report.fate is Fate.RETRY:  # the line was cut, or our own address refused: nothing was said of the letter
            self.trouble = nameless(report.words, address)

    @property
    def suspicious(self) -> bool:
        """Tell whether so many refusals in a row were alike that it is hardly about the people."""
        return len(self.refused) >= MOST_ALIKE

    def believe(self) -> None:
        """Take the refusals for what they say: in between, the server took an address that is good."""
        self.alike, self.refused = "", []

    def stop(self, words: str) -> None:
        """Hand nothing more out."""
        self.down = self.down or words
        self._settled.set()

    def end(self, *, told_to: bool) -> None:
        """The run is over: where none was taken and the trouble was no letter's own, the mail is down, were they but two."""
        if self.trouble and not self.taken and not told_to:
            self.stop(self.trouble)

    def look(self, now: float, *, silence: float) -> None:
        """Stop when every letter on its way has waited for so long: the server is not there."""
        waits = list(self.waiting.values())
        if waits and len(waits) >= self.in_doubt and now - max(waits) >= silence:
            self.stop(SILENT)

    def hurry(self, until: float) -> None:
        """Let nobody wait longer than this for an answer."""
        for limit in () if self.hurried else self.waiting:
            limit.reschedule(until)
        self.hurried = True
