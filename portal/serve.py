"""One group of processes: web, worker and, in the demo, a mail catcher. They start, live and stop together."""

import ctypes
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

from portal import settings as configuration
from portal.kit.embedded import Urls
from portal.settings import PROJECT, Settings, SettingsError

BUILT = PROJECT / ".web" / "build" / "client"
# A program that dies sooner than this would die again: better to stop and say so.
BRIEF = 5.0
PATIENCE = 15.0
# The pages are built beforehand, and served by whoever answers the sockets behind them.
AS_BUILT = {"REFLEX_ENV_MODE": "prod", "__REFLEX_SKIP_COMPILE": "1", "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "1"}
PR_SET_PDEATHSIG = 1
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass
class Program:
    name: str
    command: Sequence[str]
    environment: dict[str, str] = field(repr=False)
    process: subprocess.Popen[bytes] | None = None
    since: float = 0.0


class Stop(Exception):
    """Somebody asked us to stop."""


def web(settings: Settings, urls: Urls) -> Program:
    """The built pages, the sockets behind them and the plain pages, on one port and without Node."""
    if not (BUILT / "index.html").exists():
        raise SettingsError("The web is not built yet: run `make web`.")
    environment = configuration.child_environment(
        DATABASE_URL=urls.app,
        DATABASE_OWNER_URL="",  # the web has no business changing the schema
        REFLEX_STATES_WORKDIR=str((settings.data / "states").resolve()),  # what people are doing, beside what they said
        **AS_BUILT,
    )
    address = "127.0.0.1" if settings.stage == "test" else "0.0.0.0"  # noqa: S104  a server is there to be reached
    options = [
        "--interface",
        "asgi",
        "--factory",
        "--workers",
        "1",
        "--host",
        address,
        "--port",
        str(settings.web_port),
    ]
    quiet = ["--no-access-log", "--log-level", "warning"]  # addresses of links in letters are secrets
    return Program("web", [_beside_python("granian"), *options, *quiet, "portal.portal:app"], environment)


def worker(urls: Urls) -> Program:
    environment = configuration.child_environment(DATABASE_URL=urls.app, DATABASE_OWNER_URL="")
    return Program("worker", [sys.executable, "-m", "portal.cli", "work"], environment)


def has_worker() -> bool:
    return importlib.util.find_spec("portal.worker") is not None


def mail_catcher(settings: Settings) -> Program:
    maildev = configuration.find_program("maildev")
    if maildev is None:
        raise SettingsError("SMTP_HOST is missing, and so is the demo's mail catcher: run `npm ci`, or name a server.")
    smtp = ["--ip", "127.0.0.1", "--smtp", str(settings.smtp_port)]
    page = ["--web-ip", "127.0.0.1", "--web", str(settings.demo_mail_port)]
    return Program("mail catcher", [maildev, *smtp, *page, "--silent"], configuration.child_environment())


def refuse_taken(port: int, name: str) -> None:
    """A port somebody else listens on stops the start, rather than our people talking to a stranger."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as wrong:
            raise SettingsError(f"{name} {port} is taken by another program: stop it, or set another port.") from wrong


def run(programs: Sequence[Program], port: int, announce: Callable[[], None]) -> int:
    """Run until a program cannot live (1) or a Stop passes through. Leaves no process behind."""
    try:
        for program in programs:
            _launch(program)
        if not _answering(programs, port):
            return 1
        announce()
        while all(_tend(program) for program in programs):
            time.sleep(0.2)
        return 1
    finally:
        _end(programs)


def heed_signals() -> None:
    """The first wish to stop becomes a Stop, and what comes after it is ignored: stopping must not be cut short."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)
        raise Stop

    for number in STOPPING:
        signal.signal(number, stop)


def _answering(programs: Sequence[Program], port: int) -> bool:
    while all(_tend(program) for program in programs):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
        time.sleep(0.1)
    return False


def _launch(program: Program) -> None:
    # A session of its own: Ctrl-C reaches us alone, and we stop the others in good order.
    program.process = subprocess.Popen(
        program.command,
        cwd=PROJECT,
        env=program.environment,
        start_new_session=True,
        preexec_fn=_die_with_parent,  # noqa: PLW1509  the parent has no threads
    )
    program.since = time.monotonic()


def _die_with_parent() -> None:
    # Even kill -9 of the parent must leave nobody serving alone.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _tend(program: Program) -> bool:
    """Start a fallen program again; False if it fell right after it rose."""
    assert program.process is not None
    if (code := program.process.poll()) is None:
        return True
    _kill_group(program, signal.SIGKILL)
    lived = time.monotonic() - program.since
    sys.stderr.write(f"The {program.name} stopped with code {code} after {lived:.0f} s.\n")
    if lived < BRIEF:
        return False
    _launch(program)
    return True


def _end(programs: Sequence[Program]) -> None:
    for program in programs:
        _kill_group(program, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    for program in programs:
        if program.process is not None:
            with suppress(subprocess.TimeoutExpired):
                program.process.wait(max(0.1, deadline - time.monotonic()))
            _kill_group(program, signal.SIGKILL)
            program.process.wait()


def _kill_group(program: Program, number: signal.Signals) -> None:
    if program.process is not None:
        with suppress(ProcessLookupError):
            os.killpg(program.process.pid, number)


def _beside_python(name: str) -> str:
    return os.path.join(os.path.dirname(sys.executable), name)  # noqa: PTH118, PTH120  resolving would leave the venv
