"""Reading what a link of a letter grants."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session

from portal.kit.errors import NotFound
from portal.postbox.links import find
from portal.postbox.rules import LinkPurpose
from portal.talents.models import Talent
from portal.timeline.who import LinkGrant


@dataclass(frozen=True, slots=True)
class Granted:
    """One act for one person, and the language to tell it in; the act judges a passed deadline."""

    grant: LinkGrant
    locale: str
    zone: str
    expired: bool
    act: Mapping[str, Any] = field(default_factory=dict)


def granted(session: Session, token: str, purpose: LinkPurpose, *, now: datetime) -> Granted:
    """Return what a token of this purpose grants; forged, foreign and erased are told alike. Changes nothing."""
    link = find(session, token, purpose)
    talent = session.get(Talent, link.talent_id) if link is not None and link.talent_id is not None else None
    if link is None or link.id is None or talent is None or talent.id is None or talent.erased_at is not None:
        raise NotFound
    return Granted(LinkGrant(link.id, talent.id), talent.locale, talent.zone, link.expires_at <= now, link.act)
