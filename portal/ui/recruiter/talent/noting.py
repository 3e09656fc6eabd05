"""Notes and tags about one person: written, mended, taken away."""

from dataclasses import dataclass
from typing import Any, ClassVar

import reflex as rx
from reflex.event import EventSpec

from portal.kit.i18n import N_, ago, moment, say
from portal.talents.notes import LONGEST, delete_note, mend_note, notes_of, write_note
from portal.talents.tags import put_back, put_tag, tags, tags_of, take_tag
from portal.talents.wordcheck import HINTS, check
from portal.ui.doors import RECRUITERS, Audience, Door, Room, Told
from portal.ui.picking import Pick
from portal.ui.recruiter.talent.talking import TalentTalk
from portal.ui.session import notice

WRITTEN = N_("The note is kept; they may read it on their page.")
MENDED = N_("The note is corrected.")
DELETED = N_("The note is deleted.")
TAGGED = N_("“{tag}” is on their file.")
UNTAGGED = N_("“{tag}” is off their file.")


@dataclass
class NoteLine:
    """One note, and what may be done with it."""

    id: int
    by: str
    when: str
    exactly: str
    text: str
    mendable: bool
    deletable: bool


class TalentNotes(Room):
    """The notes about one person."""

    audience: ClassVar[Audience] = RECRUITERS
    notes: list[NoteLine] = []
    hint: str = ""
    problem: str = ""
    mending: int = 0
    written: int = 0

    @rx.event
    async def load(self) -> None:
        """Read them."""
        talent_id = self.number("talent_id")
        self.notes = await self.inside(lambda door: _notes(door, talent_id))
        self.hint, self.problem, self.mending = "", "", 0

    @rx.event
    async def consider(self, text: str) -> None:
        """Hint at words that had better not be noted; never a refusal."""
        self.hint = await self.inside(lambda door: _hint(door, str(text)[:LONGEST]))

    @rx.event
    async def write(self, form: dict[str, Any]) -> list[Any] | None:
        """Keep a new note, or say beside it what cannot be."""
        talent_id, text = self.number("talent_id"), str(form.get("note", ""))
        return await self._act(lambda door: write_note(door.session, door.who, talent_id, text, now=door.now), WRITTEN)

    @rx.event
    def mend(self, note_id: int) -> None:
        """Open one's own note again."""
        self.mending, self.problem, self.hint = note_id, "", ""

    @rx.event
    def leave(self) -> None:
        """Leave the note as it was."""
        self.mending, self.problem, self.hint = 0, "", ""

    @rx.event
    async def save(self, form: dict[str, Any]) -> list[Any] | None:
        """Correct one's own note."""
        note_id, text = self.mending, str(form.get("mended", ""))
        return await self._act(lambda door: mend_note(door.session, door.who, note_id, text, now=door.now), MENDED)

    @rx.event
    async def delete(self, note_id: int) -> list[Any] | None:
        """Take a note away."""
        return await self._act(lambda door: delete_note(door.session, door.who, note_id, now=door.now), DELETED)

    async def _act(self, act: Any, sentence: str) -> list[Any] | None:
        talent_id = self.number("talent_id")
        try:
            self.notes, told = await self.inside(
                lambda door: (act(door), (_notes(door, talent_id), say(door.locale, sentence)))[1]
            )
        except Told as refused:
            self.problem = str(refused)
            return None
        self.hint, self.problem, self.mending, self.written = "", "", 0, self.written + 1
        return [notice(told), TalentTalk.load]


class TalentTags(Room):
    """The tags on one person."""

    audience: ClassVar[Audience] = RECRUITERS
    tags: list[Pick] = []
    known: list[Pick] = []
    problem: str = ""
    typed: int = 0
    # Whom the last act was about: an undo may come from another page.
    _talent_id: int = 0
    _tag_id: int = 0

    @rx.event
    async def load(self) -> None:
        """Read them."""
        talent_id = self.number("talent_id")
        self.tags, self.known = await self.inside(lambda door: _tags(door, talent_id))
        self.problem = ""

    @rx.event
    async def put(self, form: dict[str, Any]) -> EventSpec | None:
        """Put a tag on, made on the fly; or say beside it why not."""
        talent_id, name = self.number("talent_id"), str(form.get("tag", ""))
        try:
            self.tags, self.known, put, told = await self.inside(lambda door: _put(door, talent_id, name))
        except Told as refused:
            self.problem = str(refused)
            return None
        self.problem, self.typed = "", self.typed + 1
        if not put:
            return notice(told)
        self._talent_id, self._tag_id = talent_id, put
        return notice(told, undo=TalentTags.undo_put)

    @rx.event
    async def take(self, tag_id: str) -> EventSpec | None:
        """Take a tag off; one press puts it back."""
        talent_id = self.number("talent_id")
        if not (str(tag_id).isdecimal() and len(str(tag_id)) < 19):
            return None
        self.tags, self.known, told = await self.inside(lambda door: _take(door, talent_id, int(tag_id)))
        self._talent_id, self._tag_id = talent_id, int(tag_id)
        return notice(told, undo=TalentTags.undo_take)

    @rx.event
    async def undo_put(self) -> None:
        """Take off what was put on last."""
        talent_id, tag_id = self._talent_id, self._tag_id
        self.tags, self.known, _ = await self.inside(lambda door: _take(door, talent_id, tag_id))

    @rx.event
    async def undo_take(self) -> None:
        """Put back what was taken off last."""
        talent_id, tag_id = self._talent_id, self._tag_id
        self.tags, self.known = await self.inside(lambda door: _put_back(door, talent_id, tag_id))


def _notes(door: Door, talent_id: int) -> list[NoteLine]:
    return [
        NoteLine(
            one.id,
            one.by or say(door.locale, N_("The house")),
            ago(door.locale, one.at, door.zone, door.now),
            moment(door.locale, one.at, door.zone, door.now),
            one.text,
            one.mendable,
            one.deletable,
        )
        for one in notes_of(door.session, door.who, talent_id, now=door.now)
    ]


def _hint(door: Door, text: str) -> str:
    return " ".join(say(door.locale, HINTS[flag.ground], word=flag.word) for flag in check(text)[:3])


_Tags = tuple[list[Pick], list[Pick]]


def _tags(door: Door, talent_id: int) -> _Tags:
    worn = tags_of(door.session, door.who, [talent_id]).get(talent_id, [])
    known = [Pick(str(tag.id), tag.name) for tag in tags(door.session, door.who)]
    return [Pick(str(tag.id), tag.name) for tag in worn], known


def _put(door: Door, talent_id: int, name: str) -> tuple[list[Pick], list[Pick], int, str]:
    """Return the tags and what to say; and which one was put on, 0 if they wore it already: there is nothing to undo."""
    tagged = put_tag(door.session, door.who, [talent_id], name, now=door.now)
    put = tagged.tag.id if tagged.talent_ids else 0
    return *_tags(door, talent_id), put, say(door.locale, TAGGED, tag=tagged.tag.name)


def _take(door: Door, talent_id: int, tag_id: int) -> tuple[list[Pick], list[Pick], str]:
    tagged = take_tag(door.session, door.who, [talent_id], tag_id, now=door.now)
    return *_tags(door, talent_id), say(door.locale, UNTAGGED, tag=tagged.tag.name)


def _put_back(door: Door, talent_id: int, tag_id: int) -> _Tags:
    put_back(door.session, door.who, [talent_id], tag_id, now=door.now)
    return _tags(door, talent_id)
