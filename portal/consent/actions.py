"""What people say to a purpose, and what follows from it; every verb writes the ledger in the same transaction."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
from sqlmodel import Session, col, select

from portal.access.house import house
from portal.access.rules import require_fresh, require_self
from portal.consent.ledger import Event, append
from portal.consent.models import Consent, LedgerEvidence
from portal.consent.queries import NoticeView, current_notice
from portal.consent.rules import Act, Basis, Purpose, Stance, Standing, expires_on, stance
from portal.kit.bulk import among
from portal.kit.errors import NotFound
from portal.talents.identity import rows_of
from portal.talents.models import Talent
from portal.talents.proving import prove_by_link
from portal.timeline.actions import record, record_many
from portal.timeline.who import LinkGrant, Person, Role, System, Who

_TOLD = {Act.GIVEN: "consent_given", Act.RENEWED: "consent_renewed"}


def give(
    session: Session,
    who: Who,
    talent_id: int,
    purpose: Purpose,
    notice: NoticeView,
    *,
    interface: str,
    now: datetime,
    until: date | None = None,
) -> Consent:
    """Consent to one purpose, having been shown `notice`; asks for a fresh sign-in (GDPR 7(1))."""
    require_self(who, talent_id)
    require_fresh(who)
    talent = locked(session, talent_id)
    acted(session, who, talent_id, now=now)
    before = session.get(Consent, (talent_id, purpose))
    renewed = before is not None and stance_on(before, talent, now) is Stance.AGREED
    act = Act.RENEWED if renewed else Act.GIVEN
    entry = append(session, [_shown(who, talent_id, act, purpose, Basis.CONSENT, notice, interface)], now=now)
    consent = before or Consent(
        talent_id=talent_id, purpose=purpose, basis=Basis.CONSENT, standing=Standing.NONE, since=now
    )
    consent.basis, consent.standing, consent.since = Basis.CONSENT, Standing.GIVEN, now
    consent.notice_id, consent.notified_at, consent.entry = notice.id, now, entry[talent_id]
    consent.expires_on = until or _expiry(session, talent, now)
    session.add(consent)
    session.flush()
    record(session, who, _TOLD[act], talent_id, now=now, purpose=purpose.value, version=notice.version)
    return consent


def withdraw(
    session: Session, who: Who, talent_id: int, purpose: Purpose | None = None, *, interface: str, now: datetime
) -> list[Purpose]:
    """Take back one consent, or all, at once (GDPR 7(3)); return the purposes that ended today.

    Never asks for a fresh sign-in. Where no consent was given it counts as an objection (GDPR 21), so that the next
    import cannot start anew. Queued letters are cancelled by the caller, in the same transaction.
    """
    _require_may_stop(who, talent_id)
    return _stop(session, who, talent_id, purpose, always_objection=False, interface=interface, now=now)


def object_to(
    session: Session, who: Who, talent_id: int, purpose: Purpose | None = None, *, interface: str, now: datetime
) -> list[Purpose]:
    """Object to one purpose, or all (GDPR 21); return the purposes that ended today."""
    _require_may_stop(who, talent_id)
    return _stop(session, who, talent_id, purpose, always_objection=True, interface=interface, now=now)


def show_notice(
    session: Session, who: Who, talent_ids: Sequence[int], purpose: Purpose, *, interface: str, now: datetime
) -> int:
    """Write down that these people were given the information of art. 13/14, each in their language; return how many.

    Whoever was told already, or is erased, is left out.
    """
    people = _uninformed(session, talent_ids, purpose)
    notices = {locale: current_notice(session, purpose, locale, now=now) for _, locale, _ in people}
    events = [
        _shown(who, id_, Act.NOTICE_SHOWN, purpose, basis or Basis.NONE, notices[locale], interface)
        for id_, locale, basis in people
    ]
    entries = append(session, events, now=now)
    if not people:
        return 0
    rows = [
        {
            "talent_id": id_,
            "purpose": purpose,
            "basis": basis or Basis.NONE,
            "standing": Standing.NONE,
            "since": now,
            "notice_id": notices[locale].id,
            "notified_at": now,
            "entry": entries[id_],
        }
        for id_, locale, basis in people
    ]
    insert = pg.insert(Consent)
    told = {name: insert.excluded[name] for name in ("notified_at", "notice_id", "entry")}
    session.execute(insert.on_conflict_do_update(index_elements=["talent_id", "purpose"], set_=told), rows)
    session.expire_all()
    return len(people)


def acted(session: Session, who: Who, talent_id: int, *, now: datetime) -> None:
    """Start the retention clock again, if it was the candidate who acted: only they can (see `rules.expires_on`).

    Their consents still in force run on from today; one that has expired or was withdrawn does not come back. Pressed in a
    letter, it is also the proof that its address is theirs.
    """
    theirs = isinstance(who, LinkGrant) or (isinstance(who, Person) and who.role is Role.CANDIDATE)
    if not theirs:
        return
    if isinstance(who, LinkGrant):
        prove_by_link(session, who.link_id, talent_id, now=now)
    talent = locked(session, talent_id)
    talent.last_act_at = max(now, talent.last_act_at or now)
    session.add(talent)
    session.flush()
    today = now.astimezone(ZoneInfo(talent.zone)).date()
    session.execute(
        sa.update(Consent)
        .where(
            col(Consent.talent_id) == talent_id,
            col(Consent.standing) == Standing.GIVEN,
            col(Consent.expires_on) > today,
        )
        .values(expires_on=sa.func.greatest(Consent.expires_on, _expiry(session, talent, now)))
        .execution_options(synchronize_session="fetch")
    )


def erase_evidence(session: Session, who: Who, talent_ids: Sequence[int], *, interface: str, now: datetime) -> None:
    """Remove the personal part of these people's entries; the chain stays whole (GDPR 17 beside 5(2)).

    The erasure itself is written down first, under each pseudonym of theirs alone.
    """
    rows = rows_of(session, talent_ids)
    append(session, [Event(id_, Act.ERASED, Purpose.POOL, Basis.NONE, interface) for id_ in rows], now=now)
    session.execute(sa.delete(LedgerEvidence).where(among(col(LedgerEvidence.talent_id), rows)))
    session.execute(sa.delete(Consent).where(among(col(Consent.talent_id), rows)))
    record_many(session, who, "evidence_erased", [(id_, {}) for id_ in talent_ids], now=now)


def said_by(who: Who) -> str:
    """Return who acted, for the personal part of an entry."""
    match who:
        case Person(id=id_, role=role, name=name):
            return f"{role.value} {id_} ({name})"
        case LinkGrant(link_id=id_):
            return f"link {id_}"
        case System(reason=reason):
            return f"system ({reason})"


def _require_may_stop(who: Who, talent_id: int) -> None:
    """Let the person stop us, or a recruiter to whom they said so; the DPO looks and changes nothing."""
    if isinstance(who, Person) and who.role in {Role.RECRUITER, Role.ADMIN}:
        return
    require_self(who, talent_id)


def _stop(
    session: Session,
    who: Who,
    talent_id: int,
    purpose: Purpose | None,
    *,
    always_objection: bool,
    interface: str,
    now: datetime,
) -> list[Purpose]:
    locked(session, talent_id)
    standing = {row.purpose: row for row in session.exec(select(Consent).where(col(Consent.talent_id) == talent_id))}
    asked = list(Purpose) if purpose is None else [purpose]
    ended = [each for each in asked if each not in standing or standing[each].standing is not Standing.WITHDRAWN]
    events = []
    for each in ended:
        row = standing.get(each)
        consented = row is not None and row.basis is Basis.CONSENT and row.standing is Standing.GIVEN
        act = Act.WITHDRAWN if consented and not always_objection else Act.OBJECTED
        basis = row.basis if row else Basis.NONE
        events.append(Event(talent_id, act, each, basis, interface, told={"by": said_by(who)}))
    # One entry at a time keeps each purpose beside its own number.
    for event in events:
        entry = append(session, [event], now=now)[talent_id]
        row = standing.get(event.purpose) or Consent(
            talent_id=talent_id, purpose=event.purpose, basis=event.basis, standing=Standing.NONE, since=now
        )
        row.standing, row.since, row.expires_on, row.entry = Standing.WITHDRAWN, now, None, entry
        session.add(row)
    session.flush()
    if ended:
        record(session, who, "consent_withdrawn", talent_id, now=now, purposes=[each.value for each in ended])
    acted(session, who, talent_id, now=now)
    return ended


def locked(session: Session, talent_id: int) -> Talent:
    """Fetch a living person and let no one else change their standing meanwhile."""
    query = (
        select(Talent)
        .where(col(Talent.id) == talent_id, col(Talent.erased_at).is_(None))
        .with_for_update(key_share=True)
    )
    found = session.exec(query).first()
    if found is None:
        raise NotFound
    return found


def stance_on(row: Consent, talent: Talent, now: datetime) -> Stance:
    return stance(row.standing, row.basis, row.expires_on, now.astimezone(ZoneInfo(talent.zone)).date())


def _expiry(session: Session, talent: Talent, now: datetime) -> date:
    return expires_on(now.astimezone(ZoneInfo(talent.zone)).date(), house(session).retention_months)


def _shown(
    who: Who, talent_id: int, act: Act, purpose: Purpose, basis: Basis, notice: NoticeView, interface: str
) -> Event:
    return Event(
        talent_id,
        act,
        purpose,
        basis,
        interface,
        text=notice.text,
        notice_version=notice.version,
        notice_locale=notice.locale,
        told={"by": said_by(who)},
    )


def _uninformed(session: Session, ids: Sequence[int], purpose: Purpose) -> list[tuple[int, str, Basis | None]]:
    here = sa.and_(col(Consent.talent_id) == col(Talent.id), col(Consent.purpose) == purpose)
    query = (
        sa.select(col(Talent.id), col(Talent.locale), col(Consent.basis))
        .outerjoin(Consent, here)
        .where(
            col(Talent.id).in_(ids),
            col(Talent.erased_at).is_(None),
            col(Consent.notified_at).is_(None),
        )
        .order_by(col(Talent.id))
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)]
