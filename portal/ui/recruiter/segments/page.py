"""Segments: the saved rules over the pool, always live."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import when_loaded
from portal.ui.doors import RECRUITERS
from portal.ui.pages import Place, page
from portal.ui.recruiter.segments import parts
from portal.ui.recruiter.segments.state import SegmentList


@page(
    "/segments",
    Place.SEGMENTS,
    N_("Segments"),
    audience=RECRUITERS,
    on_load=SegmentList.load,
    actions=parts.actions,
)
def segments() -> rx.Component:
    """Draw the list."""
    return when_loaded(SegmentList.loaded, parts.listed())
