"""A newer version of a chain than the one a launch follows: can the launch follow it, and which of its letters still wait?"""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.chains.definition import Definition, read_definition
from portal.chains.models import ChainVersion, Enrolment, Launch
from portal.kit.errors import NotFound
from portal.postbox.models import Letter
from portal.postbox.rules import LetterState
from portal.timeline.who import Who


@dataclass(frozen=True, slots=True)
class Newer:
    """The number of the newest version, and how many letters of the launch have not left."""

    number: int
    letters: int


def newer_version(session: Session, who: Who, launch_id: int) -> Newer | None:
    """Return the newest version, if it is newer than the launch's and differs in words and days alone."""
    recruiter(who)
    launch = session.get(Launch, launch_id)
    if launch is None:
        raise NotFound
    version = session.get_one(ChainVersion, launch.version_id)
    newest = newest_of(session, version.chain_id)
    same = same_steps(read_definition(version.definition), read_definition(newest.definition))
    if launch.ended_at is not None or newest.id == version.id or not same:
        return None
    its = (col(Enrolment.launch_id) == launch_id) & (col(Letter.state) == LetterState.QUEUED)
    waiting = (
        sa.select(sa.func.count()).select_from(Letter).join(Enrolment, col(Enrolment.id) == col(Letter.enrolment_id))
    )
    letters = session.execute(waiting.where(its, col(Letter.chain_id).is_not(None))).scalar_one()
    return Newer(newest.number, letters)


def newest_of(session: Session, chain_id: int) -> ChainVersion:
    """Return the newest version of a chain."""
    versions = select(ChainVersion).where(col(ChainVersion.chain_id) == chain_id)
    return session.exec(versions.order_by(col(ChainVersion.number).desc()).limit(1)).one()


def same_steps(one: Definition, other: Definition) -> bool:
    """Tell whether two versions differ in words and days alone."""
    ways = [
        [(step.key, step.kind(), step.about(), [step.to(branch) for branch in step.Branch]) for step in each.steps]
        for each in (one, other)
    ]
    return ways[0] == ways[1]
