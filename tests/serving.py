"""The portal served for a test as people meet it: built pages, one port, a real process."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import TextIO

from portal.kit.embedded import Urls
from tests.forked import ended, forked


@dataclass(frozen=True)
class Site:
    """A portal that answers at `url`, over a database of this test's own."""

    url: str
    database: Urls
    data: Path
    log: TextIO  # read on from where it was last read


@contextmanager
def serving(database: Urls, **environment: str) -> Iterator[Site]:
    """The web of `vivier serve --no-worker` on a free port, until the block ends. More settings by keyword."""
    port = int(environment.get("WEB_PORT") or free_port())
    with tempfile.TemporaryDirectory(prefix="vivier-site-") as folder:
        told = os.environ | {
            "VIVIER_ENV": "test",
            "VIVIER_DATA": f"{folder}/data",
            "DATABASE_URL": database.app,
            "SITE_URL": f"http://localhost:{port}",
            "WEB_PORT": str(port),
        }
        log = Path(folder) / "log"
        process = forked("web", told | environment, log)
        try:
            answering(port, lambda: process.exitcode is None, log.read_text)
            with log.open() as said:
                yield Site(f"http://localhost:{port}", database, Path(folder) / "data", said)
        finally:
            ended(process)


def fetch(site: Site, path: str, token: str = "", method: str = "GET") -> tuple[int, Message, bytes]:
    """Ask for one address, as whoever holds `token`, and follow nothing: status, headers, body."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args: object, **kwargs: object) -> None:
            return None

    request = urllib.request.Request(f"{site.url}{path}", method=method, headers={"Cookie": f"vivier_session={token}"})
    try:
        with urllib.request.build_opener(Stay).open(request) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers, refused.read()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, process: subprocess.Popen[str]) -> None:
    answering(port, lambda: process.poll() is None, lambda: process.communicate()[0])


def answering(port: int, lives: Callable[[], bool], last_words: Callable[[], str], patience: float = 60) -> None:
    """Wait until somebody answers; whoever stops instead is quoted."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if not lives():
            raise AssertionError(f"It stopped instead of answering:\n{last_words()}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"Nothing answered on port {port} in {patience:.0f} s.")


def reachable_folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="vivier-test-"))
    path.chmod(0o711)  # as root, the server's user must be able to pass
    yield path
    shutil.rmtree(path)
