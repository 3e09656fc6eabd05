"""Still water: the few values everything we draw is made of. Plain constants, for the pages and for the letters' links."""

from itertools import product

LIGHT = {
    "page": "#f3f6f7",
    "surface": "#ffffff",
    "sunken": "#e9eff1",
    "line": "#d3dde1",
    "edge": "#768a95",  # outlines of what can be pressed or filled: 3:1 on surface and page
    "ink": "#12242c",
    "quiet": "#4a5d67",
    "accent": "#0a6470",
    "accent-strong": "#074d57",
    "on-accent": "#ffffff",
    "accent-soft": "#dceef0",
    "todo": "#8a4508",
    "todo-soft": "#fcefdf",
    "todo-line": "#e0a468",
    "loss": "#b3261e",
    "loss-strong": "#8f1d17",
    "on-loss": "#ffffff",
    "loss-soft": "#fbe8e6",
    "water-1": "#0a6470",
    "water-2": "#4f93a0",
    "water-3": "#8db7c1",
    "water-4": "#b9c8cf",
    "shade": "rgb(18 36 44 / 0.14)",
    "veil": "rgb(12 28 35 / 0.45)",
}
DARK = {
    "page": "#0e171c",
    "surface": "#15222a",
    "sunken": "#0a1216",
    "line": "#2a3c46",
    "edge": "#6e8793",
    "ink": "#e5edf0",
    "quiet": "#a2b4bd",
    "accent": "#63c4cd",
    "accent-strong": "#8ad6dd",
    "on-accent": "#04252a",
    "accent-soft": "#12353c",
    "todo": "#f2ae6a",
    "todo-soft": "#36260f",
    "todo-line": "#8f6230",
    "loss": "#ff8f85",
    "loss-strong": "#ffb3ac",
    "on-loss": "#3b0906",
    "loss-soft": "#3c1b19",
    "water-1": "#63c4cd",
    "water-2": "#3f8c98",
    "water-3": "#33626d",
    "water-4": "#3a4b54",
    "shade": "rgb(0 0 0 / 0.5)",
    "veil": "rgb(2 8 11 / 0.65)",
}
# What is written on what: a test holds each pair to AA (4.5:1), and the stylesheet to these pairs. By day as by night every
# ink may stand on every ground, so that a pair seen on some page need not be looked at in both lights.
INKS = ("ink", "quiet", "accent", "accent-strong", "todo", "loss")
GROUNDS = ("page", "surface", "sunken", "accent-soft", "todo-soft", "loss-soft")
WRITTEN_ON = (
    *product(INKS, GROUNDS),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-loss", "loss"),
    ("on-loss", "loss-strong"),
    ("page", "ink"),
)
# Nothing is written on these.
FILLS = ("line", "veil", "todo-line", "water-1", "water-2", "water-3", "water-4")
# Edges of what can be pressed or filled: 3:1.
SEEN_ON = (("edge", "surface"), ("edge", "page"), ("accent", "surface"), ("accent", "page"))

SIZES = {"13": "0.8125rem", "14": "0.875rem", "16": "1rem", "20": "1.25rem", "28": "1.75rem"}
SPACES = (4, 8, 12, 16, 20, 24, 32, 40, 48, 64)
RADIUS = "8px"
SHADOW = "0 1px 2px var(--shade), 0 8px 24px var(--shade)"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif"
MOTION = "150ms"


def colours(palette: dict[str, str]) -> str:
    """Return the palette as CSS declarations."""
    return "".join(f"--{name}:{value};" for name, value in palette.items())


def measures() -> str:
    """Return all that is not a colour as CSS declarations."""
    spaces = "".join(f"--s{space}:{space / 16:g}rem;" for space in SPACES)
    sizes = "".join(f"--t{name}:{value};" for name, value in SIZES.items())
    return f"{spaces}{sizes}--radius:{RADIUS};--shadow:{SHADOW};--font:{FONT};--motion:{MOTION};"
