"""A recruiter at her desk, and what the pages leave in the database."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Page

from portal.kit.db import Database
from portal.timeline.who import Person, Role
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
