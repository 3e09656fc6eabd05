"""Every page without a name in its address, by whom it is for: found by asking, so that pages to come are seen as well."""

import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, expect

from portal.kit.db import Database
from portal.talents import places
from portal.timeline.who import Person, Role
from portal.ui import pages
from tests.axe import findings
from tests.serving import Site
from tests.signed_in import people

pytestmark = pytest.mark.browser
pages.load()
# Each page once, by whoever of its audience may do least.
LEAST_FIRST = (Role.CANDIDATE, Role.DPO, Role.RECRUITER, Role.ADMIN)
EVERY = [
    pytest.param(route, role, id=f"{route} by {role.value}")
    for route, page in sorted(pages.every().items())
    if "[" not in route
    for role in [next(role for role in LEAST_FIRST if role in page.audience)]
]
WINDOWS = [(390, "light"), (390, "dark"), (1440, "light"), (1440, "dark")]
# Names of people, of places and of the house are not words to translate, nor what somebody typed.
DATA = ("Vivier", "Français", "English", "Claire", "Camille", "Marc", "Dora", "Ada", "Martin", "Lyon", "Europe/Paris")
TYPED = ("candidature spontanée", "xx", *places.regions().values())
WRAPPED = re.compile(r"⟦[^⟦⟧]*⟧")
NOT_WORDS = re.compile(
    "|".join(
        [*map(re.escape, sorted(DATA + TYPED, key=len, reverse=True)), r"[\w.-]+@[\w.-]+", r"\b[A-Z]\b", r"[\W\d_]+"]
    )
)


def bare(text: str) -> str:
    """Return what no translator was ever handed of a text in the pseudo-language."""
    while (less := WRAPPED.sub("", text)) != text:
        text = less
    return NOT_WORDS.sub("", text)


@pytest.fixture(scope="module")
def signed_in(site: Site) -> dict[Role, tuple[Person, str]]:
    return people(site)


def window(browser: Browser, site: Site, token: str, width: int, light: str) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=light,  # type: ignore[arg-type]
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
def test_axe_finds_nothing_and_nothing_sticks_out(
    browser: Browser, site: Site, signed_in: dict[Role, tuple[Person, str]], route: str, role: Role
) -> None:
    wrong = []
    for width, light in WINDOWS:
        page = window(browser, site, signed_in[role][1], width, light)
        said: list[str] = []
        page.on("console", lambda line, said=said: said.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error, said=said: said.append(str(error)))
        come_alive(page, f"{site.url}{route}")
        found = findings(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append("one must scroll sideways")
        wrong += [f"{width} {light}: {what}" for what in (*found, *said)]
        page.context.close()
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def in_pseudo(site: Site, signed_in: dict[Role, tuple[Person, str]]) -> Iterator[None]:
    yield from _speaking(site, "xx")


def _speaking(site: Site, locale: str) -> Iterator[None]:
    database = Database(site.database.app)

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
def test_no_word_stands_bare(
    browser: Browser, site: Site, signed_in: dict[Role, tuple[Person, str]], route: str, role: Role
) -> None:
    page = window(browser, site, signed_in[role][1], 1440, "light")
    come_alive(page, f"{site.url}{route}")
    expect(page.locator("h1")).to_contain_text("⟦")
    # What is kept as someone wrote it stands in `translate="no"`, what is in one language on purpose says which.
    words = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
          .filter((element) => !element.closest('script, style, kbd, textarea, [translate=no], body [lang]'))
          .flatMap((element) => [
            ...[...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data),
            ...['aria-label', 'placeholder', 'title', 'alt'].map((name) => element.getAttribute(name) ?? ''),
        ])"""
    )
    page.context.close()
    left = sorted({word.strip() for word in words if bare(word)})
    assert not left, f"{route}: {left}"


@pytest.mark.usefixtures("site")
def test_an_english_reader_never_reads_french(
    browser: Browser, site: Site, signed_in: dict[Role, tuple[Person, str]]
) -> None:
    english = _speaking(site, "en")
    next(english)
    page = window(browser, site, signed_in[Role.ADMIN][1], 1440, "light")
    answer = page.goto(f"{site.url}/settings")
    assert answer is not None
    assert '<html lang="en" data-wait="">' in answer.text()
    expect(page.locator("h1")).to_have_text("Settings")
    expect(page.locator("html[lang=en]:not([data-wait])")).to_be_attached()
    expect(page).to_have_title("Settings · Vivier")
    page.context.close()
    next(english, None)
