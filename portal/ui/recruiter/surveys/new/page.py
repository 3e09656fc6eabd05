"""A new survey."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import go
from portal.ui.doors import RECRUITERS
from portal.ui.pages import Place, page
from portal.ui.recruiter.surveys.editor import Editor
from portal.ui.recruiter.surveys.writing import editor
from portal.ui.words import word


@page(
    "/surveys/new",
    Place.SURVEYS,
    N_("New survey"),
    audience=RECRUITERS,
    on_load=Editor.begin,
    actions=lambda: go(word("Surveys"), to="/surveys"),
    in_rail=False,
)
def new_survey() -> rx.Component:
    """Draw the editor."""
    return editor()
