"""My wishes: everything they may say of themself, kept as they go."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.candidate.wishes import parts, work
from portal.ui.candidate.wishes.address import MyAddress
from portal.ui.candidate.wishes.state import Wishes
from portal.ui.components import when_loaded
from portal.ui.doors import CANDIDATES
from portal.ui.pages import Place, page
from portal.ui.words import word


@page("/me/wishes", Place.MY_WISHES, N_("My wishes"), audience=CANDIDATES, on_load=[Wishes.load, MyAddress.load])
def wishes() -> rx.Component:
    """Draw when, where, what, and how we write to them."""
    return when_loaded(
        Wishes.loaded,
        rx.el.div(
            rx.el.p(word("Everything is kept as you go: there is nothing to save."), class_name="quiet-text"),
            parts.when(),
            parts.where(),
            work.work(),
            work.more_wishes(),
            parts.house_fields(),
            parts.rhythm(),
            parts.me(),
            class_name="stack loose",
        ),
        lines=8,
    )
