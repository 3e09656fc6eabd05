"""Home: what we know, what waits, what comes next."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.candidate.clock import MyClock
from portal.ui.candidate.home import parts
from portal.ui.candidate.home.questions import MyQuestions
from portal.ui.candidate.home.state import MyHome
from portal.ui.components import when_loaded
from portal.ui.doors import CANDIDATES
from portal.ui.pages import Place, page
from portal.ui.words import word


@page(
    "/me",
    Place.MY_HOME,
    N_("Home"),
    audience=CANDIDATES,
    on_load=[MyClock.ask, MyHome.load, MyQuestions.load],
    heading=lambda: rx.cond(MyHome.seen.hello != "", MyHome.seen.hello, word("Home")),
)
def home() -> rx.Component:
    """Draw what we know first, so that they know who speaks; then what waits; then what is theirs to decide."""
    return when_loaded(
        MyHome.loaded,
        rx.el.div(parts.known(), parts.questions(), parts.meeting(), parts.ways(), class_name="stack loose"),
        lines=4,
    )
