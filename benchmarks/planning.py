"""How many due ways a second are decided and gated: held back, and with a letter to write, by one worker and by two.

`python benchmarks/planning.py [PEOPLE] [LAUNCHES] [SECONDS]`; the last line on stdout is JSON:
`held_per_s`, `composed_per_s`, `two_workers_composed_per_s`, and the most memory a planner took in `peak_mb`.

PEOPLE × LAUNCHES ways are due at once (200,000 × 5 is a million), on an embedded PostgreSQL of its own with fsync on. First
everybody pauses, so that the gate holds every letter back until a day; then the pause is over, and half of the people after
half is due on one way, whose letter is written. Each part works for so many SECONDS at most.

Before there was one engine (`docs/decisions/0018`), this file gave `BEFORE` with 20,000 × 5 ways and 15 seconds on a quiet
machine of two cores, and the engine, right after it, 5,783, 2,153 and 4,165; as it is now, on another day, 8,547, 2,496
and 4,206.
"""

import json
import multiprocessing
import resource
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from portal.access.house import house  # noqa: E402 - the project is not installed where a benchmark runs
from portal.chains.planning import advance  # noqa: E402
from portal.kit import embedded, migrate, tokens  # noqa: E402
from portal.kit.db import Database  # noqa: E402
from portal.worker import tune  # noqa: E402
from tests.crowd import crowd, launch_on_all, working_hour  # noqa: E402

SHARE = 5000
BEFORE = {"held_per_s": 2986, "composed_per_s": 2236, "two_workers_composed_per_s": 4032}


def main(people: int = 200_000, launches: int = 5, seconds: int = 40) -> None:
    folder = Path(tempfile.mkdtemp(prefix="vivier-bench-"))
    folder.chmod(0o711)
    now = working_hour(datetime.now(UTC))
    try:
        with embedded.start(folder / "data") as cluster:
            migrate.upgrade(cluster.owner_url)
            prepare(cluster.app_url, people, launches, now)
            analyse(cluster.owner_url)
            held = alone(cluster.app_url, seconds, now)
            due_again(cluster.app_url, half=0)
            composed = alone(cluster.app_url, seconds, now)
            due_again(cluster.app_url, half=1)
            two = together(cluster.app_url, seconds, now)
    finally:
        shutil.rmtree(folder)
    told = {
        "held_per_s": round(held),
        "composed_per_s": round(composed),
        "two_workers_composed_per_s": round(two),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    ratios = {name: round(told[name] / before, 2) for name, before in BEFORE.items()}
    print(f"times what it was on another day: {ratios}", file=sys.stderr)
    print(json.dumps(told))


def prepare(url: str, people: int, launches: int, now: datetime) -> None:
    """Everybody is on as many ways as there are launches, all of them due, and nobody wants to hear of any today."""
    tokens.use_secret("a secret of the benchmark that is long enough")
    database = Database(url)
    first = 0
    with database.work() as session:
        house(session)
    for _ in range(0, people, SHARE):
        with database.work() as session:
            ids = crowd(session, min(SHARE, people), now=now, first=first)
            first += len(ids)
    with database.work() as session:
        for _ in range(launches):
            launch = launch_on_all(session, now=now)
            session.execute(sa.text(_ENROL), {"launch": launch, "now": now})
        session.execute(sa.text("UPDATE talent SET paused_until = :day"), {"day": (now + timedelta(days=9)).date()})
    database.close()


_ENROL = """
    WITH begun AS (UPDATE launch SET state = 'running', enrolled_at = :now WHERE id = :launch RETURNING id)
    INSERT INTO enrolment (launch_id, talent_id, step, state, due_at, entered_at)
    SELECT begun.id, t.id, 'still_looking', 'due', :now, :now FROM begun, talent t
"""


def analyse(url: str) -> None:
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text("VACUUM ANALYZE"))
    engine.dispose()


def due_again(url: str, half: int) -> None:
    """The pause is over; half of the people are due on their first way, and on no other."""
    database = Database(url)
    with database.work() as session:
        session.execute(sa.text("UPDATE talent SET paused_until = NULL WHERE paused_until IS NOT NULL"))
        session.execute(sa.text("UPDATE enrolment SET due_at = 'infinity' WHERE state = 'due'"))
        session.execute(sa.text(_FIRST), {"half": half})
    database.close()


_FIRST = """
    UPDATE enrolment SET due_at = entered_at, blocked_by = NULL
     WHERE state = 'due' AND launch_id = (SELECT min(id) FROM launch) AND talent_id % 2 = :half
"""


def alone(url: str, seconds: int, now: datetime) -> float:
    """One worker; ways a second."""
    done, took = plan(url, seconds, now)
    print(f"{done} in {took:.1f} s", file=sys.stderr)
    return done / took


def together(url: str, seconds: int, now: datetime) -> float:
    """Two workers at once; ways a second of both."""
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        both = pool.starmap(plan, [(url, seconds, now)] * 2)
    print(f"{both}", file=sys.stderr)
    return sum(done for done, _ in both) / max(took for _, took in both)


def plan(url: str, seconds: int, now: datetime) -> tuple[int, float]:
    tune()
    database = Database(url)
    done, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        with database.work() as session:
            looked_at = advance(session, now=now)
        if not looked_at:
            break
        done += looked_at
    took = time.perf_counter() - began
    database.close()
    return done, took


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
