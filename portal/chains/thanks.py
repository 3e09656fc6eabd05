"""A no is thanked as warmly as a yes, once; its reason is theirs to give."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.chains.models import Enrolment, Launch
from portal.chains.steps.text import hello
from portal.chains.turns import Here
from portal.consent.rules import Purpose
from portal.conversations.readers import Author, Reader, author, readers
from portal.conversations.rules import Answer
from portal.gate.actions import put
from portal.gate.requests import Draft, Request
from portal.kit.i18n import say
from portal.postbox.content import Content, NamedLink, button, buttons, p, small
from portal.postbox.models import Letter
from portal.postbox.rules import LetterKind, LetterState, LinkPurpose
from portal.timeline.who import Who

TEMPLATE = "thanks_for_no"
# What thanks are put aside for that would ask for a reason they have given.
REASON_GIVEN = "reason_given"
# How long one may still say why.
REASON_DAYS = 30


def thank_for_no(session: Session, who: Who, here: Here, ask_id: int, *, now: datetime) -> None:
    """Thank once for one no, however often it was pressed."""
    standing = _thanks_of(here.way_id) & (col(Letter.state) != LetterState.CANCELLED)
    if session.exec(select(Letter.id).where(standing)).first() is not None:
        return
    _thank(session, who, here, ask_id, now)


def reason_heard(session: Session, who: Who, way_id: int, ask_id: int, *, now: datetime) -> None:
    """Let thanks that have not left ask no more for the reason: it was given meanwhile."""
    waiting = _thanks_of(way_id) & (col(Letter.state) == LetterState.QUEUED)
    held = session.exec(select(Letter).where(waiting).with_for_update(skip_locked=True)).first()
    if held is None or not held.links:
        return
    held.state, held.why = LetterState.CANCELLED, REASON_GIVEN
    session.add(held)
    session.flush()
    launch = session.get_one(Launch, session.get_one(Enrolment, way_id).launch_id)
    here = Here(way_id, held.talent_id or 0, launch.id or 0, launch.owner_id, "", opportunity_id=launch.opportunity_id)
    _thank(session, who, here, ask_id, now, asking=False)


def _thanks_of(way_id: int) -> sa.ColumnElement[bool]:
    return (col(Letter.enrolment_id) == way_id) & (col(Letter.template) == TEMPLATE)


def _thank(session: Session, who: Who, here: Here, ask_id: int, now: datetime, *, asking: bool = True) -> None:
    reader = readers(session, [here.talent_id])[here.talent_id]
    content = thanks_for_no(reader, author(session, here.owner_id), ask_id, now=now, asking=asking)
    put(session, who, [Draft(asks_for_thanks(here, ask_id), content)], now=now)


def asks_for_thanks(here: Here, ask_id: int) -> Request:
    """Ask the gate for the thanks: they leave only while the no is the answer in force."""
    return Request(
        kind=LetterKind.FOLLOW_UP,
        talent_id=here.talent_id,
        purpose=Purpose.POOL,
        enrolment_id=here.way_id,
        opportunity_id=here.opportunity_id,
        author_id=here.owner_id,
        follows=ask_id,
        on=Answer.NO,
    )


def thanks_for_no(reader: Reader, author: Author, ask_id: int, *, now: datetime, asking: bool = True) -> Content:
    """Thank them, and ask why without insisting, unless they have said so."""
    until = now + timedelta(days=REASON_DAYS)
    thanks = say(reader.locale, "Thank you for your straight answer: it saves us both time. We leave you in peace.")
    why = (
        p(
            say(
                reader.locale,
                "If you feel like it, one click tells us why, so that the next offer is a better one. No need to"
                " answer otherwise.",
            )
        ),
        buttons(button(say(reader.locale, "Say why"), "reason", "reason")),
    )
    return Content(
        TEMPLATE,
        reader.locale,
        say(reader.locale, "Thank you for telling us"),
        (
            hello(reader),
            p(thanks),
            *(why if asking else ()),
            p(f"{author.name}\n{author.house}"),
            small(reader.why),
        ),
        (NamedLink("reason", LinkPurpose.ANSWER, until, {"ask": ask_id, "only": "reason"}),) if asking else (),
    )
