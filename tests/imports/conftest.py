"""Fixtures of the import."""

from tests.imports.files import house

__all__ = ["house"]
