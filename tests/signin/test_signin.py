"""Coming in by the link in the letter or by its code, once, in time."""

import threading

import pytest
from sqlmodel import Session, select

from portal.access import actions as access
from portal.access.models import SignInRequest
from portal.kit.db import Database
from portal.kit.errors import Refused
from portal.postbox.content import NamedLink
from portal.postbox.links import mint, store
from portal.postbox.models import Letter
from portal.postbox.rules import LetterKind, LinkPurpose
from portal.signin import actions
from portal.signin.queries import LinkState, link_state, person_of
from portal.talents.models import Talent
from portal.timeline.who import Role
from tests.trust import DEMO, NOW, candidate, dispatch, later, member, staff, talent

NETWORK = "203.0.113.0/24"


def asked(session: Session, email: str, browser: str = "browser") -> tuple[str, str]:
    """Ask for a letter and let it leave; return its link's token and its code."""
    actions.request(session, email, browser_token=browser, network=NETWORK, now=NOW)
    letter_id = session.exec(select(SignInRequest.letter_id).order_by(SignInRequest.id.desc())).first()  # type: ignore[union-attr]
    letter = session.get(Letter, letter_id)
    assert letter is not None
    return dispatch(session, letter, now=NOW)


def by_code(session: Session, code: str, browser: str = "browser", **more: object) -> actions.SignedIn | Refused:
    return actions.consume_code(session, browser, code, network=NETWORK, **{"now": NOW, **more})  # type: ignore[arg-type]


def test_a_candidate_comes_in_by_the_link_and_the_retention_clock_starts_again(session: Session) -> None:
    row = talent(session)
    token, _ = asked(session, " Camille@Exemple.example ")
    entry = actions.consume_link(session, token, now=later(minutes=5))
    person = person_of(session, entry.token, now=later(minutes=5))
    assert person is not None
    assert (person.id, person.role, person.fresh) == (row.id, Role.CANDIDATE, True)
    assert row.last_act_at == later(minutes=5)


def test_the_letter_is_a_security_letter_with_one_link_and_no_secret_in_it(session: Session) -> None:
    staff(session)
    token, code = asked(session, "rachid@maison.example")
    letter = session.exec(select(Letter)).one()
    assert (letter.kind, letter.locale, len(letter.links)) == (LetterKind.SECURITY, "fr", 1)
    assert len(letter.subject) < 50
    kept = f"{letter.blocks} {letter.links}"
    assert token not in kept
    assert code not in kept


def test_a_link_works_once(session: Session) -> None:
    staff(session)
    token, code = asked(session, "rachid@maison.example")
    actions.consume_link(session, token, now=NOW)
    with pytest.raises(Refused, match="already been used"):
        actions.consume_link(session, token, now=NOW)
    assert link_state(session, token, now=NOW)[0] is LinkState.USED
    # The code came with the same letter: it is used up too.
    assert isinstance(by_code(session, code), Refused)


def test_a_link_expires_after_twenty_minutes(session: Session) -> None:
    staff(session)
    token, code = asked(session, "rachid@maison.example")
    with pytest.raises(Refused, match="expired"):
        actions.consume_link(session, token, now=later(minutes=20))
    assert isinstance(by_code(session, code, now=later(minutes=20)), Refused)


@pytest.mark.parametrize("token", ["", "forged", "a" * 32, "é\x00"])
def test_a_forged_link_says_so(session: Session, token: str) -> None:
    with pytest.raises(Refused, match="not one of ours"):
        actions.consume_link(session, token, now=NOW)


def test_the_code_works_in_the_browser_that_asked_and_nowhere_else(session: Session) -> None:
    staff(session)
    _, code = asked(session, "rachid@maison.example")
    assert isinstance(by_code(session, code, browser="another browser"), Refused)
    spaced = f"{code[:4]} {code[4:]}"
    assert isinstance(by_code(session, spaced), actions.SignedIn)
    assert isinstance(by_code(session, code), Refused)


def test_the_code_has_five_tries(session: Session) -> None:
    staff(session)
    token, code = asked(session, "rachid@maison.example")
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    sentences = [str(by_code(session, wrong)) for _ in range(5)]
    assert ["not the code" in sentence for sentence in sentences] == [True, True, True, True, False]
    assert "of no use any more" in str(by_code(session, code))
    # The link in the letter still works: it cannot be guessed.
    assert actions.consume_link(session, token, now=NOW)


