"""Reading notices, consents and the ledger."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session, col, select

from portal.access.house import as_it_stands
from portal.consent import notices
from portal.consent.ledger import require_reader
from portal.consent.models import Consent, LedgerEntry, LedgerEvidence, Notice
from portal.consent.rules import Act, Basis, Purpose, Stance, Standing, stance
from portal.kit.errors import Refused
from portal.timeline.who import Who

PAGE = 50


@dataclass(frozen=True, slots=True)
class NoticeView:
    """The text in force for one purpose and language."""

    id: int
    purpose: Purpose
    version: int
    locale: str
    text: str


def current_notice(session: Session, purpose: Purpose, locale: str, *, now: datetime) -> NoticeView:
    """Return the text in force, written down on its first use; both languages share a version."""
    language = locale if locale in notices.LANGUAGES else "fr"
    who = controller(session)
    texts = {
        each: notices.wording(purpose, each, house=who.name, months=who.months, contact=who.contact, dpo=who.dpo)
        for each in notices.LANGUAGES
    }
    known = _latest(session, purpose)
    if {each: found.text for each, found in known.items()} != texts:
        version = 1 + max((found.version for found in known.values()), default=0)
        new = [
            {"purpose": purpose, "version": version, "locale": each, "text": text, "created_at": now}
            for each, text in texts.items()
        ]
        # Two who see the same new wording at once write it once.
        session.execute(pg.insert(Notice).values(new).on_conflict_do_nothing())
        known = _latest(session, purpose)
    return known[language]


def controller(session: Session) -> notices.Controller:
    """Return who answers for the data, as the house says today."""
    rules = as_it_stands(session)
    return notices.Controller(rules.name, rules.retention_months, rules.controller_contact, rules.dpo_contact)


class TextChanged(Refused):
    """A yes counts for the text that was on the screen; the house has changed it since."""

    def __init__(self) -> None:
        super().__init__("The text has changed since you opened this page. Here is the new one: read it, then press.")


def notice_on_screen(session: Session, purpose: Purpose, version: int, locale: str, *, now: datetime) -> NoticeView:
    """Return the text somebody had before them, if it is still the one in force; TextChanged otherwise (GDPR 7(1))."""
    text = current_notice(session, purpose, locale, now=now)
    if (text.version, text.locale) != (version, locale):
        raise TextChanged
    return text


def _latest(session: Session, purpose: Purpose) -> dict[str, NoticeView]:
    newest = sa.select(sa.func.max(Notice.version)).where(col(Notice.purpose) == purpose).scalar_subquery()
    query = select(Notice).where(col(Notice.purpose) == purpose, col(Notice.version) == newest)
    return {
        row.locale: NoticeView(row.id or 0, row.purpose, row.version, row.locale, row.text)
        for row in session.exec(query)
    }


@dataclass(frozen=True, slots=True)
class ConsentView:
    """Where one person stands on one purpose, and what they were shown."""

    purpose: Purpose
    basis: Basis
    standing: Standing
    since: datetime
    expires_on: date | None
    notified_at: datetime | None
    notice_id: int | None
    notice_version: int | None
    notice_locale: str | None
    notice_text: str | None

    def stance(self, today: date) -> Stance:
        """Return what may truly be said of it today."""
        return stance(self.standing, self.basis, self.expires_on, today)


def consents_of(session: Session, talent_id: int) -> list[ConsentView]:
    """Return what one person said, one row a purpose that was ever spoken of. The caller has fetched the person."""
    query = (
        select(Consent, Notice)
        .outerjoin(Notice, col(Notice.id) == col(Consent.notice_id))
        .where(col(Consent.talent_id) == talent_id)
        .order_by(col(Consent.purpose))
    )
    return [
        ConsentView(
            purpose=row.purpose,
            basis=row.basis,
            standing=row.standing,
            since=row.since,
            expires_on=row.expires_on,
            notified_at=row.notified_at,
            notice_id=row.notice_id,
            notice_version=notice.version if notice else None,
            notice_locale=notice.locale if notice else None,
            notice_text=notice.text if notice else None,
        )
        for row, notice in session.exec(query)
    ]


def standings(session: Session, talent_ids: Sequence[int], purpose: Purpose) -> dict[int, tuple[Standing, date | None]]:
    """Return where these people stand on one purpose and the day it ends, by id. The caller has fetched the people."""
    query = sa.select(col(Consent.talent_id), col(Consent.standing), col(Consent.expires_on)).where(
        col(Consent.talent_id).in_(talent_ids), col(Consent.purpose) == purpose
    )
    return {talent: (standing, ends) for talent, standing, ends in session.execute(query)}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the DPO looks for; `text` is a pseudonym, a name or an address; `since` is included, `until` is not."""

    act: Act | None = None
    purpose: Purpose | None = None
    interface: str = ""
    since: datetime | None = None
    until: datetime | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One entry for the DPO's eyes; `name` and what follows are empty once erased."""

    seq: int
    at: datetime
    pseudonym: uuid.UUID
    act: Act
    purpose: Purpose
    basis: Basis
    notice_version: int | None
    notice_locale: str | None
    interface: str
    commitment: str
    hash: str
    name: str
    email: str
    by: str
    notice: str
    erased: bool


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """One page of the ledger, newest first, and how many entries match in all."""

    rows: list[LedgerRow]
    total: int
    page: int


