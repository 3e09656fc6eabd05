"""What the framework may write in our log: how grave, where and what kind, never what somebody sent.

Reflex and the sockets under it log the whole event that they could not handle, the cookie of a session in it; any browser
can make them do so, a tab left open over an upgrade among them.
"""

import logging
from pathlib import Path

from portal.kit.faults import without_words as bare

THEIRS = frozenset({"reflex", "reflex_base", "socketio", "engineio", "asyncio"})


def without_words() -> None:
    """From now on let no message of theirs reach any log: made into a record, it has lost its words already."""
    make = logging.getLogRecordFactory()

    def made(*given: object, **more: object) -> logging.LogRecord:
        record: logging.LogRecord = make(*given, **more)
        if record.name.partition(".")[0] in THEIRS and record.levelno > logging.INFO:
            record.msg, record.args = _told(record), ()
            record.exc_info = record.exc_text = record.stack_info = None
        return record

    logging.setLogRecordFactory(made)


def _told(record: logging.LogRecord) -> str:
    wrong = record.exc_info[1] if record.exc_info else None
    place = f"{Path(record.pathname).name}:{record.lineno}"
    return f"{bare(wrong)}, told by {place}" if wrong else f"{record.levelname} at {place}"