def test_an_unknown_address_leaves_the_same_row_and_no_letter(session: Session) -> None:
    staff(session)
    for email, browser in (("rachid@maison.example", "one"), ("nobody@nowhere.example", "two")):
        actions.request(session, email, browser_token=browser, network=NETWORK, now=NOW)
    rows = session.exec(select(SignInRequest).order_by(SignInRequest.id)).all()  # type: ignore[arg-type]
    assert len(rows) == 2
    assert {row.expires_at for row in rows} == {later(minutes=20)}
    assert len(session.exec(select(Letter)).all()) == 1
    assert str(by_code(session, "12345678", "one")) == str(by_code(session, "12345678", "two"))


def test_an_erased_candidate_and_a_disabled_recruiter_are_unknown(session: Session) -> None:
    row, colleague = talent(session), staff(session)
    link = actions.ready_link(session, staff_id=colleague.id, now=NOW)
    row.erased_at = NOW
    session.add(row)
    access.disable(session, DEMO, colleague.id or 0, now=NOW)
    for email in (row.email or "", colleague.email):
        actions.request(session, email, browser_token=email, network=NETWORK, now=NOW)
    assert session.exec(select(Letter)).all() == []
    with pytest.raises(Refused):
        actions.consume_link(session, link.removeprefix("/s/"), now=NOW)


def test_the_sixth_letter_in_an_hour_is_refused_for_known_and_unknown_alike(session: Session) -> None:
    staff(session)
    told = []
    for email in ("rachid@maison.example", "nobody@nowhere.example"):
        for _ in range(5):
            actions.request(session, email, browser_token="b", network=NETWORK, now=NOW)
        with pytest.raises(Refused) as refused:
            actions.request(session, email, browser_token="b", network=NETWORK, now=NOW)
        told.append(str(refused.value))
    assert told[0] == told[1]


def test_one_network_cannot_ask_for_ever(session: Session) -> None:
    for n in range(30):
        actions.request(session, f"x{n}@nowhere.example", browser_token=f"b{n}", network=NETWORK, now=NOW)
    with pytest.raises(Refused, match="Too many"):
        actions.request(session, "x31@nowhere.example", browser_token="b", network=NETWORK, now=NOW)
    actions.request(session, "x31@nowhere.example", browser_token="b", network="198.51.100.0/24", now=NOW)


def test_the_link_handed_over_by_the_command_line_signs_in_once(session: Session) -> None:
    colleague = staff(session, role=Role.ADMIN)
    path = actions.ready_link(session, staff_id=colleague.id, now=NOW, hours=2)
    entry = actions.consume_link(session, path.removeprefix("/s/"), now=later(hours=1))
    assert entry.role is Role.ADMIN


def test_a_code_asked_for_an_unknown_address_opens_no_link_that_came_without_a_letter(session: Session) -> None:
    colleague = staff(session)
    document = NamedLink("sign_in", LinkPurpose.SIGN_IN, later(hours=1)).as_document()
    handed_over = mint(document, letter_id=None, talent_id=None, staff_id=colleague.id, now=NOW)
    store(session, [handed_over])
    assert handed_over.code is not None
    actions.request(session, "nobody@nowhere.example", browser_token="browser", network=NETWORK, now=NOW)
    assert isinstance(by_code(session, handed_over.code), Refused)


def test_the_language_someone_chose_is_remembered(session: Session) -> None:
    row, colleague = talent(session), staff(session)
    actions.choose_language(session, candidate(row.id or 0), "en")
    actions.choose_language(session, member(colleague.id or 0, Role.RECRUITER), "en")
    session.expire_all()
    assert (session.get(Talent, row.id).locale, colleague.locale) == ("en", "en")  # type: ignore[union-attr]


def test_of_twenty_who_press_one_link_at_once_one_comes_in(module_db: Database) -> None:
    with module_db.work() as session:
        path = actions.ready_link(session, staff_id=staff(session, "ines@maison.example").id, now=NOW)
    token, line, came, refused = path.removeprefix("/s/"), threading.Barrier(20), [], []

    def press() -> None:
        line.wait()
        try:
            with module_db.work() as session:
                came.append(actions.consume_link(session, token, now=NOW))
        except Refused as sentence:
            refused.append(str(sentence))

    people = [threading.Thread(target=press) for _ in range(20)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert (len(came), set(refused)) == (1, {"This link has already been used. Ask for a new one."})
