"""Who is there, whichever door they came through."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from portal.access.queries import staff_by_email
from portal.access.sessions import holder_of, staff_person
from portal.kit.db import saved
from portal.postbox.links import find
from portal.postbox.models import Letter, LetterLink
from portal.postbox.rules import LinkPurpose
from portal.talents.models import Talent
from portal.timeline.who import Person, Role


@dataclass(frozen=True, slots=True)
class Known:
    """Someone an address belongs to; exactly one of the two ids is set."""

    first_name: str
    locale: str
    staff_id: int | None = None
    talent_id: int | None = None


class LinkState(StrEnum):
    """Whether a sign-in link may still be pressed."""

    READY = "ready"
    USED = "used"
    EXPIRED = "expired"
    FORGED = "forged"


def person_of(session: Session, token: str, *, now: datetime) -> Person | None:
    """Return who is signed in with this cookie; None when expired, signed out, disabled or erased. Changes nothing."""
    holder = holder_of(session, token, now=now) if token else None
    if holder is None:
        return None
    if holder.staff_id is not None:
        return staff_person(session, holder)
    talent = session.get(Talent, holder.talent_id)
    if talent is None or talent.erased_at is not None:
        return None
    return Person(talent.id or 0, Role.CANDIDATE, talent.first_name, talent.locale, talent.zone, holder.fresh)


def known_by(session: Session, email: str, *, staff_too: bool = True) -> Known | None:
    """Return who may come in with this address; both tables are always asked."""
    member = staff_by_email(session, email)
    living, before = (session.exec(query).first() for query in (_by_address(email), _by_former_address(email)))
    talent = living or before
    if member is not None and staff_too:
        return Known(member.name.split(" ")[0], member.locale, staff_id=member.id)
    return Known(talent.first_name, talent.locale, talent_id=talent.id) if talent is not None else None


def _by_address(email: str) -> SelectOfScalar[Talent]:
    return select(Talent).where(col(Talent.email) == email, col(Talent.erased_at).is_(None))


def _by_former_address(email: str) -> SelectOfScalar[Talent]:
    """Return who goes on for somebody of this address whose two rows were found to be one person.

    Their letter goes to the address that stands, as every letter does: whoever reads a former one may be someone a
    recruiter mistook for them.
    """
    folded = aliased(Talent)
    into = (col(folded.merged_into) == col(Talent.id)) & col(folded.merged_into).is_not(None)
    return select(Talent).join(folded, into).where(col(folded.email) == email, col(Talent.erased_at).is_(None))


def link_state(session: Session, token: str, *, now: datetime) -> tuple[LinkState, str | None]:
    """Return what pressing a sign-in link would do, and its owner's language. Changes nothing."""
    link = find(session, token, LinkPurpose.SIGN_IN)
    if link is None:
        return LinkState.FORGED, None
    locale = locale_of(session, link)
    if link.consumed_at is not None:
        return LinkState.USED, locale
    talent = session.get(Talent, link.talent_id) if link.talent_id is not None else None
    late = link.expires_at <= now or (talent is not None and not reaches(session, saved(link.id), talent))
    return (LinkState.EXPIRED if late else LinkState.READY), locale


def reaches(session: Session, link_id: int, talent: Talent) -> bool:
    """Tell whether a sign-in link went to the address that stands: one sent to an address of before lets nobody in."""
    letter = select(Letter.address).join(LetterLink, col(LetterLink.letter_id) == col(Letter.id))
    address = session.exec(letter.where(col(LetterLink.id) == link_id)).first()
    return address is None or address == talent.email  # none: handed over by other means than a letter


def locale_of(session: Session, link: LetterLink) -> str | None:
    """Return the language of the talent a link belongs to."""
    if link.talent_id is None:
        return None
    talent = session.get(Talent, link.talent_id)
    return talent.locale if talent else None
