"""Beside every free note: a hint on words the law keeps out of a file."""

import pytest

from portal.kit.i18n import say
from portal.talents.protected import Ground
from portal.talents.wordcheck import HINTS, check


@pytest.mark.parametrize(
    ("note", "word", "ground"),
    [
        ("Arrêt maladie en 2024", "Arrêt maladie", Ground.HEALTH),
        ("Back pain last year", "Back pain", Ground.HEALTH),
        ("a RQTH depuis 2020", "RQTH", Ground.HEALTH),
        ("Enceinte de six mois", "Enceinte", Ground.FAMILY),
        ("est marié, deux enfants", "est marié", Ground.FAMILY),
        ("d’origine italienne", "d’origine", Ground.ORIGIN),
        ("Strong accent", "Strong accent", Ground.ORIGIN),
        ("porte le voile", "porte le voile", Ground.RELIGION),
        ("plutôt de gauche", "de gauche", Ground.POLITICS),
        ("Syndiquée CGT", "Syndiquée", Ground.UNION),
        ("en surpoids", "surpoids", Ground.LOOKS),
        ("trop âgée pour nous", "trop âgée", Ground.AGE),
        ("il est gay", "gay", Ground.ORIENTATION),
        ("surendettée", "surendettée", Ground.MEANS),
    ],
)
def test_a_word_on_private_life_is_pointed_at_where_it_stands(note: str, word: str, ground: Ground) -> None:
    flag = check(note)[0]
    assert (flag.word, flag.ground, note[flag.start : flag.end]) == (word, ground, word)
    assert say("fr", flag.sentence, word=flag.word).startswith(f"«\u00a0{word}\u00a0» parle d")


@pytest.mark.parametrize(
    "note",
    [
        "",
        "Marie soude au TIG depuis 5 ans, belle expérience du gros œuvre.",
        "Métiers de la santé, garde d’enfants, crèche.",
        "Pretty good welder, knows the union of two pipes, races against time.",
        "Disponible en mars, préavis de trois mois, permis B.",
    ],
)
def test_what_bears_on_the_job_is_left_in_peace(note: str) -> None:
    assert check(note) == ()


def test_every_hint_is_said_in_both_languages() -> None:
    for hint in HINTS.values():
        assert say("fr", hint, word="x") != say("en", hint, word="x")
