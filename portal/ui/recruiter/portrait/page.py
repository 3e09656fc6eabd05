"""The portrait: curves, bars and a map, each with its words beside it."""

from typing import Any

import reflex as rx

from portal.kit.i18n import N_
from portal.segments.atlas import HEIGHT, WIDTH
from portal.ui.components import empty, figure, go, row, rows, select_field, spark, split, stack, when_loaded
from portal.ui.doors import RECRUITERS
from portal.ui.pages import Place, page
from portal.ui.recruiter.portrait.state import Portrait
from portal.ui.words import word


def _back() -> rx.Component:
    rule = go(word("The rule and its people"), to="/segments/" + Portrait.segment_id.to_string())
    return rx.cond(Portrait.segment_id == 0, go(word("The people"), to="/pool"), rule)


@page(
    "/segments/[segment_id]/portrait",
    Place.SEGMENTS,
    N_("Portrait of a segment"),
    audience=RECRUITERS,
    on_load=Portrait.load,
    actions=_back,
    heading=lambda: rx.cond(Portrait.name != "", Portrait.name, word("Portrait of a segment")),
    in_rail=False,
)
def of_segment() -> rx.Component:
    """Draw one segment."""
    return when_loaded(Portrait.loaded, _portrait())


@page(
    "/pool/portrait",
    Place.POOL,
    N_("Portrait of the pool"),
    audience=RECRUITERS,
    on_load=Portrait.load_pool,
    actions=_back,
    in_rail=False,
)
def of_pool() -> rx.Component:
    """Draw the whole pool."""
    return when_loaded(Portrait.loaded, _portrait())


def _portrait() -> rx.Component:
    return rx.el.div(
        _section(word("How alive it is"), _curves()),
        rx.cond(Portrait.acts.length() > 0, _section(word("What to do next"), _acts())),
        _section(word("Where they can work"), _map()),
        rx.el.div(
            _section(word("When they are free"), _bars(Portrait.free, word("When they are free"))),
            _section(word("What they last answered"), _bars(Portrait.answers, word("What they last answered"))),
            rx.cond(
                Portrait.reasons.length() > 0,
                _section(word("Why they said no"), _bars(Portrait.reasons, word("Why they said no"))),
            ),
            rx.cond(Portrait.others.length() > 0, _section(word("Beside another segment"), _beside())),
            class_name="portrait-charts",
        ),
        class_name="stack wide",
    )


def _section(title: Any, *inside: Any) -> rx.Component:
    return rx.el.section(rx.el.h2(title), *inside, class_name="stack tight")


def _curves() -> rx.Component:
    def one(each: Any) -> rx.Component:
        drawn = rx.fragment(spark(each.path, each.told), rx.el.p(each.told, class_name="when"))
        return rx.el.li(figure(each.today, each.words), rx.cond(each.path != "", drawn), class_name="stack tight")

    since = rx.el.p(word("Since"), " ", Portrait.first_night, class_name="quiet-text small")
    tonight = rx.el.p(
        word("Curves begin tonight: every night writes down how it stands."), class_name="quiet-text small"
    )
    return rx.fragment(
        rx.el.ul(rx.foreach(Portrait.lines, one), class_name="portrait-lines"),
        rx.cond(Portrait.first_night != "", since, tonight),
    )


def _acts() -> rx.Component:
    def one(each: Any) -> rx.Component:
        return row(rx.el.p(each.told), side=[go(each.words, to=each.address)])

    return rows(Portrait.acts, one, word("What to do next"))


def _map() -> rx.Component:
    def shade(each: Any) -> rx.Component:
        return rx.el.svg.path(d=each.path, class_name=each.kind)

    def legend(each: Any) -> rx.Component:
        return rx.cond(
            each.told != "",
            rx.el.li(rx.el.span(class_name="swatch " + each.kind, aria_hidden="true"), each.told),
        )

    drawn = rx.el.svg(
        rx.foreach(Portrait.shades, shade),
        view_box=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        aria_label=Portrait.map_told,
        class_name="atlas",
    )
    counted = word("People who can work there")
    people_a_cell = stack(
        rx.el.p(counted, class_name="small-title"),
        rx.el.ul(rx.foreach(Portrait.shades, legend), class_name="legend", aria_label=counted),
        kind="tight",
    )
    beside = stack(
        rx.cond(
            Portrait.regions.length() > 0,
            _bars(Portrait.regions, word("People who can work in a region")),
            empty(word("Nobody named a place of work yet"), rx.el.p(word("Ask them: a chain does it in one click."))),
        ),
        rx.cond(Portrait.beside != "", rx.el.p(Portrait.beside, class_name="quiet-text")),
    )
    return rx.el.div(rx.el.div(drawn, people_a_cell), beside, class_name="portrait-map")


def _bars(bars: Any, label: Any) -> rx.Component:
    return rx.cond(bars.length() > 0, split(bars, label), rx.el.p(word("Nobody yet."), class_name="quiet-text"))


def _beside() -> rx.Component:
    choice = select_field(
        "other", word("The other segment"), Portrait.others, value=Portrait.other, on_change=Portrait.compare
    )
    return rx.fragment(choice, rx.cond(Portrait.shared.length() > 0, _bars(Portrait.shared, word("In both"))))
