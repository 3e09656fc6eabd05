"""“May we keep in touch?”: the information in full, and two buttons; and behind the receipt of a yes, *this was not me*.

A yes counts within the deadline of its link, and for the very text that was on the page. A no always counts.
"""

from typing import Any

from portal.consent.queries import TextChanged, consents_of, current_notice, notice_on_screen
from portal.consent.rules import Purpose, Stance
from portal.gate.receipts import NOT_ME
from portal.kit.errors import NotFound
from portal.kit.i18n import N_, moment, say, short_day
from portal.postbox.rules import LinkPurpose
from portal.privacy.informing import agree
from portal.replies.queries import Granted, granted
from portal.replies.stopping import not_me, withdraw
from portal.ui.links.unsubscribe import stopped_since, told
from portal.ui.links.visit import LinkPage, Reply, Visit, page

_STANDS = {
    Stance.AGREED: N_("You agreed on {day}. Nothing is left to press, unless you wish to stop."),
    Stance.STOPPED: N_(
        "You asked us on {day} to stop writing. A yes brings you back; without one, we go on saying nothing."
    ),
}


def show(visit: Visit) -> Reply:
    """Show the information they would agree to, word for word; or the button of a receipt."""
    with visit.database.work() as session:
        link = granted(session, visit.token, LinkPurpose.CONSENT, now=visit.now)
        if link.act.get("only") == NOT_ME:
            return page("not_me.html", locale=link.locale, says="expired" if link.expired else "ready")
        return _ask(visit, session, link)


def act(visit: Visit) -> Reply:
    """Keep what they said."""
    with visit.database.work() as session:
        link = granted(session, visit.token, LinkPurpose.CONSENT, now=visit.now)
        if link.act.get("only") == NOT_ME:
            return _undo(visit, session, link)
        match visit.form.get("keep", ""):
            case "yes":
                return _keep(visit, session, link)
            case "no":
                withdraw(session, link.grant, link.grant.talent_id, interface="link", now=visit.now)
                return told(visit, session, link)
            case _:
                raise NotFound


def _ask(visit: Visit, session: Any, link: Granted, *, problem: str = "") -> Reply:
    if link.expired:
        until = moment(visit.locale(link.locale), link.until, link.zone, visit.now)
        stopped = stopped_since(session, link, visit.locale(link.locale))
        stands = _stands(visit, session, link)
        return page("keep_closed.html", locale=link.locale, until=until, stopped=stopped, stands=stands)
    text = current_notice(session, Purpose.POOL, visit.locale(link.locale), now=visit.now)
    return page(
        "keep.html",
        locale=link.locale,
        status=409 if problem else 200,
        problem=problem,
        text=text,
        stands=_stands(visit, session, link),
        no_first=visit.params.get("choice", "") == "no",
    )


def _keep(visit: Visit, session: Any, link: Granted) -> Reply:
    if link.expired:
        return _ask(visit, session, link)
    version, language = visit.form.get("version", ""), visit.form.get("language", "")
    try:
        number = int(version) if version.isdecimal() and len(version) < 9 else 0
        text = notice_on_screen(session, Purpose.POOL, number, language, now=visit.now)
    except TextChanged as changed:
        return _ask(visit, session, link, problem=say(visit.locale(link.locale), changed.sentence))
    agree(session, link.grant, text, since=link.since, now=visit.now)
    return page("kept.html", locale=link.locale)


def _undo(visit: Visit, session: Any, link: Granted) -> Reply:
    if link.expired:
        return page("not_me.html", locale=link.locale, says="expired")
    done = not_me(session, link.grant, link.act["undo"], now=visit.now)
    return page("not_me.html", locale=link.locale, says="done" if done else "nothing")


def _stands(visit: Visit, session: Any, link: Granted) -> str:
    """Tell what they said already, if they did."""
    pool = next((row for row in consents_of(session, link.grant.talent_id) if row.purpose is Purpose.POOL), None)
    told = _STANDS.get(pool.stance(visit.now.date())) if pool else None
    locale = visit.locale(link.locale)
    return say(locale, told, day=short_day(locale, pool.since.date())) if pool and told else ""


PAGES = (LinkPage("/c/{token}", show, act), LinkPage("/c/{token}/{choice}", show, act))
