import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import pytest

from portal.kit import embedded, migrate
from portal.kit.db import Database
from portal.settings import PROJECT
from tests.cast import cast, talent
from tests.serving import free_port, reachable_folder, wait_for

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder where the demo finds somebody, as at every start but its first; that one grows what the run's tests look at."""
    for folder in reachable_folder():
        with embedded.start(folder / "data") as cluster:
            migrate.upgrade(cluster.owner_url)
            with closing(Database(cluster.app_url)) as database, database.work() as session:
                cast(session)
                talent(session, "Zoé")
        yield folder


@contextmanager
def demo(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    web, smtp, mail = free_port(), free_port(), free_port()
    environment = os.environ | {
        "VIVIER_DATA": str(folder / "data"),
        "WEB_PORT": str(web),
        "SMTP_PORT": str(smtp),
        "DEMO_MAIL_PORT": str(mail),
    }
    command = [sys.executable, "-m", "portal.cli", "demo"]
    process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=-2, text=True)
    try:
        wait_for(web, process)
        yield process, web
    finally:
        if process.poll() is None:
            process.terminate()
            process.communicate(timeout=30)


def everyone(process: subprocess.Popen[str], folder: Path) -> set[psutil.Process]:
    """The demo, its children and its database, which is nobody's child."""
    database = int((folder / "data" / "postgres" / "pgdata" / "postmaster.pid").read_text().split()[0])
    roots = [psutil.Process(process.pid), psutil.Process(database)]
    return {one for root in roots for one in [root, *root.children(recursive=True)]}


def alive(processes: set[psutil.Process]) -> list[str]:
    psutil.wait_procs(processes, timeout=5)
    return [str(p) for p in processes if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopping_the_demo_leaves_no_process_behind(folder: Path, number: signal.Signals) -> None:
    with demo(folder) as (process, _):
        processes = everyone(process, folder)
        assert len(processes) > 5
        process.send_signal(number)
        process.send_signal(number)  # impatience changes nothing
        process.communicate(timeout=30)
    assert process.returncode == 0
    assert alive(processes) == []


def test_nobody_serves_on_after_the_demo_was_killed_and_the_next_one_starts(folder: Path) -> None:
    with demo(folder) as (process, _):
        children = set(psutil.Process(process.pid).children(recursive=True))
        process.kill()
        process.communicate(timeout=30)
    assert alive(children) == []

    with demo(folder) as (process, _):
        processes = everyone(process, folder)
    assert alive(processes) == []


def test_a_taken_port_stops_the_start_with_a_sentence(folder: Path) -> None:
    with demo(folder) as (_, port):
        taken = os.environ | {"VIVIER_DATA": str(folder / "other"), "WEB_PORT": str(port)}
        command = [sys.executable, "-m", "portal.cli", "serve"]
        second = subprocess.run(command, cwd=PROJECT, env=taken, capture_output=True, text=True, check=False)
    assert second.returncode == 2
    assert second.stderr.strip() == f"WEB_PORT {port} is taken by another program: stop it, or set another port."
