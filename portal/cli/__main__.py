"""`python -m portal.cli …`: the same as `vivier …`."""

from portal.cli import app

app()
