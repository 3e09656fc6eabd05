"""A job's terms change while letters that speak of it wait: they leave with the new words, and nobody gets two."""

from dataclasses import replace
from email.message import EmailMessage

import pytest

from portal.chains import actions as chains
from portal.conversations.rules import Answer
from portal.kit.errors import NotFound
from portal.opportunities.models import Opportunity
from portal.opportunities.queries import terms_of
from portal.talents.models import Talent
from tests.cast import as_candidate
from tests.scenes import Scene, answer, launched
from tests.sink import text_of
from tests.world import World

pytestmark = pytest.mark.own_database


def _reword(world: World, scene: Scene, digest: str) -> int:
    with world.database.work() as session:
        terms = replace(terms_of(session.get_one(Opportunity, scene.job)), digest_fr=digest)
        return chains.change_job(session, scene.people.claire, scene.job, terms, now=world.now)


def _in_short(world: World, name: str) -> list[EmailMessage]:
    return [one for one in world.sink.to(f"{name}@candidat.example") if str(one["Subject"]).startswith("En bref")]


def test_the_offer_that_waits_for_the_morning_says_what_the_job_says_by_then(world: World) -> None:
    scene = launched(world, "Zoe", "Luc")
    answer(world, "luc", Answer.YES)
    world.now = world.now.replace(hour=22)
    answer(world, "zoe", Answer.YES)
    assert _in_short(world, "zoe") == []
    assert _reword(world, scene, "Un cabinet de huit personnes, sans nuits.") == 1
    assert _reword(world, scene, "Un cabinet de huit personnes, sans nuits.") == 0
    world.later(hours=11)
    world.work()
    (offer,) = _in_short(world, "zoe")
    assert "huit personnes" in text_of(offer)
    (sent_before,) = _in_short(world, "luc")
    assert "six personnes" in text_of(sent_before)


def test_what_a_pause_keeps_aside_says_it_too_once_the_launch_goes_on(world: World) -> None:
    scene = launched(world, "Zoe")
    world.now = world.now.replace(hour=22)
    answer(world, "zoe", Answer.YES)
    with world.database.work() as session:
        chains.pause(session, scene.people.claire, scene.launch, now=world.now)
    _reword(world, scene, "Un cabinet de huit personnes.")
    world.later(hours=12)
    world.work()
    assert _in_short(world, "zoe") == []
    with world.database.work() as session:
        chains.resume(session, scene.people.claire, scene.launch, now=world.now)
    world.work()
    (offer,) = _in_short(world, "zoe")
    assert "huit personnes" in text_of(offer)


def test_only_recruiters_change_a_job(world: World) -> None:
    scene = launched(world, "Zoe")
    with world.database.work() as session:
        terms = terms_of(session.get_one(Opportunity, scene.job))
        zoe = as_candidate(session.get_one(Talent, scene.ids["Zoe"]))
        for stranger in (zoe, scene.people.dora):
            with pytest.raises(NotFound):
                chains.change_job(session, stranger, scene.job, terms, now=world.now)
