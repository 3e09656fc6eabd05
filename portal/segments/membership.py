"""Segments that a rule names: their rules as they stand today, and never a circle."""

from collections.abc import Iterable

from sqlmodel import Session

from portal.kit.errors import Refused
from portal.kit.i18n import N_
from portal.segments.document import Criterion, Group, Member, criteria
from portal.segments.models import Segment
from portal.segments.reading import read


def rules_named(session: Session, asked: Group | Iterable[Criterion]) -> dict[int, Group]:
    """Return the rule of every segment that `asked` names, and of those they name in turn; Refused for a circle."""
    found: dict[int, Group] = {}
    _follow(session, _named(asked), found, ())
    return found


def refuse_circle(session: Session, segment_id: int, rule: Group) -> None:
    """Refuse a rule by which a segment would be made of itself."""
    _follow(session, _named(rule), {}, (segment_id,))


def _named(asked: Group | Iterable[Criterion]) -> list[int]:
    parts = criteria(asked) if isinstance(asked, Group) else asked
    return [part.segment for part in parts if isinstance(part, Member)]


def _follow(session: Session, ids: Iterable[int], found: dict[int, Group], above: tuple[int, ...]) -> None:
    for id_ in ids:
        if id_ in above:
            raise Refused(N_("A segment cannot be made of itself, not even by way of another: take that line out."))
        segment = session.get(Segment, id_)
        if segment is not None:  # `compile` refuses a segment that is not there
            found[id_] = found.get(id_) or read(segment.rule)
            _follow(session, _named(found[id_]), found, (*above, id_))
