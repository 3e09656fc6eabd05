"""Our own few icons, drawn as lines on a 24 grid. Beside words they are silent; alone, the button names them."""

import reflex as rx

# Every `d` draws one stroke.
PATHS = {
    "today": ("M9 6h12", "M9 12h12", "M9 18h12", "M3 6l1.2 1.2L6.5 5", "M3 12l1.2 1.2 2.3-2.2", "M3.5 18h2"),
    "pool": (
        "M2 7c2.5 2 4.5 2 7 0s4.500-2 7 0 4.500 2 6 .5",
        "M2 13c2.500 2 4.500 2 7 0s4.500-2 7 0 4.500 2 6 .5",
        "M2 19c2.500 2 4.500 2 7 0s4.500-2 7 0 4.500 2 6 .5",
    ),
    "segments": ("M4 5h16l-6.500 7.500V19l-3-1.800v-4.700z",),
    "chains": ("M6 3v6", "M6 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z", "M6 15v6", "M9 12h5a4 4 0 0 1 4 4v5"),
    "opportunities": ("M3 8h18v11H3z", "M9 8V5h6v3", "M3 13h18"),
    "surveys": ("M4 4h16v12H9l-5 4z", "M8 9h8", "M8 12h5"),
    "numbers": ("M4 20V10", "M10 20V4", "M16 20v-8", "M21 20H3"),
    "privacy": ("M12 3l8 3v6c0 4.500-3.200 7.700-8 9-4.800-1.300-8-4.500-8-9V6z", "M9 12l2 2 4-4"),
    "settings": ("M4 7h9", "M17 7h3", "M4 17h3", "M11 17h9", "M15 5v4", "M9 15v4"),
    "home": ("M4 11l8-7 8 7", "M6 10v10h12V10"),
    "wishes": ("M12 20C5 15 3 12 3 8.500A4.500 4.500 0 0 1 12 7a4.500 4.500 0 0 1 9 1.500c0 3.500-2 6.500-9 11.500z",),
    "meetings": ("M4 6h16v14H4z", "M4 10h16", "M8 3v4", "M16 3v4"),
    "messages": ("M3 5h18v14H3z", "M3 6l9 7 9-7"),
    "search": ("M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13z", "M15.500 15.500L21 21"),
    "plus": ("M12 5v14", "M5 12h14"),
    "more": ("M5 12h.01", "M12 12h.01", "M19 12h.01"),
    "close": ("M6 6l12 12", "M18 6L6 18"),
    "left": ("M15 5l-7 7 7 7",),
    "right": ("M9 5l7 7-7 7",),
    "check": ("M4 12.500l5 5L20 6.500",),
    "warn": ("M12 3l10 18H2z", "M12 10v5", "M12 18h.01"),
    "up": ("M12 19V5", "M6 11l6-6 6 6"),
    "down": ("M12 5v14", "M6 13l6 6 6-6"),
    "file": ("M6 3h8l4 4v14H6z", "M14 3v4h4"),
}


def icon(name: str, size: int = 20) -> rx.Component:
    """Draw an icon in the colour of the words beside it."""
    return rx.el.svg(
        *(rx.el.path(d=stroke) for stroke in PATHS[name]),
        width=str(size),
        height=str(size),
        view_box="0 0 24 24",
        fill="none",
        stroke="currentColor",
        stroke_width="1.75",
        stroke_linecap="round",
        stroke_linejoin="round",
        aria_hidden="true",
        custom_attrs={"focusable": "false"},
    )


def mark(size: int = 26) -> rx.Component:
    """Draw the house's mark: three lines of water."""
    return rx.el.span(icon("pool", size), class_name="mark")
