"""What a recruiter sees and changes of the tags."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.kit.errors import Refused
from portal.kit.i18n import N_, say, say_n
from portal.segments.retagging import delete_tag, join_tags
from portal.talents.tags import rename_tag, tags
from portal.ui.doors import RECRUITERS, Audience, Door, Room, Told
from portal.ui.session import notice

RENAMED = N_("The tag is renamed.")
JOINED = N_("The two tags are one.")
DELETED = N_("The tag is deleted.")
NO_OTHER = N_("Choose the tag to join it with.")


@dataclass
class TagLine:
    """One tag."""

    id: int
    name: str
    people: str


class Tags(Room):
    """The tags, and the dialog of one of them."""

    audience: ClassVar[Audience] = RECRUITERS
    loaded: bool = False
    tags: list[TagLine] = []
    others: list[list[str]] = []
    doing: str = ""
    tag_id: int = 0
    name: str = ""
    people: str = ""
    problem: str = ""

    @rx.event
    async def load(self) -> None:
        """Read them."""
        self.tags = await self.inside(_tags)
        self.loaded, self.doing = True, ""

    @rx.event
    async def begin(self, doing: str, tag_id: int) -> None:
        """Open the dialog that renames, joins or deletes one."""
        if doing in {"rename", "join", "delete"}:
            self.name, self.people, self.others = await self.inside(lambda door: _one(door, tag_id))
            self.doing, self.tag_id, self.problem = doing, tag_id, ""

    @rx.event
    def leave(self) -> None:
        """Leave it as it is."""
        self.doing = ""

    @rx.event
    async def rename(self, form: dict[str, Any]) -> EventSpec | None:
        """Give it another name."""
        tag_id, name = self.tag_id, str(form.get("tag_name", ""))
        return await self._act(lambda door: rename_tag(door.session, door.who, tag_id, name, now=door.now), RENAMED)

    @rx.event
    async def join(self, form: dict[str, Any]) -> EventSpec | None:
        """Make it one with another."""
        tag_id, into = self.tag_id, str(form.get("into", ""))
        return await self._act(lambda door: _join(door, tag_id, into), JOINED)

    @rx.event
    async def delete(self) -> EventSpec | None:
        """Take it off everyone, for good."""
        tag_id = self.tag_id
        return await self._act(lambda door: delete_tag(door.session, door.who, tag_id, now=door.now), DELETED)

    async def _act(self, act: Callable[[Door], None], sentence: str) -> EventSpec | None:
        try:
            self.tags, told = await self.inside(lambda door: (act(door), (_tags(door), say(door.locale, sentence)))[1])
        except Told as refused:
            self.problem = str(refused)
            return None
        self.doing = ""
        return notice(told)


def _tags(door: Door) -> list[TagLine]:
    return [TagLine(tag.id, tag.name, _people(door, tag.people)) for tag in tags(door.session, door.who)]


def _people(door: Door, count: int) -> str:
    return say_n(door.locale, "{count} person", "{count} people", count)


def _one(door: Door, tag_id: int) -> tuple[str, str, list[list[str]]]:
    known = tags(door.session, door.who)
    mine = next((tag for tag in known if tag.id == tag_id), None)
    others = [[str(tag.id), tag.name] for tag in known if tag.id != tag_id]
    people = _people(door, mine.people if mine else 0)
    return mine.name if mine else "", people, [["", say(door.locale, N_("Choose…"))], *others]


def _join(door: Door, tag_id: int, into: str) -> None:
    if not (into.isdecimal() and len(into) < 19):
        raise Refused(NO_OTHER)
    join_tags(door.session, door.who, tag_id, int(into), now=door.now)
