from portal.kit import migrate
from portal.kit.embedded import Urls


def test_the_tables_are_what_the_models_say(database: Urls) -> None:
    assert migrate.current(database.owner) == migrate.newest()
    migrate.check(database.owner)


def test_migrating_again_changes_nothing(database: Urls) -> None:
    migrate.upgrade(database.owner)
    assert migrate.current(database.app) == migrate.newest()
