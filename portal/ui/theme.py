"""The one stylesheet, written into `assets/` before the web is built, so that it loads with the first byte of a page.

Reflex marks `<html>` with `light` or `dark` before anything is painted, from what the person chose last (kept in
their browser) or else from their system; without scripts, the system decides alone.
"""

from pathlib import Path

from portal.ui import tokens

SHEET = "vivier.css"
RULES = Path(__file__).parent / "theme.css"


def sheet() -> str:
    """Return the whole stylesheet."""
    light, dark = tokens.colours(tokens.LIGHT), tokens.colours(tokens.DARK)
    head = (
        f":root{{{tokens.measures()}{light}color-scheme:light}}\n"
        f"@media (prefers-color-scheme:dark){{:root:not(.light){{{dark}color-scheme:dark}}}}\n"
        f":root.dark{{{dark}color-scheme:dark}}\n"
        # paper is white, whatever the screen was
        f"@media print{{:root,:root.dark{{{light}color-scheme:light}}}}\n"
    )
    return head + RULES.read_text()


def write(assets: Path) -> None:
    """Put the stylesheet where the build looks for it, if it is not there as it is."""
    target = assets / SHEET
    if not target.exists() or target.read_text() != sheet():
        assets.mkdir(exist_ok=True)
        target.write_text(sheet())
