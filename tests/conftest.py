"""The real database for every test that asks: one server, one migrated template, a clone for each module or test."""

import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright
from sqlmodel import Session

from portal.kit.db import Database
from portal.kit.embedded import Cluster, Urls
from tests.growing import grow_aside, grown
from tests.held import Held, Lender
from tests.one_run import Run, begin, end
from tests.order import longest_first, tell
from tests.serving import Site, reachable_folder, serving
from tests.world import World, living

# Each process that a test starts would read the whole house anew, where nobody may keep it read.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# A law holds however busy the machine is: what measures time is a benchmark.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
# What a page shows it shows at last, on a machine with other things to do as well.
expect.set_options(timeout=20_000)


folder = pytest.fixture(reachable_folder, name="folder")
RUN = pytest.StashKey[Run]()
GROWING = pytest.StashKey[Popen[bytes] | None]()


def pytest_configure(config: pytest.Config) -> None:
    """Begin a run or, as one of several who work at it, join it."""
    told = getattr(config, "workerinput", None)
    config.stash[RUN] = begin() if told is None else Run(Path(told["run"]), told["beginner"])


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of xdist which run it joins."""
    run = node.config.stash[RUN]
    node.workerinput |= {"run": str(run.folder), "beginner": run.beginner}


def pytest_unconfigure(config: pytest.Config) -> None:
    if (run := config.stash.get(RUN, None)) is not None and run.lock is not None:
        end(run)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    longest_first(items)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    tell(terminalreporter)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Begin to grow the world as soon as it is known that a test will want it."""
    wanted = any("grown_database" in getattr(item, "fixturenames", ()) for item in session.items)
    if wanted and not session.config.option.collectonly:
        session.config.stash[GROWING] = grow_aside(session.config.stash[RUN])


def pytest_sessionfinish(session: pytest.Session) -> None:
    if (growing := session.config.stash.get(GROWING, None)) is not None:
        growing.kill()  # of a run that was cut short
        growing.wait()


@pytest.fixture(scope="session")
def run(pytestconfig: pytest.Config) -> Run:
    """What everybody shares who works at this run."""
    return pytestconfig.stash[RUN]


@pytest.fixture(scope="session")
def cluster(run: Run) -> Cluster:
    """The embedded PostgreSQL of this run: whoever kills one needs one of their own."""
    return run.server


@pytest.fixture(scope="session")
def template_database(run: Run) -> str:
    """The name of a database migrated once, to be cloned."""
    return run.empty()


def _clone(cluster: Cluster, template: str) -> Iterator[Urls]:
    name = f"test_{secrets.token_hex(4)}"
    yield cluster.create_database(name, template=template)
    cluster.drop_database(name)


@pytest.fixture
def database(cluster: Cluster, template_database: str) -> Iterator[Urls]:
    """A migrated database for one test: `.owner` and `.app` are its URLs."""
    yield from _clone(cluster, template_database)


@pytest.fixture(scope="module")
def module_database(cluster: Cluster, template_database: str) -> Iterator[Urls]:
    """A migrated database shared by the tests of one module."""
    yield from _clone(cluster, template_database)


@pytest.fixture(scope="module")
def grown_database(run: Run, cluster: Cluster) -> Iterator[Urls]:
    """The demo's world as it stands at NOW, grown once a run, cloned for one module."""
    yield from _clone(cluster, grown(run))


@pytest.fixture(scope="session")
def lender(cluster: Cluster, template_database: str) -> Iterator[Lender]:
    """Has a database for all tests of this worker that take back what they do."""
    lender = Lender(cluster, template_database)
    yield lender
    lender.end()


@pytest.fixture
def held_database(lender: Lender) -> sa.Engine:
    """A migrated database in which nothing is ever committed."""
    return lender.lend()


@pytest.fixture
def house(request: pytest.FixtureRequest) -> Iterator[Database]:
    """What the app has of a database.

    It is this test's own if it asks for `database` or says so (`own_database`); else all it does is taken back.
    """
    if "database" in request.fixturenames or request.node.get_closest_marker("own_database"):
        with closing(Database(request.getfixturevalue("database").app)) as opened:
            yield opened
    else:
        with request.getfixturevalue("held_database").connect() as connection, connection.begin() as all_of_it:
            yield Held(connection)
            all_of_it.rollback()


@pytest.fixture
def world(database: Urls) -> Iterator[World]:
    """A small living house over this test's own database: its mail, its worker, its clock moved by hand."""
    with living(database) as living_world:
        yield living_world


@pytest.fixture(scope="module")
def module_db(module_database: Urls) -> Iterator[Database]:
    """What the app has of this module's database."""
    with closing(Database(module_database.app)) as opened:
        yield opened


@pytest.fixture
def session(request: pytest.FixtureRequest) -> Iterator[Session]:
    """Everything this test writes is taken back at its end; it sees what its module committed, if it asks for `module_db`."""
    its_own = not {"module_db", "module_database"}.isdisjoint(request.fixturenames)
    engine = request.getfixturevalue("module_db").engine if its_own else request.getfixturevalue("held_database")
    with Session(engine, expire_on_commit=False) as session:
        yield session
        session.rollback()


@pytest.fixture(scope="module")
def site(module_database: Urls) -> Iterator[Site]:
    """The whole portal in a process of its own, over this module's database."""
    with serving(module_database) as site:
        yield site


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """One a module: while it lives, its event loop occupies this thread, and no other test could run one."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A real Chromium."""
    chromium = launched(playwright)
    yield chromium
    chromium.close()


def launched(playwright: Playwright, *options: str) -> Browser:
    """Start the machine's Chromium if it has one, rather the one without windows; else Playwright's."""
    quiet = ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return playwright.chromium.launch(
        executable_path=shutil.which("chromium-headless-shell") or shutil.which("chromium"),
        args=["--no-sandbox", "--disable-gpu", "--disable-quic", *quiet, *options],
    )


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh window the size of a phone."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR", timezone_id="Europe/Paris")
    yield context.new_page()
    context.close()
