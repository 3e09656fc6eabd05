"""Acts on many people at once: those chosen in the list or, when nobody is, everyone it shows."""

from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.chains import actions as chains
from portal.chains import queries
from portal.chains.actions.beginning import LONGEST
from portal.chains.definition import read_definition
from portal.chains.preview import aim_of
from portal.conversations.rules import Question
from portal.kit.db import saved
from portal.kit.errors import Refused
from portal.kit.i18n import N_, say, say_n
from portal.segments.pool import pool_ids
from portal.segments.reachable import Aim, split_ids
from portal.talents.dead_addresses import dead_among, stop_writing, write_again
from portal.talents.tags import put_back, put_tag, tags, take_tag
from portal.ui.components.pictures import Bar
from portal.ui.doors import RECRUITERS, Audience, Door, Room, Told
from portal.ui.picking import Pick
from portal.ui.recruiter.launching.words import split_rows
from portal.ui.recruiter.pool.narrowing import filters
from portal.ui.recruiter.pool.state import PoolList
from portal.ui.session import notice

TAG, UNTAG, CHAIN, UPDATE, TRUST = "tag", "untag", "chain", "update", "trust"
ACTS = (TAG, UNTAG, CHAIN, UPDATE, TRUST)
LAUNCHED = N_("Launched: letters leave as soon as hours allow.")
NO_CHAIN = N_("Choose a chain first.")
NO_TAG = N_("Choose a tag first.")
# What one page of the list after the other may have chosen.
_MOST_CHOSEN = 5_000


@dataclass
class Asked:
    """What the open dialog would do."""

    act: str = ""
    people: str = ""
    parts: list[Bar] = field(default_factory=list)
    may_confirm: bool = False


class PoolActs(Room):
    """Who is chosen, and the dialog of one act."""

    audience: ClassVar[Audience] = RECRUITERS
    chosen: list[int] = []
    drawn: int = 0
    opened: bool = False
    many: str = ""
    act: str = ""
    asked: Asked = Asked()
    tags: list[Pick] = []
    chains: list[list[str]] = []
    jobs: list[list[str]] = []
    chain: str = ""
    job: str = ""
    why: str = ""
    problem: str = ""
    _undo_tag: int = 0
    _undo_ids: list[int] = []
    _undo_by_taking: bool = True

    @rx.event
    def load(self) -> None:
        """Begin with nobody chosen."""
        self.chosen, self.many, self.act, self.opened = [], "", "", False

    @rx.event
    async def choose(self, talent_id: int, ticked: bool) -> None:
        """Choose one person, or no longer."""
        others = [each for each in self.chosen if each != talent_id]
        await self._choose([*others, talent_id] if ticked and len(others) < _MOST_CHOSEN else others)

    @rx.event
    async def choose_page(self) -> None:
        """Choose everyone on this page of the list."""
        page = [row.id for row in (await self.get_state(PoolList)).rows]
        await self._choose(list(dict.fromkeys([*self.chosen, *page]))[:_MOST_CHOSEN])
        self.drawn += 1

    @rx.event
    async def choose_nobody(self) -> None:
        """Let everyone go: an act concerns the whole list again."""
        await self._choose([])
        self.drawn += 1

    async def _choose(self, ids: list[int]) -> None:
        self.chosen, self.opened = ids, True
        count = len(ids)
        self.many = await self.inside(
            lambda door: say_n(door.locale, "{count} person chosen", "{count} people chosen", count) if count else ""
        )

    @rx.event
    async def begin(self, act: str) -> None:
        """Open the dialog of an act, with whom it concerns."""
        if act not in ACTS:
            return
        self.act, self.problem, self.chain, self.job, self.why = act, "", "", "", ""
        await self._look()

    @rx.event
    async def choose_chain(self, name: str, value: str) -> None:
        """Choose the chain or the job, and look again at what the gate would hold back."""
        if name in {"chain", "job"} and (not value or (value.isdecimal() and len(value) < 19)):
            setattr(self, name, value)
            await self._look()

    @rx.event
    def say_why(self, why: str) -> None:
        """Take in why they shall be written to once more."""
        self.why = why[:LONGEST]

    @rx.event
    def leave(self) -> None:
        """Do nothing."""
        self.act = ""

    @rx.event
    async def put(self, form: dict[str, Any]) -> list[Any] | None:
        """Tag or untag them; one press undoes it."""
        whom, act, value = await self._whom(), self.act, str(form.get("tag", ""))
        try:
            tag_id, ids, told = await self.inside(lambda door: _tag(door, whom, act, value))
        except Told as refused:
            self.problem = str(refused)
            return None
        self._undo_tag, self._undo_ids, self._undo_by_taking = tag_id, ids, act == TAG
        self.act = ""
        return [notice(told, undo=PoolActs.undo), PoolList.refresh]

    @rx.event
    async def undo(self) -> Any:
        """Take the last tagging back."""
        tag_id, ids, taking = self._undo_tag, self._undo_ids, self._undo_by_taking
        await self.inside(
            lambda door: (take_tag if taking else put_back)(door.session, door.who, ids, tag_id, now=door.now)
        )
        self._undo_ids = []
        return PoolList.refresh

    @rx.event
    async def trust(self) -> list[Any]:
        """Write to their addresses again; one press undoes it."""
        whom = await self._whom()
        self._undo_ids, told = await self.inside(lambda door: _trust(door, whom))
        self.act = ""
        return [notice(told, undo=PoolActs.distrust), PoolList.refresh]

    @rx.event
    async def distrust(self) -> Any:
        """Take that back."""
        ids, self._undo_ids = self._undo_ids, []
        await self.inside(lambda door: stop_writing(door.session, door.who, ids, now=door.now))
        return PoolList.refresh

    @rx.event
    async def launch(self) -> list[EventSpec] | None:
        """Start the chain, or ask whether what we know is still true: from here on letters leave."""
        whom, act, chain, job, why = await self._whom(), self.act, self.chain, self.job, self.why
        try:
            launch_id, told = await self.inside(lambda door: _launch(door, whom, act, chain, job, why))
        except Told as refused:
            # Should the same run already, the place to say why once more opens.
            self.problem, self.asked = str(refused), replace(self.asked, may_confirm=True)
            return None
        self.act, self.chosen, self.many = "", [], ""
        return [rx.redirect(f"/launches/{launch_id}"), notice(told)]

    async def _whom(self) -> "_Whom":
        return _Whom(tuple(self.chosen), dict((await self.get_state(PoolList)).asked_for))

    async def _look(self) -> None:
        whom, act, chain, job = await self._whom(), self.act, self.chain, self.job
        try:
            self.asked, self.tags, self.chains, self.jobs = await self.inside(
                lambda door: _outlook(door, whom, act, chain, job)
            )
        except Told as refused:
            self.problem = str(refused)


