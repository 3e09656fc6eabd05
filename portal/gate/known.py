"""What the gate knows of somebody before it is asked anything, and the facts that makes for one request.

`portal.gate.queries.known` reads it from the database, `portal.gate.going_on` leads it on without one.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple, TypedDict

from portal.consent.rules import Basis, Purpose, Standing
from portal.conversations.rules import Answer, Question
from portal.gate.law.already_asked import SAME_QUESTION_DAYS, SAME_STEP_DAYS
from portal.gate.law.basis import NOTICE_DAYS
from portal.gate.law.hours import public_holidays
from portal.gate.requests import Request
from portal.gate.rules import Facts, HouseRules
from portal.kit.clock import local_day
from portal.postbox.rules import LetterKind
from portal.talents.rules import FROM_THE_PERSON, SourceKind


class Ground(NamedTuple):
    """Where they stand on one purpose."""

    basis: Basis = Basis.NONE
    standing: Standing = Standing.NONE
    since: datetime | None = None
    expires_on: date | None = None
    notified_at: datetime | None = None


class Written(NamedTuple):
    """A letter the rhythm may count; `not_before` while it waits in the outbox, `sent_at` once it left."""

    id: str
    kind: LetterKind
    queued_at: datetime
    not_before: datetime | None = None
    sent_at: datetime | None = None

    def counted_at(self, now: datetime) -> datetime:
        """Return from when the rhythm runs: one that waits counts for as long as it waits."""
        left = self.sent_at if self.not_before is None else min(self.not_before, now)
        return self.queued_at if left is None else max(self.queued_at, left)


class Asked(NamedTuple):
    """A question put to them and the answer in force; it `arrives` unless its letter was cancelled or failed."""

    id: int
    question: Question
    asked_at: datetime
    opportunity_id: int | None = None
    survey_id: int | None = None
    enrolment_id: int | None = None
    letter_id: str | None = None
    answer: Answer | None = None
    answered_at: datetime | None = None
    later_on: date | None = None
    arrives: bool = True
    deadline: datetime | None = None
    closed: bool = False

    @property
    def refused(self) -> bool:
        """Tell whether they said no to what was put to them; that no time suits is no such word."""
        return self.answer is Answer.NO and self.question is not Question.SLOTS

    def silent(self, now: datetime) -> bool:
        """Tell whether nothing was answered, and nothing can be any more."""
        over = self.closed or (self.deadline is not None and self.deadline <= now)
        return over and self.answer is None and self.answered_at is None


class Stepped(NamedTuple):
    """A letter that was, or will be, a chain's step; `at` is when it left, or was planned."""

    id: str
    chain_id: int
    step: str | None
    opportunity_id: int | None
    enrolment_id: int | None
    at: datetime


class Talk(NamedTuple):
    """Who is talking with them, about which job; whether the follow-ups are stopped meanwhile, and a word was said."""

    owner_id: int
    owner: str
    stopped: bool = False
    opportunity_id: int | None = None
    spoken: bool = False


class Known(NamedTuple):
    """All the gate knows of one person; `farewells` are the letters that confirm their erasure.

    `confirmed` are the ways whose launch somebody confirmed in words: on those, what was said once may be said again.
    """

    zone: str
    source_kind: SourceKind
    created_at: datetime
    erased: bool = False
    has_address: bool = True
    bounced: bool = False
    do_not_contact: bool = False
    stop_to_decide: bool = False
    rhythm_days: int | None = None
    paused_until: date | None = None
    last_act_at: datetime | None = None
    talk: Talk | None = None
    grounds: Mapping[Purpose, Ground] = MappingProxyType({})
    letters: tuple[Written, ...] = ()
    asks: tuple[Asked, ...] = ()
    farewells: tuple[str, ...] = ()
    steps: tuple[Stepped, ...] = ()
    confirmed: frozenset[int] = frozenset()


