"""`vivier demo`: a world of invented people, and a page that shows every letter."""

import dataclasses
import sys

import typer

from portal import serve as group
from portal import settings as configuration
from portal.cli.standing import sentences, upgrade
from portal.kit import clock
from portal.kit.embedded import Urls
from portal.kit.opened import opened
from portal.settings import Settings, SettingsError


def demo() -> None:
    """Try Vivier out: a world of invented people, and a page that shows every letter.

    Example: WEB_PORT=8080 vivier demo
    """
    with sentences():
        settings = configuration.load()
        if settings.production:
            raise SettingsError("VIVIER_ENV is production: the demo's invented people do not belong there.")
        group.refuse_taken(settings.web_port, "WEB_PORT")
        if settings.mail_catcher:
            group.refuse_taken(settings.smtp_port, "SMTP_PORT")
            group.refuse_taken(settings.demo_mail_port, "DEMO_MAIL_PORT")
        _say("Starting the database")
        with opened(settings) as urls:
            _say("Bringing its schema up to date")
            upgrade(settings, urls)
            ready = people(settings, urls)
            programs = [group.mail_catcher(settings)] if settings.mail_catcher else []
            programs += [group.web(settings, urls), group.worker(urls)]
            _say("Starting the web")
            code = group.run(programs, settings.web_port, lambda: _welcome(settings, ready))
    raise typer.Exit(code)


def people(settings: Settings, urls: Urls) -> list[tuple[str, str]]:
    """Grow the world unless it is there already; return ready sign-in links."""
    from portal.demo import welcome, world
    from portal.worker import prepare

    database = prepare(dataclasses.replace(settings, database_url=urls.app))
    try:
        if world.is_empty(database):
            _say("Growing a world of 2,000 invented people (about a minute, once)")
            world.grow(database, settings.site_url, now=clock.now(), tell=lambda what: _say(f"  {what}"))
        return welcome.links(database, now=clock.now())
    finally:
        database.close()


def _say(what: str) -> None:
    typer.echo(f"· {what} …")
    sys.stdout.flush()


def _welcome(settings: Settings, ready: list[tuple[str, str]]) -> None:
    typer.echo(f"\nVivier    {settings.site_url}")
    if settings.mail_catcher:
        typer.echo(f"Letters   http://localhost:{settings.demo_mail_port}")
    typer.echo("\nReady to sign in, once each:")
    for name, path in ready:
        typer.echo(f"  {name:<34} {settings.site_url}{path}")
    typer.echo("\nCtrl-C stops everything.")
    sys.stdout.flush()
