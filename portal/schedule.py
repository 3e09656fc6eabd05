"""All recurring work, on one screen.

A job only says "look now": what is to be done stands in rows, so doing it twice or late harms nobody. One waiting job of
a name is enough (`queueing_lock`), and one run of it a worker (`OneAtATime`). Jobs take no lock of their own, or that of
a killed worker would keep all others waiting until it is given up for dead; rows are shared out by SKIP LOCKED instead.
"""

import asyncio
import contextlib
import logging
import threading
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Protocol

import procrastinate
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from portal.booking.holding import release_expired
from portal.chains.actions import end_undelivered, enrol_due
from portal.chains.planning import advance, wake
from portal.conversations.actions import close_idle
from portal.doubles.searching import search
from portal.duties.actions import tend, to_try_again
from portal.duties.rules import Duty
from portal.gate.dispatch import Delivered, deliver, give_up_lost
from portal.imports import actions as imports
from portal.imports.jobs import run_asked
from portal.kit import jobs
from portal.kit.db import Database
from portal.postbox.mime import Sender
from portal.postbox.reports import MailDown
from portal.privacy.expiring import forget_uninformed
from portal.privacy.jobs import forget_last_addresses
from portal.replies.reminders import remind
from portal.segments.liveness import keep
from portal.signin.actions import forget_old
from portal.timeline.pressing import forget_presses
from portal.timeline.who import System

log = logging.getLogger("vivier.work")

EVERY_MINUTE = "* * * * *"
EVERY_NIGHT = "10 2 * * *"
# Seconds before looking for a database that went away.
PAUSE = 0.5


class Act(Protocol):
    """A verb that does what is due by now, as the house."""

    def __call__(self, session: Session, *, now: datetime) -> object:
        """Do it; return how much was done, where it is counted."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty and the verb that does it; `until_none`: some at a time, until none is left."""

    duty: Duty
    act: Act
    until_none: bool = False


NIGHT = System("nightly")
MINUTELY = (
    Owed(Duty.LAST_ADDRESSES, forget_last_addresses),
    Owed(Duty.HELD_TIMES, release_expired),
    Owed(Duty.LOST_LETTERS, lambda session, now: give_up_lost(session)),  # noqa: ARG005
    Owed(Duty.REMINDERS, remind),
    Owed(Duty.PRESSES, forget_presses),
)
# The law first: whatever else the night meets, people are forgotten when they must be.
NIGHTLY = (
    Owed(Duty.UNINFORMED, partial(forget_uninformed, who=NIGHT), until_none=True),
    Owed(Duty.FILES, partial(imports.forget_old, who=NIGHT)),
    Owed(Duty.SIGN_INS, forget_old),
    Owed(Duty.UNDELIVERED, end_undelivered),
    Owed(Duty.IDLE, close_idle),
    Owed(Duty.DOUBLES, partial(search, who=NIGHT)),
    Owed(Duty.SEGMENTS, partial(keep, who=NIGHT)),
)


