"""The past of the demo: a mail server that takes what was sent then, and a clock that can be set."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread

from portal.kit.db import Database
from portal.postbox.mime import Sender
from portal.schedule import Work
from portal.segments.liveness import keep
from portal.timeline.who import System


@dataclass
class Past:
    """A day gone by: `at` moves forward, and `live` does what a worker would have done then."""

    database: Database
    sender: Sender
    site_url: str
    at: datetime

    def live(self) -> None:
        """Let launches advance and letters leave, as of that moment."""
        work = Work(self.database, self.sender, self.site_url, lambda: self.at)
        work.tidy()
        work.plan()
        asyncio.run(work.post())

    def night(self) -> None:
        """Write down how the pool stood."""
        with self.database.work() as session:
            keep(session, System("nightly"), now=self.at)

    def later(self, **by: float) -> None:
        """Move on."""
        self.at += timedelta(**by)


@contextmanager
def old_mail_server() -> Iterator[int]:
    """A mail server on a free port of this machine that takes every letter and keeps none; yields its port."""
    ready, done, ports = Event(), Event(), []

    async def serve() -> None:
        server = await asyncio.start_server(_converse, "127.0.0.1", 0)
        ports.append(server.sockets[0].getsockname()[1])
        ready.set()
        async with server:
            await asyncio.to_thread(done.wait)

    thread = Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    ready.wait()
    try:
        yield ports[0]
    finally:
        done.set()
        thread.join()


async def _converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Speak as much of RFC 5321 as taking letters asks for."""
    writer.write(b"220 past\r\n")
    while line := await reader.readline():
        verb = line[:4].upper()
        if verb == b"DATA":
            writer.write(b"354 go on\r\n")
            await writer.drain()
            await reader.readuntil(b"\r\n.\r\n")
        writer.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")
        await writer.drain()
        if verb == b"QUIT":
            break
    writer.close()
