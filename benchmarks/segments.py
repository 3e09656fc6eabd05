"""How quickly a rule is counted and shown over a million people, a word searched, and any page of the pool turned.

`python benchmarks/segments.py [PEOPLE]`; the last line on stdout is JSON: for each of nine nested rules `name`, `rows`,
`count_ms` and `page_ms` (the first fifty by name); `ratio_vs_exists`, the time all nine counts take over the tables of the
truth by the time they take over the projection; `split_100k_ms`; `search_ms` and `pool_page_ms`, the slowest of theirs
(each in `searches`, `pool_pages`). Medians of several runs, warm, in one process over an embedded PostgreSQL of its own.
"""

import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import exists  # noqa: E402 - the project is not installed where a benchmark runs
from benchmarks.pool import NOW, fill  # noqa: E402
from portal.access.models import Staff  # noqa: E402
from portal.kit import embedded, migrate  # noqa: E402
from portal.kit.db import Database, saved  # noqa: E402
from portal.segments import queries  # noqa: E402
from portal.segments.document import Group, LastAct, Near, Situation  # noqa: E402
from portal.segments.pool import Filters, pool_page  # noqa: E402
from portal.segments.reachable import split  # noqa: E402
from portal.segments.reading import read  # noqa: E402
from portal.talents.models import Talent  # noqa: E402
from portal.talents.queries import Sort  # noqa: E402
from portal.timeline.who import Person, Role  # noqa: E402

RUNS = 5
LYON, PARIS = "69123", "75056"
TYPED = ("d", "du", "dup", "marie dup", "soud lyon", "zzz")


def a(kind: str, **what: Any) -> dict[str, Any]:
    return {"kind": kind, **what}


def every(*of: Any) -> dict[str, Any]:
    return a("all", of=list(of))


def either(*of: Any) -> dict[str, Any]:
    return a("any", of=list(of))


def but(*of: Any) -> dict[str, Any]:
    return a("none", of=list(of))


def rules(codes: list[str]) -> dict[str, Any]:
    """Nine rules as recruiters write them, from narrow to broad."""
    jobs = {"kind": "job", "one_of": codes}
    near, covers = a("near", place=LYON, km=30), a("mobility", place=LYON)
    return {
        "a job, around or ready to come": every(jobs, either(near, covers), but(a("answered", one_of=["no"]))),
        "tags, not written to": every(
            a("tag", one_of=[1, 2, 3]), but(a("tag", one_of=[4])), a("last_letter", when="not_within", days=60)
        ),
        "relative dates": every(
            a("available", when="within", days=60),
            a("last_act", when="within", days=365),
            but(a("last_letter", when="within", days=30)),
        ),
        "answers and reasons": either(
            a("answered", one_of=["yes", "more_info"]),
            every(a("answered", one_of=["no"], reasons=["salary"]), a("salary", at_most=35_000)),
        ),
        "consents": every(
            a("consent", purpose="pool", one_of=["valid"]),
            a("contract", one_of=["cdi"]),
            but(a("consent", purpose="survey", one_of=["withdrawn"])),
        ),
        "fields of the house": every(
            a("field", field=1, test="number", least=20, most=60),
            either(
                a("field", field=2, test="one_of", one_of=["night"]), a("field", field=3, test="one_of", one_of=["yes"])
            ),
        ),
        "broad": but(a("situation", one_of=["not_looking"])),
        "broad, many ways": either(
            a("contract", one_of=["cdi", "interim"]),
            a("remote", one_of=["some", "full"]),
            a("near", place=PARIS, km=50),
        ),
        "deep": every(
            either(jobs, a("skill", one_of=["Compétence 7", "Compétence 8", "Outil 9"])),
            either(covers, every(a("remote", one_of=["full"]), a("spoken", language="en", at_least="B2"))),
            but(a("tag", one_of=[5, 6]), every(a("answered", one_of=["no"]), a("experience", one_of=["junior"]))),
            a("source", one_of=["application", "referral", "ats_export"]),
        ),
    }


