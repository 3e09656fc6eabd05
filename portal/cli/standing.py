"""What every command stands on: the settings, the database, and one sentence when something stops it."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from sqlalchemy import make_url

from portal import serve as group
from portal import settings as configuration
from portal.kit import clock, tokens
from portal.kit import migrate as schema
from portal.kit.db import Database
from portal.kit.embedded import Urls
from portal.kit.errors import Refused
from portal.kit.opened import opened
from portal.kit.places import EmbeddedError
from portal.settings import Settings, SettingsError


@contextmanager
def sentences() -> Iterator[None]:
    """What stops a command is one sentence for a person, not a traceback; Ctrl-C stops it in good order."""
    group.heed_signals()
    try:
        yield
    except group.Stop:
        raise typer.Exit(0) from None
    except (SettingsError, EmbeddedError, Refused, OSError) as stopped:
        typer.echo(str(stopped), err=True)
        raise typer.Exit(2) from stopped


@contextmanager
def house_open() -> Iterator[tuple[Settings, Database]]:
    """The house as the app sees it: its own role, its clock, its secret."""
    settings = configuration.load()
    clock.follow(settings.clock_file)
    tokens.use_secret(settings.secret_key)
    with opened(settings) as urls:
        refuse_old_schema(urls)
        database = Database(urls.app)
        try:
            yield settings, database
        finally:
            database.close()


def refuse_old_schema(urls: Urls) -> None:
    """Stop before working on tables of another version."""
    if schema.current(urls.app) != schema.newest():
        raise SettingsError("The database's schema is not the one this version works with: run `vivier migrate`.")


def name_house(settings: Settings, urls: Urls) -> None:
    """Give a house that has no name yet the settings' own, before anybody can read it."""
    from portal.worker import prepare

    prepare(dataclasses.replace(settings, database_url=urls.app)).close()


def upgrade(settings: Settings, urls: Urls, revision: str = "head") -> None:
    """Bring the schema to `revision`, as its owner; the app's role must be another one."""
    if not urls.owner:
        raise SettingsError("DATABASE_OWNER_URL is missing: only the schema's owner may change it.")
    role = make_url(urls.app).username or schema.APP_ROLE
    if not settings.embedded and role == make_url(urls.owner).username:
        raise SettingsError(
            "DATABASE_URL must name another role than DATABASE_OWNER_URL: the app may not own its proofs."
        )
    schema.upgrade(urls.owner, revision, app_role=role)
