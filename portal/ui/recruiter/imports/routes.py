"""Files in and out by plain HTTP: a websocket handler takes no upload, and a browser keeps no download it did not ask for.

Whoever asks is looked up by the session cookie, before a byte of the file is read. What is wrong with a file is told on
the page it came from.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import TypeVar
from urllib.parse import quote, unquote

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request, cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from portal.imports import actions, queries
from portal.imports.reading import CAP_PAGE
from portal.kit.errors import NotFound, Refused
from portal.kit.i18n import N_, say
from portal.timeline.who import Person
from portal.ui import doors
from portal.ui.doors import RECRUITERS, Door, Left
from portal.ui.origin import from_here
from portal.ui.session import HOME, SIGN_IN

T = TypeVar("T")
FIELD = "file"
TAKE, NEW = "/imports/file", "/imports/new"
TOLD_COOKIE = "vivier_told"
NO_FILE = N_("Choose a file first.")
TOO_LARGE = N_("This file is larger than {cap} MB. Split it into smaller files and import them one after the other.")
CUT_OFF = N_("The file did not arrive whole. Send it again.")
NOT_FROM_HERE = N_("A file is sent from its own page. Open the page again, then send it.")
_FORM_AROUND = 16_384  # bytes of a multipart form that are not the file
# What is too large is read on and thrown away up to here, so that the browser listens to the answer at all.
_DRAINED = 300_000_000
_TOLD_LIVES = 120


def imports_app() -> Starlette:
    """Return the app that answers these addresses and no others."""
    return Starlette(
        routes=[
            Route(TAKE, _take, methods=["POST"]),
            Route("/imports/{import_id:int}/rejected.csv", _rejected, methods=["GET"]),
        ]
    )


def told_of(cookie_header: str) -> str:
    """Return the sentence an upload was answered with, or nothing."""
    try:
        told = json.loads(unquote(cookie_parser(cookie_header or "").get(TOLD_COOKIE, "")))
    except ValueError:
        return ""
    return told[:600] if isinstance(told, str) else ""


async def _take(request: Request) -> Response:
    who = await _who(request)
    if isinstance(who, Response):
        return who
    if not from_here(request):
        return PlainTextResponse(say(who.locale, NOT_FROM_HERE), 403)
    try:
        name, content = await _file(request)
        run_id = await _inside(
            request, lambda door: actions.upload(door.session, door.who, name, content, now=door.now)
        )
    except Left:
        return RedirectResponse(HOME, 303)
    except Refused as refused:
        return _back(request, str(refused) if isinstance(refused, doors.Told) else _said(who, refused))
    return RedirectResponse(f"/imports/{run_id}", 303)


async def _rejected(request: Request) -> Response:
    who = await _who(request)
    if isinstance(who, Response):
        return who
    run_id: int = request.path_params["import_id"]
    if run_id >= 2**63:
        return PlainTextResponse(_said(who, NotFound()), 404)
    try:
        lines = await _inside(request, lambda door: queries.rejected_csv(door.session, door.who, run_id, door.locale))
    except Left:
        return RedirectResponse(HOME, 303)
    except Refused as refused:
        return PlainTextResponse(str(refused), 404)
    name = say(who.locale, N_("rejected-lines-{number}.csv"), number=run_id)
    told = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"}
    return Response(lines, headers=told, media_type="text/csv; charset=utf-8")


async def _who(request: Request) -> Person | Response:
    """Return the recruiter who asks, or where to lead whoever else it is."""
    person = await doors.person(request.cookies.get(doors.SESSION_COOKIE, ""))
    if person is None:
        return RedirectResponse(SIGN_IN, 303)
    return person if person.role in RECRUITERS else RedirectResponse(HOME, 303)


async def _file(request: Request) -> tuple[str, bytes]:
    """Return the name and content of the one file in the form; stops reading it at the first byte too many."""
    try:
        form = await MultiPartParser(request.headers, _bounded(request), max_files=1, max_fields=4).parse()
    except (MultiPartException, ClientDisconnect, KeyError, UnicodeDecodeError) as broken:
        raise Refused(CUT_OFF) from broken
    try:
        sent = form.get(FIELD)
        if not isinstance(sent, UploadFile) or not sent.filename:
            raise Refused(NO_FILE)
        return sent.filename, await sent.read()
    finally:
        await form.close()


async def _bounded(request: Request) -> AsyncIterator[bytes]:
    """Yield the form's bytes as long as they may be a file we take."""
    declared = request.headers.get("content-length", "")
    most = CAP_PAGE + _FORM_AROUND
    seen = int(declared) if declared.isdecimal() and len(declared) < 15 and int(declared) > most else 0
    stream = request.stream()
    if not seen:
        async for chunk in stream:
            seen += len(chunk)
            if seen > most:
                break
            yield chunk
    if seen > most:
        await _drain(stream)
        raise Refused(TOO_LARGE, cap=CAP_PAGE // 1_000_000)


async def _drain(stream: AsyncIterator[bytes]) -> None:
    """Throw the rest away, keeping nothing: a browser reads no answer before it has sent all."""
    thrown = 0
    async for chunk in stream:
        thrown += len(chunk)
        if thrown > _DRAINED:
            return


async def _inside(request: Request, fn: Callable[[Door], T]) -> T:
    house, token = doors.house(), request.cookies.get(doors.SESSION_COOKIE, "")
    return await asyncio.get_running_loop().run_in_executor(house.pool, house.enter, token, RECRUITERS, fn)


def _said(who: Person, refused: Refused) -> str:
    return say(who.locale, refused.sentence, **refused.params)


def _back(request: Request, told: str) -> Response:
    """Lead back to the page of the file, which tells what was wrong with it."""
    response = RedirectResponse(f"{NEW}?told=1", 303)
    https = request.url.scheme == "https"
    response.set_cookie(
        TOLD_COOKIE, quote(json.dumps(told)), max_age=_TOLD_LIVES, path="/", httponly=True, secure=https, samesite="lax"
    )
    return response
