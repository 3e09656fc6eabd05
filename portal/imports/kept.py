"""The file of an import that waits: never read along with its row, and fetched in pieces, for it may be large."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import defer
from sqlmodel import Session, col

from portal.imports.models import ImportRun
from portal.kit.db import saved

# For whatever reads runs: the driver holds a value three times while it arrives.
WITHOUT_FILE = defer(col(ImportRun.content))  # type: ignore[arg-type]
_PIECE = 8_000_000


def size_of(session: Session, run_id: int) -> int | None:
    """Return how many bytes the file has; None once it is no longer kept."""
    return session.scalar(sa.select(sa.func.octet_length(ImportRun.content)).where(col(ImportRun.id) == run_id))


def file_of(session: Session, run: ImportRun) -> bytes | None:
    """Return the file; None once it is no longer kept."""
    size = size_of(session, saved(run.id))
    return None if size is None else b"".join(_pieces(session, saved(run.id), size))


def _pieces(session: Session, run_id: int, size: int) -> Iterator[bytes]:
    for start in range(1, size + 1, _PIECE):
        piece = sa.select(sa.func.substr(ImportRun.content, start, _PIECE)).where(col(ImportRun.id) == run_id)
        yield bytes(session.scalar(piece) or b"")
