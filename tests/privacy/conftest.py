"""Every test of this folder takes back what it writes."""

from tests.sessions import module_db, session

__all__ = ["module_db", "session"]
