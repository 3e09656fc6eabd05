"""The demo's world, grown once a run as `vivier demo` grows it, for whoever wants to look at a house in full life.

It takes a minute: as soon as it is known that a test will want it, a process of its own begins.
"""

import ctypes
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from portal import settings
from portal.cli import trying
from portal.kit import clock
from portal.kit.embedded import Urls
from portal.serve import PR_SET_PDEATHSIG
from portal.settings import PROJECT
from tests.cast import NOW
from tests.one_run import Run

GROWN = "grown"
SECRET = "a secret for tests that is long enough"
SITE = "http://vivier.test"


def grown(run: Run) -> str:
    """The name of a database in which the world stands at NOW, to be cloned."""

    def grow(urls: Urls) -> None:
        (run.folder / "now").write_text(NOW.isoformat())
        told = settings.load(
            {
                "VIVIER_ENV": "test",
                "VIVIER_DATA": str(run.folder),
                "VIVIER_CLOCK_FILE": str(run.folder / "now"),
                "SECRET_KEY": SECRET,
                "SITE_URL": SITE,
            }
        )
        ready = trying.people(told, urls)
        clock.follow(None)
        assert len(ready) == 4, "a way in for a recruiter, a candidate, the DPO and an admin"

    # In a thread of its own: a test that drives a browser has an event loop already.
    with ThreadPoolExecutor(1) as aside:
        return run.template(GROWN, lambda urls: aside.submit(grow, urls).result())


def grow_aside(run: Run) -> subprocess.Popen[bytes] | None:
    """Let a process of its own grow the world meanwhile, unless somebody has begun it."""
    try:
        told = (run.folder / "growing").open("xb")
    except FileExistsError:
        return None
    with told:
        command = [sys.executable, "-m", "tests.growing", str(run.folder), str(run.beginner)]
        return subprocess.Popen(command, cwd=PROJECT, stdout=told, stderr=told)


if __name__ == "__main__":
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    grown(Run(Path(sys.argv[1]), int(sys.argv[2])))
