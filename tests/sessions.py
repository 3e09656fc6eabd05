"""A session that leaves nothing behind."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session

from portal.kit.db import Database
from portal.kit.embedded import Urls


@pytest.fixture(scope="module")
def module_db(module_database: Urls) -> Iterator[Database]:
    database = Database(module_database.app)
    yield database
    database.close()


@pytest.fixture
def session(module_db: Database) -> Iterator[Session]:
    """Everything this test writes is taken back at its end."""
    with Session(module_db.engine, expire_on_commit=False) as session:
        yield session
        session.rollback()
