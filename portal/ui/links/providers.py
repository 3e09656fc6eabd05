"""Coming in through an identity provider: out to it by a link, and back from it.

The way back is the one GET that may act: it brings a state only this browser can have, and uses it up. The way out
changes nothing here, and writes down only that a provider did not answer; it is a link and no form, because a form may
lead to no address but ours.
"""

from functools import partial

from portal.access.oidc import attempts
from portal.access.oidc.attempts import Attempt
from portal.access.oidc.protocol import Way, word
from portal.access.oidc.rules import NotProven, Refusal, account_of, sentence
from portal.kit.i18n import say
from portal.signin.actions import SignedIn
from portal.signin.entering import enter
from portal.signin.entries import note_stranger
from portal.signin.ways import BACK, BEGIN
from portal.ui.links.signin import asking, come_in
from portal.ui.links.visit import Cookie, LinkPage, Reply, Visit, go, with_cookies

_STATUS = {Refusal.FORGED: 400, Refusal.USED: 400, Refusal.SILENT: 503}


async def leave_for(visit: Visit) -> Reply:
    """Send the browser to the provider, with an attempt of its own."""
    way = visit.ways.named(visit.params["name"])
    attempt = attempts.begin(way.provider.name, now=visit.now)
    try:
        address = await way.address(attempt, now=visit.now)
    except NotProven as trouble:
        return await _refuse(visit, way, trouble)
    return go(address, Cookie(attempt.cookie, attempt.kept, attempts.LASTS))


async def come_back(visit: Visit) -> Reply:
    """Take what the provider sent along, have it proven, and let its bearer in."""
    way = visit.ways.named(visit.params["name"])
    attempt = attempts.resume(visit.cookies, visit.asked.get("state", ""), way.provider.name, now=visit.now)
    if attempt is None:
        return await _refuse(visit, way, NotProven(Refusal.FORGED))
    try:
        claims = await way.claims(_code(visit, way), attempt, now=visit.now)
    except NotProven as trouble:
        reply = await _refuse(visit, way, trouble)
    else:
        reply = await visit.aside(partial(_enter, visit, way, attempt, claims))
    return with_cookies(reply, Cookie(attempt.cookie))


def _code(visit: Visit, way: Way) -> str:
    """Return the code, if the right provider sent one (its name, where it says it: RFC 9207)."""
    if visit.asked.get("iss", way.provider.issuer) != way.provider.issuer:
        raise NotProven(Refusal.WRONG_ISSUER, "iss")
    if "error" in visit.asked or not visit.asked.get("code"):
        raise NotProven(Refusal.CANCELLED, word(visit.asked.get("error")))
    return visit.asked["code"]


def _enter(visit: Visit, way: Way, attempt: Attempt, claims: dict[str, object]) -> Reply:
    with visit.database.work() as session:
        entry = enter(
            session,
            way.provider,
            account_of(way.provider, claims),
            attempt,
            now=visit.now,
            replacing=visit.session_token,
            farewell=way.farewell(),
        )
    return come_in(entry) if isinstance(entry, SignedIn) else _told(visit, way, entry)


async def _refuse(visit: Visit, way: Way, trouble: NotProven) -> Reply:
    def write_down() -> None:
        with visit.database.work() as session:
            note_stranger(
                session,
                trouble.refusal,
                way.provider.name,
                network=visit.network,
                now=visit.now,
                detail=trouble.detail,
            )

    await visit.aside(write_down)
    return _told(visit, way, trouble.refusal)


def _told(visit: Visit, way: Way, refusal: Refusal) -> Reply:
    problem = say(visit.locale(), sentence(refusal), provider=way.provider.label)
    return asking(visit, problem=problem, status=_STATUS.get(refusal, 403))


PAGES = (LinkPage(f"{BEGIN}{{name}}", leave_for), LinkPage(f"{BACK}{{name}}", come_back))
