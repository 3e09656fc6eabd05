"""A session that leaves nothing behind, for every test of this folder."""

from tests.sessions import module_db, session

__all__ = ["module_db", "session"]
