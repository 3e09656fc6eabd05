"""What the pool opens with, and what of a list may be kept."""

from collections.abc import Mapping

from portal.talents.views import views
from portal.ui.doors import Door

# The words searched may name someone, who may be erased one day: they are not kept, nor is the page one was on.
_NOT_KEPT = frozenset({"q", "page"})


def opening(door: Door) -> dict[str, str]:
    """Return the filters of the view whoever comes chose to open with, or none."""
    chosen = next((view for view in views(door.session, door.who) if view.opens_first), None)
    return dict(chosen.filters) if chosen else {}


def to_keep(asked: Mapping[str, str]) -> dict[str, str]:
    """Return the part of a list's address that a view keeps."""
    return {name: value for name, value in asked.items() if value and name not in _NOT_KEPT}
