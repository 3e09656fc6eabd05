"""A session that leaves nothing behind, for the tests of this folder that ask for one."""

from tests.sessions import module_db, session

__all__ = ["module_db", "session"]
