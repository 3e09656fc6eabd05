"""A new chain, from a template or from nothing."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import loading, with_side
from portal.ui.doors import RECRUITERS
from portal.ui.pages import Place, page
from portal.ui.recruiter.chain import beside, parts
from portal.ui.recruiter.chain.state import Editor
from portal.ui.words import word


@page(
    "/chains/new",
    Place.CHAINS,
    N_("New chain"),
    audience=RECRUITERS,
    on_load=Editor.begin,
    actions=parts.top,
    in_rail=False,
)
def chain_new() -> rx.Component:
    """Draw the same editor; saving leads to the chain's own page."""
    return rx.cond(
        Editor.loaded, with_side(parts.way(), *beside.beside(), label=word("The letter as it arrives")), loading(6)
    )
