"""Reading the chains of some launches into a memory, to be led on without the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.access.house import house
from portal.booking import openings
from portal.booking.diary import Diary
from portal.chains.acquaintance import acquaintances
from portal.chains.definition import Definition, read_definition
from portal.chains.memory import Memory, Rules, Standing
from portal.chains.models import ChainVersion, Enrolment, Launch
from portal.chains.turns import Here, Occasion
from portal.conversations.readers import author, readers
from portal.gate.queries import known
from portal.kit.bulk import among
from portal.kit.db import saved
from portal.opportunities.models import Opportunity
from portal.talents.models import Talent


@dataclass(frozen=True, slots=True)
class _Scene:
    """One launch: whom it is by, what it is about, its steps."""

    launch: Launch
    occasion: Occasion
    chain_id: int
    definition: Definition
    holds: timedelta

    def standing(self, way: Enrolment, zone: str) -> Standing:
        job = self.occasion.opportunity
        here = Here(
            way_id=saved(way.id),
            talent_id=way.talent_id,
            launch_id=way.launch_id,
            owner_id=self.launch.owner_id,
            step=way.step,
            chain_id=self.chain_id,
            state=way.state,
            outcome=way.outcome,
            opportunity_id=self.launch.opportunity_id,
            job_closed=job is not None and job.closed_at is not None,
            zone=zone,
            holds=self.holds,
        )
        return Standing(here, self.definition, way.due_at, way.waits_for, way.blocked_by)


def _scene(session: Session, launch: Launch, holds: timedelta) -> _Scene:
    version = session.get_one(ChainVersion, launch.version_id)
    job = session.get(Opportunity, launch.opportunity_id) if launch.opportunity_id else None
    occasion = Occasion(author(session, launch.owner_id), job, house(session).later_days)
    return _Scene(launch, occasion, version.chain_id, read_definition(version.definition), holds)


def snapshot(session: Session, launch_ids: Sequence[int], *, now: datetime) -> Memory:
    """Return these launches as they stand, with the people on the way; read only."""
    rules = house(session)
    launches = session.exec(select(Launch).where(among(col(Launch.id), launch_ids))).all()
    ways = session.exec(
        select(Enrolment).where(among(col(Enrolment.launch_id), launch_ids)).order_by(col(Enrolment.id))
    ).all()
    talents = {way.talent_id for way in ways}
    lives = session.execute(sa.select(col(Talent.id), col(Talent.zone)).where(among(col(Talent.id), talents)))
    zones = {talent: zone for talent, zone in lives}  # noqa: C416 - a row is no pair to the type checker
    scenes = {saved(launch.id): _scene(session, launch, timedelta(hours=rules.hold_hours)) for launch in launches}
    return Memory(
        rules=Rules(rules.rhythm_days, rules.no_holds_days, rules.retention_months, rules.quiet_from, rules.quiet_to),
        people=known(session, talents, now=now),
        readers=readers(session, list(talents)),
        occasions={launch: scene.occasion for launch, scene in scenes.items()},
        standings={saved(way.id): scenes[way.launch_id].standing(way, zones[way.talent_id] or "") for way in ways},
        between=acquaintances(session, list(talents), now=now),
        diary=Diary(
            {one.owner_id: openings.free_slots(session, one.owner_id, now=now) for one in launches},
            timedelta(hours=rules.notice_hours),
            openings.talks_of(session, list(talents)),
        ),
    )
