"""A recruiter at her desk, and what the pages leave in the database."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Page

from portal.kit.db import Database
from portal.kit.embedded import Urls
from portal.timeline.who import Person, Role
from tests.browser.filled import House, filled, speaking
from tests.serving import Site
from tests.signed_in import people


@pytest.fixture(scope="module")
def signed_in(site: Site) -> dict[Role, tuple[Person, str]]:
    return people(site)


@pytest.fixture
def base(site: Site) -> Iterator[Database]:
    with closing(Database(site.database.app)) as opened:
        yield opened


@pytest.fixture
def claire(site: Site, page: Page, signed_in: dict[Role, tuple[Person, str]]) -> Page:
    page.context.add_cookies([{"name": "vivier_session", "value": signed_in[Role.RECRUITER][1], "url": site.url}])
    return page


@pytest.fixture(scope="module")
def full_house(grown_database: Urls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The grown world with its troubles, served: for tests that look at pages."""
    with filled(grown_database, tmp_path_factory.mktemp("clock")) as house:
        yield house


@pytest.fixture
def in_pseudo(full_house: House) -> Iterator[None]:
    """Everybody reads the pseudo-language, in which each word that was handed to a translator stands in brackets."""
    with speaking(full_house, "xx"):
        yield
