"""`vivier rebuild`: what an operator mends after a repair by hand."""

import typer

from portal.cli.standing import house_open, sentences
from portal.segments import rebuilding


def rebuild() -> None:
    """Read again, for everyone, what segments and the search are asked of; tells how many rows were not as they should be.

    Example: vivier rebuild
    """
    with sentences(), house_open() as (_, database), database.work() as session:
        mended = rebuilding.rebuild(session)
    typer.echo(f"Everyone was read again; {mended} rows were not as they should be.")
