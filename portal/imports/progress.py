"""How far an import has come, told while it runs."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum


class Stage(StrEnum):
    """What an import is doing."""

    READING = "reading"
    JOINING = "joining"
    FORESEEING = "foreseeing"
    WRITING = "writing"
    UNDOING = "undoing"


class Cancelled(Exception):
    """Somebody ended the import: nothing of it stays."""


# Told the stage, how many lines or people are done, of how many; ends the import by raising.
Heard = Callable[[Stage, int, int], None]


def silent(_stage: Stage, _done: int, _of: int) -> None:
    """Tell nobody."""


@contextmanager
def unhurried() -> Iterator[None]:
    """Leave the collector of cycles off: an import makes millions of values that all stay, and none is a cycle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
