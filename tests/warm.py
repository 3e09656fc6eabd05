"""What every served site reads, read once: see `tests/forked.py`. Importing it is all it is for."""

import os

from portal.serve import AS_BUILT

os.environ.update(AS_BUILT)  # the framework looks at these while it is read

import granian.cli
import reflex.app

import portal.cli
import portal.ui.downloads
import portal.ui.front
import portal.ui.links.app
import portal.ui.recruiter.imports.routes
import portal.ui.shell
import portal.worker
from portal.ui import pages

pages.load()
