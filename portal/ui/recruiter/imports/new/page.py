"""A new import: choose the file, and know beforehand what becomes of it."""

import reflex as rx

from portal.imports.reading import CAP_PAGE
from portal.kit.i18n import N_
from portal.ui.components import file_drop, go, problem, stack, steps
from portal.ui.doors import RECRUITERS
from portal.ui.pages import Place, page
from portal.ui.recruiter.imports.new.state import NewImport
from portal.ui.recruiter.imports.routes import FIELD, TAKE
from portal.ui.words import word

STEPS = (N_("File"), N_("Columns"), N_("What will happen"), N_("Done"))
ACCEPTED = (
    ".csv,.txt,.tsv,.xlsx,.ods,.vcf,.json,text/csv,text/vcard,application/json,"
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,application/vnd.oasis.opendocument.spreadsheet"
)


@page(
    "/imports/new",
    Place.POOL,
    N_("Import people"),
    audience=RECRUITERS,
    on_load=NewImport.load,
    actions=lambda: go(word("Past imports"), to="/imports"),
    in_rail=False,
)
def new_import() -> rx.Component:
    """Draw the place for the file."""
    return stack(
        steps(word("Steps of an import"), [word(step) for step in STEPS], 0),
        problem(NewImport.problem),
        file_drop(
            FIELD,
            word("The file of the people to take in"),
            action=TAKE,
            accept=ACCEPTED,
            hint=word(
                "CSV, Excel or OpenDocument, contacts (.vcf), LinkedIn’s Connections.csv or JSON Resume; 50 MB at most."
            ),
            send=word("Look at the file"),
            most=CAP_PAGE,
            too_large=word("This file is larger than 50 MB. Split it into smaller files."),
        ),
        rx.el.ul(
            *(rx.el.li(word(told)) for told in PROMISES),
            class_name="plain-list quiet-text measure",
        ),
        kind="loose",
    )


PROMISES = (
    N_("Nothing is taken in before you have seen what will happen."),
    N_("Age, sex, origin and all that the law protects are dropped, and named."),
    N_("Someone already in the pool is not doubled; what they said themself is kept."),
)
