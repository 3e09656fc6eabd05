"""Every rule is told as one plain sentence, in French and in English."""

import re

import pytest
from hypothesis import given, settings

from portal.segments.document import Group
from portal.segments.reading import read
from portal.segments.sentences import clause, sentence
from portal.talents.labels import _WORDS, label
from tests.segments.strategies import criteria, rules

NURSES = {
    "kind": "all",
    "of": [
        {"kind": "job", "one_of": ["J1506"]},
        {"kind": "mobility", "place": "69123"},
        {"kind": "any", "of": [{"kind": "available", "when": "by", "day": "2027-03-01"}, {"kind": "remote", "one_of": ["full"]}]},
        {"kind": "none", "of": [{"kind": "last_letter", "when": "within", "days": 60}, {"kind": "last_act", "when": "never"}]},
    ],
}  # fmt: skip


def test_the_whole_rule_reads_as_one_sentence() -> None:
    rule = read(NURSES)
    assert sentence(rule, "en") == (
        "People whose job is “Nurse”, whose own mobility covers Lyon and (who are available by 1 Mar 2027 or who want to "
        "work fully remote), except those whom we wrote to in the last 60 days or who never gave news."
    )
    assert sentence(rule, "fr") == (
        "Les personnes dont le métier est «\u00a0Infirmier / Infirmière en soins généraux (IDE)\u00a0», dont la mobilité "
        "couvre Lyon et (qui sont disponibles d’ici le 1er mars 2027 ou qui veulent travailler en télétravail complet), sauf "
        "celles à qui nous avons écrit dans les 60 derniers jours ou qui n’ont jamais donné de nouvelles."
    )


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("all", "People whose job is “Nurse” and who never gave news."),
        ("any", "People whose job is “Nurse” or who never gave news."),
        ("none", "Everyone except those whose job is “Nurse” or who never gave news."),
    ],
)
def test_each_kind_of_group_joins_its_clauses_its_own_way(kind: str, told: str) -> None:
    rule = read({"kind": kind, "of": [{"kind": "job", "one_of": ["J1506"]}, {"kind": "last_act", "when": "never"}]})
    assert sentence(rule, "en") == told


@settings(max_examples=300, deadline=None)
@given(criteria)
def test_each_criterion_has_a_clause_in_both_languages(criterion: object) -> None:
    french, english = clause(criterion, "fr"), clause(criterion, "en")  # type: ignore[arg-type]
    assert french != english
    assert re.match(r"(qui|dont|à qui|pour qui|arrivées|attirées)\b", french), french
    assert re.match(r"(who|whose|whom)\b", english), english
    assert "{" not in french + english


@settings(max_examples=100, deadline=None)
@given(rules)
def test_no_english_reaches_a_french_reader(rule: Group) -> None:
    told = sentence(rule, "fr")
    assert told.startswith(("Les personnes ", "Tout le monde sauf "))
    assert not re.search(r"\b(who|whose|whom|the|and|or|those)\b", told), told


@settings(max_examples=100, deadline=None)
@given(rules)
def test_in_a_pseudo_language_nothing_stands_bare(rule: Group) -> None:
    told = sentence(rule, "xx")
    assert told.startswith("⟦")
    assert told.endswith("⟧")


def test_every_word_of_work_has_a_label() -> None:
    for word, english in _WORDS:
        assert label("en", word) == english
        assert label("fr", word)
    classes = {type(word) for word, _ in _WORDS}
    assert {word for kind in classes for word in kind} == {word for word, _ in _WORDS}
