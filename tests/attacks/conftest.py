"""A database that a whole crowd may ask at the same moment."""

from collections.abc import Iterator

import pytest

from portal.kit import tokens
from portal.kit.db import Database
from portal.kit.embedded import Urls

CROWD = 100


@pytest.fixture
def everybody(database: Urls) -> Iterator[Database]:
    tokens.use_secret("a secret for tests that is long enough")
    opened = Database(database.app, pool_size=CROWD)
    yield opened
    opened.close()
