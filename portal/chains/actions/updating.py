"""Asking people whether what we know of them is still true: one question, through the gate like any other."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from portal.chains.actions.launching import launch_on
from portal.chains.actions.writing import create
from portal.chains.definition import read_definition
from portal.chains.models import Chain, ChainVersion, Launch
from portal.chains.templates import UPDATE
from portal.kit.db import saved
from portal.kit.i18n import N_, say
from portal.timeline.who import Person

NAME = N_("Is this still true?")


def ask_for_update(
    session: Session, who: Person, talent_ids: Sequence[int], *, words: str = "", now: datetime
) -> Launch:
    """Start the house's one-question chain on these people; it is written the first time. `words` confirm it (`launch`)."""
    return launch_on(session, who, talent_ids, version_id=_version(session, who, now), words=words, now=now)


def _version(session: Session, who: Person, now: datetime) -> int:
    asked = read_definition(UPDATE).model_dump()
    standing = (
        select(ChainVersion)
        .join(Chain, col(Chain.id) == col(ChainVersion.chain_id))
        .where(col(Chain.archived_at).is_(None), col(ChainVersion.definition) == asked)
        .order_by(col(ChainVersion.id))
    )
    version = session.exec(standing).first() or create(session, who, say(who.locale, NAME), UPDATE, now=now)
    return saved(version.id)
