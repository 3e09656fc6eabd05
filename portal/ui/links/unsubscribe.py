"""“Stop writing to me”: by one press on the page, or by the mail program itself (RFC 8058); from every link of every letter."""

from typing import Any

from portal.booking.holding import coming
from portal.consent.queries import consents_of
from portal.consent.rules import Standing
from portal.kit.clock import local_day
from portal.kit.i18n import short_day
from portal.postbox.rules import LinkPurpose
from portal.replies import behind
from portal.replies.queries import Granted, granted
from portal.replies.stopping import unsubscribe
from portal.ui.links.visit import LinkPage, Reply, Visit, page


def show(visit: Visit) -> Reply:
    """Show what stopping means, and the button."""
    with visit.database.work() as session:
        link = granted(session, visit.token, LinkPurpose.UNSUBSCRIBE, now=visit.now)
        return told(visit, session, link, "unsubscribe.html")


def stop(visit: Visit) -> Reply:
    """Stop at once; pressing twice is pressing once. A deadline passed is no reason to go on writing."""
    with visit.database.work() as session:
        link = granted(session, visit.token, LinkPurpose.UNSUBSCRIBE, now=visit.now)
        unsubscribe(session, link.grant, now=visit.now)
        return told(visit, session, link)


def show_from_any(visit: Visit) -> Reply:
    """Show the same from the foot of any page a letter leads to."""
    with visit.database.work() as session:
        link = behind.may_stop(session, visit.token, now=visit.now)
        return told(visit, session, link, "unsubscribe.html")


def stop_from_any(visit: Visit) -> Reply:
    """Stop at once, by the link of any letter."""
    with visit.database.work() as session:
        link = behind.stop(session, visit.token, now=visit.now)
        return told(visit, session, link)


def told(visit: Visit, session: Any, link: Granted, template: str = "unsubscribed.html") -> Reply:
    """Say what ends, and that a talk they agreed on does not: its letters are a service (`product.md`, the send gate)."""
    stands = bool(coming(session, link.grant.talent_id, now=visit.now))
    stopped = stopped_since(session, link, visit.locale(link.locale))
    return page(template, locale=link.locale, stands=stands, stopped=stopped)


def stopped_since(session: Any, link: Granted, locale: str) -> str:
    """Return the day they asked us to stop, if we may write to them for nothing any more."""
    said = consents_of(session, link.grant.talent_id)
    over = bool(said) and all(one.standing is Standing.WITHDRAWN for one in said)
    return short_day(locale, local_day(max(one.since for one in said), link.zone)) if over else ""


def _by_mail_program(visit: Visit) -> bool:
    return visit.form.get("List-Unsubscribe") == "One-Click"


PAGES = (
    LinkPage("/u/{token}", show, stop, open_to=_by_mail_program),
    LinkPage("/stop/{token}", show_from_any, stop_from_any),
)
