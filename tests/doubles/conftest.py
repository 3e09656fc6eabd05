"""Fixtures of the doubles."""

from tests.imports.files import house
from tests.sessions import module_db, session

__all__ = ["house", "module_db", "session"]
