"""Assembles the web app: the pages, the doors behind them, and what stands before both."""

from functools import partial
from typing import Any

import reflex as rx

from portal import settings
from portal.kit import clock, tokens
from portal.kit.db import Database
from portal.signin.queries import person_of
from portal.ui import doors, pages, shell, theme
from portal.ui.caching import caching
from portal.ui.doorkeeper import Doorkeeper, on_browser_trouble, on_trouble
from portal.ui.front import beware, documents
from portal.ui.links.app import links_app

_settings = settings.load()
clock.follow(_settings.clock_file)
tokens.use_secret(_settings.secret_key)
_https = _settings.site_url.startswith("https:")
# From the inside out: what every answer passes last stands last.
_layers: list[Any] = [caching, documents, partial(beware, https=_https)]
if _settings.database_url:  # there is none while the web is built
    _database = Database(_settings.database_url)
    _pool = doors.open_house(_database, person_of, clock.now)
    _layers.insert(2, links_app(_database, https=_https, pool=_pool))
theme.write(settings.PROJECT / "assets")

app = rx.App(
    html_lang="fr",
    stylesheets=[f"/{theme.SHEET}"],
    reset_style=False,
    toaster=None,
    app_wraps=shell.wraps(),
    head_components=shell.head(),
    backend_exception_handler=on_trouble,
    frontend_exception_handler=on_browser_trouble,
    api_transformer=_layers,
)
app.add_middleware(Doorkeeper())
pages.load()
pages.add_to(app, shell.frame)
