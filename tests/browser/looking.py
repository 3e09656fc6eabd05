"""How pages are looked at: in which windows, when they are whole, and what is nobody's word on them."""

import re
from collections.abc import Sequence
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from portal.kit.zones import FRENCH, zone_choices
from portal.talents import places, telling
from portal.timeline.who import Role
from portal.ui import pages
from tests.axe import findings
from tests.browser.filled import House
from tests.serving import Site

pages.load()
# Each page once, by whoever of its audience may do least.
LEAST_FIRST = (Role.CANDIDATE, Role.DPO, Role.RECRUITER, Role.ADMIN)
Light = Literal["light", "dark"]
# Width and light change apart from each other: a phone by night and a desk by day show all that either changes. That what
# is written by day is as easy to read by night, and the other way round, is reckoned in tests/ui/test_look.py.
WINDOWS: list[tuple[int, Light]] = [(390, "dark"), (1440, "light")]
# Between a telephone and a wide desk: an iPad, a laptop that shows everything larger.
BETWEEN = (961, 1024, 1100, 1280)
SQUEEZED = """() => Object.entries({'.row-main': 144, '.thirds > *': 256, '.with-side > *': 256}).flatMap(
  ([part, least]) => [...document.querySelectorAll(part)].map((one) => one.getBoundingClientRect().width)
    .filter((width) => width > 0 && width < least).slice(0, 1).map((width) => `${part} has ${Math.round(width)} px`))"""
# What the pseudo-language is not; that pages in French and English say theirs is asked beside every other `clean`.
NOT_A_LANGUAGE = ("html-lang-valid",)
ABOUT_PEOPLE = ("/doubts", "/imports", "/opportunities", "/pool")
# Names of places, of languages and of the house are not words to translate; nor is a field of the house's own, which has
# its words in two languages and no third.
DATA = (
    *("Vivier", "Français", "Europe/Paris", "xx", "yes", "no"),
    *places.regions().values(),
    *(telling.language(code, "xx") for code in telling.LANGUAGES),
    *(name for zone, name in zone_choices("xx") if zone not in FRENCH),
)
# Identities, hashes, units, initials, codes of languages and licences, skills as everybody writes them.
CODES = (r"\b[0-9a-f]{8}[0-9a-f-]*\b", r"\bkm\b", r"\b[A-Z]{1,2}\d?V?\b", r"\b(?:Python|SQL|Docker)\b")
WRAPPED = re.compile(r"⟦[^⟦⟧]*⟧")
NOT_WORDS = re.compile(
    "|".join([*map(re.escape, sorted(DATA, key=len, reverse=True)), r"[\w.-]+@[\w.-]+", *CODES, r"[\W\d_]+"])
)


def every_page(share: Literal["those who do not recruit", "people", "the rest"]) -> list[Any]:
    """Return a share of all pages, each once: three files look at them, and every page to come falls to one of the three."""
    return [
        pytest.param(route, role, id=f"{route} by {role.value}")
        for route, page in sorted(pages.every().items())
        for role in [next(role for role in LEAST_FIRST if role in page.audience)]
        if share == _share(route, role)
    ]


def _share(route: str, role: Role) -> str:
    if role is not Role.RECRUITER:
        return "those who do not recruit"
    return "people" if route.startswith(ABOUT_PEOPLE) else "the rest"


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


def wrong_with(house: House, browser: Browser, route: str, role: Role) -> list[str]:
    """Return what axe, the width of a window and the browser's console hold against a page, and its untranslated words.

    It is read in the pseudo-language, whose words are longer than anybody's: what holds them holds French and English.
    """
    page = window(browser, house.site, house.sessions[role], *WINDOWS[0])
    wrong: list[str] = []
    page.on("console", lambda line: wrong.append(f"{page.url}: {line.text}") if line.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    for address in house.addresses(route):
        come_alive(page, address)
        for width, light in WINDOWS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=light, reduced_motion="reduce")
            expect(page.locator(f"html.{light}")).to_be_attached()  # the page marks itself a moment later
            found = findings(page, but=NOT_A_LANGUAGE)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append("one must scroll sideways")
            wrong += [f"{address} {width} {light}: {what}" for what in found]
        for width in BETWEEN:
            page.set_viewport_size({"width": width, "height": 900})
            wrong += [f"{address} {width}: {what}" for what in page.evaluate(SQUEEZED)]
        wrong += [f"{address}: {word}" for word in sorted(_words_on(page)) if _bare(word, house.data)]
    page.context.close()
    return wrong


def _bare(text: str, data: Sequence[str]) -> str:
    """Return what no translator was ever handed of a text in the pseudo-language, and nobody wrote."""
    while (less := WRAPPED.sub("", text)) != text:
        text = less
    for known in data if NOT_WORDS.sub("", text) else ():
        text = text.replace(known, "")
    return NOT_WORDS.sub("", text)


def _words_on(page: Page) -> set[str]:
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
