"""Asking for a sign-in letter, and coming in by its link or its code."""

from datetime import timedelta

from portal.kit.errors import Refused
from portal.kit.i18n import say
from portal.kit.tokens import new_token
from portal.signin import actions
from portal.signin.queries import LinkState, link_state
from portal.timeline.who import Role
from portal.ui.links.visit import SESSION_COOKIE, Cookie, LinkPage, Reply, Visit, go, page

BROWSER_COOKIE = "vivier_browser"
ASK, CODE = "/signin", "/signin/code"
# Longer than the work for any address, so that the time an answer takes tells nothing.
AT_LEAST = 0.5
CONSENTS = "/me/consents"
HOMES = {Role.RECRUITER: "/", Role.ADMIN: "/", Role.DPO: "/privacy", Role.CANDIDATE: "/me"}


def show_ask(visit: Visit) -> Reply:
    """Show the form that asks for an address."""
    return asking(visit)


def asking(visit: Visit, *, problem: str = "", status: int = 200, email: str = "", locale: str | None = None) -> Reply:
    """Answer with the sign-in page: the form, and a button for each provider staff come through."""
    return page("signin.html", status=status, locale=locale, problem=problem, email=email, ways=visit.ways.buttons)


def ask(visit: Visit) -> Reply:
    """Send the letter, if there is somebody to send it to; the browser cannot tell."""
    browser = new_token()
    try:
        with visit.database.work() as session:
            actions.request(
                session,
                visit.form.get("email", ""),
                browser_token=browser,
                network=visit.network,
                now=visit.now,
                staff_links=visit.ways.staff_links,
            )
    except Refused as refused:
        problem = say(visit.locale(), refused.sentence, **refused.params)
        return asking(visit, status=400, problem=problem, email=visit.form.get("email", "")[:254])
    return go(CODE, Cookie(BROWSER_COOKIE, browser, timedelta(minutes=20)))


def show_code(_: Visit) -> Reply:
    """Show where to type the code of the letter."""
    return page("code.html", problem="")


def enter_by_code(visit: Visit) -> Reply:
    """Come in by the code."""
    with visit.database.work() as session:
        entry = actions.consume_code(
            session,
            visit.cookies.get(BROWSER_COOKIE, ""),
            visit.form.get("code", "")[:40],
            network=visit.network,
            now=visit.now,
            replacing=visit.session_token,
            staff_links=visit.ways.staff_links,
        )
    if isinstance(entry, Refused):
        return page("code.html", status=400, problem=say(visit.locale(), entry.sentence, **entry.params))
    return come_in(entry)


def show_link(visit: Visit) -> Reply:
    """Show the button that signs in; a scanner that opens the link uses nothing up."""
    with visit.database.work() as session:
        state, locale = link_state(session, visit.token, now=visit.now)
    if state is LinkState.READY:
        return page("enter.html", locale=locale)
    return _no_longer(visit, actions.WHY_NOT[state], locale)


def enter_by_link(visit: Visit) -> Reply:
    """Come in by the link."""
    try:
        with visit.database.work() as session:
            entry = actions.consume_link(
                session,
                visit.token,
                now=visit.now,
                replacing=visit.session_token,
                staff_links=visit.ways.staff_links,
            )
    except Refused as refused:
        with visit.database.work() as session:
            actions.note_refused_link(session, visit.token, now=visit.now)
        return _no_longer(visit, refused.sentence, None)
    return come_in(entry)


def come_in(entry: actions.SignedIn) -> Reply:
    """Lead whoever came in to their first page; who asked us to stop, to where they may come back."""
    first = CONSENTS if entry.stopped else HOMES[entry.role]
    return go(first, Cookie(SESSION_COOKIE, entry.token, entry.stays), Cookie(BROWSER_COOKIE))


def _no_longer(visit: Visit, sentence: str, locale: str | None) -> Reply:
    problem = say(visit.locale(locale), sentence)
    return asking(visit, status=410, locale=locale, problem=problem)


PAGES = (
    LinkPage(ASK, show_ask, ask, at_least=AT_LEAST),
    LinkPage(CODE, show_code, enter_by_code, at_least=AT_LEAST),
    LinkPage("/s/{token}", show_link, enter_by_link),
)
