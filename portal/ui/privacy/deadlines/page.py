"""Deadlines: the information owed within a month of collection, and the one that came late."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import badge, empty, group, table, when_loaded
from portal.ui.desk import tabs
from portal.ui.doors import DPOS
from portal.ui.pages import Place, page
from portal.ui.privacy import desk
from portal.ui.privacy.deadlines.state import Notices
from portal.ui.words import word


@page("/privacy/deadlines", Place.PRIVACY, N_("Deadlines"), audience=DPOS, on_load=Notices.load, in_rail=False)
def due() -> rx.Component:
    """Draw who is owed the information first, then what came late."""
    return rx.el.div(
        tabs("/privacy/deadlines"),
        rx.el.p(
            word("People whose data came from elsewhere must be told within a month of collection (GDPR 14)."),
            class_name="quiet-text measure",
        ),
        when_loaded(Notices.loaded, _owed(), _late()),
        class_name="stack",
    )


def _owed() -> rx.Component:
    nothing = empty(
        word("Nobody waits for the information"), rx.el.p(word("Everyone we hold data about has been told."))
    )
    listed = rx.fragment(
        table(word("Still to be informed"), _columns(N_("Time left")), Notices.owed),
        rx.cond(Notices.owed_told != "", rx.el.p(Notices.owed_told, class_name="quiet-text")),
    )
    return group(word("Still to be informed"), Notices.owed_count, rx.cond(Notices.owed.length() > 0, listed, nothing))


def _late() -> rx.Component:
    nothing = rx.el.p(word("No information came late."), class_name="quiet-text")
    listed = rx.fragment(
        table(word("Informed late"), _columns(N_("Delay")), Notices.late),
        rx.cond(Notices.late_told != "", rx.el.p(Notices.late_told, class_name="quiet-text")),
    )
    return group(word("Informed late"), Notices.late_count, rx.cond(Notices.late.length() > 0, listed, nothing))


def _columns(left: str) -> list[tuple[rx.Var[str], object]]:
    return [
        (word("Who"), lambda row: desk.who(row.who, row.pseudonym)),
        (word("Source"), lambda row: row.source),
        (word("Collected"), lambda row: row.collected),
        (word("To be told by"), lambda row: row.due),
        (word(left), lambda row: badge(row.left, shade=row.shade)),
        (word("Where it stands"), lambda row: row.state),
    ]
