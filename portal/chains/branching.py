"""Where an answer leads: down the branch of the step that asked, or out of the launch if that branch ends there."""

from datetime import datetime

from sqlmodel import Session

from portal.chains.definition import Definition, End, read_definition
from portal.chains.models import ChainVersion, Enrolment, Launch
from portal.chains.rules import EnrolmentState, LaunchState, Outcome
from portal.conversations.models import Ask
from portal.kit import jobs


def lead(
    session: Session, ask: Ask, branch: str, outcome: Outcome, *, now: datetime, due_at: datetime | None = None
) -> None:
    """Send whoever was asked down a branch, due at once or at `due_at`; with `outcome` if nothing follows there.

    Branches of silence are `portal.chains.planning`'s.
    """
    if ask.enrolment_id is None:
        return
    enrolment = session.get_one(Enrolment, ask.enrolment_id, with_for_update=True)
    launch = session.get_one(Launch, enrolment.launch_id, with_for_update=True)
    chain = _chain(session, launch)
    step = chain.step(ask.step or enrolment.step)
    target = getattr(step, branch, None)
    ends = branch in _ENDING and (target is None or isinstance(chain.step(target), End))
    enrolment.step = target or getattr(step, "on_yes", None) or enrolment.step
    enrolment.blocked_by = None
    if ends:
        enrolment.state, enrolment.due_at = EnrolmentState.ENDED, None
        enrolment.outcome, enrolment.ended_at = outcome.value, now
    else:
        enrolment.state, enrolment.due_at = EnrolmentState.DUE, due_at or now
        enrolment.outcome, enrolment.ended_at = None, None
        _wake(session, launch)
    session.add(enrolment)


# What ends at once, with its own outcome, rather than at the next round of the planner.
_ENDING = frozenset({"on_no", "on_later", "on_picked", "on_neither"})


def _chain(session: Session, launch: Launch) -> Definition:
    return read_definition(session.get_one(ChainVersion, launch.version_id).definition)


def _wake(session: Session, launch: Launch) -> None:
    if launch.state is LaunchState.DONE:
        launch.state, launch.ended_at = LaunchState.RUNNING, None
        session.add(launch)
    jobs.wake(session, "advance")
