"""What the data protection officer reads: the gate's decisions, and who must still be told that we hold their data."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.access.models import Staff
from portal.consent.models import Consent
from portal.consent.rules import inform_by
from portal.gate.models import GateDecision
from portal.gate.rules import Check, Verdict
from portal.kit.errors import NotFound
from portal.postbox.models import Letter
from portal.postbox.rules import LetterKind, LetterState
from portal.talents.models import Source, Talent
from portal.talents.rules import FROM_THE_PERSON, SourceKind
from portal.timeline.who import Person, Role, Who

PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which decisions; `text` is a pseudonym, a name or an address; `since` is included, `until` is not."""

    verdict: Verdict | None = None
    kind: LetterKind | None = None
    because: str = ""
    since: datetime | None = None
    until: datetime | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One answer of the gate; `name` is empty once erased, `asked_by_name` where no member of staff asked."""

    at: datetime
    pseudonym: uuid.UUID | None
    name: str
    kind: LetterKind
    purpose: str | None
    verdict: Verdict
    check: Check | None
    because: str | None
    until: datetime | None
    owner: str
    asked_by: str
    asked_by_name: str


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """One page of decisions, newest first, and how many match in all."""

    rows: list[DecisionRow]
    total: int
    page: int


def decisions(session: Session, who: Who, wanted: Wanted, page: int = 1) -> DecisionPage:
    """Return one page (from 1) of what the gate decided about letters to people in the pool."""
    require_dpo(who)
    joined = sa.outerjoin(GateDecision, Talent, col(Talent.id) == col(GateDecision.talent_id))
    match = _match(wanted)
    total = session.execute(sa.select(sa.func.count()).select_from(joined).where(*match)).scalar_one()
    page = max(1, min(page, -(-total // PAGE)))
    rows = session.execute(
        sa.select(GateDecision, col(Talent.pseudonym), _name(), _asker())
        .select_from(joined)
        .where(*match)
        .order_by(col(GateDecision.at).desc(), col(GateDecision.id))
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return DecisionPage([_decision(*row) for row in rows], total, page)


def _match(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    match: list[sa.ColumnElement[bool]] = [col(GateDecision.talent_id).is_not(None)]
    if wanted.verdict:
        match.append(col(GateDecision.verdict) == wanted.verdict)
    if wanted.kind:
        match.append(col(GateDecision.kind) == wanted.kind)
    if wanted.because:
        match.append(col(GateDecision.because) == wanted.because)
    if wanted.since:
        match.append(col(GateDecision.at) >= wanted.since)
    if wanted.until:
        match.append(col(GateDecision.at) < wanted.until)
    if text := wanted.text.replace("\0", "").strip():
        match.append(
            sa.or_(
                _name().icontains(text, autoescape=True),
                col(Talent.email).icontains(text, autoescape=True),
                sa.cast(col(Talent.pseudonym), sa.Text).istartswith(text, autoescape=True),
            )
        )
    return match


def _name() -> sa.ColumnElement[str]:
    return sa.func.trim(col(Talent.first_name) + " " + col(Talent.last_name))


def _asker() -> sa.ScalarSelect[str]:
    """Return who asked, where it was a member of staff ("staff 3")."""
    mine = col(GateDecision.asked_by) == sa.literal("staff ") + sa.cast(col(Staff.id), sa.Text)
    return sa.select(col(Staff.name)).where(mine).correlate(GateDecision).scalar_subquery()


def _decision(row: GateDecision, pseudonym: uuid.UUID | None, name: str | None, asker: str | None) -> DecisionRow:
    return DecisionRow(
        at=row.at,
        pseudonym=pseudonym,
        name=name or "",
        kind=row.kind,
        purpose=row.purpose,
        verdict=row.verdict,
        check=row.objection,
        because=row.because,
        until=row.until,
        owner=str(row.params.get("owner", "")),
        asked_by=row.asked_by,
        asked_by_name=asker or "",
    )


@dataclass(frozen=True, slots=True)
class Owed:
    """Someone we collected from elsewhere (art. 14): `due` is the last day to tell them; `told_at` when they were.

    `queued`: the notice stands in the outbox. Negative `days_left` means late.
    """

    pseudonym: uuid.UUID
    name: str
    source_kind: SourceKind
    source: str
    collected_on: date
    due: date
    days_left: int
    queued: bool
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Who is still owed the information, nearest deadline first; and who got it late, latest first."""

    owed: list[Owed]
    owed_in_all: int
    late: list[Owed]
    late_in_all: int


MOST = 50


def deadlines(session: Session, who: Who, *, today: date) -> Deadlines:
    """Return the art. 14 information owed today, and the one that was given after its month (GDPR 14(3)(a))."""
    require_dpo(who)
    elsewhere = col(Talent.source_kind).not_in(FROM_THE_PERSON) & col(Talent.erased_at).is_(None)
    told = sa.select(sa.func.min(Consent.notified_at)).where(col(Consent.talent_id) == col(Talent.id)).scalar_subquery()
    due = sa.cast(col(Talent.collected_on) + sa.text("interval '1 month'"), sa.Date)
    waits = elsewhere & told.is_(None)
    late = elsewhere & (sa.cast(sa.func.timezone(col(Talent.zone), told), sa.Date) > due)
    return Deadlines(
        _owed(session, waits, col(Talent.collected_on).asc(), told, today),
        _count(session, waits),
        _owed(session, late, told.desc(), told, today),
        _count(session, late),
    )


def _owed(
    session: Session,
    where: sa.ColumnElement[bool],
    order: sa.UnaryExpression[Any],
    told: sa.ScalarSelect[Any],
    today: date,
) -> list[Owed]:
    source = (
        sa.select(col(Source.text))
        .where(col(Source.talent_id) == col(Talent.id))
        .order_by(col(Source.collected_on).desc(), col(Source.id).desc())
        .limit(1)
        .scalar_subquery()
    )
    queued = sa.exists().where(
        col(Letter.talent_id) == col(Talent.id),
        col(Letter.kind) == LetterKind.NOTICE,
        col(Letter.state).in_([LetterState.QUEUED, LetterState.SENDING]),
    )
    columns = (col(Talent.pseudonym), _name(), col(Talent.source_kind), source, col(Talent.collected_on), queued, told)
    rows = session.execute(sa.select(*columns).where(where).order_by(order, col(Talent.id)).limit(MOST))
    return [_one(*row, today=today) for row in rows]


def _one(  # one row, column by column
    pseudonym: uuid.UUID,
    name: str,
    kind: SourceKind,
    source: str | None,
    collected_on: date,
    queued: bool,
    told_at: datetime | None,
    *,
    today: date,
) -> Owed:
    due = inform_by(collected_on)
    return Owed(pseudonym, name, kind, source or "", collected_on, due, (due - today).days, queued, told_at)


def _count(session: Session, where: sa.ColumnElement[bool]) -> int:
    return int(session.execute(sa.select(sa.func.count()).select_from(Talent).where(where)).scalar_one())


def require_dpo(who: Who) -> None:
    """Let the data protection officer pass; for anyone else there is nothing here."""
    if not (isinstance(who, Person) and who.role is Role.DPO):
        raise NotFound
