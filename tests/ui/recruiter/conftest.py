"""A recruiter before her pages: Claire, among the cast."""

import pytest
from sqlmodel import Session

from portal.ui.doors import Door
from tests.cast import NOW, Cast, cast


@pytest.fixture
def people(session: Session) -> Cast:
    return cast(session)


@pytest.fixture
def door(session: Session, people: Cast) -> Door:
    return Door(session, people.claire, NOW)
