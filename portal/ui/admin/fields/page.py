"""Fields of the house: what an admin adds to what a profile knows."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.admin.fields import parts
from portal.ui.admin.fields.clearing import Clearing, clearing
from portal.ui.admin.fields.state import Fields
from portal.ui.components import when_loaded
from portal.ui.doors import ADMINS
from portal.ui.pages import Place, page


@page(
    "/settings/fields",
    Place.SETTINGS,
    N_("Fields of the house"),
    audience=ADMINS,
    on_load=[Fields.load, Clearing.load],
    actions=parts.add_button,
    in_rail=False,
)
def fields() -> rx.Component:
    """Draw the fields in use, those put away, and the form of one."""
    return rx.fragment(when_loaded(Fields.loaded, parts.listed(), clearing()), parts.editing())
