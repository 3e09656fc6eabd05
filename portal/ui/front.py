"""The front of the house: who may load a page at all, in which language, and what a browser is told to beware of.

A page is the same file for everyone and holds no data; still, who is not signed in is led to the sign-in page by an
HTTP answer, before any script runs, and a page in English says so in its first byte.
"""

import gzip
import hashlib
import re
from base64 import b64encode
from functools import lru_cache
from html import escape
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.kit.errors import NotFound
from portal.kit.i18n import LOCALES, N_, say
from portal.timeline.who import Person
from portal.ui import doors, pages
from portal.ui.links import visit
from portal.ui.session import HOME, SIGN_IN

INLINE_SCRIPT = re.compile(rb"<script(?![^<>]*\ssrc=)[^<>]*+>(.+?)(?:</script>|\Z)", re.DOTALL)
BUILT_IN = f'<html lang="{LOCALES[0]}"'.encode()
BEWARE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Reflex turns some of the server's answers (a redirect, a focus) into code with eval; inline scripts are only the
# built ones, by their hash, and nothing comes from outside.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval' {hashes}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)

# What is no page of ours and brings no policy of its own (a file, an error, a page under its file's name) runs nothing.
NOTHING = "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
_PLAIN, _HOST = f"{doors.SESSION_COOKIE}=".encode(), f"__Host-{doors.SESSION_COOKIE}=".encode()
_NO_LONGER = _PLAIN + b'""; HttpOnly; Max-Age=0; Path=/; SameSite=lax; Secure'


class Document(NamedTuple):
    """A built page, ready for one language."""

    plain: bytes
    packed: bytes
    policy: str
    etag: str


def documents(app: ASGIApp) -> ASGIApp:
    """Guard the built pages and the websocket behind them."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].startswith("/_event"):
            await app(own_states(scope), receive, send)
        elif scope["type"] == "http" and scope["method"] in {"GET", "HEAD"} and "." not in scope["path"]:
            await _page(app, scope, receive, send)
        else:
            await app(scope, receive, send)

    return answer


def beware(app: ASGIApp, *, https: bool) -> ASGIApp:
    """Add the security headers that an answer does not bring itself."""
    told = (
        BEWARE
        | {"Content-Security-Policy": NOTHING}
        | ({"Strict-Transport-Security": "max-age=31536000"} if https else {})
    )

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in told.items():
                    headers.setdefault(name, value)
            await send(message)

        await app(scope, receive, send_with_headers if scope["type"] == "http" else send)

    return answer


def host_cookie(app: ASGIApp) -> ASGIApp:
    """Over https, let a browser take the cookie of a session from this very host alone: `__Host-…` (RFC 6265bis, 4.1.3.2).

    Inside the house it keeps its plain name. One that was set under it is read until its session ends.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_renamed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [told for pair in message["headers"] for told in _outward(*pair)]}
            await send(message)

        if scope["type"] not in {"http", "websocket"}:
            await app(scope, receive, send)
            return
        inside = {**scope, "headers": [_inward(*pair) for pair in scope["headers"]]}
        await app(inside, receive, send_renamed if scope["type"] == "http" else send)

    return answer


def _outward(name: bytes, value: bytes) -> list[tuple[bytes, bytes]]:
    if name.lower() != b"set-cookie" or not value.startswith(_PLAIN):
        return [(name, value)]
    return [(name, _HOST + value.removeprefix(_PLAIN)), (name, _NO_LONGER)]


