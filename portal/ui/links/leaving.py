"""Signing out and choosing a language, from any page of the house.

Their forms stand on pages of every kind, so they bring no nonce: the session cookie is SameSite=Lax, and the browser's
own word (Origin, Sec-Fetch-Site) keeps other sites out.
"""

from datetime import timedelta
from urllib.parse import urlsplit

from portal.access.sessions import revoke_all, sign_out
from portal.kit.errors import NotFound
from portal.kit.i18n import LOCALES
from portal.signin.actions import choose_language
from portal.signin.queries import person_of
from portal.ui.links.visit import (
    LOCALE_COOKIE,
    SESSION_COOKIE,
    Cookie,
    LinkPage,
    Reply,
    Visit,
    go,
    own_path,
    page,
    with_cookies,
)

REMEMBERED = timedelta(days=365)


def leave(visit: Visit) -> Reply:
    """Sign out on this browser, or everywhere, and go on to the identity provider one came through, if it offers that."""
    with visit.database.work() as session:
        who = person_of(session, visit.session_token, now=visit.now) if visit.form.get("everywhere") else None
        farewell = sign_out(session, visit.session_token, now=visit.now)
        if who is not None:
            theirs = {"staff_id": who.id} if who.is_staff else {"talent_id": who.id}
            revoke_all(session, who, **theirs, now=visit.now)
    if farewell:
        # By a page and not at once: a form of ours may lead to no address but ours.
        return with_cookies(page("left.html", farewell=farewell), Cookie(SESSION_COOKIE))
    return go("/signin", Cookie(SESSION_COOKIE))


def speak(visit: Visit) -> Reply:
    """Remember a language here, and for the person if they are signed in."""
    locale = visit.form.get("locale", "")
    if locale not in LOCALES:
        raise NotFound
    with visit.database.work() as session:
        who = person_of(session, visit.session_token, now=visit.now)
        if who is not None:
            choose_language(session, who, locale)
    back = visit.form.get("back") or urlsplit(visit.referer).path
    return go(own_path(back), Cookie(LOCALE_COOKIE, locale, REMEMBERED))


def _anyone(_: Visit) -> bool:
    return True


PAGES = (
    LinkPage("/signout", act=leave, open_to=_anyone),
    LinkPage("/language", act=speak, open_to=_anyone),
)
