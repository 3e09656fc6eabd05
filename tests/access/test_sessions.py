"""Who stays signed in, for how long, and who can no longer come in."""

import pytest
from sqlmodel import Session

from portal.access import actions, queries
from portal.access.house import change_house, house
from portal.access.rules import Limit, network_of
from portal.access.sessions import open_session, revoke_all, sign_out
from portal.access.throttle import throttle
from portal.kit.errors import NotFound, Refused
from portal.signin.queries import person_of
from portal.timeline.who import Role
from tests.trust import DEMO, NOW, candidate, later, member, staff, talent


def test_a_recruiter_stays_for_a_working_day(session: Session) -> None:
    token = open_session(session, staff_id=staff(session).id, now=NOW)
    person = person_of(session, token, now=later(hours=11))
    assert person is not None
    assert (person.role, person.fresh) == (Role.RECRUITER, False)
    assert person_of(session, token, now=later(hours=12)) is None


def test_a_candidate_stays_for_a_month_and_is_fresh_for_a_quarter_of_an_hour(session: Session) -> None:
    row = talent(session)
    token = open_session(session, talent_id=row.id, now=NOW)
    assert person_of(session, token, now=later(minutes=14)) == candidate(row.id or 0)
    assert person_of(session, token, now=later(minutes=15)) == candidate(row.id or 0, fresh=False)
    assert person_of(session, token, now=later(days=30)) is None


def test_signing_in_again_makes_the_old_cookie_worthless(session: Session) -> None:
    id_ = staff(session).id
    old = open_session(session, staff_id=id_, now=NOW)
    new = open_session(session, staff_id=id_, now=NOW, replacing=old)
    assert person_of(session, old, now=NOW) is None
    assert person_of(session, new, now=NOW) is not None


def test_signing_out_is_for_this_browser_and_revoking_for_all(session: Session) -> None:
    row = talent(session)
    here, there = (open_session(session, talent_id=row.id, now=NOW) for _ in range(2))
    sign_out(session, here, now=NOW)
    assert (person_of(session, here, now=NOW), person_of(session, there, now=NOW) is None) == (None, False)
    assert revoke_all(session, candidate(row.id or 0), talent_id=row.id, now=NOW) == 1
    assert person_of(session, there, now=NOW) is None


def test_a_stranger_signs_nobody_out(session: Session) -> None:
    row = talent(session)
    for who in (candidate((row.id or 0) + 1), member(row.id or 0, Role.RECRUITER), member(1, Role.DPO)):
        with pytest.raises(NotFound):
            revoke_all(session, who, talent_id=row.id, now=NOW)


def test_whoever_is_disabled_or_erased_is_out_at_once(session: Session) -> None:
    row, colleague = talent(session), staff(session)
    theirs = open_session(session, talent_id=row.id, now=NOW)
    hers = open_session(session, staff_id=colleague.id, now=NOW)
    row.erased_at = NOW
    session.add(row)
    actions.disable(session, member(99, Role.ADMIN), colleague.id or 0, now=NOW)
    assert person_of(session, theirs, now=NOW) is None
    assert person_of(session, hers, now=NOW) is None
    assert queries.staff_by_email(session, colleague.email) is None


@pytest.mark.parametrize("token", ["", "x", "é" * 500, "\x00"])
def test_a_made_up_cookie_is_nobody(session: Session, token: str) -> None:
    assert person_of(session, token, now=NOW) is None


@pytest.mark.parametrize("who", [member(1, Role.RECRUITER), member(1, Role.DPO), candidate(1)])
def test_only_an_admin_invites_disables_and_changes_the_house(session: Session, who: object) -> None:
    with pytest.raises(NotFound):
        actions.invite(session, who, "a@b.example", "A", Role.ADMIN, now=NOW)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        actions.disable(session, who, 1, now=NOW)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        change_house(session, who, name="X")  # type: ignore[arg-type]


def test_an_admin_cannot_lock_themself_out(session: Session) -> None:
    admin = staff(session, role=Role.ADMIN)
    with pytest.raises(Refused, match="own access"):
        actions.disable(session, member(admin.id or 0, Role.ADMIN), admin.id or 0, now=NOW)


def test_inviting_twice_keeps_one_person(session: Session) -> None:
    first = staff(session, "Rachid@Maison.example ")
    second = actions.invite(session, DEMO, "rachid@maison.example", "Rachid B.", Role.ADMIN, now=NOW)
    assert (first.id, second.role) == (second.id, Role.ADMIN)
    assert [view.name for view in queries.staff(session)] == ["Rachid B."]


@pytest.mark.parametrize("email", ["", "nobody", "a@b", "a b@c.example", "a@b.example\x00", "@b.example"])
def test_what_is_no_address_gets_a_sentence(session: Session, email: str) -> None:
    with pytest.raises(Refused, match="e-mail address"):
        actions.invite(session, DEMO, email, "A", Role.ADMIN, now=NOW)


def test_the_house_refuses_rules_that_make_no_sense(session: Session) -> None:
    for wrong in ({"name": " "}, {"rhythm_days": 0}, {"hold_hours": 999}, {"retention_months": 25}):
        with pytest.raises(Refused):
            change_house(session, DEMO, **wrong)  # type: ignore[arg-type]
    change_house(session, DEMO, retention_months=12)
    assert house(session).retention_months == 12


def test_too_many_tries_are_refused_until_the_window_ends(session: Session) -> None:
    limit = Limit(2, later(hours=1) - NOW)
    tries = [throttle(session, "someone", limit, now=NOW) for _ in range(3)]
    assert tries == [True, True, False]
    assert throttle(session, "someone else", limit, now=NOW)
    assert throttle(session, "someone", limit, now=later(hours=1))


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("not an address", "unknown"),
    ],
)
def test_an_address_is_kept_only_as_its_network(address: str, network: str) -> None:
    assert network_of(address) == network
