"""Many people at once: a pool written set-wise, and a launch on all of it."""

from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, select

from portal.access.models import Staff
from portal.chains import actions as chains
from portal.chains.templates import STILL_LOOKING
from portal.consent.models import Consent
from portal.consent.rules import Basis, Purpose, Standing
from portal.kit.db import saved
from portal.opportunities.models import Opportunity
from portal.segments.models import Segment
from portal.talents.models import Source, Talent
from portal.talents.rules import SourceKind
from portal.talents.vocabulary import Contract
from portal.timeline.who import Person, Role
from tests.cast import staff

FIRST_NAMES = ("Zoé", "Inès", "Luc", "Ali", "Mia", "Noa", "Eva", "Tom", "Léa", "Jules")


def crowd(session: Session, count: int, *, now: datetime, first: int = 0) -> list[int]:
    """So many nurses in Lyon who agreed to stay in the pool, numbered from `first`; returns their ids."""
    before, collected = now - timedelta(days=30), now.date() - timedelta(days=35)
    people = [
        {
            "created_at": before,
            "email": f"personne{number}@candidat.example",
            "first_name": FIRST_NAMES[number % len(FIRST_NAMES)],
            "last_name": f"Martin {number}",
            "name_key": f"martin {number}",
            "locale": "fr" if number % 4 else "en",
            "job_code": "J1506",
            "place_code": "69123",
            "place_name": "Lyon",
            "source_kind": SourceKind.APPLICATION,
            "collected_on": collected,
        }
        for number in range(first, first + count)
    ]
    ids = list(session.scalars(sa.insert(Talent).returning(Talent.id), people))  # type: ignore[arg-type]
    common = {"purpose": Purpose.POOL, "basis": Basis.CONSENT, "standing": Standing.GIVEN, "since": before}
    told = {"notified_at": before, "expires_on": date(now.year + 2, 1, 1)}
    session.execute(sa.insert(Consent), [common | told | {"talent_id": id_} for id_ in ids])
    source = {"kind": SourceKind.APPLICATION, "text": "candidature spontanée", "collected_on": collected}
    session.execute(sa.insert(Source), [source | {"talent_id": id_, "recorded_at": before} for id_ in ids])
    return ids


def launch_on_all(session: Session, *, now: datetime, starts_at: datetime | None = None) -> int:
    """Claire launches "still looking?" on every nurse, for a job; returns the launch's id."""
    known = session.exec(select(Staff)).first()
    claire = (
        Person(saved(known.id), Role.RECRUITER, known.name, known.locale, known.zone)
        if known
        else staff(session, "Claire", Role.RECRUITER)
    )
    job = Opportunity(
        owner_id=claire.id,
        title="Infirmière de site, Lyon",
        place_name="Lyon",
        contract=Contract.CDI,
        digest_fr="Un cabinet de six personnes, sans nuits.",
        created_at=now,
    )
    rule = {"kind": "all", "of": [{"kind": "job", "one_of": ["J1506"]}]}
    segment = Segment(name=f"Tout le monde, {now}", owner_id=claire.id, rule=rule, created_at=now, updated_at=now)
    session.add_all([job, segment])
    session.flush()
    version = chains.create(session, claire, "Toujours en veille ?", STILL_LOOKING, now=now)
    begun = chains.launch(
        session,
        claire,
        version_id=saved(version.id),
        segment_id=saved(segment.id),
        opportunity_id=job.id,
        starts_at=starts_at,
        now=now,
    )
    return saved(begun.id)


def working_hour(now: datetime) -> datetime:
    """The next weekday at 10:00 UTC: letters may leave."""
    day = now.replace(hour=10, minute=0, second=0, microsecond=0)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day.astimezone(UTC)
