"""The opening scenes of stories: Claire launches "still looking?" on nurses around Lyon; later everyone is elsewhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlmodel import Session

from portal.booking.models import Slot
from portal.chains import actions as chains
from portal.chains.templates import STILL_LOOKING
from portal.conversations.actions import ask_of_letter
from portal.conversations.models import Ask
from portal.conversations.rules import Answer, Reason
from portal.kit.db import saved
from portal.opportunities.models import Opportunity
from portal.postbox.links import find
from portal.postbox.rules import LinkPurpose
from portal.replies import actions as replies
from portal.replies import picking
from portal.segments.models import Segment
from portal.talents.vocabulary import Contract
from portal.timeline.who import LinkGrant, Person
from tests.cast import NOW, Cast, cast, talent
from tests.sink import link_to, links_in
from tests.world import World

NURSES = {"kind": "all", "of": [{"kind": "job", "one_of": ["J1506"]}]}


@dataclass
class Scene:
    people: Cast
    ids: dict[str, int]
    job: int
    segment: int
    chain: int
    version: int
    launch: int


def people_and_job(session: Session, *names: str, slots: int = 6) -> Scene:
    """Claire, her nurses of Lyon, the job she has to fill, and times to talk; nothing is launched yet."""
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
        digest_en="A practice of six people, no nights.",
        created_at=NOW,
    )
    segment = Segment(name="Infirmières à Lyon", owner_id=people.claire.id, rule=NURSES, created_at=NOW, updated_at=NOW)
    session.add_all([job, segment])
    for number in range(slots):
        begins = NOW + timedelta(days=4, hours=number)
        session.add(Slot(staff_id=people.claire.id, starts_at=begins, ends_at=begins + timedelta(minutes=30)))
    session.flush()
    version = chains.create(session, people.claire, "Toujours en veille ?", STILL_LOOKING, now=NOW)
    return Scene(people, ids, saved(job.id), saved(segment.id), version.chain_id, saved(version.id), 0)


def launched(world: World, *names: str, slots: int = 6) -> Scene:
    """Claire launches "still looking?" on nurses in Lyon, for a job she has times for."""
    with world.database.work() as session:
        scene = people_and_job(session, *names, slots=slots)
        scene.launch = launch(session, scene, scene.people.claire, now=NOW)
    world.work()
    return scene


def launch(session: Session, scene: Scene, who: Person, *, now: datetime, words: str = "") -> int:
    """Launch "still looking?" on the nurses, for the job; return the launch."""
    begun = chains.launch(
        session,
        who,
        version_id=scene.version,
        segment_id=scene.segment,
        opportunity_id=scene.job,
        words=words,
        now=now,
    )
    return saved(begun.id)


def press(session: Session, link: str) -> tuple[LinkGrant, Ask]:
    token = urlsplit(link).path.split("/")[2]
    found = find(session, token, LinkPurpose.ANSWER) or find(session, token, LinkPurpose.SLOTS)
    assert found is not None
    assert found.letter_id is not None
    grant = LinkGrant(saved(found.id), saved(found.talent_id))
    return grant, ask_of_letter(session, grant, found.letter_id)


def answer(world: World, name: str, said: Answer, *, reason: Reason | None = None) -> None:
    """Press an answer in the last letter this person got."""
    link = link_to(world.sink.to(f"{name}@candidat.example")[-1], "yes")
    with world.database.work() as session:
        grant, ask = press(session, link)
        replies.record(session, grant, ask, said, via="link", now=world.now)
        if reason is not None:
            replies.give_reason(session, grant, ask, reason, via="link", now=world.now)
    world.work()


def pick_first(world: World, name: str) -> None:
    offer = world.sink.to(f"{name}@candidat.example")[-1]
    slot_id = int(next(tail for link in links_in(offer) if (tail := link.rsplit("/", 1)[1]).isdigit()))
    with world.database.work() as session:
        grant, ask = press(session, link_to(offer, "neither"))
        picking.pick(session, grant, ask, slot_id, now=world.now)
    world.work()


def in_every_state(world: World) -> Scene:
    """Zoé booked, Luc wants to know more, Inès said no (too far), Léa later, Mia is silent so far, Tom never agreed."""
    scene = launched(world, "Zoe", "Luc", "Ines", "Lea", "Mia")
    world.later(hours=1)
    answer(world, "zoe", Answer.YES)
    answer(world, "zoe", Answer.YES)
    pick_first(world, "zoe")
    answer(world, "luc", Answer.MORE_INFO)
    world.later(hours=2)
    answer(world, "ines", Answer.NO, reason=Reason.TOO_FAR)
    answer(world, "lea", Answer.LATER)
    return scene
