"""What candidates of the demo do on their own, in their space."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from sqlmodel import Session

from portal.consent.actions import acted, give
from portal.consent.queries import current_notice
from portal.consent.rules import Purpose
from portal.demo.living import tell_more
from portal.replies.stopping import withdraw
from portal.talents.changes import update_by_talent
from portal.talents.vocabulary import Availability, Environment, Interest, Remote
from portal.timeline.who import Person


def live_on_their_own(session: Session, who: Person, draw: Random, *, now: datetime) -> None:
    """Do one thing a candidate might do: most tell what they wish for, some agree, some pause, a few leave."""
    acts: tuple[tuple[Callable[[Session, Person, Random, datetime], None], int], ...] = (
        (_tell_wishes, 55),
        (_agree, 25),
        (_pause, 8),
        (_slow_down, 6),
        (_leave, 6),
    )
    chosen = draw.choices([act for act, _ in acts], [weight for _, weight in acts])[0]
    chosen(session, who, draw, now)


def _tell_wishes(session: Session, who: Person, draw: Random, now: datetime) -> None:
    soon = (now + timedelta(days=draw.randint(15, 120))).date()
    availability = draw.choice((Availability.NOW, Availability.FROM_DATE, Availability.NOT_LOOKING))
    changes: dict[str, object] = {
        "availability": availability,
        "available_from": soon if availability is Availability.FROM_DATE else None,
        "interests": sorted(interest.value for interest in draw.sample(list(Interest), 2)),
        "environments": sorted(place.value for place in draw.sample(list(Environment), 2)),
        "remote": draw.choice(list(Remote)),
        "salary_floor": draw.choice((24_000, 28_000, 32_000, 36_000)),
    }
    update_by_talent(session, who, who.id, changes | tell_more(session, draw, now=now), now=now)
    acted(session, who, who.id, now=now)


def _agree(session: Session, who: Person, draw: Random, now: datetime) -> None:
    purpose = draw.choice((Purpose.POOL, Purpose.POOL, Purpose.SURVEY, Purpose.EVENT))
    notice = current_notice(session, purpose, who.locale, now=now)
    give(session, who, who.id, purpose, notice, interface="portal", now=now)


def _pause(session: Session, who: Person, draw: Random, now: datetime) -> None:
    until = (now + timedelta(days=draw.randint(30, 160))).date()
    update_by_talent(session, who, who.id, {"paused_until": until}, now=now)


def _slow_down(session: Session, who: Person, draw: Random, now: datetime) -> None:
    update_by_talent(session, who, who.id, {"rhythm_days": draw.choice((60, 90))}, now=now)


def _leave(session: Session, who: Person, draw: Random, now: datetime) -> None:  # noqa: ARG001 - one shape for all acts
    withdraw(session, who, who.id, interface="portal", now=now)
