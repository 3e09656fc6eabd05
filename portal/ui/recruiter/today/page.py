"""Today: one list, what only a person can do, most urgent first."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import loading, when_loaded, with_side
from portal.ui.doors import RECRUITERS
from portal.ui.pages import Place, page
from portal.ui.recruiter.today import parts
from portal.ui.recruiter.today.hands import Hands
from portal.ui.recruiter.today.state import Chores, Pulse
from portal.ui.recruiter.today.troubles import Troubles
from portal.ui.recruiter.today.waiting import Inbox
from portal.ui.words import word


@page(
    "/today",
    Place.TODAY,
    N_("Today"),
    audience=RECRUITERS,
    on_load=[Inbox.load, Chores.load, Troubles.load, Hands.load, Pulse.load],
)
def today() -> rx.Component:
    """Draw the list, and beside it how alive the pool is."""
    return with_side(
        when_loaded(Inbox.loaded & Chores.loaded & Troubles.loaded & Hands.loaded, parts.to_do()),
        rx.cond(Pulse.loaded, parts.pulse(), loading(4)),
        label=word("How alive the pool is"),
    )
