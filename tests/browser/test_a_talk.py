"""A talk on both sides' pages, in a real browser: agreed on the phone, moved, called off; by which clock they live."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import select

from portal.booking.models import Booking, Slot
from portal.conversations.actions import open_conversation
from portal.kit import clock
from portal.kit.db import Database, saved
from portal.talents.models import Talent
from portal.timeline.who import Role
from tests.browser.looking import come_alive
from tests.serving import Site
from tests.signed_in import people

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def database(site: Site) -> Iterator[Database]:
    with closing(Database(site.database.app)) as opened:
        yield opened


def page_of(browser: Browser, site: Site, token: str, zone: str = "Europe/Paris") -> Page:
    context = browser.new_context(timezone_id=zone, locale="fr-FR", viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": "vivier_session", "value": token, "url": site.url}])
    return context.new_page()


def test_a_talk_is_agreed_on_the_phone_moved_by_them_and_called_off_by_us(
    site: Site, database: Database, browser: Browser
) -> None:
    signed_in = people(site)
    (camille, hers), (claire, ours) = signed_in[Role.CANDIDATE], signed_in[Role.RECRUITER]
    monday = (clock.now() + timedelta(days=7)).replace(hour=13, minute=0, second=0, microsecond=0)
    with database.work() as session:
        open_conversation(session, claire, camille.id, claire.id, now=clock.now())
        for hour in range(2):
            begins = monday + timedelta(hours=hour)
            session.add(Slot(staff_id=claire.id, starts_at=begins, ends_at=begins + timedelta(minutes=30)))

    them = page_of(browser, site, hers, "America/Martinique")
    come_alive(them, f"{site.url}/me/meetings")
    expect(them.get_by_role("button", name="heure de la Martinique").first).to_be_visible()
    with database.work() as session:
        held = session.get_one(Talent, camille.id)
        assert (held.zone, held.said["zone"]["by"]) == ("America/Martinique", "browser")

    desk = page_of(browser, site, ours)
    come_alive(desk, f"{site.url}/pool/{camille.id}")
    desk.get_by_role("button", name="Prendre rendez-vous").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("Jour").fill(f"{monday - timedelta(days=1):%Y-%m-%d}")
    dialog.get_by_label("À", exact=True).fill("15:00")
    dialog.get_by_role("button", name="Noter").click()
    expect(desk.get_by_text("C’est noté avec")).to_be_visible()
    expect(desk.get_by_role("button", name="Déplacer le rendez-vous")).to_be_visible()

    come_alive(them, them.url)
    them.get_by_role("button", name="Choisir un autre créneau").click()
    them.get_by_role("button", name="heure de la Martinique").first.click()
    expect(them.get_by_text("Le rendez-vous est déplacé.")).to_be_visible()

    come_alive(desk, desk.url)
    desk.locator("summary", has_text="Annuler le rendez-vous").click()
    desk.get_by_label("Un mot pour cette personne").fill("Mon train est annulé.")
    desk.get_by_role("button", name="Annuler le rendez-vous").click()
    expect(desk.get_by_text("est annulé ; vous recevez").first).to_be_visible()
    with database.work() as session:
        (talk,) = session.exec(select(Booking)).all()
        assert (talk.cancelled_by, talk.sequence) == ("staff", 2)
        assert saved(talk.id)
