"""Every page of a house in full life, by whom it is for: found by asking, so that pages to come are seen as well."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, expect

from portal.kit.db import Database
from portal.kit.embedded import Urls
from portal.talents import places, telling
from portal.timeline.who import Role
from portal.ui import pages
from tests.axe import findings
from tests.browser.filled import House, filled
from tests.serving import Site

pytestmark = pytest.mark.browser
pages.load()
# Each page once, by whoever of its audience may do least.
LEAST_FIRST = (Role.CANDIDATE, Role.DPO, Role.RECRUITER, Role.ADMIN)
EVERY = [
    pytest.param(route, role, id=f"{route} by {role.value}")
    for route, page in sorted(pages.every().items())
    for role in [next(role for role in LEAST_FIRST if role in page.audience)]
]
Light = Literal["light", "dark"]
WINDOWS: list[tuple[int, Light]] = [(390, "light"), (390, "dark"), (1440, "light"), (1440, "dark")]
# Names of places, of languages and of the house are not words to translate; nor is a field of the house's own, which has
# its words in two languages and no third.
DATA = (
    *("Vivier", "Français", "Europe/Paris", "xx", "yes", "no"),
    *places.regions().values(),
    *(telling.language(code, "xx") for code in telling.LANGUAGES),
)
# Identities, hashes, units, initials, codes of languages and licences, skills as everybody writes them.
CODES = (r"\b[0-9a-f]{8}[0-9a-f-]*\b", r"\bkm\b", r"\b[A-Z]{1,2}\d?V?\b", r"\b(?:Python|SQL|Docker)\b")
WRAPPED = re.compile(r"⟦[^⟦⟧]*⟧")
NOT_WORDS = re.compile(
    "|".join([*map(re.escape, sorted(DATA, key=len, reverse=True)), r"[\w.-]+@[\w.-]+", *CODES, r"[\W\d_]+"])
)


def bare(text: str, data: Sequence[str]) -> str:
    """Return what no translator was ever handed of a text in the pseudo-language, and nobody wrote."""
    while (less := WRAPPED.sub("", text)) != text:
        text = less
    for known in data if NOT_WORDS.sub("", text) else ():
        text = text.replace(known, "")
    return NOT_WORDS.sub("", text)


@pytest.fixture(scope="module")
def house(grown_database: Urls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with filled(grown_database, tmp_path_factory.mktemp("clock")) as house:
        yield house


def window(browser: Browser, site: Site, token: str, width: int, light: Light) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=light,
        locale="fr-FR",
        timezone_id="Europe/Paris",
        reduced_motion="reduce",
    )
    context.add_cookies([{"name": "vivier_session", "value": token, "url": site.url}])
    return context.new_page()


def come_alive(page: Page, address: str) -> None:
    """Open a page and wait until it has all its data."""
    page.goto(address)
    expect(page.locator("[data-alive='true']")).to_be_attached()
    expect(page.locator("[aria-busy='true']")).to_have_count(0)


@pytest.mark.parametrize(("route", "role"), EVERY)
def test_axe_finds_nothing_and_nothing_sticks_out(house: House, browser: Browser, route: str, role: Role) -> None:
    page = window(browser, house.site, house.sessions[role], 1440, "light")
    wrong: list[str] = []
    page.on("console", lambda line: wrong.append(f"{page.url}: {line.text}") if line.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    for address in house.addresses(route):
        come_alive(page, address)
        for width, light in WINDOWS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=light, reduced_motion="reduce")
            expect(page.locator(f"html.{light}")).to_be_attached()  # the page marks itself a moment later
            found = findings(page)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append("one must scroll sideways")
            wrong += [f"{address} {width} {light}: {what}" for what in found]
    page.context.close()
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def in_pseudo(house: House) -> Iterator[None]:
    yield from _speaking(house, "xx")


def _speaking(house: House, locale: str) -> Iterator[None]:
    database = Database(house.site.database.app)

    def speak(one: str) -> None:
        with database.work() as session:
            for table in ("staff", "talent"):
                session.execute(sa.text(f"UPDATE {table} SET locale = :one"), {"one": one})  # noqa: S608

    speak(locale)
    yield
    speak("fr")
    database.close()


@pytest.mark.usefixtures("in_pseudo")
@pytest.mark.parametrize(("route", "role"), EVERY)
def test_no_word_stands_bare(house: House, browser: Browser, route: str, role: Role) -> None:
    page = window(browser, house.site, house.sessions[role], 1440, "light")
    left: list[str] = []
    for address in house.addresses(route):
        come_alive(page, address)
        left += [f"{address}: {word}" for word in sorted(words_on(page)) if bare(word, house.data)]
    page.context.close()
    assert not left, "\n".join(left)


def words_on(page: Page) -> set[str]:
    """Return all that is written on a page, shown or only told, but for what is nobody's to translate."""
    # What is kept as someone wrote it stands in `translate="no"`, what is in one language on purpose says which.
    words: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
          .filter((element) => !element.closest('script, style, kbd, textarea, [translate=no], body [lang]'))
          .flatMap((element) => [
            ...[...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data),
            ...['aria-label', 'placeholder', 'title', 'alt'].map((name) => element.getAttribute(name) ?? ''),
        ])"""
    )
    return {word.strip() for word in words}


def test_a_launch_that_waits_for_times_leads_to_offering_them(house: House, browser: Browser) -> None:
    page = window(browser, house.site, house.sessions[Role.RECRUITER], 1440, "light")
    come_alive(page, f"{house.site.url}/today")
    page.get_by_role("listitem").filter(has_text="attend un créneau").get_by_role("link").click()
    expect(page).to_have_url(f"{house.site.url}/availability")
    expect(page.get_by_role("button", name="Proposer")).to_be_visible()
    page.context.close()


def test_an_english_reader_never_reads_french(house: House, browser: Browser) -> None:
    english = _speaking(house, "en")
    next(english)
    page = window(browser, house.site, house.sessions[Role.ADMIN], 1440, "light")
    answer = page.goto(f"{house.site.url}/settings")
    assert answer is not None
    assert '<html lang="en" data-wait="">' in answer.text()
    expect(page.locator("h1")).to_have_text("Settings")
    expect(page.locator("html[lang=en]:not([data-wait])")).to_be_attached()
    expect(page).to_have_title("Settings · Vivier")
    page.context.close()
    next(english, None)
