"""Why we may write, why not, until when: each answer of the gate in a sentence, for recruiters and for the person.

Why not is said by the reasons of the law themselves; here stand the words for a *go*, and how a day is told.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.gate.law import LAW, decide
from portal.gate.law.reason import Reason
from portal.gate.models import GateDecision
from portal.gate.queries import facts_for
from portal.gate.requests import Request
from portal.gate.rules import Check, Decision, Verdict
from portal.kit.clock import local_day
from portal.kit.errors import NotFound
from portal.kit.i18n import N_, ago, day, moment, say
from portal.postbox.rules import LetterKind
from portal.talents.models import Talent
from portal.timeline.who import Person, Role, Who


class Reader(StrEnum):
    """Whom an explanation speaks to."""

    STAFF = "staff"
    THEM = "them"


GO: dict[Reader, dict[LetterKind, str]] = {
    Reader.STAFF: {
        LetterKind.SECURITY: N_("A letter of safety: it always leaves."),
        LetterKind.SERVICE: N_("It concerns what they asked for, or a talk you both agreed on."),
        LetterKind.FOLLOW_UP: N_("It follows their own answer."),
        LetterKind.CONTACT: N_("You can write to them now: a legal ground stands, and their rhythm leaves room."),
        LetterKind.NOTICE: N_("They had to be informed that we hold their data."),
        LetterKind.RE_CONSENT: N_("Their agreement expires soon: it is asked once whether they want to renew it."),
    },
    Reader.THEM: {
        LetterKind.SECURITY: N_("It keeps your file and your key to it safe: such a letter always leaves."),
        LetterKind.SERVICE: N_("It concerns what you asked for, or a talk you agreed on."),
        LetterKind.FOLLOW_UP: N_("It follows your own answer."),
        LetterKind.CONTACT: N_("You may be written to for this, you had not been asked yet, and your rhythm left room."),
        LetterKind.NOTICE: N_("The law asks us to tell you that we hold your data."),
        LetterKind.RE_CONSENT: N_("Your agreement expires soon: we ask once whether you want to renew it."),
    },
}  # fmt: skip
_ON = N_("on {day}")


def explained(decision: Decision, kind: LetterKind, locale: str, zone: str, *, now: datetime, to: Reader) -> str:
    """Return the sentence for one answer of the gate, with its day as people say it."""
    if decision.because is None:
        return say(locale, GO[to][kind])
    reason = LAW[decision.because]
    until, on = _when(reason, decision, locale, zone, now)
    owner = decision.params.get("owner", say(locale, N_("a colleague")))
    sentence = reason.to_staff if to is Reader.STAFF else reason.to_them
    return say(locale, sentence, until=until, on=on, owner=owner)


def _when(reason: Reason, decision: Decision, locale: str, zone: str, now: datetime) -> tuple[str, str]:
    """Return when a wait ends: "Tuesday 1 December" and "on Tuesday 1 December", or "tomorrow 08:00" twice."""
    if decision.until is None:
        return "", ""
    on, today = local_day(decision.until, zone), local_day(now, zone)
    # Only hours are told to the hour: all else ends with a day.
    if reason.check is not Check.HOURS:
        told = day(locale, on, year=on.year != today.year)
    elif (on - today).days <= 1:
        near = ago(locale, decision.until, zone, now)
        return near, near
    else:
        told = moment(locale, decision.until, zone, now)
    return told, say(locale, _ON, day=told)


@dataclass(frozen=True, slots=True)
class CanWrite:
    """Whether one person can be written to now by whoever asks; `exactly` is when a wait ends, or empty."""

    verdict: Verdict
    check: Check | None
    because: str | None
    until: datetime | None
    sentence: str
    exactly: str

    @property
    def go(self) -> bool:
        """Tell whether a letter would be taken now."""
        return self.verdict is Verdict.GO


def can_write_now(session: Session, who: Who, request: Request, *, now: datetime) -> CanWrite:
    """Ask the gate, without writing anything, about a letter by hand; NotFound for who is not in the pool."""
    me = recruiter(who)
    living = select(Talent.id).where(col(Talent.id) == request.talent_id, col(Talent.erased_at).is_(None))
    if session.exec(living).first() is None:
        raise NotFound
    (facts,) = facts_for(session, [request], now=now)
    return _view(decide(facts), request.kind, me, now)


def told_to(who: Person, decision: Decision, kind: LetterKind, *, now: datetime) -> CanWrite:
    """Return an answer the gate gave, in the words of whoever asked."""
    return _view(decision, kind, who, now)


def _view(decision: Decision, kind: LetterKind, who: Person, now: datetime) -> CanWrite:
    return CanWrite(
        verdict=decision.verdict,
        check=decision.check,
        because=decision.because,
        until=decision.until,
        sentence=explained(decision, kind, who.locale, who.zone, now=now, to=Reader.STAFF),
        exactly=moment(who.locale, decision.until, who.zone, now) if decision.until else "",
    )


@dataclass(frozen=True, slots=True)
class Decided:
    """One answer of the gate about one letter, when it was asked."""

    at: datetime
    kind: LetterKind
    verdict: Verdict
    because: str | None
    sentence: str


def decisions_of(session: Session, who: Person, letter_id: uuid.UUID, *, now: datetime) -> list[Decided]:
    """Return what the gate said about a letter, oldest first: to a recruiter, the DPO, or whom it is about."""
    found = session.exec(
        select(GateDecision)
        .where(col(GateDecision.letter_id) == letter_id)
        .order_by(col(GateDecision.at), col(GateDecision.id))
    ).all()
    if not found or not all(_may_read(who, row) for row in found):
        raise NotFound
    to = Reader.STAFF if who.is_staff else Reader.THEM
    return [_decided(row, who, to, now) for row in found]


def _may_read(who: Person, row: GateDecision) -> bool:
    return who.role in {Role.RECRUITER, Role.ADMIN, Role.DPO} or (not who.is_staff and who.id == row.talent_id)


def _decided(row: GateDecision, who: Person, to: Reader, now: datetime) -> Decided:
    decision = Decision(row.verdict, row.objection, row.because, row.until, _texts(row.params))
    sentence = explained(decision, row.kind, who.locale, who.zone, now=now, to=to)
    return Decided(row.at, row.kind, row.verdict, row.because, sentence)


def _texts(params: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in params.items()}
