"""Reading what a link of a letter grants."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from portal.access.house import house
from portal.access.models import Staff
from portal.chains.onward import Promise
from portal.chains.steps.offer import digest_facts, digest_text
from portal.conversations import actions as conversations
from portal.conversations.models import Ask
from portal.conversations.readers import readers
from portal.conversations.rules import Question
from portal.kit.clock import local_day
from portal.kit.errors import NotFound
from portal.kit.i18n import short_day, until
from portal.kit.zones import moment_in, named
from portal.opportunities.models import Opportunity
from portal.postbox.links import find
from portal.postbox.rules import LinkPurpose
from portal.replies.becoming import Became, Fate, what_became
from portal.replies.promising import promised
from portal.talents.models import Talent
from portal.timeline.who import LinkGrant


@dataclass(frozen=True, slots=True)
class Granted:
    """One act for one person, and the language to tell it in; the act judges a passed deadline."""

    grant: LinkGrant
    locale: str
    zone: str
    expired: bool
    until: datetime
    since: datetime
    letter_id: UUID | None = None
    act: Mapping[str, Any] = field(default_factory=dict)


def granted(session: Session, token: str, purpose: LinkPurpose, *, now: datetime) -> Granted:
    """Return what a token of this purpose grants; forged, foreign and erased are told alike. Changes nothing."""
    link = find(session, token, purpose)
    talent = session.get(Talent, link.talent_id) if link is not None and link.talent_id is not None else None
    if link is None or link.id is None or talent is None or talent.id is None or talent.erased_at is not None:
        raise NotFound
    return Granted(
        LinkGrant(link.id, talent.id),
        talent.locale,
        talent.zone,
        link.expires_at <= now,
        link.expires_at,
        link.created_at,
        link.letter_id,
        link.act,
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as its page tells it. `facts` and `text` describe the job it is about, if it is about one.

    `until` is its deadline as a moment, `open_until` the same as people say it. `told_at` is the day of what became of it,
    or the hour of the talk; `promises` what each answer leads to. Of whom nothing is `known` but a name is asked what they do.
    """

    question: Question
    author: str
    house: str
    title: str
    place: str
    facts: list[tuple[str, str]]
    text: str
    until: str
    open_until: str
    answer: str | None
    fate: Fate
    told_at: str
    promises: Mapping[str, Promise]
    known: bool


def ask_behind(session: Session, link: Granted) -> Ask:
    """Return the ask a link answers, locked; NotFound unless it is theirs."""
    if "ask" in link.act:
        return conversations.ask_for(session, link.grant, int(link.act["ask"]))
    if link.letter_id is None:
        raise NotFound
    return conversations.ask_of_letter(session, link.grant, link.letter_id)


def asked(session: Session, ask: Ask, *, locale: str, zone: str, now: datetime) -> Asked:
    """Return what the page of a question says."""
    job = session.get(Opportunity, ask.opportunity_id) if ask.opportunity_id else None
    staff = session.get_one(Staff, ask.owner_id)
    fate = what_became(session, ask, now=now)
    answers = ask.question not in {Question.SLOTS, Question.SURVEY}
    about_job = job is not None and ask.question is not Question.STILL_LOOKING
    return Asked(
        question=ask.question,
        author=staff.name,
        house=house(session).name,
        title=job.title if job else "",
        place=job.place_name if job else "",
        facts=digest_facts(job, locale) if job and about_job else [],
        text=digest_text(job, locale) if job and about_job else "",
        until=moment_in(locale, ask.deadline, zone, staff.zone, now),
        open_until=named(locale, until(locale, ask.deadline, zone, now), ask.deadline, zone, staff.zone),
        answer=ask.answer.value if ask.answer else None,
        fate=fate,
        told_at=_told_at(fate, locale, (zone, staff.zone), now),
        promises=promised(session, ask, locale=locale, zone=zone, now=now) if fate.open and answers else {},
        known=bool(readers(session, [ask.talent_id])[ask.talent_id].knows)
        if ask.question is Question.STILL_LOOKING
        else True,
    )


def _told_at(fate: Fate, locale: str, clocks: tuple[str, str], now: datetime) -> str:
    """Return the hour of a talk, else the day."""
    if fate.at is None:
        return ""
    if fate.became is Became.BOOKED:
        return moment_in(locale, fate.at, *clocks, now)
    return short_day(locale, local_day(fate.at, clocks[0]))
