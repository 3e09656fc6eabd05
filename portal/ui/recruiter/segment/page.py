"""One segment: its rule on the left, whom it holds on the right, the people below."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import loading
from portal.ui.doors import RECRUITERS
from portal.ui.pages import Place, page
from portal.ui.recruiter.segment import panel, parts
from portal.ui.recruiter.segment.acting import Acting
from portal.ui.recruiter.segment.state import Builder
from portal.ui.words import word


@page(
    "/segments/new",
    Place.SEGMENTS,
    N_("New segment"),
    audience=RECRUITERS,
    on_load=[Builder.load_new, Acting.arrive],
    in_rail=False,
)
def new_segment() -> rx.Component:
    """Draw the builder with nothing in it."""
    return _builder()


@page(
    "/segments/[segment_id]",
    Place.SEGMENTS,
    N_("Segment"),
    audience=RECRUITERS,
    on_load=[Builder.load, Acting.arrive],
    heading=lambda: rx.cond(Builder.name != "", Builder.name, word("Segment")),
    in_rail=False,
)
def segment() -> rx.Component:
    """Draw a saved segment."""
    return _builder()


def _builder() -> rx.Component:
    return rx.cond(
        Builder.loaded,
        rx.el.div(
            parts.whole(),
            # On a phone the numbers stand between the rule and the people.
            rx.el.aside(panel.panel(), class_name="side", aria_label=word("Whom one may write to now")),
            panel.people(),
            class_name="with-side builder",
        ),
        loading(8),
    )
