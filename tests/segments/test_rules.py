"""A rule that makes no sense, or that the law forbids, is refused with a sentence that says what to do."""

from typing import Any

import pytest
from pydantic import BaseModel

from portal.kit.errors import Refused
from portal.kit.i18n import say
from portal.segments import document as d
from portal.segments.document import Group
from portal.segments.reading import read
from portal.talents.protected import WHY, Ground, ground_of
from tests.people import LYON, MARSEILLE

JOB = {"kind": "job", "one_of": ["J1506"]}
JUNIOR, SENIOR = ({"kind": "experience", "one_of": [level]} for level in ("junior", "senior"))


def all_of(*parts: Any) -> dict[str, Any]:
    return {"kind": "all", "of": list(parts)}


def test_a_written_rule_is_read_back_as_it_was_saved() -> None:
    rule = read(all_of(JOB, {"kind": "none", "of": [{"kind": "last_letter", "when": "within", "days": 60}]}))
    assert read(rule.model_dump(mode="json")) == rule


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (3, "A rule begins with a group"),
        ("age > 30", "A rule begins with a group"),
        (JOB, "A rule begins with a group"),
        ({"kind": "any", "of": []}, "A group holds nothing"),
        ({"kind": "none", "of": []}, "A group holds nothing"),
        (all_of(JOB, {"kind": "any", "of": []}), "A group holds nothing"),
        (all_of("nurse"), "A group lists its parts"),
        ({"kind": "all", "of": JOB}, "A group lists its parts"),
        (all_of({"kind": "zodiac"}), "“zodiac” is no criterion"),
        (all_of(JOB | {"where": "Lyon"}), "knows no “where”"),
        (all_of({"kind": "near", "place": LYON}), "lacks its “km”"),
        (all_of({"kind": "near", "place": LYON, "km": "far"}), "whole number"),
        (all_of({"kind": "near", "place": LYON, "km": 0}), "A distance goes from 1"),
        (all_of({"kind": "near", "place": LYON, "km": 10**400}), "A distance goes from 1"),
        (all_of({"kind": "near", "place": "Atlantis", "km": 5}), "No place is known under the code “Atlantis”"),
        (all_of({"kind": "mobility", "place": "\0"}), "No place is known"),
        (all_of({"kind": "job", "one_of": ["Z9999"]}), "No job is known under the code “Z9999”"),
        (all_of({"kind": "job", "one_of": []}), "A criterion holds no value"),
        (all_of({"kind": "job", "one_of": ["J1506"] * 101}), "100 values at most"),
        (all_of({"kind": "contract", "one_of": ["slavery"]}), "does not know this value"),
        (all_of({"kind": "available", "when": "by"}), "Say when they should be available"),
        (all_of({"kind": "available", "when": "now", "days": 3}), "Say when they should be available"),
        (all_of({"kind": "available", "when": "within", "days": -1}), "A number of days"),
        (all_of({"kind": "salary", "at_most": 0}), "A salary is in euros"),
        (all_of({"kind": "last_act", "when": "never", "days": 3}), "Say within how many days"),
        (all_of({"kind": "last_act", "when": "within"}), "Say within how many days"),
        (all_of({"kind": "answer", "one_of": ["yes"], "reasons": ["salary"]}), "A reason goes with a no"),
        (all_of({"kind": "answered", "one_of": ["yes"], "reasons": ["salary"]}), "A reason goes with a no"),
        (all_of({"kind": "skill", "one_of": ["—"]}), "a word with letters or digits"),
        (all_of({"kind": "skill", "one_of": ["x" * 81]}), "one line of 80 characters"),
        (all_of({"kind": "spoken", "language": "English!"}), "Choose a language"),
        (all_of({"kind": "spoken", "language": "en", "at_least": "D1"}), "does not know this value"),
        (all_of({"kind": "notice", "days": 0}), "A number of days"),
        (all_of({"kind": "tag", "one_of": [-1]}), "Choose one from the list"),
        (all_of({"kind": "tag", "one_of": ["welding"]}), "does not know this value"),
        (all_of({"kind": "segment", "segment": 10**30}), "Choose one from the list"),
        (all_of({"kind": "segment", "segment": "mine"}), "whole number"),
        (all_of({"kind": "score", "survey": 0, "one_of": ["promoter"]}), "Choose one from the list"),
        (all_of({"kind": "notice_due", "when": "owed", "days": 3}), "Say within how many days"),
        (all_of({"kind": "field", "field": 7, "test": "holds", "text": "a\0b"}), "one line of 80"),
        (all_of({"kind": "field", "field": 7, "test": "is"}), "a word with letters or digits"),
        (all_of({"kind": "field", "field": 7, "test": "one_of"}), "a word with letters or digits"),
        (all_of({"kind": "field", "field": 7, "test": "number"}), "Say from where"),
        (all_of({"kind": "field", "field": 7, "test": "number", "least": 9, "most": 1}), "the lower end first"),
        (all_of({"kind": "field", "field": 7, "test": "number", "least": "inf"}), "Say from where"),
        (
            all_of({"kind": "field", "field": 7, "test": "day", "since": "2026-02-01", "until": "2026-01-01"}),
            "Say from",
        ),
    ],
)
def test_a_rule_without_sense_is_told_what_to_mend(raw: object, told: str) -> None:
    with pytest.raises(Refused) as refused:
        read(raw)
    assert told in str(refused.value)


