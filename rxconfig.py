"""What Reflex needs to know. Read from the project's folder when the web is built and when it is served."""

import reflex as rx
from reflex_base.plugins.sitemap import SitemapPlugin

from portal import settings
from portal.ui.address import API_URL, OwnAddress

_settings = settings.load()
_here = f"http://localhost:{_settings.web_port}"

config = rx.Config(
    app_name="portal",
    # Baked into the built pages, which put their own address in its place: one build serves any.
    api_url=API_URL,
    deploy_url=_settings.site_url,
    backend_port=_settings.web_port,
    # The default is "*": any site could then talk to a signed-in person's session.
    cors_allowed_origins=[_settings.site_url]
    if _settings.production
    else [_settings.site_url, _here, _here.replace("localhost", "127.0.0.1")],
    redis_url=_settings.redis_url or None,
    telemetry_enabled=False,
    plugins=[OwnAddress()],
    show_built_with_reflex=False,
    # A portal for invited people has no map for search engines.
    disable_plugins=[SitemapPlugin],
)
