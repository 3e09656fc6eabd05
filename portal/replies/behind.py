"""The letter behind a page: whose house it is, why they were written to, and the way to stop, from any link of any letter."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from portal.access.house import as_it_stands
from portal.consent.rules import Purpose
from portal.conversations.readers import readers
from portal.kit.errors import NotFound
from portal.postbox.links import whatever
from portal.postbox.models import Letter, LetterLink
from portal.postbox.rules import LinkPurpose
from portal.replies.queries import Granted, granted
from portal.replies.stopping import unsubscribe
from portal.talents.models import Talent

# Who comes in, or moves to another address, was not written to by us: they asked.
_ASKED_FOR = frozenset({LinkPurpose.SIGN_IN, LinkPurpose.ADDRESS})


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands around a page; `why` is empty where no letter of ours led to it."""

    house: str
    why: str = ""


def behind(session: Session, token: str, *, locale: str) -> Behind:
    """Return what stands around the page this token opens, in the language of the page; a forged one tells nothing."""
    name = as_it_stands(session).name
    link = _link(session, token) if token else None
    if link is None or link.talent_id is None:
        return Behind(name)
    letter = session.get(Letter, link.letter_id) if link.letter_id else None
    purpose = Purpose(letter.purpose) if letter is not None and letter.purpose in set(Purpose) else Purpose.POOL
    return Behind(name, readers(session, [link.talent_id], purpose, locale=locale)[link.talent_id].why)


def may_stop(session: Session, token: str, *, now: datetime) -> Granted:
    """Return who stops with this link: whatever it was made for, whoever was written to may end it there. NotFound if forged."""
    link = _link(session, token)
    if link is None:
        raise NotFound
    return granted(session, token, link.purpose, now=now)


def stop(session: Session, token: str, *, now: datetime) -> Granted:
    """Write to them no more; however old the letter."""
    link = may_stop(session, token, now=now)
    unsubscribe(session, link.grant, now=now)
    return link


def _link(session: Session, token: str) -> LetterLink | None:
    link = whatever(session, token)
    if link is None or link.purpose in _ASKED_FOR or link.talent_id is None:
        return None
    talent = session.get(Talent, link.talent_id)
    return link if talent is not None and talent.erased_at is None else None
