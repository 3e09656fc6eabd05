"""Where someone stands once everything about them is erased. It says so and knows nobody."""

from portal.ui.links.visit import LinkPage, Reply, Visit, page


def show(_: Visit) -> Reply:
    """Say it; whoever opens this address reads the same."""
    return page("gone.html")


PAGE = LinkPage("/gone", show)
