"""One launch of a kind runs at a time: a version, the same people, a job. Another one is a person's word, and is kept."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from portal.chains.models import Launch
from portal.chains.queries.twins import running
from portal.kit.db import saved
from portal.kit.errors import Refused
from portal.kit.i18n import N_
from portal.timeline.pressing import A_MOMENT

SHORTEST, LONGEST = 5, 300
RUNS = N_(
    "This chain already runs on these people for the same job: launch no. {launch}. To launch it once more, say why in your"
    " own words."
)


class AlreadyRuns(Refused):
    """The same chain runs on the same people for the same job: launch `launch_id`."""

    def __init__(self, launch_id: int) -> None:
        super().__init__(RUNS, launch=launch_id)
        self.launch_id = launch_id


def begin(session: Session, launch: Launch, words: str, *, now: datetime) -> tuple[Launch, bool]:
    """Write a launch down; return it, or the one the same press began a moment ago, and whether it is new.

    Raises AlreadyRuns unless `words` confirm that there be another one; the database holds it, whoever pressed at once.
    """
    words = confirmed(words)
    twin = running(session, launch.version_id, launch.whom, launch.opportunity_id)
    if twin is not None and _same_press(twin, launch, words, now):
        return twin, False
    if twin is not None and not words:
        raise AlreadyRuns(saved(twin.id))
    launch.beside_id = twin.id if twin else None
    if words:
        launch.confirmed_by, launch.confirmed_at, launch.confirmed_words = launch.owner_id, now, words
    try:
        with session.begin_nested():
            session.add(launch)
            session.flush()
    except IntegrityError:
        first = running(session, launch.version_id, launch.whom, launch.opportunity_id)
        if first is None:
            raise
        if _same_press(first, launch, words, now):
            return first, False
        raise AlreadyRuns(saved(first.id)) from None
    return launch, True


def confirmed(words: str) -> str:
    """Return the words of a confirmation; Refused if they say nothing. None given is none."""
    words = " ".join(words.replace("\0", "").split())
    if words and len(words) < SHORTEST:
        raise Refused("Say in a few words why it is launched once more.")
    if len(words) > LONGEST:
        raise Refused("Write at most {most} characters.", most=LONGEST)
    return words


def _same_press(twin: Launch, launch: Launch, words: str, now: datetime) -> bool:
    """Tell whether the same person pressed the same thing a moment ago."""
    same = (twin.owner_id, twin.confirmed_words) == (launch.owner_id, words)
    at_once = abs(now - twin.created_at) <= A_MOMENT
    return same and at_once and abs(launch.starts_at - twin.starts_at) <= A_MOMENT
