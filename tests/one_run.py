"""What one run of the tests shares, however many work at it: a folder, one database server, databases to be cloned.

Whoever began the run (pytest itself, or xdist's controller) ends it. What a killed run left behind, the next one ends.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path

from portal.kit import embedded, migrate
from portal.kit.embedded import Cluster, Urls

PREFIX = "vivier-run-"
# A database is a thousand small files, and a run makes a thousand databases: in memory that takes a sixth of the time.
MEMORY, ROOM = Path("/dev/shm"), 4 << 30  # noqa: S108 - the folders in it are private
EMPTY = "template_vivier"


@dataclass
class Run:
    """A run's folder; whoever began it holds its lock, which dies with them."""

    folder: Path
    beginner: int
    lock: TextIOWrapper | None = field(default=None, repr=False)

    @property
    def server(self) -> Cluster:
        """The run's PostgreSQL, started by whoever asks first; careless about power cuts, so that tests are quick."""
        cluster = embedded.start(self.folder, fsync=False)
        # Of those who work at the run each may leave before the others: whoever began it stops the server.
        (cluster.home / "starter").write_text(embedded._identity(self.beginner) or "")
        return cluster

    def template(self, name: str, fill: Callable[[Urls], None]) -> str:
        """Make a database to be cloned, once a run: the others who ask wait for the first. Returns its name."""
        with locked(self.folder / f"{name}.lock"):
            ready = self.folder / f"{name}.ready"
            if not ready.exists():
                server = self.server
                server.drop_database(name)  # of whoever was killed at it
                fill(server.create_database(name, template=None if name == EMPTY else self.empty()))
                ready.touch()
        return name

    def empty(self) -> str:
        """The name of a database migrated once."""
        return self.template(EMPTY, lambda urls: migrate.upgrade(urls.owner))


def begin() -> Run:
    """Open a run, after ending those whose beginner was killed."""
    for old in [found for place in (MEMORY, Path(tempfile.gettempdir())) for found in place.glob(f"{PREFIX}*")]:
        with suppress(OSError):  # somebody else's, or it lives
            end(Run(old, os.getpid(), _held(old / "lock", "r+")))
    roomy = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=MEMORY if roomy else None))
    folder.chmod(0o711)  # as root, the server's user must be able to pass
    return Run(folder, os.getpid(), _held(folder / "lock", "w"))


def end(run: Run) -> None:
    """Stop the run's server, if there was need of one, and take its folder away."""
    if (run.folder / "postgres").exists():
        run.server.stop()
    shutil.rmtree(run.folder)
    assert run.lock is not None
    run.lock.close()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _held(path: Path, mode: str) -> TextIOWrapper:
    file = path.open(mode)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise
    return file
