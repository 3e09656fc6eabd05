"""`vivier …`: what an operator can do from a terminal."""

import dataclasses
import importlib
from typing import Annotated

import typer

from portal import serve as group
from portal import settings as configuration
from portal.cli import imports, ledger, people, tending, trying, words
from portal.cli.standing import name_house, refuse_old_schema, sentences, upgrade
from portal.kit import migrate as schema
from portal.kit.opened import opened
from portal.settings import SettingsError

app = typer.Typer(
    help="Vivier: keep in touch with people, with their consent, and meet when the moment comes.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


app.add_typer(ledger.app, name="ledger")
app.command()(people.invite)
app.command("import")(imports.import_people)
app.command()(trying.demo)
app.command()(tending.rebuild)
app.command()(words.clear_name)


@app.command()
def serve(worker: Annotated[bool, typer.Option(help="Also run a worker in this group.")] = True) -> None:
    """Serve the portal on WEB_PORT, with a worker beside it.

    Example: vivier serve --no-worker
    """
    with sentences():
        settings = configuration.load()
        group.refuse_taken(settings.web_port, "WEB_PORT")
        with opened(settings) as urls:
            if settings.embedded:
                schema.upgrade(urls.owner)
            refuse_old_schema(urls)
            name_house(settings, urls)
            programs = [group.web(settings, urls)]
            if worker and group.has_worker():
                programs.append(group.worker(urls))
            code = group.run(programs, settings.web_port, lambda: typer.echo(f"Vivier answers at {settings.site_url}"))
    raise typer.Exit(code)


@app.command()
def work() -> None:
    """Run one worker: letters leave, chains advance. Start as many as the work needs.

    Example: vivier work
    """
    with sentences():
        settings = configuration.load()
        if not group.has_worker():
            raise SettingsError("There is no work to do yet.")
        with opened(settings) as urls:
            refuse_old_schema(urls)
            importlib.import_module("portal.worker").run(dataclasses.replace(settings, database_url=urls.app))


@app.command()
def migrate(revision: Annotated[str, typer.Argument(help="Where to stop; all the way by default.")] = "head") -> None:
    """Bring the database's schema up to date, as its owner (DATABASE_OWNER_URL).

    Example: vivier migrate
    """
    with sentences():
        settings = configuration.load()
        with opened(settings) as urls:
            upgrade(settings, urls, revision)
            typer.echo(f"The schema is at {schema.current(urls.owner) or 'its beginning'}.")
