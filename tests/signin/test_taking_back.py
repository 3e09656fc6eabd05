"""What the address of before hears and may do, and what a letter to another address says nothing about."""

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from portal.consent.queries import current_notice
from portal.consent.rules import Purpose
from portal.gate.actions import put
from portal.gate.addresses import elsewhere
from portal.imports.planning import SUPPRESSED
from portal.kit.db import Database
from portal.postbox.models import Letter
from portal.privacy.actions import erase
from portal.privacy.informing import agree_to
from portal.replies.stopping import withdraw as stop
from portal.signin import address_letters as letters
from portal.talents.models import AddressChange, Talent
from portal.talents.rules import AddressState
from portal.timeline.who import System
from tests.arrivals import browser, come_in, last, press, subjects, who
from tests.cast import Cast, as_candidate, talent
from tests.imports.files import bring, export, rejected
from tests.signin.moving import HERS, NEW, OTHER, kinds, propose, row
from tests.world import World


def test_the_address_of_before_may_take_it_back_whatever_was_proven_since(house_of: tuple[World, Cast, int]) -> None:
    world, people, id_ = house_of
    propose(world, people.claire, id_, NEW)
    press(browser(world), last(world, NEW))
    back = last(world, HERS)
    world.later(hours=1)
    thief = come_in(world, NEW)
    thief_is = who(world, thief)
    assert thief_is is not None
    propose(world, thief_is, id_, OTHER)
    press(browser(world), last(world, OTHER))
    assert subjects(world, HERS)[-2:] == ["Your address was changed"] * 2  # the second change is told there too
    world.later(days=20)
    thief = come_in(world, OTHER)
    assert HERS in browser(world).get(back).text
    assert row(world, id_).email == OTHER
    assert "is back" in press(browser(world), back, back="1").text
    assert row(world, id_).email == HERS
    assert who(world, thief) is None
    assert subjects(world, OTHER)[-1] == "The change of address was taken back"
    assert "is back" in browser(world).get(back).text
    assert kinds(world, id_)[-1] == "address_taken_back"
    with world.database.work() as session:
        states = session.exec(select(AddressChange.state).order_by(col(AddressChange.id))).all()
    assert states == [AddressState.TAKEN_BACK, AddressState.TAKEN_BACK]


def test_after_a_month_it_can_no_longer_be_taken_back(house_of: tuple[World, Cast, int]) -> None:
    world, people, id_ = house_of
    propose(world, people.claire, id_, NEW)
    press(browser(world), last(world, NEW))
    back = last(world, HERS)
    world.later(days=30)
    assert "no longer be taken back" in browser(world).get(back).text
    assert row(world, id_).email == NEW


def test_a_change_is_proven_by_its_own_link_and_taken_back_by_its_own(house_of: tuple[World, Cast, int]) -> None:
    world, people, id_ = house_of
    propose(world, people.claire, id_, NEW)
    link = last(world, NEW)
    press(browser(world), link, back="1")
    assert row(world, id_).email == HERS
    press(browser(world), link)
    back = last(world, HERS)
    press(browser(world), back, renew="1")
    press(browser(world), back)
    assert row(world, id_).email == NEW


def test_for_a_month_both_addresses_hear_of_agreements(house_of: tuple[World, Cast, int]) -> None:
    world, people, id_ = house_of

    def agree_and_stop() -> None:
        with world.database.work() as session:
            me = as_candidate(session.get_one(Talent, id_))
            notice = current_notice(session, Purpose.SURVEY, "en", now=world.now)
            agree_to(session, me, id_, notice, interface="portal", now=world.now)
        with world.database.work() as session:
            stop(session, people.claire, id_, interface="telephone", now=world.now)

    agree_and_stop()
    assert "agreed" not in str(subjects(world, HERS))
    propose(world, people.claire, id_, NEW)
    press(browser(world), last(world, NEW))
    world.later(days=29)
    agree_and_stop()
    for address in (HERS, NEW):
        assert subjects(world, address)[-2:] == ["What you agreed to has changed"] * 2
    count = len(subjects(world, HERS))
    world.later(days=2)
    agree_and_stop()
    assert len(subjects(world, HERS)) == count


def test_a_dead_address_keeps_nobody_from_proving_another(house_of: tuple[World, Cast, int]) -> None:
    world, people, id_ = house_of
    with world.database.work() as session:
        session.get_one(Talent, id_).bounced_at = world.now
    before = len(world.sink.to(HERS))
    propose(world, people.claire, id_, NEW)
    press(browser(world), last(world, NEW))
    zoe = row(world, id_)
    assert (zoe.email, zoe.bounced_at) == (NEW, None)
    world.work()
    assert len(world.sink.to(HERS)) == before


def test_a_letter_refused_elsewhere_says_nothing_of_the_address_that_stands(house_of: tuple[World, Cast, int]) -> None:
    world, people, id_ = house_of
    world.sink.refuse[NEW] = "550 5.1.1 no such user"
    propose(world, people.claire, id_, NEW)
    world.work()
    assert row(world, id_).bounced_at is None


def test_no_letter_for_someone_goes_to_a_stranger_s_address(house: Database) -> None:
    with house.work() as session:
        zoe = talent(session, "Zoé")
        draft = elsewhere(letters.returned(zoe, "La Maison"), "somebody@x.example")
        with pytest.raises(ValueError, match="not theirs"):
            put(session, System("test"), [draft], now=zoe.created_at + timedelta(days=1))
        assert _letters(session) == 0


def _letters(session: Session) -> int:
    return len(session.exec(select(Letter.id)).all())


def test_erased_no_address_that_was_theirs_brings_them_back(house_of: tuple[World, Cast, int]) -> None:
    world, people, id_ = house_of
    propose(world, people.claire, id_, NEW)
    press(browser(world), last(world, NEW))
    with world.database.work() as session:
        erase(session, as_candidate(session.get_one(Talent, id_)), id_, now=world.now)
    for address in (HERS, NEW):
        report = bring(world.database, export(("Martin", "Zoé", address, "", "", "", "", "")))
        assert (report.created, list(rejected(report).values())) == (0, [SUPPRESSED])


def test_whoever_said_stop_is_found_by_the_address_of_before(house_of: tuple[World, Cast, int]) -> None:
    world, people, id_ = house_of
    propose(world, people.claire, id_, NEW)
    press(browser(world), last(world, NEW))
    with world.database.work() as session:
        stop(session, people.claire, id_, interface="telephone", now=world.now)
    report = bring(world.database, export(("Martin", "Zoé", HERS, "", "", "", "", "")))
    assert (report.created, report.rejected) == (0, ())
