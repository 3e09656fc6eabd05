"""People say yes, say it again, and take it back."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from portal.access.house import change_house
from portal.consent import actions, ledger
from portal.consent.evidence import Evidence, import_evidence_many
from portal.consent.models import Consent, Notice
from portal.consent.queries import consents_of, current_notice
from portal.consent.rules import Basis, Purpose, Standing
from portal.kit.errors import NotFound, Refused
from portal.talents.models import Talent
from portal.timeline.who import LinkGrant, Role
from tests.trust import DEMO, NOW, candidate, later, member, talent

POOL = Purpose.POOL
DAY = date(2026, 6, 1)


def acts(session: Session) -> list[str]:
    return [row.fields["act"] for row in ledger.rows(session)]


def give(session: Session, id_: int, **more: object) -> Consent:
    notice = current_notice(session, POOL, "fr", now=NOW)
    return actions.give(session, candidate(id_), id_, POOL, notice, interface="portal", **{"now": NOW, **more})  # type: ignore[arg-type]


def test_a_consent_lasts_24_months_and_remembers_the_text(session: Session) -> None:
    id_ = talent(session).id or 0
    give(session, id_)
    (view,) = consents_of(session, id_)
    assert (view.basis, view.standing, view.expires_on) == (Basis.CONSENT, Standing.GIVEN, date(2028, 11, 23))
    assert view.notice_text == current_notice(session, POOL, "fr", now=NOW).text


def test_saying_yes_again_renews(session: Session) -> None:
    id_ = talent(session).id or 0
    give(session, id_)
    assert give(session, id_, now=later(days=30)).expires_on == date(2028, 12, 23)
    assert acts(session) == ["given", "renewed"]


def test_a_consent_asks_for_a_fresh_sign_in_and_a_withdrawal_never_does(session: Session) -> None:
    id_ = talent(session).id or 0
    stale = candidate(id_, fresh=False)
    notice = current_notice(session, POOL, "fr", now=NOW)
    with pytest.raises(Refused, match="sign in again"):
        actions.give(session, stale, id_, POOL, notice, interface="portal", now=NOW)
    give(session, id_)
    assert actions.withdraw(session, stale, id_, POOL, interface="portal", now=NOW) == [POOL]


def test_a_stranger_can_neither_give_nor_withdraw_for_another(session: Session) -> None:
    id_, stranger = talent(session).id or 0, talent(session, "noe@exemple.example").id or 0
    notice = current_notice(session, POOL, "fr", now=NOW)
    for who in (candidate(stranger), LinkGrant(1, stranger), member(1, Role.DPO)):
        with pytest.raises(NotFound):
            actions.give(session, who, id_, POOL, notice, interface="portal", now=NOW)
        with pytest.raises(NotFound):
            actions.withdraw(session, who, id_, interface="portal", now=NOW)
    with pytest.raises(NotFound):
        actions.give(session, member(1, Role.RECRUITER), id_, POOL, notice, interface="portal", now=NOW)


def test_a_withdrawal_is_effective_at_once_and_pressing_twice_is_harmless(session: Session) -> None:
    id_ = talent(session).id or 0
    give(session, id_)
    grant = LinkGrant(7, id_)
    assert actions.withdraw(session, grant, id_, interface="unsubscribe", now=NOW) == list(Purpose)
    assert {view.standing for view in consents_of(session, id_)} == {Standing.WITHDRAWN}
    assert actions.withdraw(session, grant, id_, interface="unsubscribe", now=NOW) == []
    # Where nothing was ever given it counts as an objection.
    assert acts(session) == ["given", "withdrawn", "objected", "objected"]


def test_a_recruiter_who_was_told_stop_writes_it_down(session: Session) -> None:
    id_ = talent(session).id or 0
    assert actions.object_to(session, member(3, Role.RECRUITER), id_, POOL, interface="portal", now=NOW) == [POOL]
    row = session.get(Talent, id_)
    assert row is not None
    assert row.last_act_at is None


def test_only_the_candidates_own_act_moves_the_clock(session: Session) -> None:
    id_ = talent(session).id or 0
    give(session, id_)
    actions.acted(session, member(3, Role.RECRUITER), id_, now=later(days=100))
    assert consents_of(session, id_)[0].expires_on == date(2028, 11, 23)
    actions.acted(session, candidate(id_), id_, now=later(days=100))
    assert consents_of(session, id_)[0].expires_on == date(2029, 3, 3)


def test_an_expired_consent_does_not_come_back_by_a_sign_in(session: Session) -> None:
    id_ = talent(session).id or 0
    give(session, id_, until=date(2026, 12, 1))
    actions.acted(session, candidate(id_), id_, now=later(days=8))
    assert consents_of(session, id_)[0].expires_on == date(2026, 12, 1)


@pytest.mark.slow
def test_thousands_of_lines_are_written_down_in_one_go(session: Session) -> None:
    ids = [talent(session, f"t{n}@exemple.example").id or 0 for n in range(2000)]
    rows = [
        Evidence(id_, Basis.CONSENT if n % 2 else Basis.LEGITIMATE_INTEREST, DAY, "J’accepte." if n % 2 else "")
        for n, id_ in enumerate(ids)
    ]
    assert import_evidence_many(session, DEMO, rows, now=NOW) == 2000
    assert import_evidence_many(session, DEMO, rows, now=NOW) == 0
    verdict = ledger.verify(session, DEMO)
    assert (verdict.whole, verdict.rows) == (True, 2000)
    consented, interest = session.get(Consent, (ids[1], POOL)), session.get(Consent, (ids[0], POOL))
    assert consented is not None
    assert interest is not None
    assert (consented.expires_on, consented.notified_at is not None) == (date(2028, 6, 1), True)
    assert (interest.basis, interest.notified_at) == (Basis.LEGITIMATE_INTEREST, None)


def test_each_consent_points_at_its_own_entry(session: Session) -> None:
    ids = [talent(session, f"t{n}@exemple.example").id or 0 for n in range(5)]
    import_evidence_many(session, DEMO, [Evidence(i, Basis.CONSENT, DAY, "Oui.") for i in reversed(ids)], now=NOW)
    pseudonyms = {str(row.pseudonym): row.id for row in session.exec(select(Talent))}
    entries = {row.seq: pseudonyms[row.fields["pseudonym"]] for row in ledger.rows(session)}
    assert {c.entry: c.talent_id for c in session.exec(select(Consent))} == entries


def test_a_withdrawal_survives_every_import(session: Session) -> None:
    id_ = talent(session).id or 0
    actions.withdraw(session, candidate(id_), id_, interface="unsubscribe", now=NOW)
    rows = [Evidence(id_, Basis.CONSENT, NOW.date() + timedelta(days=1), "J’accepte.")]
    assert import_evidence_many(session, DEMO, rows, now=later(days=2)) == 0
    assert consents_of(session, id_)[0].standing is Standing.WITHDRAWN


def test_the_information_is_given_once_in_each_persons_language(session: Session) -> None:
    ids = [talent(session, f"t{n}@exemple.example", locale=("fr", "en")[n % 2]).id or 0 for n in range(4)]
    assert actions.show_notice(session, DEMO, ids, POOL, interface="letter", now=NOW) == 4
    assert actions.show_notice(session, DEMO, ids, POOL, interface="letter", now=later(days=1)) == 0
    view = consents_of(session, ids[1])[0]
    assert (view.notice_locale, view.standing, view.notified_at) == ("en", Standing.NONE, NOW)
    assert ledger.verify(session, DEMO).rows == 4


def test_information_given_later_does_not_end_a_legitimate_interest(session: Session) -> None:
    id_ = talent(session).id or 0
    import_evidence_many(session, DEMO, [Evidence(id_, Basis.LEGITIMATE_INTEREST, DAY)], now=NOW)
    actions.show_notice(session, DEMO, [id_], POOL, interface="letter", now=NOW)
    view = consents_of(session, id_)[0]
    assert (view.basis, view.standing, view.notified_at) == (Basis.LEGITIMATE_INTEREST, Standing.GIVEN, NOW)


def test_a_new_wording_is_a_new_version_and_the_old_one_stays(session: Session) -> None:
    before = current_notice(session, POOL, "fr", now=NOW)
    assert current_notice(session, POOL, "fr", now=NOW) == before
    change_house(session, DEMO, name="Autre Maison")
    after = current_notice(session, POOL, "fr", now=NOW)
    assert (after.version, "Autre Maison" in after.text) == (before.version + 1, True)
    assert current_notice(session, POOL, "en", now=NOW).version == after.version
    assert session.get(Notice, before.id) is not None