def facts(
    known: Known, request: Request, house: HouseRules, *, closed_jobs: Collection[int] = (), now: datetime
) -> Facts:
    """Return what is decided on: what is known of them, held against what is asked for."""
    ground = known.grounds.get(request.purpose, _NO_GROUND) if request.purpose else _NO_GROUND
    theirs = known.source_kind in FROM_THE_PERSON
    informed = ground.notified_at is not None or (ground.basis is Basis.CONSENT and theirs)
    this = str(request.letter_id)
    others = [letter for letter in known.letters if letter.id != this]
    rhythm_days = known.rhythm_days or house.rhythm_days
    talk = known.talk
    return Facts(
        now=now,
        kind=request.kind,
        zone=known.zone,
        erased=known.erased and this not in known.farewells,
        no_address=not known.has_address and this not in known.farewells and not request.elsewhere,
        bounced=known.bounced and not request.elsewhere,
        do_not_contact=known.do_not_contact,
        stop_to_decide=known.stop_to_decide,
        basis_given=ground.standing is Standing.GIVEN,
        basis_withdrawn=ground.standing is Standing.WITHDRAWN,
        basis_expires_on=ground.expires_on,
        basis_is_consent=ground.basis is Basis.CONSENT,
        informed=informed,
        notice_overdue=not informed and not theirs and known.created_at + timedelta(days=NOTICE_DAYS) < now,
        already_noticed=any(letter.kind is LetterKind.NOTICE for letter in others),
        already_asked_to_renew=_asked_to_renew(known, ground, others),
        same_step_sent=_same_step_sent(known, request, now),
        job_closed=request.opportunity_id in closed_jobs and _sells(request),
        conversation_with=talk.owner if talk is not None and talk.owner_id != request.author_id else None,
        stopped=talk is not None and talk.stopped and not _in_conversation(request),
        rhythm_days=rhythm_days,
        counted_at=_counted_at(others, now, rhythm_days),
        paused_until=known.paused_until,
        quiet_from=house.quiet_from,
        quiet_to=house.quiet_to,
        holidays=public_holidays(now.year, known.zone),
        **_of_asks(known, request, house, this, now),
    )


def _sells(request: Request) -> bool:
    """Tell whether a letter puts a job to somebody: a survey does not, nor what a person writes by hand or thanks for a no."""
    return request.survey_id is None and (request.kind is LetterKind.CONTACT or request.step is not None)


def _is_confirmed(known: Known, request: Request) -> bool:
    return request.enrolment_id is not None and request.enrolment_id in known.confirmed


def _same_step_sent(known: Known, request: Request, now: datetime) -> bool:
    """Tell whether this step of this chain went to them lately on another way; what asks something has its own reasons."""
    if request.chain_id is None or request.question is not None or request.survey_id is not None:
        return False
    about = (request.chain_id, request.step, request.opportunity_id)
    lately = [one for one in known.steps if one.at + timedelta(days=SAME_STEP_DAYS) > now]
    there = [one for one in lately if (one.chain_id, one.step, one.opportunity_id) == about]
    elsewhere = [one for one in there if one.enrolment_id is None or one.enrolment_id != request.enrolment_id]
    return bool(elsewhere) and not _is_confirmed(known, request)


def _counted_at(letters: Sequence[Written], now: datetime, rhythm_days: int) -> datetime | None:
    """Return when the last letter left that still leaves no room for another."""
    if not letters:
        return None
    last = max(letter.counted_at(now) for letter in letters)
    return last if last + timedelta(days=rhythm_days) > now else None


_NO_GROUND = Ground()


class _Asked(TypedDict, total=False):
    """The facts that come of what they were asked."""

    same_opportunity_asked: bool
    same_opportunity_silent: bool
    same_survey_asked: bool
    same_question_until: date | None
    no_to_this: bool
    no_until: date | None
    later_until: date | None
    answer_changed: bool