def main(people: int = 1_000_000) -> None:
    folder = Path(tempfile.mkdtemp(prefix="vivier-bench-"))
    folder.chmod(0o711)
    try:
        with embedded.start(folder / "data") as cluster:
            migrate.upgrade(cluster.owner_url)
            fill(f"host={cluster.sockets} user={embedded.ADMIN} dbname={embedded.DATABASE}", people)
            database = Database(cluster.app_url)
            with database.work() as session:
                told = measured(session)
            database.close()
    finally:
        shutil.rmtree(folder)
    print(json.dumps(told, ensure_ascii=False))


def measured(session: Session) -> dict[str, Any]:
    codes = list(session.scalars(select(Talent.job_code).distinct().order_by(col(Talent.job_code)).limit(4)))
    asked = {name: read(rule) for name, rule in rules([code for code in codes if code]).items()}
    rows = [_rule(session, name, rule) for name, rule in asked.items()]
    slow = sum(_exists(session, name, rule, row["rows"]) for (name, rule), row in zip(asked.items(), rows, strict=True))
    who = _recruiter(session)
    searches = {typed: _ms(lambda typed=typed: pool_page(session, who, typed, now=NOW)) for typed in TYPED}
    pages = _pool_pages(session, who)
    return {
        "rules": rows,
        "ratio_vs_exists": round(slow / sum(row["count_ms"] for row in rows), 2),
        "split_100k_ms": _split(session, who),
        "search_ms": max(searches.values()),
        "pool_page_ms": max(pages.values()),
        "searches": searches,
        "pool_pages": pages,
    }


def _rule(session: Session, name: str, rule: Group) -> dict[str, Any]:
    found = {
        "name": name,
        "rows": queries.count(session, rule, now=NOW),
        "count_ms": _ms(lambda: queries.count(session, rule, now=NOW)),
        "page_ms": _ms(lambda: queries.members(session, rule, now=NOW)),
    }
    print(found, file=sys.stderr)
    return found


def _exists(session: Session, name: str, rule: Group, rows: int) -> float:
    where = exists.condition(rule, queries.today(session, rule, now=NOW))
    query = sa.select(sa.func.count()).select_from(Talent).where(col(Talent.erased_at).is_(None), where)
    found = session.scalar(query)
    took = _ms(lambda: session.scalar(query), runs=2)
    print(f"exists: {name}: {found} in {took} ms", file=sys.stderr)
    # Single precision may put someone on the other side of a circle's edge.
    assert found is not None
    assert abs(found - rows) <= rows * 0.001, f"{name}: {found} by EXISTS, {rows} by the projection"
    return took


def _pool_pages(session: Session, who: Person) -> dict[str, float]:
    lyon, looking = (
        Near(place=LYON, km=50),
        Situation.model_validate(a("situation", one_of=["now", "notice", "from_date"])),
    )
    news = LastAct.model_validate(a("last_act", when="not_within", days=180))
    filters = {
        "all": Filters(),
        "near": Filters((lyon,)),
        "looking": Filters((looking,)),
        "two": Filters((looking, news)),
    }
    pages: dict[str, float] = {}
    for name, narrowed in filters.items():
        _, total = pool_page(session, who, "", narrowed, now=NOW)
        last = max(1, total // 50)
        for sort in Sort:
            for page in sorted({1, last // 2 or 1, last}):
                told = f"{name}, {sort.value}, page {page}"
                pages[told] = _ms(
                    lambda n=narrowed, s=sort, p=page: pool_page(session, who, "", n, s, p, now=NOW), runs=3
                )
                print(told, pages[told], file=sys.stderr)
    return pages


def _split(session: Session, who: Person) -> float:
    """The tenth of the pool that came last, whoever they are."""
    days = 1
    while queries.count(session, rule := read(every(a("collected", when="within", days=days))), now=NOW) < 100_000:
        days += 5
        if days > 900:
            break
    return _ms(lambda: split(session, who, rule, now=NOW), runs=3)


def _recruiter(session: Session) -> Person:
    staff = session.exec(select(Staff)).one()
    return Person(saved(staff.id), Role.RECRUITER, staff.name, staff.locale, staff.zone)


def _ms(act: Callable[[], object], runs: int = RUNS) -> float:
    act()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(taken), 1)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
