import itertools
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.imports.doubles import OTHER_PERSON_ABOVE, Joined, _join, join
from portal.imports.reader import Mark
from portal.imports.reading.table import Trouble
from portal.imports.shared import without_shared
from portal.talents.identity import Holder


def line(number: int, email: str | None, phone: str | None, name: str = "marie dupont") -> Mark:
    return Mark(number, email, phone, name)


def together(joined: Joined) -> list[list[int]]:
    return [[one.number for one in person.lines] for person in joined.people]


@pytest.mark.parametrize("name", ["marie dupont", "dupont marie", "m dupont", "marie", "", "marie anne dupont"])
def test_the_same_address_is_the_same_person_however_the_name_is_written(name: str) -> None:
    assert together(join([line(2, "m@x", None), line(3, "m@x", "1", name)], [])) == [[2, 3]]
    (known,) = join([line(2, "m@x", None, name)], [Holder(7, "m@x", "1", "marie dupont")]).people
    assert known.talent_id == 7


@pytest.mark.parametrize("phone", [None, "2"])
def test_the_same_address_under_another_name_is_a_doubt_unless_the_number_is_the_same(phone: str | None) -> None:
    known = [Holder(7, "m@x", "1", "marie durand")]
    assert list(join([line(2, "m@x", phone, "pierre durand")], known).doubts) == [2]
    joined = join([line(2, "m@x", "1", "marie durand"), line(3, "m@x", phone, "pierre durand")], [])
    assert (together(joined), joined.doubts) == ([[2]], {3: Trouble(OTHER_PERSON_ABOVE, {"line": 2})})
    assert together(join([line(2, "m@x", "1", "marie martin")], known)) == [[2]]
    assert together(join([line(2, "m@x", "1", "marie durand"), line(3, "m@x", "1", "marie martin")], [])) == [[2, 3]]


def test_of_several_names_on_one_address_those_whom_a_number_or_a_name_joins_are_one() -> None:
    lines = [line(2, "a", "1", "p"), line(3, "a", None, "p"), line(4, "a", "1", "m")]
    for some in itertools.permutations(lines):
        assert [sorted(each) for each in together(join(some, []))] == [[2, 3, 4]]


def test_an_address_that_three_names_bear_is_nobodys() -> None:
    names = ["alice durand", "bob martin", "chloe petit"]
    lines = [line(n, "pool@x", str(n), name) for n, name in enumerate(names, 2)]
    denis = line(5, "pool@x", None, "denis roy")
    left, nobodys = without_shared([*lines, denis], [])
    assert ([each.email for each in left], list(nobodys)) == ([None, None, None], [5])
    assert together(join(left, [])) == [[2], [3], [4]]
    # Of two names and someone known, the known one keeps it, and so does what she is called in part.
    known = [Holder(7, "pool@x", "9", "alice durand")]
    left, nobodys = without_shared([lines[0], *lines[1:], line(6, "pool@x", None, "alice")], known)
    assert ([each.email for each in left], nobodys) == (["pool@x", None, None, "pool@x"], {})
    # Spellings of one name are one name, and two names are two people in doubt.
    spelt = [
        line(2, "m@x", None, "marie durand"),
        line(3, "m@x", None, "m durand"),
        line(4, "m@x", None, "durand marie"),
    ]
    assert without_shared([*spelt, line(5, "m@x", None, "pierre durand")], [])[1] == {}


def test_thousands_of_names_on_one_address_are_told_apart_at_once() -> None:
    lines = [line(n, "pool@x", str(n), f"alice {n:05d}") for n in range(20_000)]
    left, _ = without_shared(lines, [])
    assert all(each.email is None for each in left)
    assert len(join(lines, []).doubts) == 19_999


def test_the_same_number_and_name_is_the_same_person() -> None:
    assert together(join([line(2, "m@x", "1"), line(3, None, "1")], [])) == [[2, 3]]


def test_the_same_number_under_another_name_is_a_doubt_and_the_first_line_stands() -> None:
    joined = join([line(2, "m@x", "1"), line(3, "p@x", "1", "paul martin")], [])
    assert together(joined) == [[2]]
    assert list(joined.doubts) == [3]
    assert "line {line}" in joined.doubts[3].sentence


