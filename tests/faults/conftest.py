"""A worker as a real process, that can be killed; and a mail server whose letters are counted from outside."""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from portal.kit import tokens
from portal.kit.db import Database
from portal.kit.embedded import Urls
from portal.settings import PROJECT
from tests.crowd import working_hour
from tests.faults.posting import House
from tests.forked import ended, forked

PATIENCE = 120.0


@dataclass
class Workplace:
    """Where workers are started: what they are told, and where their letters arrive."""

    folder: Path
    port: int
    now: datetime
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def arrived(self) -> Counter[str]:
        """How often each Message-ID reached the mail server."""
        file = self.folder / "arrived"
        return Counter(file.read_text().split()) if file.exists() else Counter()

    def worker(self) -> BaseProcess:
        """`vivier work` in a process of its own."""
        told = os.environ | {
            "VIVIER_ENV": "test",
            "VIVIER_DATA": str(self.folder / "data"),
            "SECRET_KEY": "a secret for tests that is long enough",
            "SITE_URL": "http://vivier.test",
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(self.port),
            "SMTP_SECURITY": "none",
            "VIVIER_CLOCK_FILE": str(self.folder / "clock"),
        }
        return forked("work", told | self.environment, self.folder / "worker.log")

    @property
    def said(self) -> str:
        """What the workers said, for a test that fails."""
        return (self.folder / "worker.log").read_text()[-4000:]

    @contextmanager
    def working(self) -> Iterator[BaseProcess]:
        """A worker until the block ends, then stopped in good order."""
        process = self.worker()
        try:
            yield process
        finally:
            ended(process)

    def wait_until(self, seen: Callable[[], bool]) -> None:
        """Look until it is so; what is looked at is what the fault is about, never the clock."""
        deadline = time.monotonic() + PATIENCE
        while not seen():
            assert time.monotonic() < deadline, f"It did not happen in {PATIENCE:.0f} s. The worker said:\n{self.said}"
            time.sleep(0.02)


@pytest.fixture
def workplace(folder: Path) -> Iterator[Workplace]:
    command = [sys.executable, "-m", "tests.bare_sink", str(folder / "arrived")]
    sink = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    now = working_hour(datetime.now(UTC))
    (folder / "clock").write_text(now.isoformat())
    try:
        assert sink.stdout is not None
        yield Workplace(folder, int(sink.stdout.readline()), now)
    finally:
        sink.kill()
        sink.communicate()


@pytest.fixture
def house(database: Urls) -> Iterator[House]:
    tokens.use_secret("a secret for tests that is long enough")
    opened = Database(database.app)
    yield House(opened)
    opened.close()
