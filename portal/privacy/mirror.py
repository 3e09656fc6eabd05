"""Everything we hold about one candidate, for that candidate alone (GDPR 15 and 20): the page and the file say the same."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.access.house import house
from portal.access.models import Staff, WebSession
from portal.booking.models import Booking, Slot
from portal.consent.models import Consent, LedgerEntry, LedgerEvidence, Notice
from portal.consent.rules import expires_on, inform_by
from portal.conversations.models import AnswerGiven, Ask, Conversation, Message
from portal.gate.addresses import PROVE
from portal.gate.models import GateDecision
from portal.kit.errors import NotFound
from portal.opportunities.models import Opportunity
from portal.postbox.models import Letter
from portal.privacy.files import doubts, replaced
from portal.privacy.said import ABOUT, Rows, own_fields, plain, profile, unread
from portal.surveys.models import Survey, SurveyResponse
from portal.talents.models import AddressChange, Note, Source, Tag, Talent, TalentTag
from portal.talents.rules import FROM_THE_PERSON
from portal.timeline.models import TimelineEvent, TimelineWords
from portal.timeline.who import Person

FORMAT = "vivier-my-data"


@dataclass(frozen=True, slots=True)
class Keeping:
    """Until when we keep someone's data, and how and when they were told that we do (art. 13 or 14)."""

    last_act_at: datetime | None
    until: date
    article: int
    informed_at: datetime | None
    inform_by: date | None


def document(session: Session, who: Person, *, now: datetime) -> dict[str, Any]:
    """Return all we hold about whoever asks, as plain values (days and instants in ISO 8601); it changes nothing.

    Of an address they propose it tells what they proposed, not whether our letter went there: that would tell whether
    somebody else has it.
    """
    talent = _myself(session, who)
    return {
        "format": FORMAT,
        "version": 1,
        "made_at": now.isoformat(),
        "held_by": house(session).name,
        "person": _person(talent),
        "profile": _says(session, talent),
        "unread": unread(session, talent),
        "also_held_as": _also_held_as(session, who.id),
        "keeping": {name: plain(value) for name, value in _as_dict(keeping(session, talent)).items()},
        "sources": _sources(session, who.id),
        "addresses": _addresses(session, who.id),
        "replaced": replaced(session, who.id),
        "doubts": doubts(session, talent),
        "tags": _tags(session, who.id),
        "notes": _notes(session, who.id),
        "consents": _consents(session, who.id),
        "consent_history": _consent_history(session, who.id),
        "letters": _letters(session, who.id),
        "gate_decisions": _decisions(session, who.id),
        "answers": _answers(session, who.id),
        "messages": _messages(session, who.id),
        "conversations": _conversations(session, who.id),
        "meetings": _meetings(session, who.id),
        "surveys": _surveys(session, who.id),
        "history": _history(session, who.id),
        "sign_ins": _sign_ins(session, who.id),
    }


def keeping(session: Session, talent: Talent) -> Keeping:
    """Return the retention of one person: it runs from their own last act, else from the day they were collected."""
    months = house(session).retention_months
    last = talent.last_act_at.astimezone(ZoneInfo(talent.zone)).date() if talent.last_act_at else talent.collected_on
    told = session.exec(select(sa.func.min(Consent.notified_at)).where(col(Consent.talent_id) == talent.id)).first()
    theirs = talent.source_kind in FROM_THE_PERSON
    by = None if theirs else inform_by(talent.collected_on)
    return Keeping(talent.last_act_at, expires_on(last, months), 13 if theirs else 14, told, by)


def _myself(session: Session, who: Person) -> Talent:
    """Fetch the candidate who asks; staff find nothing here."""
    living = select(Talent).where(col(Talent.id) == who.id, col(Talent.erased_at).is_(None))
    found = None if who.is_staff else session.exec(living).first()
    if found is None:
        raise NotFound
    return found


def _person(talent: Talent) -> dict[str, Any]:
    return {name: plain(getattr(talent, name)) for name in (*ABOUT, "proven_at")}


def _says(session: Session, talent: Talent) -> Rows:
    return [*profile(talent), *own_fields(session, talent)]


