"""The embedded PostgreSQL: our own start and stop of the server that comes in a Python wheel.

The server outlives a killed app and is found again; whoever started it, or found it orphaned, stops it.
"""

import contextlib
import fcntl
import os
import shlex
import shutil
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import LiteralString, Self

import psycopg
from psycopg import sql
from sqlalchemy import URL

from portal.kit import places
from portal.kit.places import Account, EmbeddedError

ADMIN, OWNER, APP, DATABASE = "postgres", "vivier_owner", "vivier_app", "vivier"

# No TCP: the socket's private folder is the door, so pg_hba may trust whoever came through it.
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "unix_socket_permissions": "0700",
    # Fetching a page is no dearer than reading on: it is in memory, or on a disk without arms. No rule is worth compiling.
    "random_page_cost": "1.1",
    "jit": "off",
}
# For tests alone: a power cut may eat the data.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "128MB"}


@dataclass(frozen=True)
class Urls:
    """One database as its owner (migrations) and as the app (everything else)."""

    owner: str
    app: str


@dataclass(frozen=True)
class Cluster:
    """A running server. Its URLs are SQLAlchemy's, over the Unix socket."""

    home: Path
    sockets: Path
    programs: Path
    account: Account | None

    @property
    def admin_url(self) -> str:
        return self._url(ADMIN, "postgres")

    @property
    def owner_url(self) -> str:
        return self._url(OWNER, DATABASE)

    @property
    def app_url(self) -> str:
        return self._url(APP, DATABASE)

    def database(self, name: str) -> Urls:
        return Urls(owner=self._url(OWNER, name), app=self._url(APP, name))

    def create_database(self, name: str, template: str | None = None) -> Urls:
        """A new database of the owner's, empty or the copy of a template that nobody is connected to."""
        source = (
            sql.SQL(" TEMPLATE {} STRATEGY FILE_COPY").format(sql.Identifier(template)) if template else sql.SQL("")
        )
        create = sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(OWNER))
        with _admin(self.sockets) as connection:
            connection.execute(create + source)
        return self.database(name)

    def drop_database(self, name: str) -> None:
        with _admin(self.sockets) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    @property
    def pid(self) -> int | None:
        """The server's process id, or None if it does not run."""
        return _server_pid(self.home)

    @property
    def owned(self) -> bool:
        """Whether stopping the server is our task."""
        return _starter(self.home) == _identity(os.getpid())

    def stop(self) -> None:
        """Stop the server if this process started it; leave somebody else's alone."""
        with _locked(self.home):
            if self.owned:
                _stop_server(self)
                (self.home / "starter").unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def _url(self, user: str, database: str) -> str:
        url = URL.create("postgresql+psycopg", username=user, database=database, query={"host": str(self.sockets)})
        return url.render_as_string(hide_password=False)


def start(data: Path, *, fsync: bool = True) -> Cluster:
    """Start the server whose data live under `data`, or attach to it if it runs. Ready for use when this returns."""
    who = places.account()
    home = places.home(data.resolve(), who)
    with _locked(home):
        cluster = Cluster(home, places.sockets(home, who), places.programs(who), who)
        if not (home / "pgdata").exists():
            _initialise(cluster)
        if _starter(home) is None:
            _sign(home)  # nobody stops it, or its starter died: from now on that is our task
        settings = SETTINGS | sized(places.memory())
        _bring_up(cluster, settings if fsync else settings | CARELESS)
        _provision(cluster)
    return cluster


def sized(memory: int) -> dict[str, str]:
    """Return how much of `memory` (megabytes) the server may take; see docs/decisions/0008-projection.md."""

    def share(part: int, least: int, most: int) -> str:
        return f"{min(max(memory // part, least), most)}MB"

    return {
        "shared_buffers": share(8, 128, 4096),
        "effective_cache_size": share(2, 512, 65_536),
        "work_mem": share(512, 8, 64),
        "maintenance_work_mem": share(32, 64, 1024),
    }


