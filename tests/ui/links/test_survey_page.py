"""A survey on its link: what is typed is kept whole or refused beside its question, and nothing typed is lost."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import select

from portal.conversations.models import Ask
from portal.conversations.rules import Question
from portal.kit.db import saved
from portal.kit.embedded import Urls
from portal.kit.typed import LONGEST
from portal.postbox.links import mint, store
from portal.surveys.models import Survey, SurveyResponse
from tests.arrivals import browser, nonce_of, press
from tests.cast import cast, talent
from tests.world import World, living

QUESTIONS = [
    {
        "kind": "nps",
        "key": "nps",
        "fr": "Nous recommanderiez-vous ?",
        "en": "Would you recommend us?",
        "required": True,
    },
    {"kind": "text", "key": "why", "fr": "Pourquoi ?", "en": "Why?", "required": True},
]


@pytest.fixture(scope="module")
def world(module_database: Urls) -> Iterator[World]:
    with living(module_database) as here:
        yield here


@pytest.fixture(scope="module")
def path(world: World) -> str:
    """The survey Zoé was sent."""
    until = world.now + timedelta(days=9)
    with world.database.work() as session:
        claire, zoe = cast(session).claire, talent(session, "Zoe")
        survey = Survey(owner_id=claire.id, title_fr="Avis", questions=QUESTIONS, created_at=world.now)
        session.add(survey)
        session.flush()
        known = {"owner_id": claire.id, "survey_id": survey.id, "question": Question.SURVEY}
        ask = Ask(talent_id=saved(zoe.id), **known, asked_at=world.now, deadline=until)
        session.add(ask)
        session.flush()
        document = {"name": "survey", "purpose": "survey", "until": until.isoformat(), "act": {"ask": ask.id}}
        link = mint(document, letter_id=None, talent_id=saved(zoe.id), staff_id=None, now=world.now)
        store(session, [link])
    return f"/q/{link.token}"


def test_what_is_required_says_so_on_words_too_and_hints_are_tied(world: World, path: str) -> None:
    shown = browser(world).get(path).text
    assert shown.count("(obligatoire)") == 2
    assert f"{LONGEST} caractères au plus." in shown
    for named in re.findall(r'aria-describedby="([^"]+)"', shown):
        assert all(f'id="{one}"' in shown for one in named.split())


def test_what_cannot_be_kept_is_said_at_its_question_which_has_the_focus(world: World, path: str) -> None:
    at, words = browser(world), "é" * (LONGEST + 1)
    refused = press(at, path, q_nps="9", q_why=words)
    assert refused.status_code == 422
    assert words in refused.text, "nothing typed is lost"
    (area,) = re.findall(r"<textarea[^>]+>", refused.text)
    assert all(part in area for part in ('aria-invalid="true"', "q_why-error", "autofocus"))
    assert re.search(rf'id="q_why-error">Question 2.{{1,3}} écrivez {LONGEST} caractères au plus', refused.text)
    both = press(at, path, q_nps="", q_why=" ").text
    assert both.count('class="wrong"') == 2
    assert both.count("autofocus") == 1
    assert both.index("autofocus") < both.index("<textarea")


def test_all_the_page_allows_is_kept_line_breaks_and_all(world: World, path: str) -> None:
    words = "ligne\r\n" * 500 + "é" * (LONGEST - 500 * len("ligne\n"))
    at = browser(world)
    sent = at.post(path, data={"nonce": nonce_of(at, path), "q_nps": "9", "q_why": words})
    assert sent.status_code == 200
    with world.database.work() as session:
        (answers,) = session.exec(select(SurveyResponse.answers)).all()
    assert answers["why"] == words.replace("\r\n", "\n")
