"""In which order a run takes its files, and where its time went.

Files are dealt to whoever is free, so the long ones come first: then all who work at the run end together. Those that
look at the grown world come after the other long ones, for it grows meanwhile.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

import pytest

SHOWN = 10
# What a test takes, in seconds of a quiet machine, by the dearest thing it asks for.
DEAR = (("slow", 12.0), ("browser", 2.5), ("site", 2.0), ("world", 0.8), ("database", 0.6), ("own_database", 0.6))
CHEAP = 0.03


def longest_first(items: list[pytest.Item]) -> None:
    """Put the files in order; their tests stay in theirs."""
    files = [list(tests) for _, tests in groupby(items, key=lambda item: item.path)]
    files.sort(key=lambda tests: (_rank(tests), -sum(map(_takes, tests))))
    items[:] = [test for tests in files for test in tests]


def _rank(tests: Sequence[pytest.Item]) -> int:
    if any("grown_database" in _asks_for(test) for test in tests):
        return 1
    return 0 if any(test.get_closest_marker("slow") or test.get_closest_marker("browser") for test in tests) else 2


def _takes(test: pytest.Item) -> float:
    return next((seconds for name, seconds in DEAR if name in _asks_for(test)), CHEAP)


def _asks_for(test: pytest.Item) -> set[str]:
    fixtures = set(getattr(test, "fixturenames", ())) - {
        "browser"
    }  # what is called so may be a client of the plain pages
    return fixtures | {marker.name for marker in test.iter_markers()}


def tell(terminal: pytest.TerminalReporter) -> None:
    """Name the ten tests and the ten files that took longest, each with its share of all the time spent."""
    tests: Counter[str] = Counter()
    for reports in terminal.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                tests[report.nodeid] += report.duration
    files: Counter[str] = Counter()
    for test, seconds in tests.items():
        files[test.partition("::")[0]] += seconds
    spent = sum(tests.values())
    if len(tests) > SHOWN:
        for what, of in (("tests", tests), ("files", files)):
            terminal.section(f"slowest {SHOWN} {what}", sep="-")
            for name, seconds in of.most_common(SHOWN):
                terminal.write_line(f"{seconds:7.1f} s {seconds / spent:4.0%}  {name}")
