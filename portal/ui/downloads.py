"""Files people take away: by HTTP, for whom they are, and for nobody else.

Asking for one changes nothing; one whose taking is written down is asked for by a form of our own pages (POST).
"""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import IO, Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from portal.consent import ledger
from portal.kit.clock import local_day
from portal.kit.errors import Refused
from portal.privacy.mirror import document
from portal.ui import doors
from portal.ui.doorkeeper import log_without_words
from portal.ui.doors import CANDIDATES, DPOS, Audience, Door, Left
from portal.ui.origin import from_here
from portal.ui.session import SIGN_IN

_CHUNK = 64 * 1024
_LONGEST_FORM = 16 * 1024  # bytes
_PLAIN = "application/x-www-form-urlencoded"
_IN_MEMORY = 1024 * 1024
_HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


@dataclass(frozen=True, slots=True)
class Download:
    """One file: where it is asked for, by whom, what writes it (UTF-8 text), and what it is called that day.

    `write` is told what the form said, if it is `posted`.
    """

    path: str
    audience: Audience
    kind: str
    name: str
    write: Callable[[Door, IO[str], Mapping[str, str]], Any]
    posted: bool = False


def _my_data(door: Door, file: IO[str], _asked: Mapping[str, str]) -> None:
    json.dump(document(door.session, door.who, now=door.now), file, ensure_ascii=False, indent=2)


def _ledger(door: Door, file: IO[str], _asked: Mapping[str, str]) -> None:
    ledger.export(door.session, door.who, file, now=door.now)


DOWNLOADS = (
    Download("/me/data.json", CANDIDATES, "application/json", "vivier-mes-donnees-{day}.json", _my_data),
    Download("/privacy/ledger.jsonl", DPOS, "application/jsonl", "vivier-registre-{day}.jsonl", _ledger),
)


def downloads_app(*others: Download) -> Starlette:
    """Return the app that answers these addresses and no others."""
    return Starlette(
        routes=[
            Route(each.path, _endpoint(each), methods=["POST"] if each.posted else ["GET", "HEAD"])
            for each in (*DOWNLOADS, *others)
        ]
    )


def _endpoint(download: Download) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        if request.method == "HEAD":
            return Response(headers=_HEADERS)
        asked = await _form(request) if download.posted else {}
        if asked is None:
            return Response(status_code=403, headers=_HEADERS)
        token = doors.session_token(request.headers.get("cookie", ""))
        try:
            file, day = await asyncio.get_running_loop().run_in_executor(
                doors.house().pool, _written, download, token, asked
            )
        except Left:
            return RedirectResponse(SIGN_IN, 303, _HEADERS)
        except Refused:
            return Response(status_code=404, headers=_HEADERS)
        except Exception as wrong:  # noqa: BLE001 - nobody's words in the log, nor in the answer
            log_without_words(wrong)
            return Response(status_code=500, headers=_HEADERS)
        told = {"Content-Disposition": f'attachment; filename="{download.name.format(day=day)}"'}
        return StreamingResponse(_chunks(file), media_type=download.kind, headers=_HEADERS | told)

    return answer


async def _form(request: Request) -> dict[str, str] | None:
    """Return the fields of a small form sent by one of our own pages; None for anything else."""
    length = request.headers.get("content-length", "")
    kind = request.headers.get("content-type", "")
    if not (from_here(request) and length.isdecimal() and int(length[:9]) <= _LONGEST_FORM and kind.startswith(_PLAIN)):
        return None
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


def _written(download: Download, token: str, asked: Mapping[str, str]) -> tuple[IO[bytes], str]:
    """Write the file in one transaction, so that it says one instant; large ones go to a nameless file on disk."""

    def write(door: Door) -> tuple[IO[bytes], str]:
        raw = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY, mode="w+", encoding="utf-8", newline="\n")  # noqa: SIM115
        download.write(door, raw, asked)
        raw.seek(0)
        return raw, local_day(door.now, door.zone).isoformat()

    return doors.house().enter(token, download.audience, write)


async def _chunks(file: IO[Any]) -> AsyncIterator[str]:
    with file:
        while part := file.read(_CHUNK):
            yield part
            await asyncio.sleep(0)
