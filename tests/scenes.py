"""The opening scene of several stories: Claire launches "still looking?" on nurses around Lyon."""

from datetime import timedelta

from portal.booking.models import Slot
from portal.chains import actions as chains
from portal.chains.templates import STILL_LOOKING
from portal.kit.db import saved
from portal.opportunities.models import Opportunity
from portal.segments.models import Segment
from portal.talents.vocabulary import Contract
from tests.cast import NOW, cast, talent
from tests.world import World


def launched(world: World, *names: str, slots: int = 6) -> dict[str, int]:
    """Claire launches "still looking?" on nurses in Lyon, for a job she has times for."""
    with world.database.work() as session:
        people = cast(session)
        ids = {name: saved(talent(session, name, job_code="J1506").id) for name in names}
        job = Opportunity(
            owner_id=people.claire.id,
            title="Infirmière de site, Lyon",
            place_name="Lyon",
            contract=Contract.CDI,
            salary_min=32000,
            salary_max=36000,
            digest_fr="Un cabinet de six personnes, sans nuits.",
            created_at=NOW,
        )
        session.add(job)
        for number in range(slots):
            begins = NOW + timedelta(days=4, hours=number)
            session.add(Slot(staff_id=people.claire.id, starts_at=begins, ends_at=begins + timedelta(minutes=30)))
        segment = Segment(
            name="Lyon",
            owner_id=people.claire.id,
            rule={"kind": "all", "of": [{"kind": "job", "one_of": ["J1506"]}]},
            created_at=NOW,
            updated_at=NOW,
        )
        session.add(segment)
        session.flush()
        version = chains.create(session, people.claire, "Toujours en veille ?", STILL_LOOKING, now=NOW)
        chains.launch(
            session,
            people.claire,
            version_id=saved(version.id),
            segment_id=saved(segment.id),
            opportunity_id=job.id,
            now=NOW,
        )
    world.work()
    return ids
