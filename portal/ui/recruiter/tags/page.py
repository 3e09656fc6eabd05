"""Tags: every word recruiters sort people by."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import when_loaded
from portal.ui.doors import RECRUITERS
from portal.ui.pages import Place, page
from portal.ui.recruiter.tags import parts
from portal.ui.recruiter.tags.state import Tags


@page("/pool/tags", Place.POOL, N_("Tags"), audience=RECRUITERS, on_load=Tags.load, in_rail=False)
def tags() -> rx.Component:
    """Draw the list, and the dialog of the tag that is open."""
    return rx.fragment(when_loaded(Tags.loaded, parts.listed()), parts.dialogs())
