"""An error in the log: of what kind and where. Its message may quote what somebody wrote, or whose row it was about."""

import traceback
from types import TracebackType

from sqlalchemy.exc import DBAPIError

_STEPS = 6


def without_words(wrong: BaseException) -> str:
    """Return the kind of an error (for the database's own, with its SQLSTATE) and the last steps to it, the last one first."""
    kind = type(wrong).__qualname__
    if isinstance(wrong, DBAPIError):
        kind = f"{type(wrong.orig).__qualname__} {getattr(wrong.orig, 'sqlstate', None) or ''}".strip()
    return f"{kind} at {_way(wrong.__traceback__)}"


def _way(to: TracebackType | None) -> str:
    steps = traceback.extract_tb(to)[-_STEPS:]
    return " < ".join(f"{step.filename.rsplit('/', 1)[-1]}:{step.lineno} {step.name}" for step in reversed(steps))
