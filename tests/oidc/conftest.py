"""The portal, a real provider, and a front between the two that can be told to misbehave."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from portal.kit.db import Database
from portal.kit.embedded import Urls
from tests.oidc.front import Front
from tests.oidc.house_of_keys import CLIENT, SECRET, HouseOfKeys, house_of_keys
from tests.serving import Site, free_port, serving

ROLES = "admin: groups=admins; dpo: groups=privacy; recruiter: groups=recruiting"


def provider_settings(name: str, issuer: str, **more: str) -> dict[str, str]:
    told = {
        "ISSUER": issuer,
        "CLIENT_ID": CLIENT,
        "CLIENT_SECRET": SECRET,
        "ROLES": ROLES,
        "LABEL": "La Maison des clés",
        "SCOPES": "openid email profile groups",
        **more,
    }
    return {f"OIDC_{name.upper()}_{part}": value for part, value in told.items()}


@pytest.fixture(scope="module")
def front() -> Iterator[Front]:
    front = Front()
    server = front.open()
    yield front
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def well_behaved(front: Front) -> Iterator[None]:
    yield
    front.behave()


@pytest.fixture(scope="module")
def silence() -> Iterator[str]:
    """Where somebody takes the call and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


@pytest.fixture(scope="module")
def extra_settings() -> dict[str, str]:
    """What a module of tests sets besides."""
    return {}


@pytest.fixture(scope="module")
def house(module_database: Urls, front: Front, silence: str, extra_settings: dict[str, str]) -> Iterator[Site]:
    """The portal with three providers: one that answers, one that is down, one that is slow."""
    named = {
        **provider_settings("keys", front.issuer),
        **provider_settings("down", f"http://127.0.0.1:{free_port()}", LABEL="L’Absente"),
        **provider_settings("slow", silence, LABEL="La Lente"),
    }
    with serving(module_database, OIDC_PROVIDERS="keys down slow", **named, **extra_settings) as site:
        yield site


@pytest.fixture(scope="module")
def keys(house: Site, front: Front, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HouseOfKeys]:
    folder: Path = tmp_path_factory.mktemp("keys")
    with house_of_keys(front.issuer, house.url, folder) as provider:
        front.behind = provider.port
        yield provider


@pytest.fixture
def rows(module_database: Urls) -> Iterator[Database]:
    opened = Database(module_database.app)
    yield opened
    opened.close()


@pytest.fixture
def window(browser: Browser, house: Site, keys: HouseOfKeys) -> Iterator[Page]:
    context = browser.new_context(locale="fr-FR", base_url=house.url)
    yield context.new_page()
    context.close()
