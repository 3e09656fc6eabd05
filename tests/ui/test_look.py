"""Still water is measured: contrast is a number."""

import pytest

from portal.ui import theme, tokens


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
