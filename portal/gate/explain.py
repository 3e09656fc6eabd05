"""Why we may write, why not, until when: each answer of the gate in a sentence, for recruiters and for the person.

Every code that `portal.gate.rules` may give as `because` stands in both tables; a test finds those that do not.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.consent.rules import Purpose
from portal.gate.models import GateDecision
from portal.gate.queries import facts_for
from portal.gate.requests import Request
from portal.gate.rules import Check, Decision, Verdict, decide
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


# To those who would write. What can be done about it is part of the sentence.
TO_STAFF: dict[str, str] = {
    "erased": N_("They asked to be erased: nothing of them is left to write to."),
    "no_address": N_("We have no e-mail address of theirs. Add one to their profile to write."),
    "bounced": N_(
        "Their address does not take letters. Correct it on their profile, or write there again if it is right."
    ),
    "do_not_contact": N_("They asked never to be contacted."),
    "withdrawn": N_("They withdrew their agreement. Only they can give it again, on their page."),
    "notice_overdue": N_("They were not informed within a month of our having their data: no letter may go any more."),
    "no_basis": N_("There is no legal ground to write to them: they have agreed to nothing yet."),
    "expired": N_("Their agreement has expired. Only they can renew it, on their page."),
    "notice_first": N_("They must be informed first that we hold their data, and where it comes from."),
    "already_informed": N_("They have been informed already: it is done once."),
    "already_asked_to_renew": N_("They have been asked to renew already: it is asked once before an expiry."),
    "same_opportunity": N_("They were already asked about this job, by you or by a colleague."),
    "same_survey": N_("They were already asked this survey."),
    "same_question": N_("They were asked the same question lately. It may be asked again {on}."),
    "conversation_open": N_("{owner} is talking with them. Read what was said; take over if it is yours to answer."),
    "answer_changed": N_("They have changed their answer since."),
    "stopped": N_("Follow-ups are stopped: a person is talking with them. They go on once that is undone or closed."),
    "no_to_this": N_("They said no to this job, for good."),
    "no_holds": N_("They said no lately. It holds until {until}."),
    "later": N_("They said later. They come back by themselves {on}."),
    "paused": N_("They paused our letters until {until}."),
    "rhythm": N_("They had a letter lately; their rhythm leaves room for the next {on}."),
    "quiet_hours": N_("You can write now. The letter leaves {on}: never at night, on Sundays or on public holidays."),
}
TO_THEM: dict[str, str] = {
    "erased": N_("You asked us to erase everything."),
    "no_address": N_("We have no e-mail address of yours."),
    "bounced": N_("Your address sent our letters back."),
    "do_not_contact": N_("You asked us never to contact you."),
    "withdrawn": N_("You withdrew your agreement."),
    "notice_overdue": N_("We did not inform you in time that we hold your data: we may no longer write to you."),
    "no_basis": N_("You have not agreed to our letters."),
    "expired": N_("Your agreement has expired."),
    "notice_first": N_("We must first tell you that we hold your data, and where it comes from."),
    "already_informed": N_("You have been informed already."),
    "already_asked_to_renew": N_("We have asked you already whether you want to renew your agreement."),
    "same_opportunity": N_("We asked you about this job already."),
    "same_survey": N_("We asked you this survey already."),
    "same_question": N_("We asked you the same question lately; not again before {until}."),
    "conversation_open": N_("You are talking with {owner}: nobody else writes to you meanwhile."),
    "answer_changed": N_("You changed your answer since."),
    "stopped": N_("A person is talking with you: nothing automatic is sent meanwhile."),
    "no_to_this": N_("You said no to this job."),
    "no_holds": N_("You said no: we leave you in peace until {until}."),
    "later": N_("You asked us to come back {on}."),
    "paused": N_("You paused our letters until {until}."),
    "rhythm": N_("You had a letter lately: the next one not before {until}, as your rhythm says."),
    "quiet_hours": N_("The letter leaves {on}: never at night, on Sundays or on public holidays."),
}
GO: dict[Reader, dict[LetterKind, str]] = {
    Reader.STAFF: {
        LetterKind.SECURITY: N_("A letter of safety: it always leaves."),
        LetterKind.SERVICE: N_("They asked for this themselves."),
        LetterKind.FOLLOW_UP: N_("It follows their own answer."),
        LetterKind.CONTACT: N_("You can write to them now: a legal ground stands, and their rhythm leaves room."),
        LetterKind.NOTICE: N_("They had to be informed that we hold their data."),
        LetterKind.RE_CONSENT: N_("Their agreement expires soon: it is asked once whether they want to renew it."),
    },
    Reader.THEM: {
        LetterKind.SECURITY: N_("You, or someone with your address, asked to sign in."),
        LetterKind.SERVICE: N_("You asked for this yourself."),
        LetterKind.FOLLOW_UP: N_("It follows your own answer."),
        LetterKind.CONTACT: N_("You may be written to for this, you had not been asked yet, and your rhythm left room."),
        LetterKind.NOTICE: N_("The law asks us to tell you that we hold your data."),
        LetterKind.RE_CONSENT: N_("Your agreement expires soon: we ask once whether you want to renew it."),
    },
}  # fmt: skip
# These say a day; the others an hour.
_DAYS = frozenset({"same_question", "no_holds", "later", "paused", "rhythm"})
_ON = N_("on {day}")


def explained(decision: Decision, kind: LetterKind, locale: str, zone: str, *, now: datetime, to: Reader) -> str:
    """Return the sentence for one answer of the gate, with its day as people say it."""
    if decision.because is None:
        return say(locale, GO[to][kind])
    table = TO_STAFF if to is Reader.STAFF else TO_THEM
    until, on = _when(decision, locale, zone, now)
    owner = decision.params.get("owner", say(locale, N_("a colleague")))
    return say(locale, table[decision.because], until=until, on=on, owner=owner)


def _when(decision: Decision, locale: str, zone: str, now: datetime) -> tuple[str, str]:
    """Return when a wait ends: "Tuesday 1 December" and "on Tuesday 1 December", or "tomorrow 08:00" twice."""
    if decision.until is None:
        return "", ""
    on, today = local_day(decision.until, zone), local_day(now, zone)
    if decision.because not in _DAYS and (on - today).days <= 1:
        near = ago(locale, decision.until, zone, now)
        return near, near
    told = day(locale, on, year=on.year != today.year)
    if decision.because not in _DAYS:
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


def can_write_now(session: Session, who: Who, talent_id: int, *, now: datetime) -> CanWrite:
    """Ask the gate, without writing anything, about a letter by hand for the pool; NotFound for who is not in it."""
    me = recruiter(who)
    living = select(Talent.id).where(col(Talent.id) == talent_id, col(Talent.erased_at).is_(None))
    if session.exec(living).first() is None:
        raise NotFound
    request = Request(kind=LetterKind.CONTACT, talent_id=talent_id, purpose=Purpose.POOL, author_id=me.id)
    (facts,) = facts_for(session, [request], now=now)
    return _view(decide(facts), LetterKind.CONTACT, me, now)


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
