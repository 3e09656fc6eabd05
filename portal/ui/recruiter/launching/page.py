"""Before a launch: choose, see whom it reaches and what they would read, then press."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import stack, with_side
from portal.ui.doors import RECRUITERS
from portal.ui.pages import Place, page
from portal.ui.recruiter.launching import parts
from portal.ui.recruiter.launching.state import Launching
from portal.ui.words import word


@page(
    "/chains/launch",
    Place.CHAINS,
    N_("Launch a chain"),
    audience=RECRUITERS,
    on_load=Launching.load,
    in_rail=False,
)
def launching() -> rx.Component:
    """Draw the choices, the split beside them, the letters below."""
    whole = stack(
        with_side(parts.choices(), parts.reach(), label=word("Whom it reaches")), parts.letters(), kind="loose"
    )
    return rx.cond(Launching.loaded, rx.cond(Launching.chains.length() > 1, whole, parts.no_chain()), parts.waiting())
