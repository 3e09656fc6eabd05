"""The letter, the page and the card promise what this branch of this launch does next, and say of the reader what is so."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlmodel import Session, col, select

from portal.booking.models import Booking, Slot
from portal.chains import actions as chains
from portal.chains import editing
from portal.chains.templates import SIMILAR_OPPORTUNITY, STILL_LOOKING, THANK_YOU, UPDATE
from portal.conversations.inbox import inbox
from portal.conversations.models import Ask, Conversation, Message
from portal.conversations.rules import Answer, Question
from portal.opportunities.models import Opportunity
from portal.replies import mine
from portal.talents.models import Source, Talent
from portal.talents.rules import SourceKind
from tests.arrivals import browser, press
from tests.cast import NOW, as_candidate
from tests.scenes import Scene, answer, launch, launched, people_and_job, pick_first
from tests.sink import link_to, text_of
from tests.world import World

TO = "zoe@candidat.example"
NOTHING = "Rien d’autre ne vous est demandé."


def _launched(world: World, document: dict[str, Any], **known: Any) -> Scene:
    with world.database.work() as session:
        scene = people_and_job(session, "Zoe")
        zoe = session.get_one(Talent, scene.ids["Zoe"])
        zoe.sqlmodel_update(known)
        session.add(zoe)
        scene.version = chains.save(session, scene.people.claire, scene.chain, document, now=NOW).id or 0
        session.flush()
        if known:
            chains.launch_on(
                session,
                scene.people.claire,
                [scene.ids["Zoe"]],
                version_id=scene.version,
                opportunity_id=scene.job,
                now=NOW,
            )
        else:
            launch(session, scene, scene.people.claire, now=NOW)
    world.work()
    return scene


def _letter(world: World) -> str:
    return text_of(world.sink.to(TO)[-1]).replace("\xa0", " ").replace("\r\n", "\n")


def _page(world: World) -> tuple[str, str]:
    link = urlsplit(link_to(world.sink.to(TO)[-1], "yes")).path
    return link, browser(world).get(link).text.replace("\xa0", " ")


def _leads(branch: str, *kinds: str) -> dict[str, Any]:
    """Still looking, one of whose branches leads through other steps before it goes on."""
    chain = editing.kept(STILL_LOOKING)
    after = chain["steps"][0][branch]
    for kind in reversed(kinds):
        key = editing.add(chain, kind, "still_looking")
        if kind == "info":
            for language in ("fr", "en"):
                editing.write(chain, key, language, "subject", "Un mot")
                editing.write(chain, key, language, "body", "Bonjour {first_name}")
        editing.link(chain, key, "next", after)
        after = key
    editing.link(chain, "still_looking", branch, after)
    for other in ("on_yes", "on_more_info", "on_no", "on_later", "on_silence"):
        if other != branch:
            editing.link(chain, "still_looking", other, STILL_LOOKING["steps"][0][other])
    return chain


@pytest.mark.parametrize(
    ("document", "ahead", "comes"),
    [
        (UPDATE, NOTHING, NOTHING),
        (STILL_LOOKING, "Vous recevez l’essentiel d’une offre", "L’essentiel de l’offre vous arrive par mail"),
        (_leads("on_yes", "info"), "Claire vous écrit par mail", "Un message de Claire vous arrive"),
        (_leads("on_yes", "wait"), "de nouveau dans 5 jours ouvrés", "de nouveau dans 5 jours ouvrés"),
    ],
    ids=["to an end", "to the offer", "to a letter", "to a rest"],
)
def test_a_yes_promises_what_its_branch_does(world: World, document: dict[str, Any], ahead: str, comes: str) -> None:
    scene = _launched(world, document)
    link, page = _page(world)
    assert ahead in page
    assert ahead in _letter(world)
    with world.database.work() as session:
        zoe = as_candidate(session.get_one(Talent, scene.ids["Zoe"]))
        (card,) = mine.waiting(session, zoe, now=world.now)
        assert ahead in card.asked.promises["yes"].before.replace("\xa0", " ")
    said = press(browser(world), link, answer="yes").text.replace("\xa0", " ")
    assert comes in said
    assert ("essentiel" in said) == (document is STILL_LOOKING)


def test_more_info_where_nothing_follows_promises_a_person_alone(world: World) -> None:
    scene = _launched(world, UPDATE)
    link, page = _page(world)
    assert "Claire répond à votre question." in page
    said = press(browser(world), link, answer="more_info", words="C’est où ?").text
    assert "Claire répond à votre question." in said
    assert "essentiel" not in said
    with world.database.work() as session:
        assert [one.words for one in inbox(session, scene.people.claire)] == ["C’est où ?"]


def test_what_was_promised_once_is_not_promised_again(world: World) -> None:
    scene = _launched(world, STILL_LOOKING)
    answer(world, "zoe", Answer.YES)
    with world.database.work() as session:
        zoe = as_candidate(session.get_one(Talent, scene.ids["Zoe"]))
        card = next(one for one in mine.waiting(session, zoe, now=world.now) if one.question is Question.STILL_LOOKING)
        told = {answer: promise.before for answer, promise in card.asked.promises.items()}
    assert told["yes"] == "C’est votre réponse actuelle."
    assert told["more_info"] == "Claire répond à votre question."


@pytest.mark.parametrize(
    ("said", "promise"),
    [("yes", "L’essentiel de l’offre vous arrive par mail."), ("no", "Nous vous laissons en paix.")],
)
def test_a_button_pressed_twice_tells_the_second_time_what_it_told_the_first(
    world: World, said: str, promise: str
) -> None:
    _launched(world, STILL_LOOKING)
    link, them = urlsplit(link_to(world.sink.to(TO)[-1], "yes")).path, browser(world)
    for _ in range(2):
        assert promise in press(them, link, answer=said).text
    world.later(minutes=5)
    assert promise not in press(them, link, answer=said).text


def test_a_day_given_before_stands_in_its_field_and_is_not_lost_by_pressing_again(world: World) -> None:
    scene = _launched(world, STILL_LOOKING)
    link, them = urlsplit(link_to(world.sink.to(TO)[-1], "later")).path, browser(world)
    press(them, link, answer="later", later="2027-06-01")
    assert 'name="later" value="2027-06-01"' in them.get(link).text
    press(them, link, answer="later", later="")
    with world.database.work() as session:
        ask = session.exec(select(Ask).where(col(Ask.talent_id) == scene.ids["Zoe"])).one()
        assert ask.later_on == date(2027, 6, 1)


def test_a_no_says_which_talk_it_calls_off_before_and_after_it_is_pressed(world: World) -> None:
    launched(world, "Zoe")
    for _ in range(2):
        answer(world, "zoe", Answer.YES)
    pick_first(world, "zoe")
    link = urlsplit(link_to(world.sink.to(TO)[1], "yes")).path
    assert "Le rendez-vous de samedi 28 novembre" in browser(world).get(link).text
    assert "n’a pas lieu" in press(browser(world), link, answer="no").text


def test_ok_to_an_offer_without_times_behind_it_reaches_a_person(world: World) -> None:
    chain = deepcopy(STILL_LOOKING)
    chain["steps"] = [step for step in chain["steps"] if step["type"] != "slots"]
    chain["steps"][1]["on_yes"] = "end"
    scene = _launched(world, chain)
    answer(world, "zoe", Answer.YES)
    letter = _letter(world)
    assert "Claire prend contact avec vous." in letter
    assert "créneaux" not in letter
    answer(world, "zoe", Answer.YES)
    with world.database.work() as session:
        assert [one.talent_id for one in inbox(session, scene.people.claire)] == [scene.ids["Zoe"]]


def test_an_offer_that_comes_first_thanks_for_no_answer(world: World) -> None:
    chain = deepcopy(STILL_LOOKING)
    _launched(world, {"steps": chain["steps"][1:]})
    assert "Merci de votre réponse" not in _letter(world)
    assert "Nous avons un poste à vous proposer" in _letter(world)


def _talked(session: Session, scene: Scene, job: int | None) -> None:
    slot = Slot(
        staff_id=scene.people.claire.id,
        starts_at=NOW - timedelta(days=90),
        ends_at=NOW - timedelta(days=90, minutes=-30),
    )
    session.add(slot)
    session.flush()
    session.add(
        Booking(
            slot_id=slot.id or 0,
            talent_id=scene.ids["Zoe"],
            staff_id=scene.people.claire.id,
            opportunity_id=job,
            booked_at=NOW - timedelta(days=95),
            calendar_uid="before",
        )
    )


@pytest.mark.parametrize(
    ("before", "thanks"),
    [("nothing", ""), ("applied", "Merci de votre candidature."), ("talked", "Merci d’avoir pris le temps d’échanger")],
)
def test_nobody_is_thanked_for_what_they_did_not_do(world: World, before: str, thanks: str) -> None:
    with world.database.work() as session:
        scene = people_and_job(session, "Zoe")
        _known_as(session, scene, before)
        scene.version = chains.save(session, scene.people.claire, scene.chain, THANK_YOU, now=NOW).id or 0
        launch(session, scene, scene.people.claire, now=NOW)
    world.work()
    letter = _letter(world)
    assert ("Merci" in letter) == bool(thanks)
    assert thanks in letter


def _known_as(session: Session, scene: Scene, before: str) -> None:
    source = session.exec(select(Source).where(col(Source.talent_id) == scene.ids["Zoe"])).first()
    kind = SourceKind.APPLICATION if before == "applied" else SourceKind.LINKEDIN
    if source is None:
        source = Source(talent_id=scene.ids["Zoe"], kind=kind, text="LinkedIn", collected_on=NOW.date())
    source.kind = kind
    session.add(source)
    if before == "talked":
        _talked(session, scene, None)


@pytest.mark.parametrize(
    ("before", "like"),
    [("nothing", ""), ("applied", "pour lequel vous aviez postulé"), ("talked", "dont nous avons parlé ensemble")],
)
def test_a_job_is_like_another_only_where_there_was_another(world: World, before: str, like: str) -> None:
    with world.database.work() as session:
        scene = people_and_job(session, "Zoe")
        _known_as(session, scene, "applied" if before == "applied" else "nothing")
        if before == "talked":
            other = Opportunity(
                owner_id=scene.people.claire.id, title="Infirmière de nuit", contract="cdi", created_at=NOW
            )
            session.add(other)
            session.flush()
            _talked(session, scene, other.id)
        scene.version = chains.save(session, scene.people.claire, scene.chain, SIMILAR_OPPORTUNITY, now=NOW).id or 0
        launch(session, scene, scene.people.claire, now=NOW)
    world.work()
    letter = _letter(world)
    assert "parlé" in letter if before == "talked" else "parlé" not in letter
    assert like in letter
    assert "ce poste : Infirmière de site, Lyon." in letter.replace("\xa0", " ")  # its title says where it is


def test_someone_known_by_name_only_is_asked_what_they_do_and_can_say_it(world: World) -> None:
    scene = _launched(world, UPDATE, job_code=None, does="", job_text="")
    letter = _letter(world)
    assert "toujours vrai" not in letter
    assert "Que faites-vous" in letter
    link, page = _page(world)
    assert "Ce que vous faites, en quelques mots" in page
    said = press(browser(world), link, answer="yes", words="Je soigne à domicile.").text
    assert 'href="/me/wishes"' in said
    with world.database.work() as session:
        assert session.exec(select(Message.text)).all() == ["Je soigne à domicile."]
        assert [one.words for one in inbox(session, scene.people.claire)] == ["Je soigne à domicile."]


def test_someone_whose_work_is_known_is_asked_whether_it_is_still_true(world: World) -> None:
    _launched(world, UPDATE)
    assert "Est-ce toujours vrai" in _letter(world)
    assert "Ce que vous faites, en quelques mots" not in _page(world)[1]


@pytest.mark.parametrize(
    ("document", "opens"), [(UPDATE, False), (STILL_LOOKING, True), (_leads("on_yes", "info"), True)]
)
def test_a_yes_that_leads_to_nothing_opens_no_conversation(world: World, document: dict[str, Any], opens: bool) -> None:
    _launched(world, document)
    answer(world, "zoe", Answer.YES)
    with world.database.work() as session:
        assert session.exec(select(Ask.answer).where(col(Ask.question) == Question.STILL_LOOKING)).one() is Answer.YES
        assert (session.exec(select(Conversation)).first() is not None) == opens