@contextlib.contextmanager
def _locked(home: Path) -> Iterator[None]:
    """Two processes starting or stopping at once take turns; the lock dies with its holder.

    Ctrl-C waits meanwhile: a start cut in half would leave a server that nobody stops.
    """
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM, signal.SIGHUP))
    try:
        with (home / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _initialise(cluster: Cluster) -> None:
    # Made aside and then renamed: an initdb that was killed leaves no half cluster behind.
    draft = cluster.home / "pgdata.new"
    shutil.rmtree(draft, ignore_errors=True)
    places.private(draft, cluster.account)
    # The builtin locale sorts the same on every machine, whatever locales it has.
    locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    initdb = [str(cluster.programs / "initdb"), "-D", str(draft), "-U", ADMIN, "--auth=trust", *locale]
    places.run(initdb, cluster.account)
    draft.rename(cluster.home / "pgdata")


def _bring_up(cluster: Cluster, settings: dict[str, str]) -> None:
    """Start the server unless it runs, and wait until it answers: one found again may be recovering, or dying."""
    for _ in range(600):
        if _server_pid(cluster.home) is None:
            _sign(cluster.home)
            _start_server(cluster, settings)
        with contextlib.suppress(psycopg.OperationalError), _admin(cluster.sockets):
            return
        time.sleep(0.1)
    raise EmbeddedError("The embedded database runs but does not answer: stop it, or look at its log.")


def _start_server(cluster: Cluster, settings: dict[str, str]) -> None:
    data = cluster.home / "pgdata"
    # After kill -9 the file stays, and its number may be another program's by now; PostgreSQL would refuse to start.
    (data / "postmaster.pid").unlink(missing_ok=True)
    every = settings | {"unix_socket_directories": str(cluster.sockets)}
    options = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in every.items())
    log = cluster.sockets / "server.log"
    command = [
        str(cluster.programs / "pg_ctl"),
        "start",
        "-w",
        "-t",
        "60",
        "-D",
        str(data),
        "-l",
        str(log),
        "-o",
        options,
    ]
    for _ in range(20):
        if places.run(command, cluster.account, check=False).returncode == 0:
            return
        time.sleep(0.25)  # the children of a killed server need a moment to notice
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    raise EmbeddedError(f"The embedded database did not start; its last words: {' / '.join(lines[-3:])}")


def _stop_server(cluster: Cluster) -> None:
    stop = [str(cluster.programs / "pg_ctl"), "stop", "-w", "-D", str(cluster.home / "pgdata")]
    if places.run([*stop, "-m", "fast", "-t", "20"], cluster.account, check=False).returncode:
        places.run([*stop, "-m", "immediate", "-t", "10"], cluster.account, check=False)


def _provision(cluster: Cluster) -> None:
    """The owner makes and changes tables; the app, which the web and the worker use, only works in them."""
    with _admin(cluster.sockets) as connection:
        for role in (OWNER, APP):
            if not _exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        known = _exists(connection, "SELECT 1 FROM pg_database WHERE datname = %s", DATABASE)
    if not known:
        # Since PostgreSQL 15 the database's owner owns its public schema, and nobody else may create there.
        cluster.create_database(DATABASE)


def _exists(connection: psycopg.Connection, query: LiteralString, name: str) -> bool:
    return connection.execute(query, (name,)).fetchone() is not None


def _admin(sockets: Path) -> psycopg.Connection:
    return psycopg.connect(host=str(sockets), user=ADMIN, dbname="postgres", autocommit=True)


def _server_pid(home: Path) -> int | None:
    with contextlib.suppress(OSError, ValueError, IndexError):
        pid = int((home / "pgdata" / "postmaster.pid").read_text().splitlines()[0])
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        if state != "Z" and Path(f"/proc/{pid}/comm").read_text().strip() == "postgres":
            return pid
    return None


def _sign(home: Path) -> None:
    (home / "starter").write_text(_identity(os.getpid()) or "")


def _starter(home: Path) -> str | None:
    """Who started the server, if that process still lives."""
    with contextlib.suppress(OSError, ValueError):
        identity = (home / "starter").read_text()
        if identity == _identity(int(identity.split()[0])):
            return identity
    return None


def _identity(pid: int) -> str | None:
    """A process id and the moment it began: process ids are used again."""
    with contextlib.suppress(OSError, IndexError):  # one that ends just now may be told of in an empty file
        return f"{pid} {Path(f'/proc/{pid}/stat').read_text().rpartition(')')[2].split()[19]}"
    return None
