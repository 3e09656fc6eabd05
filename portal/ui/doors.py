"""The only way from a page to the database: a door, opened by a person who is allowed through.

Any websocket client may call any event handler of any State. So a State says who may call it (`audience`), the
doorkeeper (`portal/ui/doorkeeper.py`) refuses every other before the handler runs, and the handler reaches data
only through `await self.inside(fn)`, where the person is looked up again inside the same transaction.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, TypeVar

import reflex as rx
from sqlmodel import Session
from starlette.requests import cookie_parser

from portal.access.house import as_it_stands
from portal.kit.db import Database
from portal.kit.errors import NotFound, Refused
from portal.kit.i18n import say
from portal.timeline.who import Person, Role

T = TypeVar("T")
Audience = frozenset[Role]

RECRUITERS: Audience = frozenset({Role.RECRUITER, Role.ADMIN})
ADMINS: Audience = frozenset({Role.ADMIN})
DPOS: Audience = frozenset({Role.DPO})
STAFF: Audience = frozenset({Role.RECRUITER, Role.ADMIN, Role.DPO})
CANDIDATES: Audience = frozenset({Role.CANDIDATE})
EVERYONE_SIGNED_IN: Audience = frozenset(Role)
NOBODY: Audience = frozenset()

SESSION_COOKIE = "vivier_session"
# Handlers wait for a place here rather than open a connection each.
PLACES = 8


class Left(Exception):
    """Whoever asks is not (or no longer) allowed here."""


class Told(Refused):
    """A refusal in the person's own language: `str(refusal)` is the sentence to show."""

    def __str__(self) -> str:
        """Return the sentence as it is: it was filled in when it was translated."""
        return self.sentence


@dataclass(frozen=True, slots=True)
class Door:
    """One unit of work and whose it is. Give `session`, `who` and `now` to the verbs."""

    session: Session
    who: Person
    now: datetime

    @property
    def locale(self) -> str:
        """Return the language to tell things in."""
        return self.who.locale

    @property
    def zone(self) -> str:
        """Return the person's time zone (IANA name)."""
        return self.who.zone


@dataclass(frozen=True, slots=True)
class House:
    """What doors open onto, given once at assembly."""

    database: Database
    person_of: Callable[..., Person | None]  # (session, token, *, now)
    now: Callable[[], datetime]
    pool: ThreadPoolExecutor

    def person(self, token: str) -> Person | None:
        """Return who holds this session token, now."""
        with self.database.work() as session:
            return self.person_of(session, token, now=self.now())

    def name(self) -> str:
        """Return what the house is called today."""
        with self.database.work() as session:
            return as_it_stands(session).name

    def enter(self, token: str, audience: Audience, fn: Callable[[Door], T]) -> T:
        """Run `fn` in one transaction, as the person the token stands for, if they are of the audience."""
        with self.database.work() as session:
            now = self.now()
            who = self.person_of(session, token, now=now)
            if who is None or who.role not in audience:
                raise Left
            try:
                return fn(Door(session, who, now))
            except Refused as refused:
                if isinstance(refused, Told):
                    raise
                raise Told(say(who.locale, refused.sentence, **refused.params)) from refused


_house: House | None = None


def open_house(
    database: Database, person_of: Callable[..., Person | None], now: Callable[[], datetime]
) -> ThreadPoolExecutor:
    """Say what the doors of this process open onto; return its only threads, for whoever else reads the database."""
    global _house  # noqa: PLW0603 - one house a process is the point
    _house = House(database, person_of, now, ThreadPoolExecutor(PLACES, thread_name_prefix="door"))
    return _house.pool


def house() -> House:
    """Return what the doors open onto."""
    if _house is None:
        raise RuntimeError("portal.ui.doors.open_house was not called")
    return _house


async def house_name() -> str:
    """Return what the house is called, for a page that has no State to say it."""
    return await asyncio.get_running_loop().run_in_executor(house().pool, house().name)


async def person(token: str) -> Person | None:
    """Return who holds this session token, looked up off the event loop."""
    if not token:
        return None
    return await asyncio.get_running_loop().run_in_executor(house().pool, house().person, token)


def session_token(cookie_header: str) -> str:
    """Return the session token of a Cookie header, or an empty string."""
    return cookie_parser(cookie_header or "").get(SESSION_COOKIE, "")


class Room(rx.State):
    """Base of every State. A State says who may call it: `audience: ClassVar[Audience] = RECRUITERS`."""

    audience: ClassVar[Audience] = NOBODY
    # Whose eyes this tree of states was filled for: a hash, never sent to the browser.
    _filled_for: str = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Refuse, at import, a State that does not say who may call it."""
        super().__init_subclass__(**kwargs)
        if "audience" not in vars(cls):
            raise TypeError(f"{cls.__module__}.{cls.__name__} must say its audience: any browser can call it.")

    async def inside(self, fn: Callable[[Door], T]) -> T:
        """Run `fn(door)` in a thread, in one transaction.

        A `Refused` that leaves `fn` becomes `Told`, in the person's language: let it pass and the person reads it
        as a notice, or catch it to show it beside a field.
        """
        token = session_token(self.router.headers.cookie)
        work = asyncio.get_running_loop().run_in_executor(
            house().pool, house().enter, token, self.__class__.audience, fn
        )
        return await work

    def number(self, name: str) -> int:
        """Return the number that stands in the page's address as `[name]`; what is no number is no page."""
        text = str(self.rx_router_page.params.get(name, ""))
        if not text.isdecimal() or len(text) > 18:
            raise NotFound
        return int(text)

    def asked(self, name: str) -> str:
        """Return what follows `?name=` in the page's address, or nothing."""
        return str(self.rx_router_page.params.get(name, ""))[:200]

    # Reflex makes an event handler, callable from any browser, of every public method not marked so.
    for _method in (inside, number, asked):
        _method.__override_base_method__ = True  # type: ignore[attr-defined]
    del _method
