"""What columns were taken in as the last times a file came from the same source: the imports themselves remember."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from portal.imports.fields import Field, folded
from portal.imports.mapping import IGNORE, NOT_A_FIELD
from portal.imports.models import ImportRun
from portal.imports.queries import may_import
from portal.kit.errors import Refused
from portal.kit.fold import fold
from portal.talents.custom_fields import custom_fields
from portal.talents.rules import SourceKind
from portal.timeline.who import Who

_LAST = 30


@dataclass(frozen=True, slots=True)
class Origin:
    """A source files came from before."""

    kind: SourceKind
    text: str


def remembered(session: Session, who: Who, kind: SourceKind, text: str) -> dict[str, str]:
    """Return, by the folded names of columns, the field each was last taken in as from this source, or "ignore"."""
    memory: dict[str, str] = {}
    for run in reversed(_taken_in(session, who)):
        if run.source_kind == kind and fold(run.source_text) == fold(text):
            memory |= {folded(name): str(wanted) for name, wanted in run.mapping.items()}
    return memory


def as_memory(session: Session, known: Mapping[str, str]) -> dict[str, str]:
    """Return a mapping by the folded names of its columns; refuse one that names what no column can be."""
    own = {each.column for each in custom_fields(session)} if known else set()
    for wanted in known.values():
        if wanted not in {IGNORE, *Field, *own}:
            raise Refused(NOT_A_FIELD, field=wanted)
    return {folded(name): wanted for name, wanted in known.items()}


def origin_of(session: Session, who: Who, header: Iterable[str]) -> Origin | None:
    """Return the source whose last file had the very columns of `header`, whatever the law drops of them."""
    names = {folded(name) for name in header}
    for run in _taken_in(session, who):
        known = {folded(name) for name in run.mapping}
        if len(known) > 1 and known <= names and run.source_kind is not None:
            dropped = {folded(one["name"]) for one in run.report.get("columns", ()) if one.get("ground")}
            if names <= known | dropped:
                return Origin(run.source_kind, run.source_text)
    return None


def _taken_in(session: Session, who: Who) -> list[ImportRun]:
    """Return the last imports whose columns a person looked at, the newest first."""
    may_import(who)
    query = select(ImportRun).where(col(ImportRun.taken_at).is_not(None), col(ImportRun.mapping) != {})
    return list(session.exec(query.order_by(col(ImportRun.taken_at).desc(), col(ImportRun.id).desc()).limit(_LAST)))
