"""Two of the pool made one person: everything that named either names the one who stays, and nothing is lost."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, SQLModel, col, select

from portal.consent.models import Consent, LedgerEntry
from portal.consent.rules import Purpose, Standing
from portal.conversations.models import Ask, Conversation, Message
from portal.doubles import actions as doubles
from portal.doubles.columns import HISTORY, MOVES, STAYS
from portal.gate.actions import put
from portal.gate.requests import Draft, Request
from portal.gate.rules import Verdict
from portal.kit import tokens
from portal.kit.db import Database, saved
from portal.kit.errors import NotFound, Refused
from portal.postbox.content import Content, p
from portal.postbox.models import Letter, LetterLink
from portal.postbox.rules import LetterKind, LetterState
from portal.segments.models import Projection
from portal.segments.rebuilding import rebuild
from portal.talents.models import Doubt, Note, Talent, TalentTag
from portal.talents.tags import put_tag
from portal.timeline.models import TimelineEvent
from portal.timeline.who import Person, Role
from tests.doubles.pairs import BEFORE, LATER, NOW, WAYS, Life, consent, doubt_about, letter, of, two
from tests.people import staff, talent
from tests.trust import contents_of

tokens.use_secret("a secret of the tests, long enough to be one")


def made_one(session: Session, one: Talent, other: Talent) -> Talent:
    stays = doubles.make_one(session, staff(session, "Rachid"), doubt_about(session, one, other), now=NOW)
    session.expire_all()
    return session.get_one(Talent, stays)


def test_every_column_that_names_a_person_is_said_to_move_or_to_stay() -> None:
    named = {
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.tables.values()
        for column in table.columns
        if any(key.target_fullname == "talent.id" for key in column.foreign_keys)
    }
    moves = {f"{table}.{column}" for table, (column, _, _) in MOVES.items()} | {f"{each}.talent_id" for each in HISTORY}
    assert named == moves | set(STAYS)
    assert not moves & set(STAYS)


def test_what_a_person_has_but_once_is_said_too() -> None:
    for name, (column, _, once) in MOVES.items():
        table = SQLModel.metadata.tables[name]
        unique = [set(key.columns.keys()) for key in table.constraints if isinstance(key, sa.UniqueConstraint)]
        unique.append(set(table.primary_key.columns.keys()))
        assert {frozenset(key - {column}) for key in unique if column in key} == (
            {frozenset({once})} if once else set()
        )


def test_each_value_is_whose_word_wins_and_the_other_row_leaves_the_pool(session: Session) -> None:
    zoe, other = two(session)
    stays = made_one(session, zoe, other)
    assert stays.id == zoe.id
    assert (stays.email, stays.job_text, stays.radius_km) == ("z.roux@ailleurs.example", "infirmière de bloc", 30)
    assert (stays.phone, stays.skills) == ("+33612345678", ["triage"])
    assert (stays.collected_on, stays.source_kind) == (date(2026, 6, 1), "event")
    unread = {name: held["text"] for name, held in stays.said.items() if name.startswith("unread.")}
    assert unread == {"unread.salary_floor": "à négocier", "unread.job_text": "et un peu tout"}
    gone = session.get_one(Talent, other.id)
    assert (gone.merged_into, gone.erased_at, gone.email) == (zoe.id, NOW, "zoe.roux@people.example")
    assert session.exec(select(Projection.talent_id)).all() == [zoe.id]
    assert rebuild(session) == 0


def test_whoever_acted_last_stays(session: Session) -> None:
    zoe, other = two(session, last_act_at=BEFORE)
    assert made_one(session, zoe, other).id == other.id


def test_what_hung_on_either_hangs_on_the_one_who_stays(session: Session) -> None:
    zoe, other = two(session)
    life = Life(session)
    for one in (zoe, other):
        for way in WAYS:
            getattr(life, way)(one)
    stays = made_one(session, zoe, other)
    gone = zoe if stays.id == other.id else other
    for kind in (Note, Ask, Message, Letter, LetterLink, TimelineEvent):
        assert of(session, kind, gone) == [], kind
    assert len(of(session, Note, stays)) == len(of(session, Message, stays)) == 2
    assert {session.get_one(Ask, link.act["ask"]).talent_id for link in of(session, LetterLink, stays)} == {stays.id}
    open_ = [each for each in of(session, Conversation, stays) if each.closed_at is None]
    assert [each.waiting_since for each in open_] == [BEFORE]
    assert rebuild(session) == 0


@pytest.mark.parametrize("way_round", [False, True])
def test_who_ever_said_stop_said_it_for_both(session: Session, way_round: bool) -> None:
    zoe, other = two(session)
    consent(session, zoe, Standing.WITHDRAWN if way_round else Standing.GIVEN)
    consent(session, other, Standing.GIVEN if way_round else Standing.WITHDRAWN, since=BEFORE - timedelta(days=200))
    stays = made_one(session, zoe, other)
    assert session.get_one(Consent, (stays.id, Purpose.POOL)).standing is Standing.WITHDRAWN


def test_a_consent_and_the_information_given_to_either_count_for_both(session: Session) -> None:
    zoe, other = two(session)
    consent(session, zoe, Standing.NONE)
    consent(session, other, Standing.GIVEN, notified_at=None, expires_on=date(2028, 1, 1))
    consent(session, other, Standing.GIVEN, purpose=Purpose.SURVEY)
    stays = made_one(session, zoe, other)
    pool = session.get_one(Consent, (stays.id, Purpose.POOL))
    assert (pool.standing, pool.expires_on, pool.notified_at) == (Standing.GIVEN, date(2028, 1, 1), BEFORE)
    assert session.get_one(Consent, (stays.id, Purpose.SURVEY)).standing is Standing.GIVEN


def test_never_contact_me_holds_and_a_bounce_belongs_to_its_address(session: Session) -> None:
    zoe, other = two(session, do_not_contact_at=BEFORE)
    zoe.bounced_at = BEFORE
    session.add(zoe)
    stays = made_one(session, zoe, other)
    assert (stays.do_not_contact_at, stays.bounced_at) == (BEFORE, None)


def test_the_ledger_is_not_touched(session: Session) -> None:
    zoe, other = two(session)
    life = Life(session)
    life.agreement(zoe)
    life.withdrawal(other)
    before = session.execute(sa.select(LedgerEntry.__table__)).all()  # type: ignore[attr-defined]
    made_one(session, zoe, other)
    assert session.execute(sa.select(LedgerEntry.__table__)).all() == before  # type: ignore[attr-defined]


def test_nobody_is_written_to_twice_because_they_were_two(session: Session) -> None:
    zoe, other = two(session)
    for one in (zoe, other):
        consent(session, one, Standing.GIVEN, expires_on=date(2028, 1, 1))
    letter(session, other, LetterKind.CONTACT)
    sent = session.exec(select(Letter)).one()
    sent.sent_at = NOW - timedelta(days=2)
    session.add(sent)
    stays = made_one(session, zoe, other)
    draft = _contact(saved(stays.id))
    (outcome,) = put(session, staff(session, "Ines"), [draft], now=NOW)
    assert (outcome.decision.verdict, outcome.decision.because) == (Verdict.WAIT, "rhythm")


def test_two_letters_about_to_leave_keep_two_rows_two(session: Session) -> None:
    zoe, other = two(session)
    for one in (zoe, other):
        consent(session, one, Standing.GIVEN, expires_on=date(2028, 1, 1))
        letter(session, one, LetterKind.CONTACT).state = LetterState.QUEUED
    session.flush()
    with pytest.raises(Refused, match="about to leave"):
        made_one(session, zoe, other)


def _contact(talent_id: int) -> Draft:
    content = Content(template="digest", locale="fr", subject="Bonjour", blocks=(p("Bonjour"),))
    return Draft(Request(LetterKind.CONTACT, talent_id=talent_id, purpose=Purpose.POOL), content)


_STEPS = st.lists(st.tuples(st.sampled_from(WAYS), st.booleans()), max_size=10, unique=True)


@given(steps=_STEPS, acted=st.booleans(), withdrawn=st.booleans())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_made_one_and_parted_again_nothing_is_another(
    house: Database, steps: list[tuple[str, bool]], acted: bool, withdrawn: bool
) -> None:
    with house.work() as session:
        for one in session.exec(select(Talent).where(col(Talent.erased_at).is_(None))):
            one.email = f"{one.id}@before.example"
            session.add(one)
        _rename_staff(session)
        zoe, other = two(session, last_act_at=BEFORE if acted else None)
        life = Life(session)
        for way, second in steps:
            getattr(life, way)(other if second else zoe)
        if withdrawn:
            life.withdrawal(other)
        rachid, doubt = staff(session, "Rachid"), doubt_about(session, zoe, other)
    before = contents_of(house)
    with house.work() as session:
        doubles.make_one(session, rachid, doubt, now=NOW)
    with house.work() as session:
        doubles.take_back(session, rachid, doubt, now=LATER)
    after = contents_of(house)
    told = set(after.pop("timeline_event")) - set(before.pop("timeline_event"))
    assert len(told) == 3
    assert {name: sorted(set(rows) ^ set(before[name])) for name, rows in after.items() if rows != before[name]} == {}


def _rename_staff(session: Session) -> None:
    session.execute(sa.text("UPDATE staff SET email = id || '@before.example'"))


def test_once_they_act_or_are_written_to_it_is_too_late(session: Session) -> None:
    zoe, other = two(session)
    rachid, doubt = staff(session, "Rachid"), doubt_about(session, zoe, other)
    doubles.make_one(session, rachid, doubt, now=NOW)
    session.execute(sa.update(Talent).where(col(Talent.id) == zoe.id).values(last_act_at=LATER))
    with pytest.raises(Refused, match="acted or been written to"):
        doubles.take_back(session, rachid, doubt, now=LATER)


def test_of_three_rows_the_last_found_is_parted_first(session: Session) -> None:
    zoe, other = two(session)
    third = talent(session, "Zoé Roux", email="zoe3@x.example", collected_on=date(2026, 4, 1))
    rachid = staff(session, "Rachid")
    first, second = doubt_about(session, zoe, other), doubt_about(session, zoe, third)
    doubles.make_one(session, rachid, first, now=NOW)
    doubles.make_one(session, rachid, second, now=NOW + timedelta(minutes=1))
    with pytest.raises(Refused, match="take that back first"):
        doubles.take_back(session, rachid, first, now=LATER)
    doubles.take_back(session, rachid, second, now=LATER)
    doubles.take_back(session, rachid, first, now=LATER)
    living = session.exec(select(Talent.id).where(col(Talent.erased_at).is_(None))).all()
    assert set(living) == {zoe.id, other.id, third.id}


def test_someone_folded_twice_is_one_person_still(session: Session) -> None:
    zoe, other = two(session)
    third = talent(session, "Zoé Roux", email="zoe3@x.example", last_act_at=BEFORE)
    rachid = staff(session, "Rachid")
    doubles.make_one(session, rachid, doubt_about(session, zoe, other), now=NOW)
    put_tag(session, rachid, [saved(zoe.id)], "Salon", now=NOW)
    doubles.make_one(session, rachid, doubt_about(session, zoe, third), now=LATER)
    session.expire_all()
    assert {session.get_one(Talent, id_).merged_into for id_ in (zoe.id, other.id)} == {third.id}
    assert len(of(session, TalentTag, third)) == 1


def test_two_people_stay_two_and_may_be_one_after_all(session: Session) -> None:
    zoe, other = two(session)
    rachid, doubt = staff(session, "Rachid"), doubt_about(session, zoe, other)
    doubles.two_people(session, rachid, doubt, now=NOW)
    with pytest.raises(Refused, match="decided this already"):
        doubles.make_one(session, rachid, doubt, now=NOW)
    doubles.take_back(session, rachid, doubt, now=LATER)
    assert doubles.make_one(session, rachid, doubt, now=LATER) == zoe.id


def test_nobody_but_the_back_office_decides_about_people(session: Session) -> None:
    zoe, other = two(session)
    doubt = doubt_about(session, zoe, other)
    for stranger in (
        Person(saved(zoe.id), Role.CANDIDATE, "Zoé", "fr", "Europe/Paris", fresh=True),
        staff(session, "Dora", Role.DPO),
    ):
        for verb in (doubles.make_one, doubles.two_people, doubles.take_back):
            with pytest.raises(NotFound):
                verb(session, stranger, doubt, now=NOW)
    assert session.get_one(Doubt, doubt).decided_at is None


def test_the_app_moves_what_happened_between_rows_of_one_person_and_nowhere_else(session: Session) -> None:
    zoe, other = two(session)
    letter(session, zoe)
    for statement in (
        sa.select(sa.func.fold_history(zoe.id, other.id)),
        sa.update(TimelineEvent).values(talent_id=other.id),
        sa.update(Letter).values(talent_id=other.id),
    ):
        with pytest.raises(sa.exc.DBAPIError), session.begin_nested():
            session.execute(statement)
