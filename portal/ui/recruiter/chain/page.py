"""One chain: written as a list of steps, saved as versions."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import loading, with_side
from portal.ui.doors import RECRUITERS
from portal.ui.pages import Place, page
from portal.ui.recruiter.chain import beside, parts
from portal.ui.recruiter.chain.state import Editor
from portal.ui.words import word


@page(
    "/chains/[chain_id]",
    Place.CHAINS,
    N_("Chain"),
    audience=RECRUITERS,
    on_load=Editor.load,
    actions=parts.top,
    heading=lambda: rx.fragment(Editor.name, rx.el.small(" ", Editor.version, class_name="quiet-text")),
    in_rail=False,
)
def chain() -> rx.Component:
    """Draw the steps, what is to be mended and the letter beside them."""
    return rx.cond(
        Editor.loaded, with_side(parts.way(), *beside.beside(), label=word("The letter as it arrives")), loading(6)
    )
