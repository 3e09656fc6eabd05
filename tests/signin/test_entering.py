"""Coming in through a provider, once its word is proven: against the real database."""

import threading
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import ProgrammingError
from sqlmodel import Session, select

from portal.access import actions as access
from portal.access.models import Staff, StaffIdentity, UsedAttempt
from portal.access.oidc import attempts
from portal.access.oidc.rules import Account, Refusal
from portal.kit.db import Database, saved
from portal.kit.errors import NotFound
from portal.kit.providers import Grant, Provider
from portal.signin import inviting
from portal.signin.actions import SignedIn, forget_old
from portal.signin.entering import enter
from portal.signin.entries import STRANGERS_PER_NETWORK, entries, note_stranger
from portal.signin.queries import person_of
from portal.timeline.models import TimelineEvent
from portal.timeline.who import Role, System
from tests.trust import DEMO, NOW, candidate, later, member, staff

KEYS = Provider("keys", "Keys", "https://keys.example", "vivier", "hush", (Grant("recruiter", "groups", "rh"),))
RACHID = Account("https://keys.example", "sub-1", "rachid@maison.example", True, "Rachid Benali", "en", Role.RECRUITER)


def coming(session: Session, account: Account = RACHID, provider: Provider = KEYS) -> SignedIn | Refusal:
    return enter(session, provider, account, attempts.begin("keys", now=NOW), now=NOW)


def came_in(session: Session, account: Account = RACHID, provider: Provider = KEYS) -> SignedIn:
    entry = coming(session, account, provider)
    assert isinstance(entry, SignedIn)
    return entry


def test_once_known_it_is_the_subject_that_counts_and_not_the_address(house: Database) -> None:
    with house.work() as session:
        rachid = staff(session)
        came_in(session)
        entry = came_in(session, replace(RACHID, email="rachid.married@maison.example"))
        person = person_of(session, entry.token, now=NOW)
        assert person is not None
        assert person.id == rachid.id
        assert session.get_one(Staff, rachid.id).email == "rachid@maison.example"


def test_an_address_that_went_to_another_account_opens_nothing(house: Database) -> None:
    with house.work() as session:
        staff(session)
        came_in(session)
        assert coming(session, replace(RACHID, sub="sub-2")) is Refusal.OTHER_ACCOUNT


def test_the_same_colleague_may_come_through_two_providers(house: Database) -> None:
    with house.work() as session:
        rachid = staff(session)
        came_in(session)
        other = replace(KEYS, name="other", issuer="https://other.example")
        came_in(session, replace(RACHID, issuer=other.issuer), other)
        assert [one.staff_id for one in session.exec(select(StaffIdentity))] == [rachid.id, rachid.id]


def test_an_attempt_is_used_up_whatever_came_of_it(house: Database) -> None:
    attempt = attempts.begin("keys", now=NOW)
    with house.work() as session:
        assert enter(session, KEYS, RACHID, attempt, now=NOW) is Refusal.UNKNOWN
        staff(session)
        assert enter(session, KEYS, RACHID, attempt, now=NOW) is Refusal.USED
        came_in(session)