def _also_held_as(session: Session, me: int) -> Rows:
    """What stands of them in rows that were found to be about the same person, and since when."""
    theirs = session.exec(select(Talent).where(col(Talent.merged_into) == me).order_by(col(Talent.id)))
    told = [(_person(one), one.erased_at, _says(session, one)) for one in theirs]
    return [person | {"found_at": plain(since), "profile": says} for person, since, says in told]


def _sources(session: Session, me: int) -> Rows:
    told = sa.select(*_of(Source, "kind", "text", "collected_on", "recorded_at"))
    return _rows(session, told.where(col(Source.talent_id) == me).order_by(col(Source.collected_on)))


def _addresses(session: Session, me: int) -> Rows:
    """Other addresses of theirs: proposed, of before, left aside."""
    columns = (
        *_of(AddressChange, "address", "before", "state", "proposed_at", "expires_at", "settled_at"),
        col(Staff.name).label("proposed_by"),
    )
    query = sa.select(*columns).outerjoin(Staff, col(Staff.id) == col(AddressChange.staff_id))
    return _rows(session, query.where(col(AddressChange.talent_id) == me).order_by(col(AddressChange.id)))


def _tags(session: Session, me: int) -> Rows:
    query = sa.select(*_of(Tag, "name"), *_of(TalentTag, "at")).join(TalentTag, col(TalentTag.tag_id) == col(Tag.id))
    return _rows(session, query.where(col(TalentTag.talent_id) == me).order_by(col(Tag.folded)))


def _notes(session: Session, me: int) -> Rows:
    columns = (*_of(Note, "at", "text"), col(Staff.name).label("written_by"))
    query = sa.select(*columns).outerjoin(Staff, col(Staff.id) == col(Note.staff_id))
    return _rows(session, query.where(col(Note.talent_id) == me).order_by(col(Note.at), col(Note.id)))


def _consents(session: Session, me: int) -> Rows:
    columns = (
        *_of(Consent, "purpose", "basis", "standing", "since", "expires_on", "notified_at"),
        col(Notice.version).label("notice_version"),
        col(Notice.locale).label("notice_language"),
        col(Notice.text).label("notice"),
    )
    query = sa.select(*columns).outerjoin(Notice, col(Notice.id) == col(Consent.notice_id))
    return _rows(session, query.where(col(Consent.talent_id) == me).order_by(col(Consent.purpose)))


def _consent_history(session: Session, me: int) -> Rows:
    columns = (
        *_of(LedgerEntry, "seq", "at", "act", "purpose", "basis", "notice_version", "notice_locale", "interface"),
        col(LedgerEvidence.personal).label("personal"),
        *_of(LedgerEntry, "hash"),
    )
    query = sa.select(*columns).join(LedgerEvidence, col(LedgerEvidence.seq) == col(LedgerEntry.seq))
    return _rows(session, query.where(col(LedgerEvidence.talent_id) == me).order_by(col(LedgerEntry.seq)))


def _letters(session: Session, me: int) -> Rows:
    columns = (
        *_of(Letter, "id", "kind", "purpose", "template", "address", "subject", "blocks", "state"),
        *_of(Letter, "queued_at", "sent_at", "why"),
        col(Staff.name).label("written_by"),
    )
    query = sa.select(*columns).outerjoin(Staff, col(Staff.id) == col(Letter.author_id))
    theirs = (col(Letter.talent_id) == me) & (col(Letter.template) != PROVE)
    return _rows(session, query.where(theirs).order_by(col(Letter.queued_at), col(Letter.id)))


def _decisions(session: Session, me: int) -> Rows:
    columns = (
        *_of(GateDecision, "at", "letter_id", "kind", "purpose", "verdict"),
        *_of(GateDecision, "objection", "because", "until", "asked_by"),
    )
    asked = sa.exists().where(col(Letter.id) == col(GateDecision.letter_id), col(Letter.template) == PROVE)
    query = sa.select(*columns).where(col(GateDecision.talent_id) == me, ~asked)
    return _rows(session, query.order_by(col(GateDecision.at), col(GateDecision.id)))


