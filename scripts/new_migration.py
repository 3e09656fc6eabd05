"""Draft the next migration: `.venv/bin/python scripts/new_migration.py "Add the talent's rhythm"`."""

import sys
import tempfile
from pathlib import Path

from portal.kit import embedded, migrate

if len(sys.argv) != 2:
    sys.exit(__doc__)
folder = Path(tempfile.mkdtemp(prefix="vivier-"))
folder.chmod(0o711)
with embedded.start(folder, fsync=False) as cluster:
    migrate.upgrade(cluster.owner_url)
    migrate.draft(cluster.owner_url, sys.argv[1])
