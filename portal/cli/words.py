"""`vivier clear-name …`: a false alarm of the law of words."""

from typing import Annotated

import typer

from portal.cli.standing import house_open, sentences
from portal.kit import clock
from portal.timeline.who import System


def clear_name(
    name: Annotated[str, typer.Argument(help="The name that was refused, as it was written.")],
    reason: Annotated[str, typer.Option(help="Why it is about work: the data protection officer reads it.")],
) -> None:
    """Allow one name in which a word of the law was seen by mistake; never one that the law itself names.

    Example: vivier clear-name "Accueil SDF" --reason "The shelters we staff"
    """
    from portal.talents.naming import clear_name as clear

    with sentences(), house_open() as (_, database), database.work() as session:
        clear(session, System("vivier clear-name"), name, reason, now=clock.now())
    typer.echo(f"“{name}” may be used. The data protection officer sees it, with its reason.")
