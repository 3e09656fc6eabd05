"""Another address for someone: proposed, proven, replaced, withdrawn, too late, taken, taken back; whoever asks, and twice."""

import pytest
from sqlmodel import select

from portal.kit.db import saved
from portal.kit.errors import NotFound, Refused
from portal.privacy.actions import erase
from portal.signin import changing
from portal.signin.actions import forget_old
from portal.signin.proposals import waiting
from portal.talents.changes import update_by_recruiter
from portal.talents.models import AddressChange, Talent
from portal.timeline.who import Person, Role
from tests.arrivals import ask, browser, come_in, last, nonce_of, press, subjects, who
from tests.cast import Cast, as_candidate, cast, talent
from tests.signin.moving import HERS, NEW, OTHER, kinds, propose, row, waits
from tests.sink import text_of
from tests.world import World


def test_a_colleague_s_change_counts_once_it_is_proven_from_the_new_address(house_of: tuple[World, Cast, int]) -> None:
    world, people, id_ = house_of
    signed_in = come_in(world, HERS)
    old_link = ask(world, browser(world), HERS)
    propose(world, people.claire, id_, " Zoe.Neuve@X.example ")
    assert (row(world, id_).email, waits(world, people, id_)) == (HERS, NEW)
    link = last(world, NEW)
    opened = browser(world).get(link)
    assert NEW in opened.text
    assert row(world, id_).email == HERS  # looking changes nothing
    world.later(minutes=5)
    assert "now" in press(browser(world), link).text
    zoe = row(world, id_)
    assert (zoe.email, zoe.proven_at, zoe.said["email"]["by"]) == (NEW, world.now, "talent")
    assert who(world, signed_in) is None  # open sessions end
    assert press(browser(world), "/signin", email="x@x.example").status_code == 303
    assert browser(world).get(old_link).status_code == 410  # and so do links on their way
    assert subjects(world, HERS)[-1] == "Your address was changed"
    assert come_in(world, NEW)
    assert kinds(world, id_) == ["address_proposed", "address_changed"]


def test_pressed_twice_it_is_done_once(house_of: tuple[World, Cast, int]) -> None:
    world, people, id_ = house_of
    propose(world, people.claire, id_, NEW)
    link = last(world, NEW)
    tabs = browser(world), browser(world)
    forms = [(at, nonce_of(at, link)) for at in tabs]
    told = len(world.sink.to(HERS))
    for at, nonce in forms:
        assert "your address now" in at.post(link, data={"nonce": nonce}).text
    world.work()
    assert len(world.sink.to(HERS)) == told + 1
    assert kinds(world, id_) == ["address_proposed", "address_changed"]


def test_a_link_that_came_too_late_brings_another_by_one_press(house_of: tuple[World, Cast, int]) -> None:
    world, people, id_ = house_of
    propose(world, people.claire, id_, NEW)
    late = last(world, NEW)
    world.later(days=8)
    assert "expired" in browser(world).get(late).text
    assert "On its way" in press(browser(world), late, renew="1").text
    link = last(world, NEW)
    assert link != late
    press(browser(world), link)
    assert row(world, id_).email == NEW
    assert kinds(world, id_) == ["address_proposed", "asked_for_new_link", "address_changed"]


def test_of_two_proposals_the_last_counts_whoever_made_them(house_of: tuple[World, Cast, int]) -> None:
    world, people, id_ = house_of
    propose(world, people.claire, id_, NEW)
    first = last(world, NEW)
    world.later(minutes=1)
    propose(world, people.marc, id_, OTHER)
    assert "only the last one counts" in browser(world).get(first).text
    assert row(world, id_).email == HERS
    press(browser(world), last(world, OTHER))
    assert row(world, id_).email == OTHER
    assert kinds(world, id_) == ["address_proposed", "address_proposed_anew", "address_changed"]


def test_a_letter_that_has_not_left_leaves_no_more(house_of: tuple[World, Cast, int]) -> None:
    world, people, id_ = house_of
    propose(world, people.claire, id_, NEW)
    with world.database.work() as session:
        changing.withdraw(session, people.marc, id_, now=world.now)
    assert subjects(world, NEW) == []


def test_what_a_colleague_takes_back_changes_nothing(house_of: tuple[World, Cast, int]) -> None:
    world, people, id_ = house_of
    propose(world, people.claire, id_, NEW)
    link = last(world, NEW)
    with world.database.work() as session:
        changing.withdraw(session, people.marc, id_, now=world.now)
    assert "no longer proposed" in browser(world).get(link).text
    assert (row(world, id_).email, waits(world, people, id_)) == (HERS, "")
    with world.database.work() as session, pytest.raises(Refused, match="waits"):
        changing.withdraw(session, people.marc, id_, now=world.now)
    with world.database.work() as session:
        assert session.exec(select(AddressChange.address)).one() == ""
    assert kinds(world, id_) == ["address_proposed", "address_proposal_withdrawn"]


def test_an_address_somebody_took_meanwhile_stays_theirs(house_of: tuple[World, Cast, int]) -> None:
    world, people, id_ = house_of
    propose(world, people.claire, id_, NEW)
    link = last(world, NEW)
    with world.database.work() as session:
        talent(session, "Paul", email=NEW)
    assert "belongs to another file" in browser(world).get(link).text
    assert row(world, id_).email == HERS


