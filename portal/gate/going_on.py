"""How what is known of somebody goes on when something happens, without a database.

Each function gives what `portal.gate.queries.known` would read after the thing had really been done; a test does both.
"""

import uuid
from datetime import date, datetime

from portal.consent.rules import Purpose, Standing, expires_on
from portal.conversations.rules import Answer
from portal.gate.known import Asked, Ground, Known, Stepped, Talk, Written
from portal.gate.requests import Request
from portal.gate.rules import HouseRules
from portal.kit.clock import local_day
from portal.postbox.rules import RHYTHM_KINDS, LetterKind


def planned(known: Known, request: Request, *, leaves_at: datetime | None = None, now: datetime) -> Known:
    """A letter the gate let through stands in the outbox; `leaves_at` is the hour it waits for, if any."""
    if request.chain_id is not None:
        about = (request.chain_id, request.step, request.opportunity_id, request.enrolment_id)
        known = known._replace(steps=(*known.steps, Stepped(str(request.letter_id), *about, at=now)))
    if request.kind not in RHYTHM_KINDS:
        return known
    letter = Written(str(request.letter_id), request.kind, queued_at=now, not_before=leaves_at or now)
    return known._replace(letters=(*known.letters, letter))


def put_off(known: Known, letter_id: uuid.UUID, *, leaves_at: datetime) -> Known:
    """Asked again at dispatch, the gate let a letter wait longer."""
    letters = (each._replace(not_before=leaves_at) if each.id == str(letter_id) else each for each in known.letters)
    return known._replace(letters=tuple(letters))


def sent(known: Known, letter_id: uuid.UUID, *, now: datetime) -> Known:
    """A letter left; the first information is then given."""
    steps = tuple(each._replace(at=max(each.at, now)) if each.id == str(letter_id) else each for each in known.steps)
    known = known._replace(steps=steps)
    left = next((letter for letter in known.letters if letter.id == str(letter_id)), None)
    if left is None:
        return known
    letters = (*(each for each in known.letters if each is not left), left._replace(not_before=None, sent_at=now))
    known = known._replace(letters=letters)
    return _informed(known, now) if left.kind is LetterKind.NOTICE else known


def _informed(known: Known, now: datetime) -> Known:
    ground = known.grounds.get(Purpose.POOL, Ground(since=now))
    if known.erased or ground.notified_at is not None:
        return known
    return known._replace(grounds={**known.grounds, Purpose.POOL: ground._replace(notified_at=now)})


def lost(known: Known, letter_id: uuid.UUID) -> Known:
    """A letter was cancelled or failed: it never counted, and what it asked was never put to them."""
    return known._replace(
        letters=tuple(letter for letter in known.letters if letter.id != str(letter_id)),
        steps=tuple(each for each in known.steps if each.id != str(letter_id)),
        asks=tuple(ask._replace(arrives=False) if ask.letter_id == str(letter_id) else ask for ask in known.asks),
    )


def asked(known: Known, ask: Asked) -> Known:
    """A question went out with a letter."""
    return known._replace(asks=(*known.asks, ask))


def closed_asks(known: Known, enrolment_id: int, *, after: int = 0) -> Known:
    """What is still open on a way is closed (of what was asked after an ask): no answer counts there any more."""
    asks = (
        ask._replace(closed=True) if ask.enrolment_id == enrolment_id and ask.id > after else ask for ask in known.asks
    )
    return known._replace(asks=tuple(asks))


def answered(
    known: Known, ask_id: int, answer: Answer, house: HouseRules, *, now: datetime, later_on: date | None = None
) -> Known:
    """They answered, themself: the answer in force is this one."""
    asks = tuple(
        ask._replace(answer=answer, answered_at=now, later_on=later_on) if ask.id == ask_id else ask
        for ask in known.asks
    )
    return acted(known._replace(asks=asks), house, now=now)


def acted(known: Known, house: HouseRules, *, now: datetime) -> Known:
    """They gave a sign: what they agreed to runs on from today."""
    today = local_day(now, known.zone)
    runs_on = expires_on(today, house.retention_months)
    grounds = {
        purpose: ground._replace(expires_on=max(ground.expires_on, runs_on))
        if ground.standing is Standing.GIVEN and ground.expires_on is not None and ground.expires_on > today
        else ground
        for purpose, ground in known.grounds.items()
    }
    return known._replace(last_act_at=max(now, known.last_act_at or now), grounds=grounds)


def withdrew(known: Known, house: HouseRules, purpose: Purpose | None = None, *, now: datetime) -> Known:
    """They took back one agreement, or all; the letters that wait are lost one by one."""
    asked_for = list(Purpose) if purpose is None else [purpose]
    before = {each: known.grounds.get(each, Ground()) for each in asked_for}
    ended = {
        each: ground._replace(standing=Standing.WITHDRAWN, since=now, expires_on=None)
        for each, ground in before.items()
        if ground.standing is not Standing.WITHDRAWN
    }
    return acted(known._replace(grounds={**known.grounds, **ended}), house, now=now)


def talking(known: Known, owner_id: int, owner: str, opportunity_id: int | None = None) -> Known:
    """A conversation is open with one of us, unless one was already."""
    return known if known.talk else known._replace(talk=Talk(owner_id, owner, opportunity_id=opportunity_id))


def closed(known: Known) -> Known:
    """Their conversation ended."""
    return known._replace(talk=None)
