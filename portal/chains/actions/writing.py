"""What a recruiter does with a chain: write it, save it again, give it another name, put it away."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.chains.definition import Definition, read_definition
from portal.chains.models import Chain, ChainVersion
from portal.kit.db import saved
from portal.kit.errors import NotFound, Refused
from portal.talents.naming import refuse_protected
from portal.timeline.actions import record
from portal.timeline.pressing import one_act
from portal.timeline.who import Who

LONGEST_NAME = 80


@one_act(ChainVersion)
def create(session: Session, who: Who, name: str, document: Any, *, now: datetime) -> ChainVersion:  # noqa: ANN401
    """Write a new chain with its first version; Refused with the first thing to mend."""
    owner = recruiter(who)
    definition = read_definition(document)
    chain = Chain(name=_named(session, name), owner_id=owner.id, created_at=now)
    session.add(chain)
    session.flush()
    record(session, who, "chain_written", None, now=now, chain=chain.id)
    return _add_version(session, owner.id, chain, definition, 1, now)


def save(session: Session, who: Who, chain_id: int, document: Any, *, now: datetime) -> ChainVersion:  # noqa: ANN401
    """Write a new version, unless nothing changed; those already on the way keep theirs."""
    author = recruiter(who)
    chain = _chain(session, who, chain_id)
    last = session.exec(
        select(ChainVersion).where(col(ChainVersion.chain_id) == chain_id).order_by(col(ChainVersion.number).desc())
    ).first()
    definition = read_definition(document)
    if last is not None and last.definition == definition.model_dump():
        return last
    record(session, who, "chain_saved", None, now=now, chain=chain_id)
    return _add_version(session, author.id, chain, definition, (last.number if last else 0) + 1, now)


def rename(session: Session, who: Who, chain_id: int, name: str, *, now: datetime) -> None:
    """Give a chain another name."""
    chain, name = _chain(session, who, chain_id), _named(session, name)
    if chain.name != name:
        chain.name = name
        session.add(chain)
        record(session, who, "chain_renamed", None, now=now, chain=chain_id)


def archive(session: Session, who: Who, chain_id: int, *, now: datetime) -> None:
    """Put a chain away; its launches go on. Pressing twice changes nothing."""
    chain = _chain(session, who, chain_id)
    if chain.archived_at is None:
        chain.archived_at = now
        session.add(chain)
        record(session, who, "chain_archived", None, now=now, chain=chain_id)


def bring_back(session: Session, who: Who, chain_id: int, *, now: datetime) -> None:
    """Undo `archive`."""
    chain = _chain(session, who, chain_id)
    if chain.archived_at is not None:
        chain.archived_at = None
        session.add(chain)
        record(session, who, "chain_brought_back", None, now=now, chain=chain_id)


def _chain(session: Session, who: Who, chain_id: int) -> Chain:
    recruiter(who)
    found = session.get(Chain, chain_id, with_for_update=True)
    if found is None:
        raise NotFound
    return found


def _named(session: Session, name: str) -> str:
    name = " ".join(name.replace("\0", "").split())
    if not name:
        raise Refused("Give the chain a name first.")
    if len(name) > LONGEST_NAME:
        raise Refused("A name has {most} characters at most.", most=LONGEST_NAME)
    refuse_protected(name, session)
    return name


def _add_version(
    session: Session, author_id: int, chain: Chain, definition: Definition, number: int, now: datetime
) -> ChainVersion:
    version = ChainVersion(
        chain_id=saved(chain.id), number=number, definition=definition.model_dump(), author_id=author_id, created_at=now
    )
    session.add(version)
    session.flush()
    return version
