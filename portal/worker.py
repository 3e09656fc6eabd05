"""One worker: letters leave, chains advance. Never imports Reflex."""

import asyncio
import contextlib
import gc
import logging
import signal
import sys

from procrastinate.exceptions import ConnectorException
from psycopg_pool import PoolTimeout
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from portal.access.house import found
from portal.kit import clock, tokens
from portal.kit.db import Database
from portal.postbox.mime import Sender
from portal.schedule import PAUSE, Work, engine
from portal.settings import Settings

log = logging.getLogger("vivier.work")

# Planning, posting, taking files in, the tick and the nightly tidying, each once at a time.
CONCURRENCY = 5
# Seconds one thread may compute while another waits. What waits most is a thread back from the database with the next
# statement to send: with Python's own 5 ms, letters leave a tenth slower.
TURN = 0.001
# New objects after which garbage is looked for. A round makes tens of thousands that all live until its end: with Python's
# own 700 they are gone through again and again, and planning is a fifth slower, with letters to write a third.
COLLECT = 20_000


def run(settings: Settings) -> None:
    """Work until told to stop (SIGTERM or SIGINT), then finish what is in hand."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    tune()
    database = prepare(settings)
    work = Work(database=database, sender=sender_of(settings), site_url=settings.site_url, clock=clock.now)
    try:
        asyncio.run(_until_stopped(work, conninfo(settings.database_url)))
    finally:
        database.close()


def tune() -> None:
    """Set the interpreter to work in bulk; what is loaded by now is never garbage."""
    sys.setswitchinterval(TURN)
    gc.freeze()
    gc.set_threshold(COLLECT)


def prepare(settings: Settings) -> Database:
    """Set this process up: its clock, its secret, its database; name a house that has no name yet."""
    clock.follow(settings.clock_file)
    tokens.use_secret(settings.secret_key)
    database = Database(settings.database_url)
    with database.work() as session:
        domain = settings.mail_from.partition("@")[2]
        found(session, name=settings.house_name, zone=str(settings.house_tz), mail_domain=domain)
    return database


def sender_of(settings: Settings) -> Sender:
    """Return who the house writes as."""
    return Sender(
        host=settings.smtp_host,
        port=settings.smtp_port,
        mail_from=settings.mail_from,
        from_name=settings.mail_from_name,
        reply_to=settings.mail_reply_to or None,
        user=settings.smtp_user,
        password=settings.smtp_password,
        security=settings.smtp_security,
    )


def conninfo(url: str) -> str:
    """Return a SQLAlchemy URL as the connection string libpq knows."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


async def _until_stopped(work: Work, where: str) -> None:
    """Work; should the database go away, wait for it and go on."""
    stopped = asyncio.Event()

    def stop() -> None:
        work.stopping.set()
        stopped.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop)
    while not stopped.is_set():
        try:
            await _work(work, where, stopped)
        except (ConnectorException, PoolTimeout, DBAPIError) as away:
            log.warning("the database is away, trying again: %s", away)
        if not stopped.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopped.wait(), PAUSE)


async def _work(work: Work, where: str, stopped: asyncio.Event) -> None:
    app = engine(work, where)
    async with app.open_async():
        # A worker that died may have left nobody to say there is work.
        await asyncio.to_thread(work.wake_all)
        working = asyncio.ensure_future(
            app.run_worker_async(concurrency=CONCURRENCY, install_signal_handlers=False, delete_jobs="successful")
        )
        waiting = asyncio.ensure_future(stopped.wait())
        await asyncio.wait({working, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        working.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await working
