"""All recurring work, on one screen.

A job only says "look now": what is to be done stands in rows, so doing it twice or late harms nobody. One run of a name
at a time is enough (`lock`), and one waiting (`queueing_lock`); kill -9 leaves a job that `retry_stalled` takes up again.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import procrastinate

from portal.booking.holding import release_expired
from portal.chains.actions import enrol_due
from portal.chains.planning import advance
from portal.conversations.actions import close_idle
from portal.gate.dispatch import deliver, give_up_lost
from portal.kit import jobs
from portal.kit.db import Database
from portal.postbox.delivery import MailDown
from portal.postbox.mime import Sender
from portal.privacy.jobs import forget_last_addresses
from portal.signin.actions import forget_old

log = logging.getLogger("vivier.work")

EVERY_MINUTE = "* * * * *"
EVERY_NIGHT = "10 2 * * *"


@dataclass(frozen=True, slots=True)
class Work:
    """Everything the jobs need, handed to them once at start."""

    database: Database
    sender: Sender
    site_url: str
    clock: Callable[[], datetime]

    def plan(self) -> None:
        """Begin the launches whose time has come and let everyone who is due take a step."""
        while self._act(enrol_due):
            pass
        while self._act(advance):
            pass

    async def post(self) -> int:
        """Send what is due; with the mail server down, letters wait for the next minute."""
        try:
            return await deliver(self.database, self.sender, self.site_url, clock=self.clock)
        except MailDown as down:
            log.warning("mail server cannot be reached, letters wait: %s", down)
            return 0

    def tidy(self) -> None:
        """Let go of what time has ended: holds, letters of dead workers, the last address of whoever left."""
        with self.database.work() as session:
            release_expired(session, now=self.clock())
            give_up_lost(session)
            forget_last_addresses(session, now=self.clock())

    def tidy_nightly(self) -> None:
        """Forget what need not be kept, and close conversations nobody has spoken in."""
        with self.database.work() as session:
            close_idle(session, now=self.clock())
            forget_old(session, now=self.clock())

    def wake_all(self) -> None:
        """Ask for the two drivers, in case whoever should have asked could not."""
        with self.database.work() as session:
            jobs.wake(session, "advance")
            jobs.wake(session, "deliver")

    def _act(self, verb: Callable[..., int]) -> int:
        with self.database.work() as session:
            return verb(session, now=self.clock())


def engine(work: Work, conninfo: str) -> procrastinate.App:
    """Return the job engine with every job registered."""
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=conninfo))

    @app.task(name="advance", lock="advance", queueing_lock="advance")
    async def run_advance() -> None:
        await asyncio.to_thread(work.plan)

    @app.task(name="deliver", queueing_lock="deliver")
    async def run_deliver() -> None:
        await work.post()

    @app.periodic(cron=EVERY_MINUTE)
    @app.task(name="tick", queueing_lock="tick", pass_context=True)
    async def tick(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001 - Procrastinate says when
        await _retry_stalled(context.app)
        await asyncio.to_thread(work.tidy)
        await asyncio.to_thread(work.wake_all)

    @app.periodic(cron=EVERY_NIGHT)
    @app.task(name="nightly", queueing_lock="nightly")
    async def nightly(timestamp: int) -> None:  # noqa: ARG001
        await asyncio.to_thread(work.tidy_nightly)

    return app


async def _retry_stalled(app: procrastinate.App) -> None:
    """Take up the jobs of workers that died with them in hand."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)
