"""One opportunity: what it says, how people read it, who may match."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import loading, stack, with_side
from portal.ui.doors import RECRUITERS
from portal.ui.pages import Place, page
from portal.ui.recruiter.opportunity import closing, parts
from portal.ui.recruiter.opportunity.state import Opportunities
from portal.ui.words import word


@page(
    "/opportunities/new",
    Place.OPPORTUNITIES,
    N_("New opportunity"),
    audience=RECRUITERS,
    on_load=Opportunities.load_new,
    in_rail=False,
)
def new_opportunity() -> rx.Component:
    """Draw an empty form."""
    return _drawn()


@page(
    "/opportunities/[opportunity_id]",
    Place.OPPORTUNITIES,
    N_("Opportunity"),
    audience=RECRUITERS,
    on_load=Opportunities.load,
    actions=closing.presses,
    heading=lambda: rx.cond(Opportunities.title != "", Opportunities.title, word("Opportunity")),
    in_rail=False,
)
def opportunity() -> rx.Component:
    """Draw its form, filled."""
    return _drawn()


def _drawn() -> rx.Component:
    side = (parts.letter(), parts.around())
    whole = stack(with_side(parts.terms(), *side, label=word("As they read it")), closing.dialog())
    return rx.cond(Opportunities.loaded, whole, loading(8))
