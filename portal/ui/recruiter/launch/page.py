"""One launch: its river, the people behind each number, and what comes in."""

import reflex as rx

from portal.kit.i18n import N_
from portal.ui.components import loading, stack, with_side
from portal.ui.doors import RECRUITERS
from portal.ui.pages import Place, page
from portal.ui.recruiter.launch import parts
from portal.ui.recruiter.launch.state import Board
from portal.ui.words import word


@page(
    "/launches/[launch_id]",
    Place.CHAINS,
    N_("A launch"),
    audience=RECRUITERS,
    on_load=Board.load,
    actions=parts.presses,
    heading=parts.heading,
    in_rail=False,
)
def launch() -> rx.Component:
    """Draw the river across, its people below, the other numbers beside them."""
    board = stack(
        parts.about(),
        parts.funnel(),
        rx.el.div(
            with_side(parts.people(), *parts.beside(), label=word("Answers, and what comes in")), class_name="board"
        ),
        parts.stop_dialog(),
        kind="loose",
    )
    return rx.cond(Board.loaded, board, loading(8))
