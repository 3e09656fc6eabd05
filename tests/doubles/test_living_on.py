"""After two rows were made one: doors, letters, files, the mirror and the eraser know one person."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.booking.models import Booking
from portal.consent.models import Consent, LedgerEntry
from portal.consent.rules import Act, Standing
from portal.doubles import actions as doubles
from portal.imports.doubts import Only, doubts, waiting
from portal.kit import tokens
from portal.kit.db import Database, saved
from portal.kit.errors import NotFound
from portal.postbox.links import mint, store
from portal.postbox.models import Letter, Suppression
from portal.postbox.rules import LinkPurpose
from portal.privacy.actions import erase
from portal.privacy.mirror import document
from portal.replies.queries import granted
from portal.signin import actions as signin
from portal.signin.queries import known_by
from portal.surveys.models import SurveyResponse
from portal.surveys.queries import answers_to, results, surveys
from portal.talents.identity import holders
from portal.talents.models import Talent
from portal.talents.queries import profile, stands_as
from portal.timeline.who import Person, Role
from tests.doubles.pairs import LATER, NOW, Life, consent, doubt_about, of, two
from tests.imports.files import ZOE, bring, export, pool
from tests.imports.files import recruiter as someone
from tests.people import staff, talent

tokens.use_secret("a secret of the tests, long enough to be one")


def _made_one(session: Session) -> tuple[Talent, Talent]:
    zoe, other = two(session)
    doubles.make_one(session, staff(session, "Rachid"), doubt_about(session, zoe, other), now=NOW)
    session.expire_all()
    return zoe, other


def test_either_address_asks_for_them_and_the_letter_goes_to_the_one_that_stands(session: Session) -> None:
    zoe, other = two(session)
    other.said = other.said | {"email": {"by": "source", "on": "2026-04-01"}}  # the older address
    session.add(other)
    doubles.make_one(session, staff(session, "Rachid"), doubt_about(session, zoe, other), now=NOW)
    session.expire_all()
    assert zoe.email == "zoe.roux@people.example"
    for address in ("zoe.roux@people.example", "z.roux@ailleurs.example"):
        known = known_by(session, address)
        assert known is not None
        assert known.talent_id == zoe.id
        signin.request(session, address, browser_token=address, network="10.0.0.0", now=NOW)
    assert session.exec(select(Letter.address)).all() == ["zoe.roux@people.example"] * 2


def test_an_answer_pressed_in_an_old_letter_counts_for_the_one_who_stays(session: Session) -> None:
    zoe, other = two(session)
    until = (NOW + timedelta(days=9)).isoformat()
    link = mint(
        {"name": "yes", "purpose": LinkPurpose.ANSWER, "until": until, "act": {"ask": 1}},
        letter_id=None, talent_id=other.id, staff_id=None, now=NOW,
    )  # fmt: skip
    store(session, [link])
    doubles.make_one(session, staff(session, "Rachid"), doubt_about(session, zoe, other), now=NOW)
    assert granted(session, link.token, LinkPurpose.ANSWER, now=LATER).grant.talent_id == zoe.id


def test_the_mirror_shows_both_rows(session: Session) -> None:
    zoe, _ = _made_one(session)
    mine = Person(saved(zoe.id), Role.CANDIDATE, "Zoé", "fr", "Europe/Paris", fresh=True)
    held = document(session, mine, now=LATER)
    (also,) = held["also_held_as"]
    assert held["doubts"] == []  # both are theirs; of one who may be somebody else nothing is told
    assert (held["person"]["email"], also["email"]) == ("z.roux@ailleurs.example", "zoe.roux@people.example")
    assert also["found_at"] == NOW.isoformat()
    assert {row["field"]: row["value"] for row in also["profile"]}["job_text"] == "infirmière de bloc"


def test_erasing_the_one_who_stays_erases_both(session: Session) -> None:
    zoe, other = two(session)
    life = Life(session)
    for one in (zoe, other):
        life.response(one)
        life.agreement(one)
        life.history(one)
        consent(session, one, Standing.GIVEN, purpose="event")
    stays = doubles.make_one(session, staff(session, "Rachid"), doubt_about(session, zoe, other), now=NOW)
    erase(session, Person(stays, Role.CANDIDATE, "Zoé", "fr", "Europe/Paris", fresh=True), stays, now=LATER)
    for one in (zoe, other):
        row = session.get_one(Talent, one.id)
        assert (row.email, row.phone, row.first_name, row.said, row.erased_at) == (None, None, "", {}, LATER)
        assert of(session, Consent, one) == []
    hashes = {tokens.keyed_hash(each, "address") for each in ("zoe.roux@people.example", "z.roux@ailleurs.example")}
    assert hashes <= set(session.exec(select(Suppression.address_hash)))
    pseudonyms = set(session.exec(select(LedgerEntry.pseudonym).where(col(LedgerEntry.act) == Act.ERASED)))
    assert pseudonyms == {zoe.pseudonym, other.pseudonym}
    assert len(session.exec(select(SurveyResponse)).all()) == 2
    assert session.exec(select(Booking)).all() == []


def test_a_file_that_comes_again_brings_nobody_back(house: Database) -> None:
    twice = ("Roux", "Zoé", "z.roux@ailleurs.example", "07 11 22 33 44", "Comptable", "Brest", "02/10/2026", "")
    bring(house, export(ZOE, twice))
    who = someone(house)
    with house.work() as session:
        one, other = session.exec(select(Talent).order_by(col(Talent.id))).all()
        doubles.make_one(session, who, doubt_about(session, one, other), now=NOW)
    again = bring(house, export(ZOE, twice))
    assert (again.created, again.rejected) == (0, ())
    assert len([each for each in pool(house) if each.erased_at is None]) == 1
    newer = bring(house, export((*twice[:6], "03/10/2026", "")))
    assert newer.created == 0


def test_an_address_that_is_somebody_else_s_today_is_theirs(session: Session) -> None:
    zoe, _ = _made_one(session)
    luc = talent(session, "Luc Blanc", email="zoe.roux@people.example")  # the address that gave way
    found = holders(session, {"zoe.roux@people.example"}, ())
    assert [holder.id for holder in found if holder.email] == [luc.id] != [zoe.id]
    known = known_by(session, "zoe.roux@people.example")
    assert known is not None
    assert known.talent_id == luc.id


def test_a_doubt_about_someone_who_was_folded_is_read_as_about_the_one_who_stays(session: Session) -> None:
    zoe, other = two(session)
    third = talent(session, "Zoé Rous", email="third@x.example")
    rachid = staff(session, "Rachid")
    doubt_about(session, other, third)
    first = doubt_about(session, zoe, other)
    assert waiting(session, rachid) == 2
    assert [each.told.talent_id for each in doubts(session, rachid, only=Only(saved(third.id)))] == [other.id]
    doubles.make_one(session, rachid, first, now=NOW)
    session.expire_all()
    assert waiting(session, rachid) == 0  # the night will find the one who stays and the third
    doubles.take_back(session, rachid, first, now=LATER)
    assert waiting(session, rachid) == 2


def test_the_page_finds_a_former_row_nowhere(session: Session) -> None:
    _, other = _made_one(session)
    living = sa.select(Talent.id).where(col(Talent.erased_at).is_(None))  # type: ignore[call-overload]
    assert other.id not in set(session.scalars(living))


def test_an_old_link_leads_recruiters_to_the_one_who_stays_and_nobody_else(session: Session) -> None:
    zoe, other = _made_one(session)
    rachid = staff(session, "Camille")
    assert stands_as(session, rachid, saved(other.id)) == stands_as(session, rachid, saved(zoe.id)) == zoe.id
    stranger = Person(saved(zoe.id), Role.CANDIDATE, "Zoé Roux", "fr", "Europe/Paris", fresh=True)
    for who in stranger, staff(session, "Delphine", Role.DPO):
        with pytest.raises(NotFound):
            stands_as(session, who, saved(other.id))
    erase(session, stranger, saved(zoe.id), now=LATER)
    session.expire_all()
    for left in other, zoe:
        with pytest.raises(NotFound):
            profile(session, rachid, stands_as(session, rachid, saved(left.id)))


def test_who_answered_a_survey_under_both_rows_counts_once(session: Session) -> None:
    zoe, other = two(session)
    life = Life(session)
    for one in (zoe, other):
        life.response(one)
    survey, rachid = saved(life.survey.id), staff(session, "Rachid")
    assert answers_to(session, rachid, survey) == 2
    doubt = doubt_about(session, zoe, other)
    doubles.make_one(session, rachid, doubt, now=NOW)
    assert answers_to(session, rachid, survey) == results(session, rachid, survey, locale="fr").n == 1
    assert [row.answers for row in surveys(session, rachid, locale="fr")] == [1]
    doubles.take_back(session, rachid, doubt, now=LATER)
    assert answers_to(session, rachid, survey) == 2
