"""Why someone is in a segment, or why not: the same conditions the count uses, asked one by one."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.consent.models import Consent as ConsentRow
from portal.consent.rules import Purpose
from portal.kit.errors import NotFound
from portal.kit.i18n import N_, say
from portal.segments.beside import beside
from portal.segments.clauses import clause
from portal.segments.compile import condition
from portal.segments.document import Criterion, Group, criteria
from portal.segments.known import Known, known
from portal.segments.models import Projection
from portal.segments.names import names
from portal.segments.queries import today
from portal.segments.wording import reasons
from portal.talents.models import Talent
from portal.timeline.who import Who

_EVERYBODY = N_("In, because the segment holds everybody.")
_IN = N_("In, because {reasons}.")
_NOT_IN = N_("Not in, because {reasons}.")


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion: what it asks, whether it holds, and what we know."""

    asked: str
    holds: bool
    known: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """`In, because …` or `Not in, because …`, and every criterion in reading order."""

    member: bool
    sentence: str
    lines: tuple[Line, ...]


def explain(session: Session, who: Who, rule: Group, talent_id: int, *, locale: str, now: datetime) -> Explanation:
    """Say why this person is in the segment or not; NotFound for whoever is not in the pool."""
    recruiter(who)
    asked = list(dict.fromkeys(criteria(rule)))
    at = today(session, asked, now=now)
    verdicts = [sa.func.coalesce(condition(criterion, at), sa.false()) for criterion in asked]
    person = col(Projection.talent_id) == talent_id
    found = (
        sa.select(Talent, *verdicts).select_from(Talent).join(Projection, col(Projection.talent_id) == col(Talent.id))
    )
    row = session.execute(found.where(person)).first()
    if row is None:
        raise NotFound
    holds = dict(zip(asked, row[1:], strict=True))
    called = names(session)
    them = Known(row[0], _consents(session, talent_id), locale, at.day, beside(session, talent_id, called, holds))
    told = {criterion: known(criterion, them) for criterion in asked}
    member, decisive = _deciding(rule, holds)
    because = reasons(locale, list(dict.fromkeys(told[criterion] for criterion in decisive)))
    return Explanation(
        member=member,
        sentence=say(locale, _told(member, because), reasons=because),
        lines=tuple(Line(clause(criterion, locale, called), holds[criterion], told[criterion]) for criterion in asked),
    )


def _told(member: bool, because: str) -> str:
    if not because:
        return _EVERYBODY
    return _IN if member else _NOT_IN


def _consents(session: Session, talent_id: int) -> dict[Purpose, ConsentRow]:
    rows = session.exec(select(ConsentRow).where(col(ConsentRow.talent_id) == talent_id))
    return {row.purpose: row for row in rows}


def _deciding(node: Group | Criterion, holds: dict[Criterion, bool]) -> tuple[bool, list[Criterion]]:
    """Return whether the node holds, and the criteria that suffice to say so."""
    if not isinstance(node, Group):
        return holds[node], [node]
    found = [_deciding(child, holds) for child in node.of]
    true = [decisive for held, decisive in found if held]
    false = [decisive for held, decisive in found if not held]
    match node.kind:
        case "all":
            return not false, _flat(false or true)
        case "any":
            return bool(true), true[0] if true else _flat(false)
        case "none":
            return not true, _flat(true or false)


def _flat(lists: list[list[Criterion]]) -> list[Criterion]:
    return [criterion for found in lists for criterion in found]
