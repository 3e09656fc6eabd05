"""Numbers one can see: the split of a segment, the river of a launch, a small curve. The words always say it too."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink

from portal.ui.components.buttons import Words


@dataclass
class Bar:
    """One part of a whole: how many (told), their share from 0 to 100, and what stands below (may be empty).

    `kind`: `reachable` (our water), `waits`, `asks` (a person can do something), or empty.
    """

    words: str
    count: str
    share: int
    kind: str = "reachable"
    note: str = ""


def split(parts: rx.Var[list[Bar]], label: Words) -> rx.Component:
    """Draw the parts of a whole: who is reachable and what stops the others, who answered what."""

    def one(part: Any) -> rx.Component:
        return rx.el.li(
            rx.el.span(part.words),
            rx.el.span(part.count, class_name="split-count"),
            rx.el.span(
                rx.cond(
                    part.count != "0",
                    rx.el.span(class_name="split-fill", style={"width": part.share.to_string() + "%"}),
                ),
                class_name="split-track",
                aria_hidden="true",
            ),
            rx.cond(part.note != "", rx.el.span(part.note, class_name="split-note")),
            class_name="split-item " + part.kind,
        )

    return rx.el.ul(rx.foreach(parts, one), class_name="split", aria_label=label)


def river(steps: rx.Var, label: Words) -> rx.Component:
    """Draw a launch as water that narrows; each number opens its people.

    `steps`: rows with `words`, `count` (told), `height` and `next_height` (0 to 100), `href` (address), `kind`
    (`todo` or empty).
    """

    return rx.el.ol(rx.foreach(steps, _river_step), class_name="river", aria_label=label)


def spark(path: rx.Var[str], told: Words) -> rx.Component:
    """Draw a small curve: `path` is an SVG path on a 100 × 40 field made in Python (`curve`), `told` says it in words."""
    return rx.el.svg(
        rx.el.path(d=path),
        view_box="0 0 100 40",
        preserve_aspect_ratio="none",
        role="img",
        aria_label=told,
        class_name="spark",
    )


def curve(values: list[float], *, most: float = 0) -> str:
    """Return the SVG path of some values on the field `spark` draws; `most` (or the greatest of them) is the top."""
    if not values:
        return ""
    most = most or max(values) or 1
    step = 100 / max(1, len(values) - 1)
    points = [f"{index * step:.1f} {38 - 36 * value / most:.1f}" for index, value in enumerate(values)]
    return f"M{' L'.join(points)}"


def _river_step(step: Any) -> rx.Component:
    flow = rx.el.svg(
        rx.el.path(d=_water(step)), view_box="0 0 100 100", preserve_aspect_ratio="none", aria_hidden="true"
    )
    return rx.el.li(
        ReactRouterLink.create(
            rx.el.span(flow, class_name="river-flow", aria_hidden="true"),
            rx.el.span(step.count, class_name="river-count"),
            rx.el.span(step.words, class_name="river-label"),
            to=step.href,
            class_name="river-step " + step.kind,
        ),
        class_name="river-item",
    )


def _water(step: Any) -> rx.Var[str]:
    """Return the outline of the water from this step's height to the next one's."""
    top, bottom = 50 - step.height / 2, 50 + step.height / 2
    next_top, next_bottom = 50 - step.next_height / 2, 50 + step.next_height / 2
    there = ("M0 ", top, " C50 ", top, " 50 ", next_top, " 100 ", next_top)
    back = (" V", next_bottom, " C50 ", next_bottom, " 50 ", bottom, " 0 ", bottom, " Z")
    return _joined(*there, *back)


def _joined(*parts: Any) -> rx.Var[str]:
    whole = rx.Var.create("")
    for part in parts:
        whole = whole + (part if isinstance(part, str) else part.to_string())
    return whole
