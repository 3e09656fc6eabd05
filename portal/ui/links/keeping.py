"""“May we keep in touch?”: the information in full, and two buttons."""

from portal.consent.queries import current_notice
from portal.consent.rules import Purpose
from portal.kit.errors import NotFound
from portal.postbox.rules import LinkPurpose
from portal.privacy.informing import agree
from portal.replies.queries import granted
from portal.replies.stopping import withdraw
from portal.ui.links.visit import LinkPage, Reply, Visit, page


def show(visit: Visit) -> Reply:
    """Show the information they would agree to, word for word."""
    with visit.database.work() as session:
        link = granted(session, visit.token, LinkPurpose.CONSENT, now=visit.now)
        notice = current_notice(session, Purpose.POOL, visit.locale(link.locale), now=visit.now)
    chosen = visit.params.get("choice", "")
    return page("keep.html", locale=link.locale, notice=notice.text, no_first=chosen == "no")


def act(visit: Visit) -> Reply:
    """Keep what they said. A yes counts with the text of the page it was pressed on."""
    with visit.database.work() as session:
        link = granted(session, visit.token, LinkPurpose.CONSENT, now=visit.now)
        match visit.form.get("keep", ""):
            case "yes":
                agree(session, link.grant, visit.locale(link.locale), now=visit.now)
            case "no":
                withdraw(session, link.grant, link.grant.talent_id, interface="link", now=visit.now)
            case _:
                raise NotFound
    return page("kept.html" if visit.form["keep"] == "yes" else "unsubscribed.html", locale=link.locale)


PAGES = (LinkPage("/c/{token}", show, act), LinkPage("/c/{token}/{choice}", show, act))
