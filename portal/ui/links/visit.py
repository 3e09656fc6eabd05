"""What a link page is made of: who asks for what (`Visit`), what is answered (`Reply`), both joined (`LinkPage`).

A page is one function that shows and one that acts, and a template:

    PAGE = LinkPage("/x/{token}", show, act)   # then add it to `app.PAGES`
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from portal.kit.db import Database
from portal.kit.i18n import LOCALES, PSEUDO
from portal.signin.ways import Ways

T = TypeVar("T")

SESSION_COOKIE = "vivier_session"
LOCALE_COOKIE = "vivier_locale"
_OWN_PATH = re.compile(r"/(?:[A-Za-z0-9_~.-]+(?:/[A-Za-z0-9_~.-]+)*/?)?")
LONGEST_PATH = 200
_WEIGHT = re.compile(r";\s*q\s*=\s*([01]?\.?\d{1,3})")


@dataclass(frozen=True, slots=True)
class Visit:
    """One request, read and bounded; `path` is the page's own, `network` the caller's address, truncated."""

    database: Database
    now: datetime
    path: str
    params: Mapping[str, str]
    form: Mapping[str, str]
    cookies: Mapping[str, str]
    network: str
    accepts: str = ""
    referer: str = ""
    asked: Mapping[str, str] = field(default_factory=dict)  # what follows ? in the address
    ways: Ways = field(default_factory=Ways)
    pool: Executor | None = None

    async def aside(self, work: Callable[[], T]) -> T:
        """Do database work off the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self.pool, work)

    @property
    def token(self) -> str:
        """Return the token in the address."""
        return self.params.get("token", "")

    @property
    def session_token(self) -> str:
        """Return what the browser is signed in with, if it is."""
        return self.cookies.get(SESSION_COOKIE, "")

    def locale(self, theirs: str | None = None) -> str:
        """Return the language to answer in: the one chosen here, else the person's, else the browser's, else French."""
        chosen = self.cookies.get(LOCALE_COOKIE, "")
        if chosen in (*LOCALES, PSEUDO):
            return chosen
        return theirs or accepted(self.accepts)


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie to set, HttpOnly and SameSite=Lax always; without a life it is taken away."""

    name: str
    value: str = ""
    lives: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Reply:
    """A page (`template` filled with `data`) or a way on (`go`)."""

    template: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    locale: str | None = None
    status: int = 200
    go: str = ""
    cookies: tuple[Cookie, ...] = ()


# An async one waits for somebody else's server, and does its database work `aside`.
Handler = Callable[[Visit], Reply | Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class LinkPage:
    """One address. `show` answers GET and changes nothing; `act` answers POST, and only to who opened the page.

    `open_to` lets a POST in without a nonce, when it says why it may. `at_least` is how many seconds an act takes, so
    that its duration tells nothing.
    """

    path: str
    show: Handler | None = None
    act: Handler | None = None
    open_to: Callable[[Visit], bool] = lambda _: False
    at_least: float = 0.0


def page(template: str, *, locale: str | None = None, status: int = 200, **data: Any) -> Reply:
    """Answer with a page."""
    return Reply(template, data, locale, status)


def go(path: str, *cookies: Cookie) -> Reply:
    """Lead the browser on, by GET."""
    return Reply(go=path, cookies=cookies)


def with_cookies(reply: Reply, *cookies: Cookie) -> Reply:
    """Add cookies to an answer."""
    return replace(reply, cookies=(*reply.cookies, *cookies))


def own_path(path: str, otherwise: str = "/signin") -> str:
    """Return a path of this site, never another's address."""
    return path if len(path) <= LONGEST_PATH and _OWN_PATH.fullmatch(path) else otherwise


def accepted(header: str) -> str:
    """Return the one of our languages a browser would rather have (RFC 9110, 12.5.4); the first it names, of equals."""
    asked = [(part.partition(";")[0].strip().lower()[:2], _weight(part)) for part in header.split(",")]
    ours = [(language, weight) for language, weight in asked if language in LOCALES and weight > 0]
    return max(ours, key=lambda each: each[1])[0] if ours else LOCALES[0]


def _weight(part: str) -> float:
    """Return how much it is wanted: 1 unless `q` says less."""
    said = _WEIGHT.search(part)
    return float(said[1]) if said else 1.0
