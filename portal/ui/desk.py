"""The lists of the data protection officer's desk; admins read the last of them too."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import link_tabs
from portal.ui.words import word


def tabs(here: str) -> rx.Component:
    """Draw the lists of the desk."""
    lists = (
        ("/privacy", N_("Consents")),
        ("/privacy/decisions", N_("Decisions of the gate")),
        ("/privacy/deadlines", N_("Deadlines")),
        ("/entries", N_("Entries")),
    )
    drawn = link_tabs(word("Privacy"), [(word(told), to, to == here) for to, told in lists])
    return rx.el.div(drawn, class_name="unprinted")