@dataclass(frozen=True)
class _Whom:
    """Those chosen or, when nobody is, what narrows the list."""

    chosen: tuple[int, ...]
    asked: dict[str, str]

    def ids(self, door: Door) -> tuple[int, ...]:
        if self.chosen:
            return self.chosen
        return pool_ids(door.session, door.who, self.asked["q"], filters(self.asked), now=door.now)


_Outlook = tuple[Asked, list[Pick], list[list[str]], list[list[str]]]


def _outlook(door: Door, whom: _Whom, act: str, chain: str, job: str) -> _Outlook:
    """Say how many an act concerns and, where a letter leaves, what the gate would hold back of them."""
    ids = whom.ids(door)
    people = say_n(door.locale, "This concerns {count} person.", "This concerns {count} people.", len(ids))
    known = [Pick(str(tag.id), tag.name) for tag in tags(door.session, door.who)] if act in {TAG, UNTAG} else []
    if act in {TAG, UNTAG}:
        return Asked(act, people), known, [], []
    if act == TRUST:
        dead = dead_among(door.session, door.who, ids)
        one, many = (
            N_("The address of {count} of them takes no letters."),
            N_("The addresses of {count} of them take no letters."),
        )
        return Asked(act, f"{people} {say_n(door.locale, one, many, dead)}"), [], [], []
    aim = _aim(door, act, chain, job)
    found = split_ids(door.session, door.who, ids, now=door.now, aim=aim) if aim else None
    parts = split_rows(door, found) if found else []
    lifts = found is not None and any(bucket.reason.lifted for bucket in found.blocked)
    nothing = [["", say(door.locale, N_("Choose…"))]]
    offered = [[str(one.id), one.name] for one in queries.chains(door.session, door.who)] if act == CHAIN else []
    jobs = [[str(one.id), one.told] for one in queries.opportunities_to_choose(door.session, door.who)]
    return Asked(act, people, parts, lifts), [], nothing + offered, nothing + (jobs if act == CHAIN else [])


def _aim(door: Door, act: str, chain: str, job: str) -> Aim | None:
    if act == UPDATE:
        return Aim(question=Question.STILL_LOOKING)
    if not chain:
        return None
    version = queries.chain_for(door.session, door.who, int(chain)).versions[0]
    return aim_of(read_definition(version.definition), int(job) if job else None, chain_id=int(chain))


def _tag(door: Door, whom: _Whom, act: str, value: str) -> tuple[int, list[int], str]:
    if act == TAG:
        done = put_tag(door.session, door.who, whom.ids(door), value, now=door.now)
        one, many = N_("“{tag}” put on {count} person."), N_("“{tag}” put on {count} people.")
    else:
        if not (value.isdecimal() and len(value) < 19):
            raise Refused(NO_TAG)
        done = take_tag(door.session, door.who, whom.ids(door), int(value), now=door.now)
        one, many = N_("“{tag}” taken off {count} person."), N_("“{tag}” taken off {count} people.")
    return done.tag.id, list(done.talent_ids), say_n(door.locale, one, many, len(done.talent_ids), tag=done.tag.name)


def _trust(door: Door, whom: _Whom) -> tuple[list[int], str]:
    ids = write_again(door.session, door.who, whom.ids(door), now=door.now)
    one, many = N_("{count} address is written to again."), N_("{count} addresses are written to again.")
    return list(ids), say_n(door.locale, one, many, len(ids))


def _launch(door: Door, whom: _Whom, act: str, chain: str, job: str, why: str) -> tuple[int, str]:
    if act == UPDATE:
        begun = chains.ask_for_update(door.session, door.who, whom.ids(door), words=why, now=door.now)
    elif not chain:
        raise Refused(NO_CHAIN)
    else:
        version = queries.chain_for(door.session, door.who, int(chain)).versions[0]
        begun = chains.launch_on(
            door.session,
            door.who,
            whom.ids(door),
            version_id=version.id,
            opportunity_id=int(job) if job else None,
            words=why,
            now=door.now,
        )
    return saved(begun.id), say(door.locale, LAUNCHED)
