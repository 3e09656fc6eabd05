"""What one chooses from before a launch, and what to expect of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from portal.access.guards import recruiter
from portal.access.house import house
from portal.booking import openings
from portal.chains.models import Enrolment
from portal.conversations.models import Ask
from portal.conversations.rules import Question
from portal.opportunities.models import Opportunity
from portal.segments.models import Segment
from portal.surveys.models import Survey
from portal.timeline.who import Who

# Fewer people asked than this tell nothing about the next ones.
ENOUGH = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose, by its id."""

    id: int
    told: str


def segments_to_choose(session: Session, who: Who) -> list[Choice]:
    """Return the segments in use, by name (without their counts: there may be many)."""
    recruiter(who)
    named = sa.select(col(Segment.id), col(Segment.name)).where(col(Segment.archived_at).is_(None))
    return [Choice(id_ or 0, name) for id_, name in session.execute(named.order_by(col(Segment.name), col(Segment.id)))]


def opportunities_to_choose(session: Session, who: Who) -> list[Choice]:
    """Return the jobs still to fill, newest first."""
    recruiter(who)
    named = sa.select(col(Opportunity.id), col(Opportunity.title), col(Opportunity.place_name))
    found = session.execute(named.where(col(Opportunity.closed_at).is_(None)).order_by(col(Opportunity.id).desc()))
    return [Choice(id_ or 0, ", ".join(part for part in (title, place) if part)) for id_, title, place in found]


@dataclass(frozen=True, slots=True)
class Outlook:
    """Free times that could be offered, and which share of those asked came so far; None while too few were asked."""

    free: int
    share: float | None


def outlook(session: Session, who: Who, *, now: datetime) -> Outlook:
    """Return what to expect of a launch by this recruiter."""
    owner = recruiter(who)
    until = now + timedelta(hours=house(session).hold_hours)
    free = [slot for slot in openings.free_slots(session, owner.id, now=now) if slot.starts_at > until]
    asked = sa.func.count(sa.distinct(col(Ask.enrolment_id)))
    offered = asked.filter(col(Ask.question) == Question.SLOTS)
    people, came = session.execute(
        sa.select(asked, offered).join(Enrolment, col(Enrolment.id) == col(Ask.enrolment_id))
    ).one()
    return Outlook(len(free), came / people if people >= ENOUGH else None)


@dataclass(frozen=True, slots=True)
class SurveyChoice:
    """A survey a step may send."""

    id: int
    title_fr: str
    title_en: str

    def title(self, locale: str) -> str:
        """Return the title in the reader's language, or in the other one rather than nothing."""
        return (self.title_fr or self.title_en) if locale == "fr" else (self.title_en or self.title_fr)


def surveys_to_send(session: Session, who: Who) -> list[SurveyChoice]:
    """Return the surveys still open, newest first."""
    recruiter(who)
    found = session.execute(
        sa.select(col(Survey.id), col(Survey.title_fr), col(Survey.title_en))
        .where(col(Survey.closed_at).is_(None))
        .order_by(col(Survey.id).desc())
    )
    return [SurveyChoice(*row) for row in found]
