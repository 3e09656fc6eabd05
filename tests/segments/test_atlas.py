"""Where people can work, on a map made of our own communes."""

import re

from portal.segments import atlas
from portal.segments.atlas import Reaches, coverage

LYON, BREST, SAINT_DENIS_REUNION = "69123", "29019", "97411"
BRITTANY, RHONE_ALPES = "53", "84"


def test_someone_around_lyon_counts_there_and_not_in_brest() -> None:
    covered = coverage([Reaches((LYON,), 30, (), 3)])
    assert set(covered.cells.values()) == {3}
    assert covered.regions == {RHONE_ALPES: 3}
    assert not covered.cells.keys() & coverage([Reaches((BREST,), 30, (), 1)]).cells.keys()


def test_who_would_go_further_covers_more() -> None:
    near, far = (coverage([Reaches((LYON,), km, (), 1)]).cells.keys() for km in (0, 150))
    assert len(near) == 1
    assert near < far


def test_who_lives_in_brittany_and_named_brittany_counts_once_there() -> None:
    covered = coverage([Reaches((BREST,), 20, (BRITTANY,), 1)])
    assert set(covered.cells.values()) == {1}
    assert covered.regions == {BRITTANY: 1}


def test_who_named_two_places_counts_in_both() -> None:
    assert coverage([Reaches((BREST, LYON), 10, (), 2)]).regions == {BRITTANY: 2, RHONE_ALPES: 2}


def test_the_overseas_stand_on_the_map_beside_the_mainland() -> None:
    cells = coverage([Reaches((SAINT_DENIS_REUNION,), 5, (), 1)]).cells
    assert _points(atlas.outline(cells)) <= _points(atlas.everywhere())


def test_the_whole_map_lies_on_its_field() -> None:
    points = _points(atlas.everywhere())
    assert len(points) > 3_000
    assert all(0 <= x <= atlas.WIDTH and 0 <= y <= atlas.HEIGHT for x, y in points)


def test_a_place_nobody_knows_covers_nothing() -> None:
    assert coverage([Reaches(("00000",), 50, (), 9)]).cells == {}


def _points(path: str) -> set[tuple[int, int]]:
    return {(int(x), int(y)) for x, y in re.findall(r"(-?\d+) (-?\d+)", path)}
