"""One person's profile changed, by themself or by a recruiter who was told."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.access.guards import recruiter
from portal.access.house import house
from portal.access.rules import require_self
from portal.kit.errors import NotFound, Refused
from portal.kit.i18n import N_
from portal.kit.zones import is_zone
from portal.talents import custom_fields
from portal.talents.checks import BY_STAFF, BY_TALENT, checked
from portal.talents.custom import key_of
from portal.talents.identity import standing
from portal.talents.merging import By, Word, weigh
from portal.talents.models import Talent
from portal.timeline.actions import record
from portal.timeline.models import TimelineEvent
from portal.timeline.who import Who

# So long somebody may be at one field.
WHILE_TYPING = timedelta(minutes=10)
SAID_BY_THEM = N_("They said this themself: only they can change it. Ask them, they can do so on their page.")
NEVER_MORE = N_("We write at most once in {days} days: you may ask for fewer letters, not for more.")
TAKEN = N_("Someone else in the pool has this e-mail address.")

_TALENT = Talent.__table__  # type: ignore[attr-defined]


def update_by_talent(
    session: Session, who: Who, talent_id: int, changes: Mapping[str, object], *, now: datetime
) -> tuple[str, ...]:
    """Change what someone says of themself; return the columns that are other now. It is an act of theirs.

    `changes`: columns of `Talent`, or "custom.7" for a field of the house's own → values. The caller also tells
    `consent.actions.acted`: their consents run on.
    """
    require_self(who, talent_id)
    clean = _clean(session, changes, BY_TALENT, by_talent=True)
    _refuse_more_letters(session, clean.get("rhythm_days"))
    units = _change(session, talent_id, _word(session, talent_id, clean, By.TALENT, now))
    session.execute(sa.update(_TALENT).where(_TALENT.c.id == talent_id).values(last_act_at=now))
    session.expire_all()
    fields = custom_fields.told(session, units)
    if units and not _just_told(session, talent_id, fields, now):
        record(session, who, "profile_changed", talent_id, now=now, fields=fields)
    return units


def _just_told(session: Session, talent_id: int, fields: Sequence[object], now: datetime) -> bool:
    """Tell whether the last thing that happened with them is that they changed just this: a field is kept as it is typed."""
    theirs = select(TimelineEvent).where(col(TimelineEvent.talent_id) == talent_id)
    last = session.exec(theirs.order_by(col(TimelineEvent.at).desc(), col(TimelineEvent.id).desc()).limit(1)).first()
    same = last is not None and last.kind == "profile_changed" and last.params.get("fields") == list(fields)
    return same and last is not None and last.at + WHILE_TYPING > now


def update_by_recruiter(
    session: Session, who: Who, talent_id: int, changes: Mapping[str, object], *, now: datetime
) -> tuple[str, ...]:
    """Change what a recruiter knows of someone; return the columns that are other now. What they said themself stands."""
    recruiter(who)
    clean = _clean(session, changes, BY_STAFF, by_talent=False)
    _refuse_taken(session, talent_id, clean.get("email"))
    word = _word(session, talent_id, clean, By.STAFF, now)
    said = _standing(session, talent_id)["said"]
    if any(said.get(name, {}).get("by") == By.TALENT for name in word.values):
        raise Refused(SAID_BY_THEM)
    units = _change(session, talent_id, word)
    session.expire_all()
    if units:
        record(session, who, "profile_corrected", talent_id, now=now, fields=custom_fields.told(session, units))
    return units


def keep_browser_zone(session: Session, who: Who, talent_id: int, zone: str, *, now: datetime) -> bool:
    """Keep the clock of their browser, the first time it is told, unless they said theirs; True if it is kept now."""
    require_self(who, talent_id)
    by = _standing(session, talent_id)["said"].get("zone", {}).get("by")
    if not is_zone(zone) or by in {By.TALENT, By.BROWSER}:
        return False
    _change(session, talent_id, _word(session, talent_id, {"zone": zone}, By.BROWSER, now))
    session.expire_all()
    return True


def _clean(
    session: Session, changes: Mapping[str, object], allowed: frozenset[str], *, by_talent: bool
) -> dict[str, Any]:
    own = {name: value for name, value in changes.items() if key_of(name)}
    rest = {name: value for name, value in changes.items() if name not in own}
    return checked(rest, allowed) | custom_fields.checked(session, own, by_talent=by_talent)


def _word(session: Session, talent_id: int, values: Mapping[str, object], by: By, now: datetime) -> Word:
    zone = session.exec(select(Talent.zone).where(col(Talent.id) == talent_id, col(Talent.erased_at).is_(None))).first()
    if zone is None:
        raise NotFound
    return Word(values, by, now.astimezone(ZoneInfo(zone)).date())


def _standing(session: Session, talent_id: int) -> Mapping[str, dict[str, dict[str, str]]]:
    return standing(session, [talent_id], lock=True)[talent_id]


def _change(session: Session, talent_id: int, word: Word) -> tuple[str, ...]:
    weighed = weigh(_standing(session, talent_id), [word])
    if weighed.changes:
        # Another address has bounced nothing yet.
        changes = weighed.changes | ({"bounced_at": None} if "email" in weighed.units else {})
        session.execute(sa.update(_TALENT).where(_TALENT.c.id == talent_id).values(changes))
    return weighed.units


def _refuse_more_letters(session: Session, days: int | None) -> None:
    least = house(session).rhythm_days
    if days is not None and days < least:
        raise Refused(NEVER_MORE, days=least)


def _refuse_taken(session: Session, talent_id: int, email: object) -> None:
    taken = select(Talent.id).where(
        col(Talent.email) == email, col(Talent.id) != talent_id, col(Talent.erased_at).is_(None)
    )
    if email and session.exec(taken).first() is not None:
        raise Refused(TAKEN)