def ledger_page(session: Session, who: Who, filters: Filters, page: int = 1) -> LedgerPage:
    """Return one page (from 1) of what matches, with the personal part where it still stands."""
    require_reader(who)
    wanted = _wanted(filters)
    joined = sa.outerjoin(LedgerEntry, LedgerEvidence, col(LedgerEvidence.seq) == col(LedgerEntry.seq))
    total = session.execute(sa.select(sa.func.count()).select_from(joined).where(*wanted)).scalar_one()
    page = max(1, min(page, -(-total // PAGE)))
    query = (
        select(LedgerEntry, LedgerEvidence)
        .select_from(joined)
        .where(*wanted)
        .order_by(col(LedgerEntry.seq).desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return LedgerPage([_row(entry, evidence) for entry, evidence in session.exec(query)], total, page)


def _wanted(filters: Filters) -> list[sa.ColumnElement[bool]]:
    wanted: list[sa.ColumnElement[bool]] = []
    if filters.act:
        wanted.append(col(LedgerEntry.act) == filters.act)
    if filters.purpose:
        wanted.append(col(LedgerEntry.purpose) == filters.purpose)
    if filters.interface:
        wanted.append(col(LedgerEntry.interface) == filters.interface)
    if filters.since:
        wanted.append(col(LedgerEntry.at) >= filters.since)
    if filters.until:
        wanted.append(col(LedgerEntry.at) < filters.until)
    if text := filters.text.replace("\0", "").strip():
        wanted.append(_names(text))
    return wanted


def _names(text: str) -> sa.ColumnElement[bool]:
    try:
        return col(LedgerEntry.pseudonym) == uuid.UUID(text)
    except ValueError:
        personal = col(LedgerEvidence.personal)
        return sa.or_(
            personal["name"].astext.icontains(text, autoescape=True),
            personal["email"].astext.icontains(text, autoescape=True),
            sa.cast(col(LedgerEntry.pseudonym), sa.Text).istartswith(text, autoescape=True),
        )


def _row(entry: LedgerEntry, evidence: LedgerEvidence | None) -> LedgerRow:
    personal = evidence.personal if evidence else {}
    return LedgerRow(
        seq=entry.seq,
        at=entry.at,
        pseudonym=entry.pseudonym,
        act=entry.act,
        purpose=entry.purpose,
        basis=entry.basis,
        notice_version=entry.notice_version,
        notice_locale=entry.notice_locale,
        interface=entry.interface,
        commitment=entry.commitment,
        hash=entry.hash,
        name=str(personal.get("name", "")),
        email=str(personal.get("email", "")),
        by=str(personal.get("by", "")),
        notice=str(personal.get("notice", "")),
        erased=evidence is None,
    )