def test_for_someone_who_is_erased_meanwhile_there_is_nothing_left(house_of: tuple[World, Cast, int]) -> None:
    world, people, id_ = house_of
    propose(world, people.claire, id_, NEW)
    link = last(world, NEW)
    with world.database.work() as session:
        erase(session, as_candidate(session.get_one(Talent, id_)), id_, now=world.now)
    at = browser(world)
    assert at.get(link).status_code == 404
    with world.database.work() as session:
        assert session.exec(select(AddressChange)).all() == []
        for call in (changing.propose, changing.withdraw):
            with pytest.raises(NotFound):
                call(session, people.claire, id_, *([OTHER] if call is changing.propose else []), now=world.now)


def test_they_change_it_themselves_after_a_fresh_sign_in(house_of: tuple[World, Cast, int]) -> None:
    world, _, id_ = house_of
    at = come_in(world, HERS)
    fresh = who(world, at)
    assert fresh is not None
    propose(world, fresh, id_, NEW)
    letter = world.sink.to(NEW)
    assert letter == []
    link = last(world, NEW)
    assert "Claire" not in text_of(world.sink.to(NEW)[-1])
    press(browser(world), link)
    assert row(world, id_).email == NEW
    world.later(minutes=20)
    stale = who(world, come_in(world, NEW))
    assert stale is not None
    world.later(minutes=20)
    with pytest.raises(Refused, match="sign in again"):
        propose(world, Person(id_, Role.CANDIDATE, "Zoé", "en", "Europe/Paris", fresh=False), id_, OTHER)


@pytest.mark.parametrize(("typed", "why"), [("zoe", "not an e-mail"), ("", "not an e-mail"), (HERS, "already")])
def test_what_is_no_other_address_is_refused_in_one_sentence(
    house_of: tuple[World, Cast, int], typed: str, why: str
) -> None:
    world, _, id_ = house_of
    with pytest.raises(Refused, match=why):
        propose(world, as_candidate(row(world, id_)), id_, typed)


def test_a_colleague_is_told_what_they_may_know(house_of: tuple[World, Cast, int]) -> None:
    world, people, id_ = house_of
    with world.database.work() as session:
        talent(session, "Paul")
    for typed, why in (("paul@candidat.example", "Someone else"), (HERS, "already"), ("", "not removed")):
        with pytest.raises(Refused, match=why):
            propose(world, people.claire, id_, typed)


def test_nobody_else_proposes_reads_or_takes_back(house_of: tuple[World, Cast, int]) -> None:
    world, people, id_ = house_of
    with world.database.work() as session:
        paul = as_candidate(talent(session, "Paul"))
    for stranger in (paul, people.dora):
        with world.database.work() as session:
            for call in (
                lambda by, s: changing.propose(s, by, id_, NEW, now=world.now),
                lambda by, s: changing.withdraw(s, by, id_, now=world.now),
                lambda by, s: waiting(s, by, id_, now=world.now),
                lambda by, s: changing.correct(s, by, id_, {"email": NEW}, now=world.now),
            ):
                with pytest.raises(NotFound):
                    call(stranger, session)
    assert browser(world).get("/e/forged").status_code == 404


def test_nobody_is_flooded_with_letters_by_proposals(house_of: tuple[World, Cast, int]) -> None:
    world, people, id_ = house_of
    for number in range(5):
        propose(world, people.claire, id_, f"zoe{number}@x.example")
    with pytest.raises(Refused, match="Wait an hour"):
        propose(world, people.claire, id_, "zoe9@x.example")


def test_what_nobody_proves_is_forgotten(house_of: tuple[World, Cast, int]) -> None:
    world, people, id_ = house_of
    propose(world, people.claire, id_, NEW)
    world.later(days=8)
    assert waits(world, people, id_) == NEW
    world.later(days=30)
    with world.database.work() as session:
        forget_old(session, now=world.now)
    assert waits(world, people, id_) == ""


def test_what_else_a_colleague_corrects_counts_at_once(house_of: tuple[World, Cast, int]) -> None:
    world, people, id_ = house_of
    with world.database.work() as session:
        done = changing.correct(session, people.claire, id_, {"email": NEW, "does": "Soigne"}, now=world.now)
    zoe = row(world, id_)
    assert (done.units, done.proposed, zoe.does, zoe.email) == (("does",), NEW, "Soigne", HERS)
    with world.database.work() as session:  # her own, typed otherwise, is no other
        done = changing.correct(
            session, people.marc, id_, {"email": " Zoe@Candidat.example", "does": ""}, now=world.now
        )
    assert (done.units, done.proposed) == (("does",), "")
    with world.database.work() as session, pytest.raises(Refused, match="said this themself"):
        update_by_recruiter(session, people.claire, id_, {"email": NEW}, now=world.now)


def test_an_address_nobody_proved_is_corrected_as_ever(world: World) -> None:
    with world.database.work() as session:
        people, id_ = cast(session), saved(talent(session, "Zoé").id)
    with world.database.work() as session:
        done = changing.correct(session, people.claire, id_, {"email": NEW}, now=world.now)
    assert (done.units, done.proposed, row(world, id_).email) == (("email",), "", NEW)
