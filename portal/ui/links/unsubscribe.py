"""“Stop writing to me”: by one press on the page, or by the mail program itself (RFC 8058)."""

from portal.postbox.rules import LinkPurpose
from portal.replies.queries import granted
from portal.replies.stopping import unsubscribe
from portal.ui.links.visit import LinkPage, Reply, Visit, page


def show(visit: Visit) -> Reply:
    """Show what stopping means, and the button."""
    with visit.database.work() as session:
        link = granted(session, visit.token, LinkPurpose.UNSUBSCRIBE, now=visit.now)
    return page("unsubscribe.html", locale=link.locale)


def stop(visit: Visit) -> Reply:
    """Stop at once; pressing twice is pressing once. A deadline passed is no reason to go on writing."""
    with visit.database.work() as session:
        link = granted(session, visit.token, LinkPurpose.UNSUBSCRIBE, now=visit.now)
        unsubscribe(session, link.grant, now=visit.now)
    return page("unsubscribed.html", locale=link.locale)


def _by_mail_program(visit: Visit) -> bool:
    return visit.form.get("List-Unsubscribe") == "One-Click"


PAGE = LinkPage("/u/{token}", show, stop, open_to=_by_mail_program)
