"""Words recruiters sort people by: put on and taken off many people at once, renamed, joined, deleted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.kit.bulk import among
from portal.kit.db import saved
from portal.kit.errors import NotFound, Refused
from portal.kit.fold import fold
from portal.kit.i18n import N_
from portal.talents.models import Tag, Talent, TalentTag
from portal.talents.naming import clean_name
from portal.timeline.actions import record, record_many
from portal.timeline.queries import Event
from portal.timeline.who import Person, Who

LONGEST_NAME = 40
MOST_TAGS = 1000
TOO_MANY = N_("There are {most} tags already: join or delete some first.")
NO_LETTER = N_("A tag needs letters or digits.")
TAKEN = N_("There is a tag “{name}” already: join the two instead.")


@dataclass(frozen=True, slots=True)
class TagRow:
    """One tag; `people` wear it."""

    id: int
    name: str
    people: int = 0


@dataclass(frozen=True, slots=True)
class Tagged:
    """What an act did: the tag, and whose tags are other now."""

    tag: TagRow
    talent_ids: tuple[int, ...]


def tags(session: Session, who: Who) -> list[TagRow]:
    """Return every tag by name, with how many people wear it."""
    recruiter(who)
    worn = sa.func.count(col(TalentTag.talent_id))
    query = (
        sa.select(col(Tag.id), col(Tag.name), worn)
        .outerjoin(TalentTag, col(TalentTag.tag_id) == col(Tag.id))
        .group_by(col(Tag.id))
        .order_by(col(Tag.folded))
    )
    return [TagRow(*row) for row in session.execute(query)]


def tags_of(session: Session, who: Who, talent_ids: Collection[int]) -> dict[int, list[TagRow]]:
    """Return the tags of each of these people, by name; people without one are left out."""
    recruiter(who)
    query = (
        sa.select(col(TalentTag.talent_id), col(Tag.id), col(Tag.name))
        .join(Tag, col(Tag.id) == col(TalentTag.tag_id))
        .where(among(col(TalentTag.talent_id), talent_ids))
        .order_by(col(Tag.folded))
    )
    found: dict[int, list[TagRow]] = {}
    for talent_id, tag_id, name in session.execute(query):
        found.setdefault(talent_id, []).append(TagRow(tag_id, name))
    return found


def with_tag_names(session: Session, who: Who, events: Sequence[Event]) -> list[Event]:
    """Return these events, those about a tag with the name it has today; about one deleted since, as they are.

    A timeline keeps no name: it cannot be erased, and what a tag is called may say something of a person.
    """
    recruiter(who)
    told = {event.params["tag"] for event in events if event.kind in {"tagged", "untagged"}}
    names = dict(session.execute(sa.select(col(Tag.id), col(Tag.name)).where(among(col(Tag.id), told))).all())
    return [
        replace(event, words={**event.words, "tag": name})
        if event.kind in {"tagged", "untagged"} and (name := names.get(event.params["tag"]))
        else event
        for event in events
    ]


def put_tag(session: Session, who: Who, talent_ids: Collection[int], name: str, *, now: datetime) -> Tagged:
    """Put a tag on these people, made on the fly if it is new; whoever wears it already is left as they are."""
    me = recruiter(who)
    tag = _made(session, name, now)
    return _put(session, me, talent_ids, tag, now)


def put_back(session: Session, who: Who, talent_ids: Collection[int], tag_id: int, *, now: datetime) -> Tagged:
    """Put a known tag on these people: undoes `take_tag`."""
    return _put(session, recruiter(who), talent_ids, _tag(session, who, tag_id), now)


def take_tag(session: Session, who: Who, talent_ids: Collection[int], tag_id: int, *, now: datetime) -> Tagged:
    """Take a tag off these people: undoes `put_tag`."""
    tag = _tag(session, who, tag_id)
    gone = sa.delete(TalentTag).where(col(TalentTag.tag_id) == tag_id, among(col(TalentTag.talent_id), talent_ids))
    ids = tuple(session.scalars(gone.returning(col(TalentTag.talent_id))))
    record_many(session, who, "untagged", [(id_, {"tag": tag_id}) for id_ in ids], now=now)
    return Tagged(TagRow(tag_id, tag.name), ids)


def rename_tag(session: Session, who: Who, tag_id: int, name: str, *, now: datetime) -> None:
    """Give a tag another name; Refused if another tag has it (see `join_tags`)."""
    tag = _tag(session, who, tag_id)
    named, folded = _named(session, name)
    if session.exec(select(Tag.id).where(col(Tag.folded) == folded, col(Tag.id) != tag_id)).first() is not None:
        raise Refused(TAKEN, name=named)
    tag.name, tag.folded = named, folded
    session.add(tag)
    session.flush()
    record(session, who, "tag_renamed", None, now=now, tag=tag_id)


def join_tags(session: Session, who: Who, tag_id: int, into: int, *, now: datetime) -> None:
    """Make two tags one: whoever wears `tag_id` wears `into` instead, since the same day and by the same hand."""
    recruiter(who)
    if tag_id == into:
        return
    # In one order whichever way round: two who join crosswise wait for each other, not for ever.
    held = {each: _tag(session, who, each) for each in sorted((tag_id, into))}
    worn = sa.select(
        col(TalentTag.talent_id), sa.literal(into, sa.BigInteger), col(TalentTag.staff_id), col(TalentTag.at)
    )
    moved = pg.insert(TalentTag).from_select(
        ["talent_id", "tag_id", "staff_id", "at"], worn.where(col(TalentTag.tag_id) == tag_id)
    )
    session.execute(moved.on_conflict_do_nothing())
    _drop(session, held[tag_id])
    record(session, who, "tags_joined", None, now=now, tag=tag_id, into=into)


def delete_tag(session: Session, who: Who, tag_id: int, *, now: datetime) -> None:
    """Take a tag off everyone, for good."""
    _drop(session, _tag(session, who, tag_id))
    record(session, who, "tag_deleted", None, now=now, tag=tag_id)


def tags_named(session: Session, names: Collection[str], *, now: datetime) -> dict[str, int]:
    """Return the tags of these names, by their folded names; those that are new are made."""
    wanted = {fold(name): name for name in names}
    if not wanted:
        return {}
    query = sa.select(col(Tag.folded), col(Tag.id)).where(col(Tag.folded).in_(wanted))
    known = {row.folded: row.id for row in session.execute(query)}
    new = [{"name": name, "folded": key, "created_at": now} for key, name in wanted.items() if key not in known]
    if new:
        if (session.scalar(sa.select(sa.func.count()).select_from(Tag)) or 0) + len(new) > MOST_TAGS:
            raise Refused(TOO_MANY, most=MOST_TAGS)
        session.execute(pg.insert(Tag).on_conflict_do_nothing(), new)
        known = {row.folded: row.id for row in session.execute(query)}
    return known


def _made(session: Session, name: str, now: datetime) -> Tag:
    """Return the tag of this name, however it is typed, made if there is none; two at once make one."""
    named, folded = _named(session, name)
    if session.exec(select(Tag.id).where(col(Tag.folded) == folded)).first() is None:
        if (session.scalar(sa.select(sa.func.count()).select_from(Tag)) or 0) >= MOST_TAGS:
            raise Refused(TOO_MANY, most=MOST_TAGS)
        session.execute(pg.insert(Tag).values(name=named, folded=folded, created_at=now).on_conflict_do_nothing())
    return session.exec(select(Tag).where(col(Tag.folded) == folded)).one()


def _named(session: Session, name: str) -> tuple[str, str]:
    named = clean_name(name, LONGEST_NAME, session)
    folded = fold(named)
    if not folded:
        raise Refused(NO_LETTER)
    return named, folded


def _put(session: Session, me: Person, talent_ids: Collection[int], tag: Tag, now: datetime) -> Tagged:
    tag_id = saved(tag.id)
    living = sa.select(
        col(Talent.id), sa.literal(tag_id, sa.BigInteger), sa.literal(me.id, sa.BigInteger), sa.literal(now)
    ).where(among(col(Talent.id), talent_ids), col(Talent.erased_at).is_(None))
    put = pg.insert(TalentTag).from_select(["talent_id", "tag_id", "staff_id", "at"], living)
    ids = tuple(session.scalars(put.on_conflict_do_nothing().returning(col(TalentTag.talent_id))))
    record_many(session, me, "tagged", [(id_, {"tag": tag_id}) for id_ in ids], now=now)
    return Tagged(TagRow(tag_id, tag.name), ids)


def _tag(session: Session, who: Who, tag_id: int) -> Tag:
    recruiter(who)
    tag = session.get(Tag, tag_id, with_for_update=True)
    if tag is None:
        raise NotFound
    return tag


def _drop(session: Session, tag: Tag) -> None:
    session.execute(sa.delete(TalentTag).where(col(TalentTag.tag_id) == tag.id))
    session.delete(tag)
    session.flush()
