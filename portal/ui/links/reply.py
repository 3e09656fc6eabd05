"""*Reply*, in a letter somebody wrote by hand: a box, a button, and their words reach that person."""

from portal.kit.typed import LONGEST
from portal.postbox.rules import LinkPurpose
from portal.replies.queries import granted
from portal.replies.replying import answering, reply
from portal.ui.links.visit import LinkPage, Reply, Visit, page


def show(visit: Visit) -> Reply:
    """Show who reads it, and the box."""
    with visit.database.work() as session:
        link = granted(session, visit.token, LinkPurpose.REPLY, now=visit.now)
        it = answering(session, link)
    if link.expired:
        return page("reply_closed.html", locale=link.locale)
    return page("reply.html", locale=link.locale, it=it, most=LONGEST)


def act(visit: Visit) -> Reply:
    """Keep what they wrote."""
    with visit.database.work() as session:
        link = granted(session, visit.token, LinkPurpose.REPLY, now=visit.now)
        if link.expired:
            return page("reply_closed.html", locale=link.locale)
        reply(session, link, visit.form.get("words", ""), now=visit.now)
        it = answering(session, link)
    return page("replied.html", locale=link.locale, it=it)


PAGE = LinkPage("/r/{token}", show, act)
