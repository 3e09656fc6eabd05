"""What the framework may write in our log: how grave, where and what kind, never what somebody sent.

Reflex and the sockets under it log the whole event that they could not handle, the cookie of a session in it; any browser
can make them do so, a tab left open over an upgrade among them.
"""

import logging
from pathlib import Path

THEIRS = frozenset({"reflex", "reflex_base", "socketio", "engineio", "asyncio", "granian"})


def without_words() -> None:
    """From now on let no message of theirs reach any log: made into a record, it has lost its words already."""
    make = logging.getLogRecordFactory()

    def bare(*given: object, **more: object) -> logging.LogRecord:
        record: logging.LogRecord = make(*given, **more)
        if record.name.partition(".")[0].lstrip("_") in THEIRS and record.levelno > logging.INFO:
            kind = record.exc_info[0].__qualname__ if record.exc_info and record.exc_info[0] else record.levelname
            record.msg, record.args = f"{kind} at {Path(record.pathname).name}:{record.lineno}", ()
            record.exc_info = record.exc_text = record.stack_info = None
        return record

    logging.setLogRecordFactory(bare)
