"""The portal served for a test as people meet it: built pages, one port, a real process."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from portal.kit.embedded import Urls
from portal.settings import PROJECT


@dataclass(frozen=True)
class Site:
    """A portal that answers at `url`, over a database of this test's own."""

    url: str
    database: Urls
    data: Path
    process: subprocess.Popen[str]


@contextmanager
def serving(database: Urls, **environment: str) -> Iterator[Site]:
    """`vivier serve --no-worker` on a free port, until the block ends. More settings by keyword."""
    port = int(environment.get("WEB_PORT") or free_port())
    with tempfile.TemporaryDirectory(prefix="vivier-site-") as folder:
        told = os.environ | {
            "VIVIER_ENV": "test",
            "VIVIER_DATA": f"{folder}/data",
            "DATABASE_URL": database.app,
            "SITE_URL": f"http://localhost:{port}",
            "WEB_PORT": str(port),
        }
        command = [sys.executable, "-m", "portal.cli", "serve", "--no-worker"]
        process = subprocess.Popen(
            command, cwd=PROJECT, env=told | environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        try:
            wait_for(port, process)
            yield Site(f"http://localhost:{port}", database, Path(folder) / "data", process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, process: subprocess.Popen[str], patience: float = 60) -> None:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(f"It stopped instead of answering:\n{process.communicate()[0]}")
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