@pytest.mark.own_database
def test_two_tabs_of_a_new_colleague_make_one_member_of_staff(house: Database) -> None:
    host = replace(KEYS, creates=True)
    outcomes: list[object] = []

    def one_tab() -> None:
        with house.work() as session:
            outcomes.append(coming(session, provider=host))

    tabs = [threading.Thread(target=one_tab) for _ in range(6)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert [type(one) for one in outcomes] == [SignedIn] * 6
    with house.work() as session:
        assert [one.locale for one in session.exec(select(Staff))] == ["en"]


def test_the_role_of_today_counts_and_the_change_is_written_down(house: Database) -> None:
    with house.work() as session:
        ada = staff(session, role=Role.ADMIN)
        entry = came_in(session)
        assert entry.role is Role.RECRUITER
        change = session.exec(select(TimelineEvent).where(TimelineEvent.kind == "staff_role_changed")).one()
        assert change.params == {"staff_id": ada.id, "before": "admin", "role": "recruiter", "way": "keys"}


def test_who_has_no_role_left_is_signed_out_everywhere_and_nobody_else_is(house: Database) -> None:
    with house.work() as session:
        staff(session)
        staff(session, "ines@maison.example")
        first, second = came_in(session), came_in(session)
        ines = came_in(session, replace(RACHID, sub="sub-ines", email="ines@maison.example"))
        assert coming(session, replace(RACHID, role=None)) is Refusal.NO_ROLE
        assert person_of(session, first.token, now=NOW) is None
        assert person_of(session, second.token, now=NOW) is None
        assert person_of(session, ines.token, now=NOW) is not None


def test_an_account_elsewhere_without_a_role_ends_no_session(house: Database) -> None:
    with house.work() as session:
        staff(session)
        entry = came_in(session)
        stranger = replace(RACHID, issuer="https://other.example", role=None)
        assert coming(session, stranger, replace(KEYS, issuer=stranger.issuer)) is Refusal.NO_ROLE
        assert person_of(session, entry.token, now=NOW) is not None


def test_closed_access_stays_closed_whatever_the_provider_says(house: Database) -> None:
    with house.work() as session:
        rachid = staff(session)
        entry = came_in(session)
        access.disable(session, DEMO, saved(rachid.id), now=NOW)
        assert person_of(session, entry.token, now=NOW) is None
        assert coming(session) is Refusal.CLOSED
        assert coming(session, provider=replace(KEYS, creates=True)) is Refusal.CLOSED


def test_who_is_let_in_again_may_have_another_account_and_the_old_one_opens_nothing(house: Database) -> None:
    with house.work() as session:
        rachid = staff(session)
        came_in(session)
        access.disable(session, DEMO, saved(rachid.id), now=NOW)
        staff(session)
        heir = replace(RACHID, sub="sub-of-another-person")
        came_in(session, heir)
        assert coming(session) is Refusal.OTHER_ACCOUNT


def test_the_app_itself_cannot_rewrite_what_was_written_down_nor_move_an_account(house: Database) -> None:
    with house.work() as session:
        staff(session)
        came_in(session)
        coming(session, replace(RACHID, verified=False))
    for wish in (
        "UPDATE timeline_event SET params = '{}'",
        "DELETE FROM timeline_event",
        "UPDATE staff_identity SET sub = 'mine'",
        "UPDATE used_attempt SET state_hash = ''",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), house.work() as session:
            session.execute(sa.text(wish))


def test_admins_and_the_officer_read_the_entries_and_nobody_else(house: Database) -> None:
    with house.work() as session:
        rachid = staff(session)
        came_in(session)
        coming(session, replace(RACHID, verified=False))
        inviting.invite_in_an_emergency(session, System("command line"), "ada@maison.example", "", now=NOW, hours=1)
        for role in (Role.ADMIN, Role.DPO):
            found = entries(session, member(9, role))
            told = [(one.kind, one.staff, one.way, one.refusal) for one in found]
            assert told == [
                ("emergency_link_made", "ada", "", None),
                ("entry_refused", rachid.name, "keys", Refusal.UNVERIFIED),
                ("signed_in", rachid.name, "keys", None),
            ]
            assert [one.kind for one in entries(session, member(9, role), before=found[1].id)] == ["signed_in"]
        for who in (member(9, Role.RECRUITER), candidate(9), DEMO):
            with pytest.raises(NotFound):
                entries(session, who)


def test_a_stranger_cannot_fill_the_book(house: Database) -> None:
    with house.work() as session:
        for _ in range(STRANGERS_PER_NETWORK.tries + 20):
            note_stranger(session, Refusal.FORGED, "keys", network="203.0.113.0/24", now=NOW)
        count = select(sa.func.count()).select_from(TimelineEvent)
        assert session.exec(count).one() == STRANGERS_PER_NETWORK.tries


def test_used_attempts_are_forgotten_after_a_day(house: Database) -> None:
    with house.work() as session:
        coming(session)
        forget_old(session, now=later(hours=20))
        assert session.exec(select(UsedAttempt)).first() is not None
        forget_old(session, now=later(hours=30))
        assert session.exec(select(UsedAttempt)).first() is None
