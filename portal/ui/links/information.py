"""What the house does with people's data: plain, for anyone, in the reader's language (GDPR 12, 13, 14)."""

from portal.consent import notices
from portal.consent.queries import controller
from portal.consent.rules import Purpose
from portal.kit.i18n import N_
from portal.ui.links.visit import LinkPage, Reply, Visit, page

PATH = "/information"
TITLES = {
    Purpose.POOL: N_("Staying in touch about jobs"),
    Purpose.SURVEY: N_("Asking your opinion"),
    Purpose.EVENT: N_("Inviting you to meetings"),
}


def show(visit: Visit) -> Reply:
    """Show every purpose, and what holds for all of them; the words are those people agree to."""
    locale = visit.locale()
    with visit.database.work() as session:
        who = controller(session)
    purposes = [(title, notices.why(purpose, locale, who)) for purpose, title in TITLES.items()]
    return page("information.html", who=who, purposes=purposes, rest=notices.rest(locale, who).split("\n\n"))


PAGE = LinkPage(PATH, show)
