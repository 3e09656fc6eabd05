"""Writing a rule: any browser may send anything, and nothing breaks or is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.kit.errors import Refused
from portal.segments.names import Names, OwnField
from portal.segments.reading import MOST_DEPTH, MOST_PARTS, read
from portal.talents.rules import FieldKind
from portal.ui.recruiter.segment import fields, tree
from portal.ui.recruiter.segment.lines import written

LYON = "69123"
HOUSE = Names(fields={4: OwnField(FieldKind.NUMBER, ("Heures", "Hours"))})


def nurses() -> tree.Node:
    return tree.planted(
        {
            "kind": "all",
            "of": [
                {"kind": "job", "one_of": ["J1506"]},
                {"kind": "any", "of": [{"kind": "near", "place": LYON, "km": 30}]},
                {"kind": "language", "one_of": ["fr"]},
            ],
        }
    )


def kinds(node: tree.Node) -> object:
    return [node["kind"], *(kinds(child) for child in node["of"])] if tree.is_group(node) else node["kind"]


def test_a_criterion_moves_down_into_the_group_it_meets_and_out_of_it_again() -> None:
    rule = nurses()
    tree.move(rule, 2, 1)
    assert kinds(rule) == ["all", ["any", "job", "near"], "language"]
    tree.move(rule, 2, 1)
    tree.move(rule, 2, 1)
    assert kinds(rule) == ["all", ["any", "near"], "job", "language"]


def test_a_criterion_at_the_very_top_stays_there() -> None:
    rule = nurses()
    tree.move(rule, 2, -1)
    assert kinds(rule) == ["all", "job", ["any", "near"], "language"]


def test_a_criterion_put_into_a_group_of_its_own_gets_alternatives() -> None:
    rule = nurses()
    group = tree.wrap(rule, 2)
    tree.add(rule, group, "experience")
    assert kinds(rule) == ["all", ["any", "job", "experience"], ["any", "near"], "language"]


def test_a_group_taken_apart_leaves_its_criteria() -> None:
    rule = nurses()
    tree.unwrap(rule, 3)
    assert kinds(rule) == ["all", "job", "near", "language"]


def test_what_is_kept_of_a_rule_is_what_a_segment_keeps() -> None:
    rule = nurses()
    assert read(tree.document(rule)).model_dump(mode="json")["of"][0]["one_of"] == ["J1506"]


@pytest.mark.parametrize("kind", sorted(tree.BLANKS))
def test_a_criterion_just_added_says_what_is_still_to_choose_or_makes_sense_already(kind: str) -> None:
    rule = tree.blank()
    tree.add(rule, tree.ROOT, kind)
    told = written(rule, "en")
    assert (told.rule is None) == any(line.problem for line in told.lines)
    assert "{" not in "".join(line.problem + line.words for line in told.lines)


def test_an_empty_group_says_so_on_its_own_line_and_the_rest_stays() -> None:
    rule = nurses()
    group = tree.add(rule, tree.ROOT, "none")
    told = written(rule, "en")
    assert [line.id for line in told.lines if line.problem] == [group]
    assert told.rule is None


def test_two_criteria_that_exclude_each_other_are_told_about_the_whole_rule() -> None:
    rule = nurses()
    fields.tick(tree.find(rule, tree.add(rule, tree.ROOT, "language")) or {}, "one_of", "en")
    told = written(rule, "en")
    assert "exclude each other" in told.problem
    assert not any(line.problem for line in told.lines)


def test_a_number_that_is_none_is_kept_as_typed_and_told() -> None:
    rule = nurses()
    node = tree.find(rule, 4)
    assert node is not None
    fields.write(node, "km", "trente")
    assert fields.shown(node, "fr").km == "trente"
    assert [line.problem for line in written(rule, "en").lines if line.problem] == ["Write a whole number."]


def test_a_rule_grows_only_so_far() -> None:
    deep, inner = tree.blank(), tree.ROOT
    for _ in range(MOST_DEPTH - 1):
        inner = tree.add(deep, inner, "any")
    with pytest.raises(Refused):
        tree.add(deep, inner, "any")
    wide = tree.blank()
    for _ in range(MOST_PARTS):
        tree.add(wide, tree.ROOT, "job")
    with pytest.raises(Refused):
        tree.add(wide, tree.ROOT, "job")


anything = st.one_of(st.integers(), st.text(max_size=20), st.booleans(), st.none())
ids = st.one_of(st.integers(-2, 9), anything)
ACTS = {
    "add": (tree.add, st.tuples(ids, st.one_of(st.sampled_from([*tree.BLANKS, *tree.GROUPS]), anything))),
    "remove": (tree.remove, st.tuples(ids)),
    "regroup": (tree.regroup, st.tuples(ids, st.one_of(st.sampled_from(tree.GROUPS), anything))),
    "move": (tree.move, st.tuples(ids, st.one_of(st.sampled_from([-1, 1]), anything))),
    "wrap": (tree.wrap, st.tuples(ids)),
    "unwrap": (tree.unwrap, st.tuples(ids)),
}
acts = st.sampled_from(sorted(ACTS)).flatmap(lambda name: st.tuples(st.just(name), ACTS[name][1]))
names = st.sampled_from(["one_of", "reasons", "when", "day", "days", "km", "at_most", "place", "purpose", "kind", "id"])


@settings(deadline=None)  # the first question reads every job and place
@given(st.lists(acts, max_size=12), st.lists(st.tuples(ids, names, anything), max_size=12))
def test_whatever_a_browser_sends_the_rule_stays_one_that_can_be_told(
    sent: list[tuple[str, tuple[object, ...]]], typed: list[tuple[object, str, object]]
) -> None:
    rule = nurses()
    for name, arguments in sent:
        try:
            ACTS[name][0](rule, *arguments)
        except Refused:
            continue
    for wanted, name, value in typed:
        node = tree.find(rule, wanted)  # type: ignore[arg-type]
        if node is not None and not tree.is_group(node):
            fields.write(node, name, value)
            fields.tick(node, name, str(value))
            fields.pick(node, str(value))
            fields.shown(node, "fr")
    numbers = [node["id"] for node, _, _ in tree.walk(rule)]
    assert len(numbers) == len(set(numbers))
    told = written(rule, "fr")
    if told.rule is not None:
        assert read(tree.document(rule)) == told.rule


@pytest.mark.parametrize("kind", tree.BLANKS)
def test_every_criterion_opens_as_it_is_added(kind: str) -> None:
    rule = tree.blank()
    node = tree.find(rule, tree.add(rule, tree.ROOT, kind))
    assert node is not None
    assert fields.shown(node, "fr", HOUSE).kind == kind


def test_a_number_asked_of_a_field_of_the_house_is_shown_as_it_was_typed() -> None:
    rule = tree.blank()
    node = tree.find(rule, tree.add(rule, tree.ROOT, "field"))
    assert node is not None
    for name, text in (("field", "4"), ("test", "number"), ("least", "31 000"), ("most", "2,5")):
        fields.write(node, name, text)
    asked = fields.shown(node, "fr", HOUSE).house
    assert (asked.least, asked.most) == ("31000", "2.5")
