"""Lists one fills by typing hold each value once."""

from portal.ui.picking import added


def test_what_stands_already_is_not_added_twice() -> None:
    assert added("skills", ["TIG", "MIG"], "TIG") == ["MIG", "TIG"]
    assert added("other_places", ["69123"], "75056") == ["69123", "75056"]


def test_another_level_of_a_language_replaces_the_one_that_stands() -> None:
    assert added("languages", ["en:B1", "es"], "en:C1") == ["es", "en:C1"]
