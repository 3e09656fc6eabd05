"""What someone says of themself, in their own space: changed, or confirmed as it stands."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from portal.consent.actions import acted
from portal.kit.errors import NotFound
from portal.talents.actions import update_by_talent
from portal.talents.queries import Profile, profile
from portal.timeline.actions import record
from portal.timeline.who import Person

# What the home page tells them we know: this is what "still true" confirms.
KNOWN = (
    "job_text",
    "job_code",
    "does",
    "place_code",
    "radius_km",
    "availability",
    "available_from",
    "notice_days",
    "contracts",
)


def say_of_oneself(session: Session, who: Person, changes: Mapping[str, object], *, now: datetime) -> tuple[str, ...]:
    """Change what they say of themself (columns of `Talent`); return those that are other now. Their consents run on."""
    changed = update_by_talent(session, who, _me(who), changes, now=now)
    acted(session, who, who.id, now=now)
    return changed


def still_true(session: Session, who: Person, *, now: datetime) -> Profile:
    """Confirm what we know: it is from now on their own word of today, and their consents run on."""
    known = profile(session, who, _me(who))
    standing = {name: known.told[name].value for name in KNOWN if known.told[name].value not in (None, "", ())}
    # Words for a job and its code are one statement; so are an availability and its day.
    if "job_code" in standing:
        standing.setdefault("job_text", "")
    update_by_talent(session, who, who.id, standing, now=now)
    acted(session, who, who.id, now=now)
    record(session, who, "profile_confirmed", who.id, now=now)
    return profile(session, who, who.id)


def _me(who: Person) -> int:
    if who.is_staff:
        raise NotFound
    return who.id