@pytest.mark.parametrize(
    "pair",
    [
        ({"kind": "available", "when": "now"}, {"kind": "situation", "one_of": ["not_looking"]}),
        ({"kind": "experience", "one_of": ["junior"]}, {"kind": "experience", "one_of": ["senior"]}),
        ({"kind": "confirmed", "when": "within", "days": 10}, {"kind": "confirmed", "when": "before", "days": 10}),
        ({"kind": "notice_due", "when": "within", "days": 9}, {"kind": "notice_due", "when": "over"}),
        ({"kind": "last_letter", "when": "within", "days": 30}, {"kind": "last_letter", "when": "never"}),
        ({"kind": "last_act", "when": "not_within", "days": 60}, {"kind": "last_act", "when": "within", "days": 30}),
        ({"kind": "collected", "when": "within", "days": 10}, {"kind": "collected", "when": "before", "days": 10}),
        ({"kind": "consent", "one_of": ["valid"]}, {"kind": "consent", "one_of": ["withdrawn", "none"]}),
        (JOB, {"kind": "none", "of": [JOB]}),
    ],
)
def test_two_criteria_nobody_can_meet_together_are_refused_in_all_but_not_in_any(pair: tuple[Any, Any]) -> None:
    with pytest.raises(Refused, match="nobody matches"):
        read(all_of(*pair))
    assert read({"kind": "any", "of": list(pair)})


@pytest.mark.parametrize(
    "raw",
    [
        # Places: people declare several, and may stand near each.
        all_of({"kind": "near", "place": LYON, "km": 10}, {"kind": "near", "place": MARSEILLE, "km": 10}),
        # A part nobody meets, beside another way in.
        {"kind": "any", "of": [all_of(JUNIOR, SENIOR), JOB]},
        # Whom nobody is left out by.
        {"kind": "none", "of": [all_of(JUNIOR, SENIOR)]},
        all_of(JOB, {"kind": "none", "of": [all_of(JOB, JUNIOR)]}),
        # On notice until a day that has come.
        all_of({"kind": "available", "when": "now"}, {"kind": "situation", "one_of": ["notice"]}),
        all_of(*({"kind": "skill", "one_of": [skill]} for skill in ("TIG", "MIG"))),
        all_of(
            {"kind": "answer", "one_of": ["no"], "days": 10}, {"kind": "last_act", "when": "not_within", "days": 30}
        ),
    ],
)
def test_no_contradiction_is_claimed_where_somebody_may_match(raw: dict[str, Any]) -> None:
    assert read(raw)


def test_a_contradiction_stands_whichever_group_it_hides_in() -> None:
    either = {"kind": "any", "of": [all_of(JUNIOR, SENIOR), all_of(JOB, {"kind": "none", "of": [JOB]})]}
    for raw in (all_of(all_of(JUNIOR), SENIOR), either, all_of(JOB, either)):
        with pytest.raises(Refused, match="nobody matches"):
            read(raw)


def test_a_rule_that_asks_nothing_holds_everybody_and_is_no_mistake() -> None:
    assert read(all_of()) == Group(kind="all", of=())
    with pytest.raises(Refused, match="A group holds nothing"):
        read(all_of(all_of()))


def test_groups_too_deep_and_rules_too_long_are_refused_before_anything_walks_them() -> None:
    deep: Any = JOB
    for _ in range(50_000):
        deep = all_of(deep)
    with pytest.raises(Refused, match="deep at most"):
        read(deep)
    with pytest.raises(Refused, match="200 criteria at most"):
        read(all_of(*([JOB] * 201)))


@pytest.mark.parametrize(
    ("raw", "article"),
    [
        (all_of({"kind": "age", "min": 30}), "225-1"),
        (all_of(JOB, {"kind": "any", "of": [{"kind": "gender", "one_of": ["f"]}]}), "L.1132-1"),
        (all_of(JOB | {"nationalité": "FR"}), "225-1"),
        (all_of(JOB | {"birthDate": "1990-01-01"}), "225-1"),
        (all_of({"kind": "none", "of": [{"kind": "code_postal", "one_of": ["93"]}]}), "place of work"),
        (all_of({"kind": "graduation_year", "before": 1990}), "experience"),
    ],
)
def test_a_pasted_document_that_names_a_protected_criterion_gets_the_article(raw: object, article: str) -> None:
    with pytest.raises(Refused) as refused:
        read(raw)
    assert "225-1" in str(refused.value)
    assert article in str(refused.value)


def test_no_criterion_of_the_language_is_named_after_anything_the_law_protects() -> None:
    """What has no class cannot be asked: a protected criterion could only come in by someone writing one here."""
    parts = [part for part in vars(d).values() if isinstance(part, type) and issubclass(part, BaseModel)]
    names = [name for part in parts for name in (part.__name__, *part.model_fields)]
    assert [name for name in names if ground_of(name)] == []
    assert all(part.model_config.get("extra") == "forbid" for part in parts if part is not BaseModel)


def test_every_ground_has_its_sentence_in_both_languages() -> None:
    for ground in Ground:
        assert say("fr", WHY[ground], word="x") != say("en", WHY[ground], word="x")


def test_a_rule_made_in_python_is_held_to_the_same_sense() -> None:
    with pytest.raises(Refused, match="A group holds nothing"):
        read(Group(kind="any", of=()))
