"""A portal, or a worker, in a process of its own, forked from one that has read the house already.

`vivier serve` is three processes, and each reads the whole house anew: six seconds of a processor for every site. Here
one process a worker of the run reads it once (multiprocessing's fork server), and what a test starts is a child of it.
`vivier serve` itself, with its worker, is tried in `tests/test_serve.py`.
"""

import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping
from multiprocessing.process import BaseProcess
from pathlib import Path

from granian import cli as granian

from portal import serve as group
from portal import settings as configuration
from portal.cli import app
from portal.cli.standing import name_house
from portal.kit.opened import opened
from portal.serve import PR_SET_PDEATHSIG
from portal.settings import PROJECT

PATIENCE = 30.0


def forked(what: str, environment: Mapping[str, str], log: Path) -> BaseProcess:
    """Start `web` (what `vivier serve --no-worker` ends up as) or a command of `vivier`; what it says is added to `log`."""
    warm = multiprocessing.get_context("forkserver")
    warm.set_forkserver_preload(["tests.warm"])
    process = warm.Process(target=_run, args=(what, dict(environment), str(log)))
    process.start()
    return process


def ended(process: BaseProcess) -> None:
    """Ask it to stop in good order; it is a failure if it does not."""
    process.terminate()
    process.join(PATIENCE)
    if process.exitcode is None:
        process.kill()
        process.join()
        raise AssertionError(f"It did not stop in {PATIENCE:.0f} s.")


def _run(what: str, environment: dict[str, str], log: str) -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    written = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    for standard in (1, 2):
        os.dup2(written, standard)
    os.chdir(PROJECT)
    _become(environment)
    if what == "web":
        _serve()
    else:
        app([what])


def _serve() -> None:
    settings = configuration.load()
    with opened(settings) as urls:
        name_house(settings, urls)
        web = group.web(settings, urls)
    _become(web.environment)
    multiprocessing.set_start_method("fork", force=True)  # the server's own child is warm as well
    sys.argv = list(web.command)
    granian.entrypoint()


def _become(environment: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)
