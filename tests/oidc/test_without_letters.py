"""A house whose staff come in through their provider only: new colleagues are taken in, letters open nothing to staff."""

import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect
from sqlmodel import select
from typer.testing import CliRunner, Result

from portal.access.models import Staff
from portal.cli import app
from portal.kit import clock, tokens
from portal.kit.db import Database, saved
from portal.kit.embedded import Urls
from portal.postbox.models import Letter
from portal.signin.actions import ready_link
from portal.timeline.who import Role
from tests.oidc.conftest import provider_settings
from tests.oidc.front import Front
from tests.oidc.journeys import SIGN_IN_PAGE, come_in, invite, is_in, is_refused, last, written
from tests.serving import Site

pytestmark = pytest.mark.browser

SECRET = "a secret of the tests, long enough to be one"


@pytest.fixture(scope="module")
def extra_settings() -> dict[str, str]:
    return {"STAFF_LINKS": "off", "OIDC_KEYS_CREATES": "yes", "SECRET_KEY": SECRET}


@pytest.fixture
def terminal(module_database: Urls, front: Front, house: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[CliRunner]:
    """The operator's terminal, with the same settings as the portal."""
    told = {
        "VIVIER_ENV": "test",
        "DATABASE_URL": module_database.app,
        "SITE_URL": house.url,
        "SECRET_KEY": SECRET,
        "STAFF_LINKS": "off",
        "OIDC_PROVIDERS": "keys",
        **provider_settings("keys", front.issuer),
    }
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    return CliRunner()


def invited(terminal: CliRunner, *words: str) -> Result:
    return terminal.invoke(app, ["invite", *words])


def letters(rows: Database) -> list[Letter]:
    with rows.work() as session:
        return list(session.exec(select(Letter).order_by(sa.asc(Letter.queued_at))))  # type: ignore[arg-type]


def test_a_new_colleague_is_taken_in_at_their_first_sign_in(window: Page, rows: Database) -> None:
    come_in(window, "yann")
    is_in(window, "Yann Dubois")
    with rows.work() as session:
        yann = session.exec(select(Staff).where(Staff.email == "yann@maison.example")).one()
    assert (yann.name, yann.role) == ("Yann Dubois", Role.RECRUITER)
    assert last(rows) == {"kind": "signed_in", "who": yann.id, "way": "keys"}


def test_without_a_role_nobody_new_is_taken_in(window: Page, rows: Database) -> None:
    come_in(window, "paul")
    is_refused(window, "n’ouvre rien ici")
    with rows.work() as session:
        assert session.exec(select(Staff).where(Staff.email == "paul@maison.example")).first() is None


def test_the_officer_reaches_the_privacy_desk(window: Page) -> None:
    come_in(window, "dora")
    is_in(window, "Dora Dubois")
    expect(window).to_have_url(re.compile("/privacy"))


def test_a_link_lets_no_staff_in_and_it_is_written_down(window: Page, rows: Database) -> None:
    tokens.use_secret(SECRET)
    rachid = invite(rows, "rachid")
    with rows.work() as session:
        path = ready_link(session, staff_id=rachid, now=clock.now())
    window.goto(path)
    window.get_by_role("button", name="Se connecter").click()
    is_refused(window, "Ici, les membres de l’équipe se connectent avec leur compte professionnel")
    assert last(rows) == {"kind": "entry_refused", "who": None, "way": "letter", "why": "by_letter", "staff_id": rachid}


def test_asking_for_a_letter_tells_nothing_and_sends_staff_none(window: Page, rows: Database) -> None:
    invite(rows, "rachid")
    before = len(letters(rows))
    for address in ("rachid@maison.example", "nobody@maison.example"):
        window.goto("/signin")
        window.get_by_label("Votre adresse électronique").fill(address)
        window.get_by_role("button", name="Recevoir le lien").click()
        expect(window).to_have_url(re.compile("/signin/code$"))
    assert len(letters(rows)) == before


def test_an_invitation_leads_to_the_work_account_and_holds_no_link(terminal: CliRunner, rows: Database) -> None:
    told = invited(terminal, "claire@maison.example", "--name", "Claire Petit")
    assert (told.exit_code, "/s/" in told.output, "/signin" in told.output) == (0, False, True)
    letter = letters(rows)[-1]
    assert letter.links == []
    assert "compte professionnel" in str(letter.blocks)


def test_in_an_emergency_the_last_admin_comes_in_and_it_is_written_down(
    terminal: CliRunner, window: Page, rows: Database
) -> None:
    ada = invite(rows, "ada", Role.RECRUITER)
    sent = len(letters(rows))
    told = invited(terminal, "ada@maison.example", "--emergency")
    assert told.exit_code == 0
    assert len(letters(rows)) == sent
    window.goto(re.findall(r"/s/\S+", told.output)[0])
    window.get_by_role("button", name="Se connecter").click()
    is_in(window, "Ada Dubois")
    window.goto("/settings")
    expect(window.get_by_role("heading", level=1)).to_contain_text("Réglages")
    assert last(rows) == {"kind": "signed_in", "who": ada, "way": "emergency"}


def test_an_emergency_link_works_once_and_makes_nobody_less_than_an_admin(terminal: CliRunner, window: Page) -> None:
    assert invited(terminal, "ada@maison.example", "--emergency", "--role", "recruiter").exit_code == 2
    path = re.findall(r"/s/\S+", invited(terminal, "ada@maison.example", "--emergency").output)[0]
    window.goto(path)
    window.get_by_role("button", name="Se connecter").click()
    is_in(window, "Ada Dubois")
    window.context.clear_cookies()
    window.goto(path)
    is_refused(window, "déjà servi")


def test_a_colleague_whose_access_is_closed_is_out_at_once_and_stays_out(window: Page, rows: Database) -> None:
    come_in(window, "ines")
    is_in(window, "Ines Dubois")
    with rows.work() as session:
        ines = session.exec(select(Staff).where(Staff.email == "ines@maison.example")).one()
    admin = window.context.browser.new_context(locale="fr-FR", base_url=window.url)  # type: ignore[union-attr]
    desk = admin.new_page()
    come_in(desk, "ada")
    is_in(desk, "Ada Dubois")
    desk.goto("/settings")
    row = desk.get_by_role("listitem").filter(has_text="ines@maison.example")
    row.get_by_role("button", name="Fermer l’accès").click()
    expect(row).to_contain_text("Accès fermé")
    # Her page is still open: the next thing she presses leads her out.
    window.get_by_role("link", name="Le vivier", exact=True).click()
    expect(window).to_have_url(SIGN_IN_PAGE)
    window.context.clear_cookies(name="vivier_session")
    window.get_by_role("link", name=re.compile("La Maison des clés")).click()
    is_refused(window, "n’ouvre rien ici")
    assert last(rows)["why"] == "closed"
    assert last(rows)["staff_id"] == saved(ines.id)
    admin.close()


def test_nothing_written_down_tells_an_address_or_a_secret(rows: Database) -> None:
    assert written(rows)
    told = str(written(rows))
    assert "@" not in told
    assert "127.0.0.1" not in told
    assert sorted({name for row in written(rows) for name in row}) == ["kind", "staff_id", "way", "who", "why"]
