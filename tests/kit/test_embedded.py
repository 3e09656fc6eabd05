import os
import shutil
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from portal.kit import embedded, places
from portal.kit.embedded import Cluster

pytestmark = pytest.mark.slow


def connect(cluster: Cluster, user: str) -> psycopg.Connection:
    return psycopg.connect(host=str(cluster.sockets), user=user, dbname="vivier", autocommit=True)


def write_a_row(cluster: Cluster) -> None:
    with connect(cluster, "vivier_owner") as owner:
        owner.execute("CREATE TABLE kept AS SELECT 1 AS one")


def rows(cluster: Cluster) -> int:
    with connect(cluster, "vivier_owner") as owner:
        row = owner.execute("SELECT count(*) FROM kept").fetchone()
        assert row is not None
        return int(row[0])


def test_the_app_owns_nothing_and_can_make_nothing(cluster: Cluster) -> None:
    with connect(cluster, "vivier_app") as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("CREATE TABLE mine ()")


def test_data_survive_a_stop_and_the_killing_of_the_server(folder: Path) -> None:
    with embedded.start(folder) as cluster:
        write_a_row(cluster)
    assert cluster.pid is None

    cluster = embedded.start(folder)
    assert cluster.pid is not None
    os.kill(cluster.pid, signal.SIGKILL)

    with embedded.start(folder) as again:
        assert rows(again) == 1
    assert again.pid is None


def test_a_server_whose_app_was_killed_is_found_again_and_then_stopped(folder: Path) -> None:
    killed = (
        f"import os; from pathlib import Path; from portal.kit import embedded; embedded.start(Path({str(folder)!r}))"
    )
    subprocess.run([sys.executable, "-c", f"{killed}; os.kill(os.getpid(), 9)"], check=False)

    with embedded.start(folder) as found:
        assert found.owned
    assert found.pid is None


def test_whoever_attaches_to_a_living_server_does_not_stop_it(folder: Path) -> None:
    attach = f"from pathlib import Path; from portal.kit import embedded; embedded.start(Path({str(folder)!r})).stop()"
    with embedded.start(folder) as cluster:
        subprocess.run([sys.executable, "-c", attach], check=True)
        assert cluster.pid is not None


def test_two_that_start_at_once_share_one_server(folder: Path) -> None:
    start = (
        f"from pathlib import Path; from portal.kit import embedded; c = embedded.start(Path({str(folder)!r}));"
        "print(c.pid, c.owned, flush=True); input(); c.stop()"
    )

    def one(_: int) -> subprocess.Popen[str]:
        return subprocess.Popen([sys.executable, "-c", start], stdin=-1, stdout=-1, text=True)

    with ThreadPoolExecutor() as pool:
        children = list(pool.map(one, range(2)))
    said = [child.stdout.readline().split() for child in children if child.stdout]
    for child in children:
        child.communicate("\n", timeout=30)
    assert said[0][0] == said[1][0]
    assert sorted(owned for _, owned in said) == ["False", "True"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_a_closed_folder_above_the_data_stays_closed() -> None:
    closed = Path(tempfile.mkdtemp(prefix="vivier-closed-"))  # mode 700
    with embedded.start(closed / "data", fsync=False) as cluster:
        assert cluster.home.parent == places.SHARED
    assert closed.stat().st_mode & 0o777 == 0o700
    shutil.rmtree(cluster.home)
    shutil.rmtree(closed)
