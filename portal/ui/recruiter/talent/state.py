"""What a recruiter sees of one talent, and changes of what they know."""

from collections.abc import AsyncGenerator, Callable
from typing import Any, ClassVar

import reflex as rx

from portal.kit.i18n import N_, say
from portal.signin.changing import correct, withdraw
from portal.talents.dead_addresses import stop_writing, write_again
from portal.talents.queries import stands_as
from portal.talents.wordcheck import HINTS, check
from portal.ui.doors import RECRUITERS, Audience, Door, Room, Told
from portal.ui.own_fields import OwnField
from portal.ui.picking import PICKED, Pick, added, found, nothing, picked
from portal.ui.recruiter.talent.held import read_held, typed_changes
from portal.ui.recruiter.talent.noting import TalentNotes, TalentTags
from portal.ui.recruiter.talent.profile import ConsentRow, Fact, Shown, shown
from portal.ui.recruiter.talent.talking import TalentTalk
from portal.ui.recruiter.talent.time import TalentTime
from portal.ui.session import notice

SAVED = N_("Saved. The timeline says who changed what.")
PROPOSED = N_(
    "Their address is their own word: a letter to {address} asks them to prove the other one. The rest is saved."
)
WITHDRAWN = N_("Taken back: their address stays what it is.")
NOTHING = N_("Nothing was changed.")
WRITTEN_AGAIN = N_("Their address is written to again.")
LONGEST = 2000
LONGEST_VALUE = 200


class TalentPage(Room):
    """Who they are, what they do and wish."""

    audience: ClassVar[Audience] = RECRUITERS
    loaded: bool = False
    name: str = ""
    tagline: str = ""
    who: list[Fact] = []
    work: list[Fact] = []
    wishes: list[Fact] = []
    mobility: list[Fact] = []
    own: list[Fact] = []
    sources: list[Fact] = []
    consents: list[ConsentRow] = []
    gaps: str = ""
    doubled: str = ""
    proposal: bool = False
    dead: bool = False

    @rx.event
    async def open(self) -> AsyncGenerator[Any]:
        """Show the person the address names; at the address of a row that was folded into another, go to that one."""
        self.loaded = False
        yield
        talent_id = self.number("talent_id")
        stands = await self.inside(lambda door: stands_as(door.session, door.who, talent_id))
        if stands != talent_id:
            yield rx.redirect(f"/pool/{stands}", replace=True)
            return
        yield [TalentPage.load, TalentTalk.load, TalentTime.load, TalentNotes.load, TalentTags.load]

    @rx.event
    async def load(self) -> None:
        """Read the person the address names."""
        talent_id = self.number("talent_id")
        self.loaded = False
        self._show(await self.inside(lambda door: shown(door, talent_id)))

    @rx.event
    async def withdraw_address(self) -> Any:
        """Take the proposal of another address back."""
        talent_id = self.number("talent_id")
        seen, told = await self.inside(lambda door: _withdraw_address(door, talent_id))
        self._show(seen)
        return [notice(told), TalentTalk.load]

    async def write_again(self) -> list[Any]:
        """Write to their address again: the server was wrong, or is by now."""
        talent_id = self.number("talent_id")
        told = await self.inside(lambda door: _write_again(door, talent_id))
        return [notice(told, undo=TalentPage.write_no_more), TalentPage.load, TalentTalk.load]

    @rx.event
    async def write_no_more(self) -> list[Any]:
        """Take that back."""
        talent_id = self.number("talent_id")
        await self.inside(lambda door: stop_writing(door.session, door.who, [talent_id], now=door.now))
        return [TalentPage.load, TalentTalk.load]

    def _show(self, seen: Shown) -> None:
        for name, value in vars(seen).items():
            setattr(self, name, value)
        self.loaded = True


class TalentEdit(Room):
    """The form that corrects what we know; what they said themself stands."""

    audience: ClassVar[Audience] = RECRUITERS
    editing: bool = False
    problem: str = ""
    hint: str = ""
    held: dict[str, str] = {}
    chosen: list[str] = []
    locked: list[str] = []
    picks: dict[str, list[Pick]] = nothing()
    found: dict[str, list[Pick]] = nothing()
    typed: int = 0
    own: list[OwnField] = []
    address_proven: bool = False

    @rx.event
    async def begin(self) -> None:
        """Open the form with what stands."""
        talent_id = self.number("talent_id")
        held = await self.inside(lambda door: read_held(door, talent_id))
        self.held, self.chosen, self.locked = held.single, held.ticked, held.locked
        self.picks, self.own, self.address_proven = held.picks, held.own, held.address_proven
        self.found, self.editing, self.problem, self.hint = nothing(), True, "", ""

    @rx.event
    async def look_for(self, name: str, text: str) -> None:
        """Find what may be added to one of the lists."""
        locale = await self.inside(lambda door: door.locale)
        self.found = self.found | ({name: found(name, text, locale)} if name in PICKED else {})

    @rx.event
    async def pick(self, name: str, value: str) -> None:
        """Add to one of the lists; it is kept with the form."""
        await self._change(name, lambda standing: added(name, standing, str(value)[:LONGEST_VALUE]))

    @rx.event
    async def unpick(self, name: str, value: str) -> None:
        """Take one out of a list."""
        await self._change(name, lambda standing: [each for each in standing if each != value])

    async def _change(self, name: str, change: Callable[[list[str]], list[str]]) -> None:
        if name not in PICKED or name in self.locked:
            return
        values = change([pick.value for pick in self.picks[name]])
        self.picks = self.picks | {name: await self.inside(lambda door: picked(name, values, door.locale))}
        self.found, self.typed = self.found | {name: []}, self.typed + 1

    @rx.event
    async def consider(self, text: str) -> None:
        """Hint at words that had better not be noted; never a refusal."""
        self.hint = await self.inside(lambda door: _hint(door, text))

    @rx.event
    def leave(self) -> None:
        """Put the form away."""
        self.editing = False

    @rx.event
    async def save(self, form: dict[str, Any]) -> list[Any] | None:
        """Keep what was changed, or say beside the form what cannot be."""
        talent_id = self.number("talent_id")
        picks = {name: [pick.value for pick in each] for name, each in self.picks.items()}
        try:
            told = await self.inside(lambda door: _save(door, talent_id, form | picks))
        except Told as refusal:
            self.problem = str(refusal)
            return None
        self.editing = False
        return [notice(told), TalentPage.load]


def _write_again(door: Door, talent_id: int) -> str:
    write_again(door.session, door.who, [talent_id], now=door.now)
    return say(door.locale, WRITTEN_AGAIN)


def _hint(door: Door, text: str) -> str:
    return " ".join(say(door.locale, HINTS[flag.ground], word=flag.word) for flag in check(text[:LONGEST])[:3])


def _save(door: Door, talent_id: int, form: dict[str, Any]) -> str:
    changes = typed_changes(read_held(door, talent_id), form)
    done = correct(door.session, door.who, talent_id, changes, now=door.now)
    if done.proposed:
        return say(door.locale, PROPOSED, address=done.proposed)
    return say(door.locale, SAVED if done.units else NOTHING)


def _withdraw_address(door: Door, talent_id: int) -> tuple[Shown, str]:
    withdraw(door.session, door.who, talent_id, now=door.now)
    return shown(door, talent_id), say(door.locale, WITHDRAWN)
