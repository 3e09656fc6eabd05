"""The pool as a file: those the list shows, on all its pages."""

from collections.abc import Mapping
from typing import IO

from portal.segments.exporting import export
from portal.ui.doors import RECRUITERS, Door
from portal.ui.downloads import Download
from portal.ui.recruiter.pool.narrowing import clean, filters

ADDRESS = "/pool/export.csv"


def _write(door: Door, file: IO[str], asked: Mapping[str, str]) -> None:
    kept = clean(asked)
    export(door.session, door.who, file, kept["q"], filters(kept), door.locale, now=door.now)


POOL = Download(ADDRESS, RECRUITERS, "text/csv", "vivier-{day}.csv", _write, posted=True)
