"""A small living house for stories: a database, a mail server, a clock moved by hand, and the worker's own steps."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import SQLModel

from portal.duties.queries import failing
from portal.kit import tokens
from portal.kit.db import Database
from portal.kit.embedded import Urls
from portal.schedule import Work
from portal.timeline.who import System
from tests.cast import NOW
from tests.sink import Sink, listening

# What a look at a page may write: how often something was tried, and nothing else.
LOGS = {"rate_count", "sign_in_request"}
SITE = "http://vivier.test"


@dataclass
class World:
    database: Database
    sink: Sink
    site: str = SITE
    now: datetime = field(default=NOW)

    @property
    def worker(self) -> Work:
        return Work(self.database, self.sink.sender, self.site, lambda: self.now)

    def work(self) -> int:
        """Do what a worker would do now, until nothing is left to do; return how many letters left."""
        self.tidy()
        self.worker.plan()
        # In a thread of its own: a test that drives a browser has an event loop already.
        with ThreadPoolExecutor(1) as aside:
            return aside.submit(asyncio.run, self.worker.post()).result()

    def tidy(self) -> None:
        """Do what each minute makes due: here nothing may fail."""
        self.worker.tidy()
        with self.database.work() as session:
            assert [one.because for one in failing(session, System("test"))] == []

    def rows(self) -> dict[str, str]:
        """Every row of every table but logs, as text: what must not change when nothing is to happen."""
        with self.database.work() as session:
            tables = [table for table in SQLModel.metadata.sorted_tables if table.name not in LOGS]
            return {t.name: str(sorted(map(str, session.execute(sa.select(t)).all()))) for t in tables}

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)


@contextmanager
def living(urls: Urls) -> Iterator[World]:
    tokens.use_secret("a secret for tests that is long enough")
    database = Database(urls.app)
    try:
        with listening() as sink:
            yield World(database, sink)
    finally:
        database.close()
