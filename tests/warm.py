"""What every served site and every worker reads, read once: see `tests/forked.py`. Importing it is all it is for."""

import importlib
import os

from portal.serve import AS_BUILT

os.environ.update(AS_BUILT)  # the framework looks at these while it is read

# All but the app itself, which reads its settings while it is read.
for name in (
    "granian.cli",
    "reflex.app",
    "portal.cli",
    "portal.worker",
    "portal.ui.front",
    "portal.ui.shell",
    "portal.ui.downloads",
    "portal.ui.links.app",
    "portal.ui.recruiter.imports.routes",
):
    importlib.import_module(name)
importlib.import_module("portal.ui.pages").load()