def _answers(session: Session, me: int) -> Rows:
    # A survey answered, a time picked or two refused stand on the question itself, without a row for each change of mind.
    columns = (
        *_of(Ask, "question", "asked_at", "deadline"),
        sa.func.coalesce(col(AnswerGiven.answer), col(Ask.answer)).label("answer"),
        *_of(AnswerGiven, "reason", "later_on"),
        sa.func.coalesce(col(AnswerGiven.given_at), col(Ask.answered_at)).label("given_at"),
        *_of(AnswerGiven, "via"),
        col(Opportunity.title).label("about"),
        col(Staff.name).label("asked_by"),
    )
    query = (
        sa.select(*columns)
        .select_from(Ask)
        .outerjoin(AnswerGiven, col(AnswerGiven.ask_id) == col(Ask.id))
        .outerjoin(Opportunity, col(Opportunity.id) == col(Ask.opportunity_id))
        .join(Staff, col(Staff.id) == col(Ask.owner_id))
        .where(col(Ask.talent_id) == me)
    )
    return _rows(session, query.order_by(col(Ask.asked_at), col(AnswerGiven.given_at)))


def _messages(session: Session, me: int) -> Rows:
    columns = _of(Message, "at", "from_talent", "text")
    return _rows(session, sa.select(*columns).where(col(Message.talent_id) == me).order_by(col(Message.at)))


def _conversations(session: Session, me: int) -> Rows:
    columns = (*_of(Conversation, "opened_at", "closed_at", "waiting_since"), col(Staff.name).label("recruiter"))
    query = sa.select(*columns).join(Staff, col(Staff.id) == col(Conversation.owner_id))
    return _rows(session, query.where(col(Conversation.talent_id) == me).order_by(col(Conversation.opened_at)))


def _meetings(session: Session, me: int) -> Rows:
    columns = (
        *_of(Slot, "starts_at", "ends_at"),
        *_of(Booking, "booked_at", "cancelled_at", "cancelled_by"),
        col(Staff.name).label("recruiter"),
    )
    query = (
        sa.select(*columns)
        .select_from(Booking)
        .join(Slot, col(Slot.id) == col(Booking.slot_id))
        .join(Staff, col(Staff.id) == col(Booking.staff_id))
    )
    return _rows(session, query.where(col(Booking.talent_id) == me).order_by(col(Slot.starts_at)))


def _surveys(session: Session, me: int) -> Rows:
    columns = (*_of(SurveyResponse, "answered_at", "answers"), *_of(Survey, "title_fr", "title_en", "questions"))
    query = sa.select(*columns).join(Survey, col(Survey.id) == col(SurveyResponse.survey_id))
    return _rows(session, query.where(col(SurveyResponse.talent_id) == me).order_by(col(SurveyResponse.answered_at)))


def _history(session: Session, me: int) -> Rows:
    columns = (
        *_of(TimelineEvent, "at", "kind", "actor_kind", "actor_reason", "params"),
        *_of(TimelineWords, "words"),
    )
    query = sa.select(*columns).outerjoin(TimelineWords, col(TimelineWords.event_id) == col(TimelineEvent.id))
    asked = col(TimelineEvent.params)["template"].astext.is_not_distinct_from(PROVE)
    mine = query.where(col(TimelineEvent.talent_id) == me, ~asked)
    return _rows(session, mine.order_by(col(TimelineEvent.at), col(TimelineEvent.id)))


def _sign_ins(session: Session, me: int) -> Rows:
    mine = sa.select(*_of(WebSession, "created_at", "expires_at", "revoked_at")).where(col(WebSession.talent_id) == me)
    return _rows(session, mine.order_by(col(WebSession.created_at)))


def _of(table: Any, *names: str) -> list[Any]:  # noqa: ANN401 - columns of any table
    return [getattr(table, name) for name in names]


def _rows(session: Session, query: sa.Select[Any]) -> Rows:
    return [{name: plain(value) for name, value in row.items()} for row in session.execute(query).mappings()]


def _as_dict(kept: Keeping) -> dict[str, Any]:
    return {name: getattr(kept, name) for name in ("last_act_at", "until", "article", "informed_at", "inform_by")}
