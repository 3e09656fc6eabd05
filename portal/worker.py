"""One worker: letters leave, chains advance. Never imports Reflex."""

import asyncio
import contextlib
import logging
import signal

from sqlalchemy import make_url

from portal.access.house import house
from portal.kit import clock, tokens
from portal.kit.db import Database
from portal.postbox.mime import Sender
from portal.schedule import Work, engine
from portal.settings import Settings


def run(settings: Settings) -> None:
    """Work until told to stop (SIGTERM or SIGINT), then finish what is in hand."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    database = prepare(settings)
    work = Work(database=database, sender=sender_of(settings), site_url=settings.site_url, clock=clock.now)
    try:
        asyncio.run(_until_stopped(work, conninfo(settings.database_url)))
    finally:
        database.close()


def prepare(settings: Settings) -> Database:
    """Set this process up: its clock, its secret, its database; the house's name follows the settings."""
    clock.follow(settings.clock_file)
    tokens.use_secret(settings.secret_key)
    database = Database(settings.database_url)
    with database.work() as session:
        rules = house(session)
        rules.name, rules.zone = settings.house_name, str(settings.house_tz)
        rules.mail_domain = settings.mail_from.partition("@")[2]
        session.add(rules)
    return database


def sender_of(settings: Settings) -> Sender:
    """Return who the house writes as."""
    return Sender(
        host=settings.smtp_host,
        port=settings.smtp_port,
        mail_from=settings.mail_from,
        from_name=settings.mail_from_name,
        reply_to=settings.mail_reply_to,
        user=settings.smtp_user,
        password=settings.smtp_password,
        security=settings.smtp_security,
    )


def conninfo(url: str) -> str:
    """Return a SQLAlchemy URL as the connection string libpq knows."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


async def _until_stopped(work: Work, where: str) -> None:
    app = engine(work, where)
    async with app.open_async():
        task = asyncio.ensure_future(
            app.run_worker_async(concurrency=2, install_signal_handlers=False, delete_jobs="successful")
        )
        loop = asyncio.get_running_loop()
        for stop in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(stop, task.cancel)
        with contextlib.suppress(asyncio.CancelledError):
            await task
