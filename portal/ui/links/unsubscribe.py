"""“Stop writing to me”: by one press on the page, or by the mail program itself (RFC 8058)."""

from sqlmodel import Session

from portal.kit.errors import NotFound
from portal.postbox.links import find
from portal.postbox.rules import LinkPurpose
from portal.replies.stopping import unsubscribe
from portal.signin.queries import locale_of
from portal.timeline.who import LinkGrant
from portal.ui.links.visit import LinkPage, Reply, Visit, page


def show(visit: Visit) -> Reply:
    """Show what stopping means, and the button."""
    with visit.database.work() as session:
        grant, locale = _grant(session, visit)
    return page("unsubscribe.html", locale=locale, grant=grant)


def stop(visit: Visit) -> Reply:
    """Stop at once; pressing twice is pressing once. A deadline passed is no reason to go on writing."""
    with visit.database.work() as session:
        grant, locale = _grant(session, visit)
        unsubscribe(session, grant, now=visit.now)
    return page("unsubscribed.html", locale=locale)


def _by_mail_program(visit: Visit) -> bool:
    return visit.form.get("List-Unsubscribe") == "One-Click"


def _grant(session: Session, visit: Visit) -> tuple[LinkGrant, str | None]:
    link = find(session, visit.token, LinkPurpose.UNSUBSCRIBE)
    if link is None or link.id is None or link.talent_id is None:
        raise NotFound
    return LinkGrant(link.id, link.talent_id), locale_of(session, link)


PAGE = LinkPage("/u/{token}", show, stop, open_to=_by_mail_program)
