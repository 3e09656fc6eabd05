"""Still water is measured: contrast is a number."""

import re
from collections.abc import Iterator

import pytest

from portal.ui import theme, tokens

INK = re.compile(r"(?<![-\w])color:\s*var\(--([\w-]+)\)")
GROUND = re.compile(r"background(?:-color)?:\s*var\(--([\w-]+)\)")
STATE = re.compile(r"::?[a-z-]+")


def luminance(colour: str) -> float:
    """The relative luminance of `#rrggbb` (WCAG 2.2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [tokens.LIGHT, tokens.DARK], ids=["day", "night"])
def test_everyone_can_read_what_is_written(palette: dict[str, str]) -> None:
    pale = {(a, b): contrast(palette[a], palette[b]) for a, b in tokens.WRITTEN_ON}
    assert not {pair: ratio for pair, ratio in pale.items() if ratio < 4.5}


@pytest.mark.parametrize("palette", [tokens.LIGHT, tokens.DARK], ids=["day", "night"])
def test_everyone_can_see_what_can_be_pressed(palette: dict[str, str]) -> None:
    pale = {(a, b): contrast(palette[a], palette[b]) for a, b in tokens.SEEN_ON}
    assert not {pair: ratio for pair, ratio in pale.items() if ratio < 3}


def test_night_has_every_colour_of_the_day() -> None:
    assert tokens.LIGHT.keys() == tokens.DARK.keys()


def test_nothing_is_fetched_from_outside() -> None:
    assert "http" not in theme.sheet().replace("http://www.w3.org", "")
    assert "@import" not in theme.sheet()


def rules() -> Iterator[tuple[str, str | None, str | None]]:
    """Each rule of the stylesheet: its selector, the ink it writes with, the ground it lays."""
    css = re.sub(r"/\*.*?\*/", "", theme.RULES.read_text(), flags=re.DOTALL)
    for selector, body in re.findall(r"([^{}]+){([^{}]*)}", css):
        ink, ground = INK.search(body), GROUND.search(body)
        yield selector.strip(), ink and ink[1], ground and ground[1]


def test_whatever_is_written_is_a_pair_that_was_measured() -> None:
    # Once measured by day and by night, it need not be looked at in a browser in each light and each width.
    pairs = {selector: (ink, ground) for selector, ink, ground in rules() if ink and ground}
    assert len(pairs) > 10
    assert not {selector: pair for selector, pair in pairs.items() if pair not in tokens.WRITTEN_ON}
    alone = {selector: ink for selector, ink, ground in rules() if ink and not ground}
    assert len(alone) > 50
    # An ink of its own kind stands on the ground that the same thing has in its usual state.
    assert not {
        selector: ink
        for selector, ink in alone.items()
        if ink not in tokens.INKS and pairs.get(STATE.sub("", selector), ("", ""))[0] != ink
    }
    under = {selector: ground for selector, ink, ground in rules() if ground and not ink and "::" not in selector}
    assert not {s: ground for s, ground in under.items() if ground not in {*tokens.GROUNDS, *tokens.FILLS}}


def test_day_and_night_differ_in_the_values_of_colours_alone() -> None:
    css = theme.RULES.read_text()
    assert not re.findall(r"prefers-color-scheme|\.(?:dark|light)\b|light-dark\(", css)
    on_screen = re.sub(r"@media (?:print|\(forced-colors: active\)) {.*?\n}", "", css, flags=re.DOTALL)
    assert not re.findall(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", on_screen)
