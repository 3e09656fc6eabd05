"""What people said of the last files, where a file alone does not tell."""

from sqlmodel import Session, col, select

from portal.imports.models import ImportRun, JobTold
from portal.kit.fold import fold
from portal.talents.rules import SourceKind


def order_before(session: Session, kind: SourceKind, text: str) -> str:
    """Return the order of day and month that was last chosen for a file of this source, or ""."""
    query = select(ImportRun.source_text, ImportRun.dates).where(
        col(ImportRun.source_kind) == kind, col(ImportRun.dates) != "", col(ImportRun.taken_at).is_not(None)
    )
    newest = session.exec(query.order_by(col(ImportRun.taken_at).desc(), col(ImportRun.id).desc()).limit(30))
    return next((dates for source, dates in newest if fold(source) == fold(text)), "")


def jobs_told(session: Session) -> dict[str, str]:
    """Return which job each title is that somebody told, by its words: a ROME code, or "" for none."""
    return dict(session.exec(select(JobTold.words, JobTold.code)).all())
