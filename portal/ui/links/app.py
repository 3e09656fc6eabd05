"""Serves the link pages: reads and bounds the request, guards every POST, dresses every answer.

No token of an address ever reaches a log: what is logged is the page's pattern and the kind of error.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from inspect import iscoroutinefunction
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from portal.access.rules import network_of
from portal.kit import clock
from portal.kit.db import Database
from portal.kit.errors import NotFound, Refused
from portal.kit.i18n import N_, PSEUDO, say, short_day
from portal.replies.behind import Behind, behind
from portal.signin.ways import Ways
from portal.ui.links import (
    addresses,
    answers,
    gone,
    information,
    keeping,
    leaving,
    nonce,
    providers,
    reply,
    signin,
    slots,
    survey,
    talk,
    unsubscribe,
)
from portal.ui.links.style import CSS, HEADERS
from portal.ui.links.visit import LinkPage, Reply, Visit, page

log = logging.getLogger("vivier.links")

PAGES: tuple[LinkPage, ...] = (
    *signin.PAGES,
    *providers.PAGES,
    *leaving.PAGES,
    *unsubscribe.PAGES,
    gone.PAGE,
    information.PAGE,
    *answers.PAGES,
    *slots.PAGES,
    talk.PAGE,
    *survey.PAGES,
    *keeping.PAGES,
    addresses.PAGE,
    reply.PAGE,
)
# Strangers send whatever they like: nobody looks at more of it than this.
_BODY = 64 * 1024
_MOST_FIELDS, _LONGEST_FIELD, _LONGEST_HEADER, _LONGEST_PATH = 1_000, 8_000, 4_096, 500
_STOPPING = frozenset({"unsubscribe.html", "unsubscribed.html"})
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

_NOT_FROM_HERE = N_("This button must be pressed on the page itself, within the hour. Open the link again, then press.")
_NO_COOKIE = N_(
    "Nothing was done: this page was opened more than an hour ago, or your browser refuses cookies, and one is needed to know "
    "that the button was pressed by you. Open the link again; if you read this once more, allow cookies for this site, or "
    "open the link in another browser: those inside other apps often refuse them."
)
_TOO_BIG = N_("This form is too long to be one of ours. Open the link again.")
_NO_ADDRESS = N_("This address is too long to be one of ours. Open the link again as it stands in the letter.")
_BROKEN = N_("Something went wrong on our side. Nothing was lost; please try again in a moment.")
_NO_SUCH_ACT = N_("This page can only be read, or its button pressed.")


@dataclass(frozen=True, slots=True)
class Links:
    """What the pages stand on. `pool` runs the database work, off the event loop."""

    database: Database
    now: Callable[[], datetime]
    https: bool
    pool: Executor | None
    ways: Ways


def links_app(
    database: Database,
    *,
    https: bool = False,
    now: Callable[[], datetime] = clock.now,
    pool: Executor | None = None,
    pages: Sequence[LinkPage] = PAGES,
    ways: Ways | None = None,
) -> Starlette:
    """Return the app that answers these addresses and no others."""
    links = Links(database, now, https, pool, ways or Ways())
    return Starlette(routes=[Route(each.path, _endpoint(links, each), methods=list(_METHODS)) for each in pages])


def _endpoint(links: Links, link: LinkPage) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        if request.method == "HEAD":
            # Scanners and previews ask so: they learn nothing and change nothing.
            return Response(headers=HEADERS)
        began = asyncio.get_running_loop().time()
        visit, sentence, status = await _read(links, request)
        reply = _refusal(visit, sentence, status) if sentence else await _reply(link, request, visit)
        if request.method == "POST" and link.at_least:
            await asyncio.sleep(max(0.0, began + link.at_least - asyncio.get_running_loop().time()))
        return await _dressed(links, visit, reply)

    return answer


async def _read(links: Links, request: Request) -> tuple[Visit, str, int]:
    """Return the visit, and if it cannot be served why, in words and as a status."""
    body = b""
    if request.method == "POST":
        async for chunk in request.stream():
            body += chunk
            if len(body) > _BODY:
                break
    form, asked = _form(body[:_BODY], _header(request, "content-type")), dict(request.query_params)
    visit = Visit(
        database=links.database,
        now=links.now(),
        path=request.url.path[:_LONGEST_PATH],
        params=request.path_params,
        form=form or {},
        cookies={name: value for name, value in request.cookies.items() if len(value) <= _LONGEST_HEADER},
        network=network_of(request.client.host if request.client else ""),
        accepts=_header(request, "accept-language"),
        referer=_header(request, "referer"),
        asked=asked,
        ways=links.ways,
        pool=links.pool,
    )
    if len(request.url.path) > _LONGEST_PATH or any(len(value) > _LONGEST_HEADER for value in asked.values()):
        return visit, _NO_ADDRESS, 414
    return visit, _TOO_BIG if form is None or len(body) > _BODY else "", 413


def _header(request: Request, name: str) -> str:
    """Return a header of theirs; none of ours is as long as one that is left aside."""
    value = request.headers.get(name, "")
    return value if len(value) <= _LONGEST_HEADER else ""


def _form(body: bytes, kind: str) -> dict[str, str] | None:
    """Return the fields, or None for more than any form of ours holds."""
    text = body.decode("utf-8", "replace").replace("\x00", "")
    if kind.startswith("multipart/"):
        # RFC 8058, 3.2 allows it for the one field a mail program posts; our own forms never use it.
        return {"List-Unsubscribe": "One-Click"} if 'name="List-Unsubscribe"' in text and "One-Click" in text else {}
    try:
        fields = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return None
    if any(len(value) > _LONGEST_FIELD for _, value in fields):
        return None
    return {name: value.replace("\x00", "") for name, value in fields}


async def _reply(link: LinkPage, request: Request, visit: Visit) -> Reply:
    handler = {"GET": link.show, "POST": link.act}.get(request.method)
    if handler is None:
        return _refusal(visit, _NO_SUCH_ACT, 405)
    if request.method == "POST" and not _may_post(link, request, visit):
        return _refusal(visit, _NOT_FROM_HERE if nonce.COOKIE in visit.cookies else _NO_COOKIE, 403)
    try:
        return await (handler(visit) if iscoroutinefunction(handler) else visit.aside(partial(handler, visit)))
    except NotFound as refused:
        return _refusal(visit, refused.sentence, 404)
    except Refused as refused:
        return _refusal(visit, refused.sentence, 400, **refused.params)
    except Exception as wrong:  # noqa: BLE001 - the visitor gets a sentence, the log no word of theirs
        log.error("%s on %s", type(wrong).__qualname__, link.path)  # noqa: TRY400 - a traceback may quote the token
        return _refusal(visit, _BROKEN, 500)


def _may_post(link: LinkPage, request: Request, visit: Visit) -> bool:
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin", "null")
    if origin != "null" and urlsplit(origin).netloc != request.headers.get("host", ""):
        return False
    return link.open_to(visit) or nonce.brought(visit.cookies, visit.form, visit.path)


def _refusal(visit: Visit, sentence: str, status: int, **params: object) -> Reply:
    return page("sentence.html", status=status, sentence=say(visit.locale(), sentence, **params))


async def _dressed(links: Links, visit: Visit, reply: Reply) -> Response:
    if reply.go:
        response: Response = RedirectResponse(reply.go, 303)
    else:
        kept = nonce.kept(visit.cookies)
        around = await visit.aside(partial(_around, visit, reply))
        response = HTMLResponse(_html(visit, reply, kept, around), reply.status)
        _set(response, links, nonce.COOKIE, kept, nonce.LIVES)
    for cookie in reply.cookies:
        _set(response, links, cookie.name, cookie.value, int(cookie.lives.total_seconds()))
    response.headers.update(HEADERS)
    return response


def _around(visit: Visit, reply: Reply) -> Behind:
    """Return whose page it is and why its reader was written to; what went wrong before must not go wrong again here."""
    try:
        with visit.database.work() as session:
            return behind(session, visit.token, locale=visit.locale(reply.locale))
    except Exception as wrong:  # noqa: BLE001 - a page without its house is better than none
        log.error("%s around a page", type(wrong).__qualname__)  # noqa: TRY400 - a traceback may quote the token
        return Behind("")


def _html(visit: Visit, reply: Reply, kept: str, around: Behind) -> str:
    locale = visit.locale(reply.locale)

    def nonce_field(path: str = visit.path) -> Markup:
        return Markup('<input type="hidden" name="{}" value="{}">').format(nonce.FIELD, nonce.mark(kept, path))

    return (
        _templates()
        .get_template(reply.template)
        .render(
            reply.data,
            lang="fr" if locale == PSEUDO else locale,
            t=lambda sentence, **params: say(locale, sentence, **params),
            css=Markup(CSS),  # noqa: S704 - our own constant
            nonce=nonce_field,
            day=lambda value: short_day(locale, value),
            path=visit.path,
            behind=around,
            stop="" if reply.template in _STOPPING else f"/stop/{visit.token}",
        )
    )


def _set(response: Response, links: Links, name: str, value: str, lives: int) -> None:
    response.set_cookie(name, value, max_age=lives, path="/", httponly=True, secure=links.https, samesite="lax")


@cache
def _templates() -> Environment:
    folder = Path(__file__).parent / "templates"
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
