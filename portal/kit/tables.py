"""Every table of the house, whichever door a process came in by.

SQLAlchemy follows foreign keys from table to table by name: a process that had imported only half of them would stumble
at its first insert into the other half. So whoever opens the database knows them all.
"""

import importlib
import importlib.util
import pkgutil

import portal


def import_every_table() -> None:
    """Import portal/<feature>/models, a file or a package, of every feature."""
    for feature in pkgutil.iter_modules(portal.__path__, "portal."):
        if feature.ispkg and importlib.util.find_spec(f"{feature.name}.models"):
            importlib.import_module(f"{feature.name}.models")
