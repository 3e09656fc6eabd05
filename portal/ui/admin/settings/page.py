"""Settings: the rules of the house, and who works here."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.admin.settings import parts
from portal.ui.admin.settings.state import HouseRules, Team
from portal.ui.components import with_side
from portal.ui.doors import ADMINS
from portal.ui.pages import Place, page
from portal.ui.words import word


@page(
    "/settings",
    Place.SETTINGS,
    N_("Settings"),
    audience=ADMINS,
    on_load=[HouseRules.load, Team.load],
    actions=parts.invite_button,
)
def settings() -> rx.Component:
    """Draw the team in the middle of the work, the rules beside it."""
    return with_side(parts.rules(), parts.team(), label=word("Who works here"))
