"""Chains: what we have to say, ready to be launched, and what runs."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import loading, with_side
from portal.ui.doors import RECRUITERS
from portal.ui.pages import Place, page
from portal.ui.recruiter.chains import parts
from portal.ui.recruiter.chains.state import ChainList
from portal.ui.words import word


@page("/chains", Place.CHAINS, N_("Chains"), audience=RECRUITERS, on_load=ChainList.load, actions=parts.new)
def chains() -> rx.Component:
    """Draw the chains, the launches beside them."""
    return rx.cond(
        ChainList.loaded, with_side(parts.chains(), parts.launches(), label=word("Launches running")), loading(5)
    )