@dataclass(frozen=True, slots=True)
class Work:
    """Everything the jobs need, handed to them once at start."""

    database: Database
    sender: Sender
    site_url: str
    clock: Callable[[], datetime]
    stopping: threading.Event = field(default_factory=threading.Event)

    def plan(self) -> None:
        """Begin the launches whose time has come, wake who waits for what is there, let everyone who is due take a step."""
        while not self.stopping.is_set() and self._act(enrol_due):
            pass
        # In turn: whoever is woken for times takes them before anybody else is woken for the same.
        while not self.stopping.is_set() and self._act(wake) + self._act(advance):
            pass

    async def post(self) -> int:
        """Send what is due; with the mail down, letters wait until one of them was taken. Return how many left."""
        done = Delivered()
        with contextlib.suppress(MailDown):  # written down, and said in the log
            await deliver(
                self.database, self.sender, self.site_url, done, clock=self.clock, stopping=self.stopping.is_set
            )
        if done.sent or done.lost:
            await asyncio.to_thread(self._tell_chains, done.lost)
        return done.sent

    def tidy(self) -> None:
        """Do what each minute makes due, and what failed at night an hour ago."""
        with self.database.work() as session:
            failed = to_try_again(session, now=self.clock())
        self._tend([*MINUTELY, *(owed for owed in NIGHTLY if owed.duty in failed)])

    def tidy_nightly(self) -> None:
        """Do what the night makes due."""
        self._tend(NIGHTLY)

    def _tend(self, duties: Sequence["Owed"]) -> None:
        for owed in duties:
            while not self.stopping.is_set() and self._do(owed) and owed.until_none:
                pass

    def _do(self, owed: "Owed") -> int:
        now = self.clock()
        return tend(self.database, owed.duty, lambda session: owed.act(session, now=now), now=now)

    def take_in(self) -> None:
        """Look at the files that were asked about, and take in those that were decided."""
        run_asked(self.database, clock=self.clock, stopping=self.stopping.is_set)

    def wake_all(self) -> None:
        """Ask for the three drivers, in case whoever should have asked could not."""
        with self.database.work() as session:
            jobs.wake(session, "advance")
            jobs.wake(session, "deliver")
            jobs.wake(session, imports.JOB)

    def _tell_chains(self, lost: Sequence[uuid.UUID]) -> None:
        """Whose letter never arrives waits for no answer; whose letter has left may go on."""
        with self.database.work() as session:
            end_undelivered(session, lost, now=self.clock())
            jobs.wake(session, "advance")

    def _act(self, verb: Callable[..., int]) -> int:
        with self.database.work() as session:
            return verb(session, now=self.clock())


class OneAtATime:
    """A piece of work that is never done twice at once; who asks meanwhile has it done once more afterwards.

    Should the database go away in the middle, it is done again when it is back.
    """

    def __init__(self, work: Callable[[], Awaitable[object]], stopping: Callable[[], bool]) -> None:
        self._work, self._stopping = work, stopping
        self._asked = self._at_it = False

    async def __call__(self) -> None:
        """Do it now, or see to it that it is done again."""
        self._asked = True
        if self._at_it:
            return
        self._at_it = True
        try:
            while self._asked and not self._stopping():
                self._asked = False
                await self._once()
        finally:
            self._at_it = False

    async def _once(self) -> None:
        try:
            await self._work()
        except OperationalError as away:
            log.warning("the database went away, looking again: %s", away.orig)
            await asyncio.sleep(PAUSE)
            self._asked = True


def engine(work: Work, conninfo: str) -> procrastinate.App:
    """Return the job engine with every job registered."""
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=conninfo, min_size=1, timeout=10))
    plan = OneAtATime(lambda: asyncio.to_thread(work.plan), work.stopping.is_set)
    post = OneAtATime(work.post, work.stopping.is_set)
    take = OneAtATime(lambda: asyncio.to_thread(work.take_in), work.stopping.is_set)

    @app.task(name="advance", queueing_lock="advance")
    async def run_advance() -> None:
        await plan()

    @app.task(name="deliver", queueing_lock="deliver")
    async def run_deliver() -> None:
        await post()

    @app.task(name=imports.JOB, queueing_lock=imports.JOB)
    async def run_imports() -> None:
        await take()

    @app.periodic(cron=EVERY_MINUTE)
    @app.task(name="tick", queueing_lock="tick", pass_context=True)
    async def tick(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001 - Procrastinate says when
        await asyncio.to_thread(work.tidy)
        await asyncio.to_thread(work.wake_all)
        await retry_stalled(context.app)

    @app.periodic(cron=EVERY_NIGHT)
    @app.task(name="nightly", queueing_lock="nightly")
    async def nightly(timestamp: int) -> None:  # noqa: ARG001
        await asyncio.to_thread(work.tidy_nightly)

    return app


async def retry_stalled(app: procrastinate.App) -> None:
    """Take up the jobs of workers that died with them in hand, unless one of the same name waits already."""
    for job in await app.job_manager.get_stalled_jobs():
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:
            await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)
