"""Assembles the web app: the pages, the doors behind them, and what stands before both."""

from functools import partial

import reflex as rx
from granian.utils.proxies import wrap_asgi_with_proxy_headers

from portal import settings
from portal.kit import clock, tokens
from portal.kit.db import Database
from portal.signin.queries import person_of
from portal.signin.ways import ways
from portal.ui import doors, logs, pages, shell, theme
from portal.ui.caching import caching
from portal.ui.doorkeeper import Doorkeeper, on_browser_trouble, on_trouble
from portal.ui.downloads import downloads_app
from portal.ui.front import beware, documents, host_cookie
from portal.ui.links.app import links_app
from portal.ui.recruiter.imports.routes import imports_app
from portal.ui.recruiter.pool.exporting import POOL

logs.without_words()
_settings = settings.load()
clock.follow(_settings.clock_file)
tokens.use_secret(_settings.secret_key)
# Limits on sign-in count the network somebody calls from: behind a proxy, the one it names.
_behind_proxies = partial(wrap_asgi_with_proxy_headers, trusted_hosts=list(_settings.trusted_proxies))
_https = _settings.site_url.startswith("https:")
_links = []
if _settings.database_url:  # there is none while the web is built
    doors.open_house(Database(_settings.database_url), person_of, clock.now)
    _shared = doors.house()
    _ways = ways(_settings.providers, _settings.site_url, staff_links=_settings.staff_links)
    _doors = links_app(_shared.database, https=_https, pool=_shared.pool, ways=_ways)
    _links = [_doors, imports_app(), downloads_app(POOL)]
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
    # From the inside out: what every answer passes last stands last.
    api_transformer=[
        caching,
        documents,
        *_links,
        partial(beware, https=_https),
        *([host_cookie] if _https else []),
        _behind_proxies,
    ],
)
app.add_middleware(Doorkeeper())
pages.load()
pages.add_to(app, shell.frame)
