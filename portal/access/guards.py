"""Who may do it: asked first by every verb, answered like a page that does not exist."""

from portal.kit.errors import NotFound
from portal.timeline.who import Person, Role, Who


def recruiter(who: Who) -> Person:
    """Return who acts, if they work in the back-office (recruiters, and the admin who may do what they do)."""
    match who:
        case Person(role=Role.RECRUITER | Role.ADMIN):
            return who
        case _:
            raise NotFound
