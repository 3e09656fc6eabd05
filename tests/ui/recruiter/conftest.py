"""A session that leaves nothing behind."""

from tests.sessions import module_db, session

__all__ = ["module_db", "session"]
