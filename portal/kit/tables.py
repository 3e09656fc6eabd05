"""Every table of the house, whichever door a process came in by.

SQLAlchemy follows foreign keys from table to table by name: a process that had imported only half of them would stumble
at its first insert into the other half. So whoever opens the database knows them all.
"""

import importlib
import pkgutil
from pathlib import Path

import portal


def import_every_table() -> None:
    """Import portal/<feature>/models, a file or a package, of every feature that has one, and nothing else of it."""
    for folder in map(Path, portal.__path__):
        for feature in pkgutil.iter_modules([str(folder)], "portal."):
            parts = pkgutil.iter_modules([str(folder / feature.name.removeprefix("portal."))])
            if feature.ispkg and any(part.name == "models" for part in parts):
                importlib.import_module(f"{feature.name}.models")
