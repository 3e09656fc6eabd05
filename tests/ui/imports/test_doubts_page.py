"""The doubts side by side where they differ, of one import or found by what one of the two is called, written or rung by."""

import pytest

from portal.imports.doubts import ALL, Only
from portal.kit.db import Database
from portal.ui.recruiter.doubts.shown import Seen, read
from portal.ui.recruiter.imports.run import state
from portal.ui.recruiter.imports.run.outcome import done
from tests.cast import Cast
from tests.imports.files import ZOE, export
from tests.ui.imports.test_pages import FORM, base, inside, people, sent

__all__ = ["base", "people"]
PAUL = ("Roux", "Paul", "paul@x.example", ZOE[3], "Comptable", "Lyon", "02/10/2026", "")
LEO = ("Diaz", "Léo", "leo@y.example", "07 88 77 66 55", "Comptable", "Brest", "02/10/2026", "")
LEA = ("Diaz", "Léa", "lea@y.example", "07 88 77 66 55", "Comptable", "Brest", "02/10/2026", "")


def taken(base: Database, people: Cast, *rows: tuple[str, ...]) -> int:
    run = sent(base, people.claire, export(*rows))
    inside(base, people.claire, lambda door: state._foresee(door, run, FORM))
    inside(base, people.claire, lambda door: state._take(door, run, strict=False))
    return run


@pytest.fixture
def runs(base: Database, people: Cast) -> tuple[int, int]:
    """Leave two imports of which one line each waits."""
    return taken(base, people, ZOE, PAUL), taken(base, people, LEO, LEA)


def seen(base: Database, people: Cast, only: Only = ALL, page: int = 1) -> Seen:
    return inside(base, people.claire, lambda door: read(door, page, only))  # type: ignore[no-any-return]


def test_only_what_differs_stands_side_by_side(base: Database, people: Cast, runs: tuple[int, int]) -> None:
    (paul,) = seen(base, people, Only(import_id=runs[0])).rows
    assert [(one.one, one.other) for one in paul.first.facts] == [
        ("Paul", "Zoé"),
        ("paul@x.example", "zoe@exemple.example"),
        ("Comptable", "Soudeur TIG"),
    ]
    assert paul.first.alike.startswith("Identique des deux côtés\u00a0: Nom, Téléphone, ")


def test_doubts_are_looked_at_by_import(base: Database, people: Cast, runs: tuple[int, int]) -> None:
    assert [one.name for one in seen(base, people).rows] == ["Paul Roux", "Léa Diaz"]
    assert [one.name for one in seen(base, people, Only(import_id=runs[1])).rows] == ["Léa Diaz"]
    told = [told for _, told in seen(base, people).imports]
    assert told == ["Tout", "export.csv\u00a0: 1 en attente", "export.csv\u00a0: 1 en attente"]
    assert inside(base, people.claire, lambda door: done(door, runs[1])).decide == f"/doubts?import={runs[1]}"


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("lea", ["Léa Diaz"]),
        ("DIAZ LÉA", ["Léa Diaz"]),
        ("roux", ["Paul Roux"]),
        ("zoé", ["Paul Roux"]),  # whom the line may be about
        ("leo@y.exam", ["Léa Diaz"]),
        ("06.12.34.56.78", ["Paul Roux"]),
        ("+33 7 88 77 66 55", ["Léa Diaz"]),
        ("776655", ["Léa Diaz"]),
        ("zoe diaz", []),
        ("100%", []),
    ],
)
def test_a_doubt_is_found_by_either_of_the_two(
    base: Database, people: Cast, runs: tuple[int, int], typed: str, names: list[str]
) -> None:
    found = seen(base, people, Only(find=typed))
    assert ([one.name for one in found.rows], found.count) == (names, str(len(names)))


def test_a_page_that_was_decided_whole_shows_the_one_before(
    base: Database, people: Cast, runs: tuple[int, int]
) -> None:
    found = seen(base, people, page=2)
    assert (found.page, [one.place for one in found.rows]) == (1, [0, 1])
