"""What a file that was sent came back with."""

from typing import ClassVar

import reflex as rx

from portal.ui.doors import RECRUITERS, Audience, Room
from portal.ui.recruiter.imports.routes import told_of


class NewImport(Room):
    """The file."""

    audience: ClassVar[Audience] = RECRUITERS
    problem: str = ""

    @rx.event
    def load(self) -> None:
        """Read what was wrong with the last file, if anything was."""
        self.problem = told_of(self.router.headers.cookie) if self.asked("told") else ""