def _inward(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    if name.lower() != b"cookie" or _HOST not in value:
        return name, value
    others = [one for one in map(bytes.strip, value.split(b";")) if not one.startswith(_PLAIN)]
    return name, b"; ".join(_PLAIN + one.removeprefix(_HOST) if one.startswith(_HOST) else one for one in others)


def own_states(scope: Scope) -> Scope:
    """Name the browser's states after its token *and* its session cookie.

    The token alone travels in an address and would otherwise open the states of whoever signed in with it.
    """
    session = doors.session_token(Headers(scope=scope).get("cookie", ""))
    asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    own = [(name, _joined(value, session) if name == "token" else value) for name, value in asked]
    return {**scope, "query_string": urlencode(own).encode()}


def _joined(token: str, session: str) -> str:
    return hashlib.sha256(f"{token} {session}".encode()).hexdigest()[:40]


async def _page(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    person = await doors.person(doors.session_token(Headers(scope=scope).get("cookie", "")))
    if (elsewhere := _elsewhere(scope["path"], person)) is not None:
        response: Response = RedirectResponse(elsewhere, 303, {"Cache-Control": "no-store"})
    else:
        accepted = visit.accepted(Headers(scope=scope).get("accept-language", ""))
        response = await _document(app, scope, receive, accepted if person is None else person.locale)
    await response(scope, receive, send)


def _elsewhere(path: str, person: Person | None) -> str | None:
    """Return where to go instead of this page, for who may not see it."""
    audience = pages.audience(path)
    if audience is None:
        return None
    if person is None:
        return SIGN_IN
    home = pages.home(person.role)
    if path == HOME or person.role not in audience:
        return home if home != path else None
    return None


async def _document(app: ASGIApp, scope: Scope, receive: Receive, locale: str) -> Response:
    """Take the built page as it is, and make it this reader's."""
    unpacked = [(n, v) for n, v in scope["headers"] if n not in {b"accept-encoding", b"if-none-match", b"range"}]
    start: Message = {}
    body = b""

    async def take(message: Message) -> None:
        nonlocal start, body
        if message["type"] == "http.response.start":
            start = message
        else:
            body += message.get("body", b"")

    # A built page is a folder with an index: asked for with its slash, it needs no second trip.
    path = f"{scope['path'].rstrip('/')}/" if pages.is_built(scope["path"]) else scope["path"]
    # Without extensions: a server that offers to send the file itself would leave us nothing to write in.
    asked = {"method": "GET", "headers": unpacked, "path": path, "raw_path": path.encode(), "extensions": {}}
    await app({**scope, **asked}, receive, take)
    headers = {name.decode(): value.decode() for name, value in start["headers"] if name != b"content-length"}
    if not headers.get("content-type", "").startswith("text/html"):
        return Response(body, start["status"], headers)
    if start["status"] == 404:
        return HTMLResponse(_nowhere(locale, await doors.house_name()), 404, {"Cache-Control": "no-store"})
    return _ready_response(ready(body, locale), start["status"], Headers(scope=scope))


def _nowhere(locale: str, house: str) -> str:
    """Say it without a script: what is no page must not come to life and lead a stranger to the sign-in."""
    told, home, name = say(locale, str(NotFound())), say(locale, N_("Home")), escape(house)
    return (
        f'<!doctype html><html lang="{locale}"><head><meta charset="utf-8"><title>{name}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<link rel="stylesheet" href="/vivier.css"><link rel="icon" href="/vivier.svg"></head>'
        f'<body class="porch"><main class="porch-main"><p>{name}</p><h1>{told}</h1>'
        f'<p><a class="button primary" href="/">{home}</a></p></main></body></html>'
    )


def _ready_response(page: Document, status: int, asked: Headers) -> Response:
    told = {
        "Content-Security-Policy": page.policy,
        "Cache-Control": "private, no-cache",
        "ETag": page.etag,
        "Vary": "Accept-Encoding, Cookie",
    }
    if status == 200 and asked.get("if-none-match") == page.etag:
        return Response(status_code=304, headers=told)
    packed = "gzip" in asked.get("accept-encoding", "")
    more = {"Content-Encoding": "gzip"} if packed else {}
    return Response(page.packed if packed else page.plain, status, told | more, "text/html")


@lru_cache(maxsize=256)
def ready(built: bytes, locale: str) -> Document:
    """Return a built page in `locale`: its words come with the first data, and until then its frame waits."""
    waiting = b"" if locale == LOCALES[0] else b' data-wait=""'
    plain = built.replace(BUILT_IN, f'<html lang="{locale}"'.encode() + waiting, 1)
    hashes = " ".join(sorted({f"'sha256-{_base64(script)}'" for script in INLINE_SCRIPT.findall(plain)}))
    etag = f'"{hashlib.sha256(plain).hexdigest()[:32]}"'
    return Document(plain, gzip.compress(plain, 6), POLICY.format(hashes=hashes), etag)


def _base64(script: bytes) -> str:
    return b64encode(hashlib.sha256(script).digest()).decode()
