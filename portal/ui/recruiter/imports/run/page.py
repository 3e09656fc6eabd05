"""One import: columns, what will happen, what happened."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import go, stack, steps, when_loaded
from portal.ui.doors import RECRUITERS
from portal.ui.pages import Place, page
from portal.ui.recruiter.imports.new.page import STEPS
from portal.ui.recruiter.imports.run.asking import asking
from portal.ui.recruiter.imports.run.running import Running
from portal.ui.recruiter.imports.run.state import COLUMNS, DONE, WHAT_WILL_HAPPEN, Import, Informing
from portal.ui.recruiter.imports.run.telling import being_done, what_happened, what_will_happen
from portal.ui.recruiter.imports.run.titles import Titles, titles
from portal.ui.words import word


@page(
    "/imports/[import_id]",
    Place.POOL,
    N_("Import people"),
    audience=RECRUITERS,
    on_load=[Informing.load, Import.load, Titles.load, Running.load],
    actions=lambda: go(word("Past imports"), to="/imports"),
    in_rail=False,
)
def one_import() -> rx.Component:
    """Draw the step the file has come to."""
    faces = rx.match(
        Import.step,
        (COLUMNS, stack(asking(), titles(), kind="loose")),
        (WHAT_WILL_HAPPEN, what_will_happen()),
        (DONE, what_happened()),
        rx.fragment(),
    )
    return stack(
        steps(word("Steps of an import"), [word(step) for step in STEPS], Import.step),
        when_loaded(Import.loaded, rx.cond(Running.far.busy, being_done(), faces), lines=8),
    )
