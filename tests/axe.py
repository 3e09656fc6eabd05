"""Axe, the accessibility checker, on a page as it stands."""

from collections.abc import Sequence

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# All it holds against a page; what it found in order it need not list, which takes as long again.
OPTIONS = {"resultTypes": ["violations"]}
# A page that turns from night to day, or opens something, has colours of neither for a frame.
AT_REST = """() => document.getAnimations().every(
  (one) => one.playState !== "running" || one.effect.getComputedTiming().endTime === Infinity
)"""


def findings(page: Page, *, but: Sequence[str] = ()) -> list[str]:
    """Return what axe holds against the page once all of it has come to rest, each with the elements meant.

    `but` names the rules that do not count.
    """
    page.wait_for_function(AT_REST, polling=20)
    options = OPTIONS | {"rules": {rule: {"enabled": False} for rule in but}}
    return [
        f"{found['id']}: {found['help']} — {[node['html'][:160] for node in found['nodes'][:4]]}"
        for found in Axe().run(page, options=options).response["violations"]
    ]


def clean(page: Page) -> None:
    """Hold a page to having no finding at all."""
    found = findings(page)
    assert not found, "\n".join([page.url, *found])
