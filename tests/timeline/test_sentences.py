"""Whatever happens has a sentence, in both languages; the actor is named."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import pytest

from portal.consent.rules import Purpose
from portal.conversations.rules import Answer, Question, Reason
from portal.kit.i18n import say
from portal.settings import PROJECT
from portal.talents.merging import UNITS
from portal.talents.rules import SourceKind
from portal.timeline import facets
from portal.timeline.queries import Event
from portal.timeline.sentences import KINDS, actor, told

PORTAL = PROJECT / "portal"
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
STAFF = {1: "Claire", 2: "Marc"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def recorded() -> set[tuple[str, str]]:
    """Every (file, kind) a call of `record` or `record_many` can write."""
    return {(str(path.relative_to(PROJECT)), kind) for path in PORTAL.rglob("*.py") for kind in kinds_in(path)}


def kinds_in(path: Path) -> Iterator[str]:
    module = ast.parse(path.read_text())
    imported = {
        alias.asname or alias.name
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and node.module == "portal.timeline.actions"
        for alias in node.names
    } & {"record", "record_many"}
    for function in ast.walk(module):
        if isinstance(function, Function):
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in imported:
                    yield from values_of(call.args[2], function, module)


def values_of(node: ast.expr, function: Function, module: ast.Module) -> Iterator[str]:
    """The texts an expression may be: itself, either side of a choice, a table's values, or what its name was given."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from values_of(one, function, module)
            yield from values_of(other, function, module)
        case ast.Subscript(value=ast.Name(id=table)):
            yield from texts_given_to(table, module)
        case ast.Name(id=name):
            yield from texts_given_to(name, function)
        case _:
            raise AssertionError(f"{ast.unparse(node)}: write the kind as text where it is recorded.")


def texts_given_to(name: str, scope: ast.AST) -> Iterator[str]:
    found = False
    for node in ast.walk(scope):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.For) else []
        if any(isinstance(each, ast.Name) and each.id == name for target in targets for each in ast.walk(target)):
            source = node.value if isinstance(node, ast.Assign) else node.iter  # type: ignore[attr-defined]
            for each in ast.walk(source):
                if isinstance(each, ast.Constant) and isinstance(each.value, str):
                    found = True
                    yield each.value
    assert found, f"Nothing says what `{name}` may be: write the kind as text where it is recorded."


def test_everything_that_is_ever_recorded_has_a_sentence() -> None:
    unsaid = sorted(f"{kind} ({file})" for file, kind in recorded() if kind not in KINDS)
    assert not unsaid, f"These kinds have no sentence in portal/timeline/sentences.py: {', '.join(unsaid)}"


def test_no_sentence_waits_for_something_that_is_never_recorded() -> None:
    assert set(KINDS) <= {kind for _, kind in recorded()}


@pytest.mark.parametrize("kind", KINDS)
def test_every_sentence_is_told_whole_in_both_languages_whatever_was_noted(kind: str) -> None:
    for locale in ("fr", "en"):
        sentence = told(Event(AT, kind, "system", actor_reason="chain"), locale, "Europe/Paris", staff=STAFF)
        assert sentence
        assert not re.search(r"[{}]", sentence)
    assert say("fr", KINDS[kind]) != KINDS[kind], "it has no French"


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (facets.ANSWERS, Answer),
        (facets.REASONS, Reason),
        (facets.QUESTIONS, Question),
        (facets.SOURCES, SourceKind),
        (facets.PURPOSES, Purpose),
    ],
)
def test_the_closed_words_of_the_house_all_have_words_in_sentences(
    words: dict[str, str], values: type[StrEnum]
) -> None:
    assert {value.value for value in values} <= set(words)


def test_every_field_of_a_profile_has_a_name() -> None:
    assert set(UNITS) <= set(facets.FIELDS)


def test_every_kind_of_letter_has_a_name() -> None:
    writing = (path for path in PORTAL.rglob("*.py") if "portal.postbox.content import" in path.read_text())
    templates = {template for path in writing for template in templates_in(path)}
    assert {"by_hand", "slots"} <= templates
    assert templates <= set(facets.LETTERS) | {"booked_staff", "cancelled_staff", "talk_called_off_staff"}


def templates_in(path: Path) -> Iterator[str]:
    """The first word given to `Content(…)`, or to a function that hands it on as `template`."""
    module = ast.parse(path.read_text())
    handing_on = {
        f.name
        for f in ast.walk(module)
        if isinstance(f, Function) and f.args.args[:1] and f.args.args[0].arg == "template"
    }
    for call in ast.walk(module):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in {"Content", *handing_on}:
            given = call.args[0] if call.args else next(k.value for k in call.keywords if k.arg == "template")
            match given:
                case ast.Constant(value=str(text)):
                    yield text
                case ast.JoinedStr():
                    yield from (f"question_{question}" for question in ("still_looking", "opportunity"))
                case ast.Name(id=name) if name != "template":
                    yield from texts_given_to(name, module)


def test_who_did_it_is_named() -> None:
    claire = Event(AT, "conversation_closed", "staff", 1, "recruiter")
    by_them, by_link = Event(AT, "withdrew", "talent", 7, "candidate"), Event(AT, "withdrew", "link", 3)
    house = Event(AT, "enrolled", "system", None, "chain")
    assert actor(claire, "en", staff=STAFF) == "by Claire"
    assert actor(claire, "fr", staff=STAFF) == "par Claire"
    assert actor(by_them, "fr", staff=STAFF) == actor(by_link, "fr", staff=STAFF) == "par la personne elle-même"
    assert actor(by_link, "fr", staff=STAFF, to_them=True) == "par vous"
    assert actor(house, "fr", staff=STAFF) == "par la maison"


def test_a_talent_whose_id_is_a_recruiters_too_is_not_taken_for_them() -> None:
    assert actor(Event(AT, "withdrew", "talent", 1, "candidate"), "en", staff=STAFF) == "by the person themself"


def test_a_sentence_says_what_happened_in_words() -> None:
    answered = Event(AT, "answered", "link", 3, params={"question": "still_looking", "answer": "more_info"})
    booked = Event(AT, "slot_booked", "link", 3, params={"starts_at": "2026-11-26T09:00:00+00:00"})
    apart = replace(booked, params=booked.params | {"zones": ["Europe/Paris", "America/Martinique"]})
    taken = Event(AT, "conversation_taken_over", "staff", 2, params={"before": 1, "owner": 2})
    assert told(answered, "fr", "Europe/Paris", staff=STAFF) == (
        "Réponse par la personne elle-même\u00a0: «\u00a0plus d’informations\u00a0», à «\u00a0toujours en veille\u00a0?\u00a0»"
    )
    assert told(booked, "en", "Europe/Paris", staff=STAFF) == (
        "Meeting booked for Thursday 26 November at 10:00, by the person themself"
    )
    # Where the two live by different clocks, each reads by which it is told.
    assert told(apart, "fr", "Europe/Paris", staff=STAFF).startswith(
        "Rendez-vous pris pour le jeudi 26 novembre à 10\u00a0h (heure de Paris)"
    )
    assert "5\u00a0h (heure de la Martinique)" in told(apart, "fr", "America/Martinique", staff=STAFF)
    assert told(taken, "en", "Europe/Paris", staff=STAFF) == "Conversation taken over by Marc, from Claire"
