"""The link pages within the whole web app: in front of it, and out of its way."""

import asyncio
from collections.abc import Iterator

import pytest
from starlette.types import ASGIApp, Message

from portal.kit import tokens
from portal.kit.db import Database
from portal.kit.embedded import Urls
from portal.ui import doors
from portal.ui.links import visit
from portal.ui.links.app import links_app


@pytest.fixture
def mounted(module_database: Urls) -> Iterator[ASGIApp]:
    """The pages as Reflex mounts itself behind them."""
    tokens.use_secret("a secret of the tests, long enough to be one")
    house = Database(module_database.app)
    app = links_app(house)

    async def behind(scope: dict, receive: object, send: object) -> None:  # type: ignore[type-arg]
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})  # type: ignore[operator]
            return
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x-behind", b"yes")]})  # type: ignore[operator]
        await send({"type": "http.response.body", "body": b"behind"})  # type: ignore[operator]

    app.mount("", behind)  # type: ignore[arg-type]
    yield app
    house.close()


def heard(app: ASGIApp, scope: dict[str, object]) -> list[Message]:
    """Everything the app answers to one request."""
    said: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        said.append(message)

    common = {"headers": [], "query_string": b"", "client": ("203.0.113.7", 1), "root_path": "", "scheme": "http"}
    asyncio.run(app({**common, "server": ("vivier.example", 80), "http_version": "1.1", **scope}, receive, send))  # type: ignore[arg-type]
    return said


def test_every_other_address_passes_through_untouched(mounted: ASGIApp) -> None:
    for path in ("/", "/pool", "/signin2", "/assets/x.js"):
        start = heard(mounted, {"type": "http", "method": "GET", "path": path, "raw_path": path.encode()})[0]
        assert start["headers"] == [(b"x-behind", b"yes")]


def test_the_websocket_passes_through(mounted: ASGIApp) -> None:
    assert (
        heard(mounted, {"type": "websocket", "path": "/_event", "raw_path": b"/_event"})[0]["type"]
        == "websocket.accept"
    )


def test_the_sign_in_page_stands_in_front(mounted: ASGIApp) -> None:
    start, body = heard(mounted, {"type": "http", "method": "GET", "path": "/signin", "raw_path": b"/signin"})[:2]
    assert start["status"] == 200
    assert "Se connecter" in body["body"].decode()


def test_links_and_doors_speak_of_the_same_cookie() -> None:
    assert visit.SESSION_COOKIE == doors.SESSION_COOKIE
