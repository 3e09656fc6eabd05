"""The schema: what the models say, whichever revision a house comes from."""

import pytest
from alembic.script import ScriptDirectory

from portal.kit import migrate
from portal.kit.embedded import Urls

REVISIONS = [one.revision for one in ScriptDirectory(str(migrate.SCRIPTS)).walk_revisions()]


def test_the_tables_are_what_the_models_say(database: Urls) -> None:
    assert migrate.current(database.owner) == migrate.newest()
    migrate.check(database.owner)


def test_migrating_again_changes_nothing(database: Urls) -> None:
    migrate.upgrade(database.owner)
    assert migrate.current(database.app) == migrate.newest()


@pytest.mark.slow
@pytest.mark.parametrize("revision", REVISIONS)
def test_a_house_comes_up_from_every_revision_and_goes_back(module_database: Urls, revision: str) -> None:
    migrate.downgrade(module_database.owner, revision)
    assert migrate.current(module_database.owner) == revision
    migrate.upgrade(module_database.owner)
    migrate.check(module_database.owner)
