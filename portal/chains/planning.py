"""What drives chains: those who waited for something that is there now are woken, and everyone who is due takes a step."""

from datetime import datetime

from sqlmodel import Session

from portal.chains import engine
from portal.chains.moves import end_launches
from portal.chains.rows import Rows
from portal.timeline.who import System

_PLANNER = System("chain")


def wake(session: Session, *, now: datetime) -> int:
    """Let those go on whose letter has left, or whose times, conversation or job are there; return how many."""
    return engine.wake(Rows(session, _PLANNER), now)


def advance(session: Session, *, now: datetime) -> int:
    """Let a round of people take their next step; return how many ways were looked at."""
    looked_at = engine.advance(Rows(session, _PLANNER), now)
    if not looked_at:
        end_launches(session, now=now)
    return looked_at