def _of_asks(known: Known, request: Request, house: HouseRules, this: str, now: datetime) -> _Asked:
    """A question is no second one to its own letter, nor to its own way through a launch.

    Where it was confirmed in words, whoever stayed silent is asked once more as if they had not been.
    """
    if not known.asks:
        return _Asked(answer_changed=_answer_changed(known, request))
    arrived = [ask for ask in known.asks if ask.arrives]
    others = [ask for ask in arrived if ask.letter_id != this]
    if _is_confirmed(known, request):
        others = [ask for ask in others if not ask.silent(now)]
    elsewhere = [ask for ask in others if request.enrolment_id is None or ask.enrolment_id != request.enrolment_id]
    # A letter that follows up an answer listens to that answer alone: the thanks for a no must not be stopped by it. One
    # written by hand in one's own conversation is held by a no to this job alone.
    said = [] if request.follows is not None else arrived
    lately = [] if _in_conversation(request) else said
    return _Asked(
        same_opportunity_asked=any(_about_this_job(ask, request) and not ask.silent(now) for ask in elsewhere),
        same_opportunity_silent=any(_about_this_job(ask, request) and ask.silent(now) for ask in elsewhere),
        same_survey_asked=_same_survey_asked(others, request, now),
        same_question_until=_same_question_until(elsewhere, request, known.zone),
        no_to_this=any(_about_this_job(ask, request) and ask.refused for ask in said),
        no_until=_no_until(lately, house, known.zone),
        later_until=max((ask.later_on for ask in lately if ask.answer is Answer.LATER and ask.later_on), default=None),
        answer_changed=_answer_changed(known, request),
    )


def _in_conversation(request: Request) -> bool:
    """Tell whether a person writes on in a conversation of theirs: what chains send follows an answer, and names it."""
    return request.kind is LetterKind.FOLLOW_UP and request.follows is None


def _about_this_job(ask: Asked, request: Request) -> bool:
    return request.opportunity_id is not None and ask.opportunity_id == request.opportunity_id


def _same_question_until(asks: Iterable[Asked], request: Request, zone: str) -> date | None:
    if request.question is not Question.STILL_LOOKING:
        return None
    return _days_after(
        (ask.asked_at for ask in asks if ask.question is Question.STILL_LOOKING), SAME_QUESTION_DAYS, zone
    )


def _same_survey_asked(asks: Iterable[Asked], request: Request, now: datetime) -> bool:
    """Tell whether this survey was put to them lately; a survey may recur, answered or not."""
    lately = (ask for ask in asks if ask.asked_at + timedelta(days=SAME_STEP_DAYS) > now)
    return request.survey_id is not None and any(ask.survey_id == request.survey_id for ask in lately)


def _no_until(asks: Iterable[Asked], house: HouseRules, zone: str) -> date | None:
    said = (
        ask.answered_at
        for ask in asks
        if ask.question is Question.STILL_LOOKING and ask.answer is Answer.NO and ask.answered_at
    )
    return _days_after(said, house.no_holds_days, zone)


def _days_after(instants: Iterable[datetime], days: int, zone: str) -> date | None:
    """Return the day, where they live, so many days after the last of these instants."""
    last = max(instants, default=None)
    return None if last is None else local_day(last, zone) + timedelta(days=days)


def _answer_changed(known: Known, request: Request) -> bool:
    """Tell whether the answer a letter takes for granted is no longer the one in force."""
    if request.follows is None or request.on is None:
        return False
    return request.on is not next((ask.answer for ask in known.asks if ask.id == request.follows), None)


def _asked_to_renew(known: Known, ground: Ground, letters: Iterable[Written]) -> bool:
    """Tell whether they were asked since this consent runs: from when it was given, or their last own act."""
    since = max((at for at in (ground.since, known.last_act_at) if at), default=None)
    return since is not None and any(
        letter.kind is LetterKind.RE_CONSENT and letter.queued_at >= since for letter in letters
    )