def test_someone_of_the_pool_stands_before_any_line() -> None:
    known = [Holder(7, "p@x", "1", "paul martin")]
    joined = join([line(2, "m@x", "1"), line(3, "p@x", "1", "paul martin")], known)
    assert [(person.talent_id, len(person.lines)) for person in joined.people] == [(7, 1)]
    assert list(joined.doubts) == [2]


def test_the_address_of_one_with_the_number_of_another_is_a_doubt_in_the_pool_and_in_the_file() -> None:
    alice, bob = ("a@x", "1", "alice"), ("b@x", "2", "bob")
    for name in ("alice", "bob", "chloe"):
        known = [Holder(1, *alice), Holder(2, *bob)]
        assert list(join([line(2, "a@x", "2", name)], known).doubts) == [2]
        joined = join([line(2, *alice), line(3, *bob), line(4, "a@x", "2", name)], [])
        assert together(joined) == [[2], [3]]
        assert list(joined.doubts) == [4]


def test_a_line_between_two_people_is_a_doubt_even_when_it_comes_first() -> None:
    joined = join([line(2, "a@x", "2", "bob"), line(3, "a@x", "1", "alice"), line(4, "b@x", "2", "bob")], [])
    assert together(joined) == [[3], [4]]
    assert list(joined.doubts) == [2]


def test_two_people_of_the_pool_are_never_made_one_by_a_file() -> None:
    known = [Holder(1, "a@x", None, "marie dupont"), Holder(2, None, "1", "marie dupont")]
    assert list(join([line(2, "a@x", "1")], known).doubts) == [2]


def test_two_who_share_name_and_number_in_the_pool_are_told_apart_by_their_address_only() -> None:
    known = [Holder(1, "a@x", "1", "marie dupont"), Holder(2, "b@x", "1", "marie dupont")]
    assert [person.talent_id for person in join([line(2, "b@x", "1")], known).people] == [2]
    assert list(join([line(2, None, "1")], known).doubts) == [2]


def test_someone_without_a_name_is_not_someone_with_one() -> None:
    joined = join([line(2, None, "1", ""), line(3, None, "1", ""), line(4, None, "1")], [])
    assert together(joined) == [[2, 3]]
    assert list(joined.doubts) == [4]


_LINES = st.lists(
    st.tuples(st.sampled_from([None, "a", "b", "c"]), st.sampled_from([None, "1", "2"]), st.sampled_from(["m", "p"])),
    max_size=8,
).map(lambda rows: [line(n, *row) for n, row in enumerate(rows, 2) if row[0] or row[1]])


@given(_LINES)
def test_nobody_is_lost_and_nobody_stands_twice(lines: list[Mark]) -> None:
    joined = join(lines, [])
    numbers = [number for group in together(joined) for number in group]
    assert sorted([*numbers, *joined.doubts]) == [one.number for one in lines]
    for one, other in itertools.combinations(joined.people, 2):
        assert not {each.email for each in one.lines if each.email} & {each.email for each in other.lines}
        assert not {each.phone for each in one.lines if each.phone} & {each.phone for each in other.lines}


@given(_LINES, st.randoms())
def test_the_order_of_lines_does_not_change_who_exists_while_nobody_is_in_doubt(
    lines: list[Mark], dice: Random
) -> None:
    joined = join(lines, [])
    if joined.doubts:
        return
    shuffled = list(lines)
    dice.shuffle(shuffled)
    again = join(shuffled, [])
    assert not again.doubts
    assert {frozenset(group) for group in together(again)} == {frozenset(group) for group in together(joined)}


_KNOWN = st.lists(
    st.tuples(st.sampled_from([None, "a", "b", "d"]), st.sampled_from([None, "1", "3"]), st.sampled_from(["m", "p"])),
    max_size=4,
    unique_by=lambda row: row[0] or row,
).map(lambda rows: [Holder(n, *row) for n, row in enumerate(rows, 1) if row[0] or row[1]])


@given(_LINES, _KNOWN)
def test_passing_over_those_who_share_nothing_changes_nothing(lines: list[Mark], known: list[Holder]) -> None:
    assert join(lines, known) == _join(lines, known)
