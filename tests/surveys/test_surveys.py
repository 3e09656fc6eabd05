"""A survey asks in two languages, takes one answer a person, and counts."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from portal.kit.errors import NotFound, Refused
from portal.kit.typed import LONGEST
from portal.surveys import actions, queries
from portal.surveys.models import Survey, SurveyResponse
from portal.surveys.rules import Cnps, WrongAnswers, check_answers, cnps, read
from portal.timeline.models import TimelineEvent
from portal.timeline.who import LinkGrant, Role, System
from tests.people import NOW, candidate, staff, talent

QUESTIONS: list[dict[str, Any]] = [
    {"kind": "nps", "key": "nps", "fr": "Nous recommanderiez-vous ?", "en": "Would you recommend us?", "required": True},
    {"kind": "scale", "key": "clear", "fr": "Était-ce clair ?", "en": "Was it clear?"},
    {
        "kind": "choice",
        "key": "channel",
        "fr": "Par où ?",
        "en": "Which way?",
        "options": [{"key": "mail", "fr": "E-mail", "en": "E-mail"}, {"key": "call", "fr": "Téléphone", "en": "Phone"}],
    },
    {"kind": "text", "key": "more", "fr": "Autre chose ?", "en": "Anything else?"},
]  # fmt: skip


@pytest.mark.parametrize(
    ("scores", "score", "n"),
    [
        ([], None, 0),
        ([10], 100, 1),
        ([0], -100, 1),
        ([6], -100, 1),
        ([7, 8], 0, 2),
        ([9, 6], 0, 2),
        ([9, 10, 8, 3], 25, 4),
        ([10, 7, 7], 33, 3),
        ([10, 10, 7], 67, 3),
        ([0, 7, 7], -33, 3),
        ([10] + [7] * 7, 13, 8),  # 12.5 rounds away from zero
        ([0] + [7] * 7, -13, 8),
        ([10] * 70 + [8] * 20 + [2] * 10, 60, 100),
    ],
)
def test_cnps_is_the_share_of_promoters_minus_that_of_detractors(scores: list[int], score: int | None, n: int) -> None:
    found = cnps(scores)
    assert (found.score, found.n) == (score, n)


@given(st.lists(st.integers(0, 10), min_size=1))
def test_cnps_stays_within_a_hundred_and_turns_with_its_answers(scores: list[int]) -> None:
    found = cnps(scores)
    assert found.score is not None
    assert -100 <= found.score <= 100
    swapped = [0 if score >= 9 else 10 if score <= 6 else score for score in scores]
    assert cnps(swapped) == Cnps(-found.score, found.detractors, found.passives, found.promoters)


@pytest.mark.parametrize(
    ("questions", "told"),
    [
        ([], "at least one question"),
        ("Why?", "at least one question"),
        ([QUESTIONS[1]] * 31, "30 questions at most"),
        ([QUESTIONS[0], {"kind": "age", "key": "a", "fr": "Âge ?", "en": "Age?"}], "Question 2 cannot be read"),
        ([QUESTIONS[0], QUESTIONS[0]], "share one key"),
        ([QUESTIONS[0] | {"en": " "}], "Question 1 is missing in French or in English"),
        ([QUESTIONS[2] | {"options": QUESTIONS[2]["options"][:1]}], "from 2 to 12 options"),
        ([QUESTIONS[2] | {"options": [QUESTIONS[2]["options"][0]] * 2}], "are the same"),
    ],
)
def test_a_questionnaire_without_sense_is_told_what_to_mend(questions: object, told: str) -> None:
    with pytest.raises(Refused) as refused:
        read(questions)
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        ({}, "Question 1 waits"),
        ({"nps": "11"}, "choose from 0 to 10"),
        ({"nps": "-1"}, "choose from 0 to 10"),
        ({"nps": "²"}, "choose from 0 to 10"),
        ({"nps": "9", "clear": "0"}, "Question 2: choose from 1 to 5"),
        ({"nps": "9", "channel": "fax"}, "Question 3: choose one of the options"),
    ],
)
def test_an_impossible_answer_is_told_which_question_it_is(given_: dict[str, object], told: str) -> None:
    with pytest.raises(Refused) as refused:
        check_answers(read(QUESTIONS), given_)
    assert told in str(refused.value)


def test_what_was_left_empty_or_never_asked_is_not_kept() -> None:
    given_ = {"nps": "9", "clear": "", "more": "  Merci \0 ", "sex": "F"}
    assert check_answers(read(QUESTIONS), given_) == {"nps": 9, "more": "Merci"}


def written(session: Session) -> Survey:
    return actions.create(session, staff(session), "Votre expérience", "Your experience", QUESTIONS, now=NOW)


def responses(session: Session) -> list[SurveyResponse]:
    return list(session.exec(select(SurveyResponse)))


def test_a_person_answers_once_and_pressing_again_changes_nothing(session: Session) -> None:
    survey, awa = written(session), talent(session, "Awa")
    who = LinkGrant(link_id=1, talent_id=awa.id or 0)
    for minutes in (0, 5):
        actions.respond(session, who, survey.id or 0, awa.id or 0, {"nps": "9"}, now=NOW + timedelta(minutes=minutes))
    assert [(row.answers, row.answered_at) for row in responses(session)] == [({"nps": 9}, NOW)]
    told = session.exec(select(TimelineEvent.kind).where(col(TimelineEvent.talent_id) == awa.id)).all()
    assert told == ["survey_answered"]
    assert awa.last_act_at == NOW


def test_who_changes_their_mind_before_the_close_is_counted_once_with_their_last_word(session: Session) -> None:
    survey, awa = written(session), talent(session, "Awa")
    for score in (0, 10):
        actions.respond(session, candidate(awa), survey.id or 0, awa.id or 0, {"nps": score}, now=NOW)
    assert [row.answers for row in responses(session)] == [{"nps": 10}]


def test_a_closed_survey_takes_no_answer_and_keeps_those_given(session: Session) -> None:
    survey, awa = written(session), talent(session, "Awa")
    actions.respond(session, candidate(awa), survey.id or 0, awa.id or 0, {"nps": 3}, now=NOW)
    me = staff(session, "Louis")
    actions.close(session, me, survey.id or 0, now=NOW)
    with pytest.raises(Refused, match="closed"):
        actions.respond(session, candidate(awa), survey.id or 0, awa.id or 0, {"nps": 9}, now=NOW)
    assert [row.answers for row in responses(session)] == [{"nps": 3}]
    actions.open_again(session, me, survey.id or 0, now=NOW)
    actions.respond(session, candidate(awa), survey.id or 0, awa.id or 0, {"nps": 9}, now=NOW)


def test_nobody_answers_for_someone_else_nor_sees_their_answers(session: Session) -> None:
    survey, awa, stranger = written(session), talent(session, "Awa"), talent(session, "Bo")
    others = (
        candidate(stranger),
        LinkGrant(1, stranger.id or 0),
        staff(session, "Louis"),
        staff(session, "Dominique", Role.DPO),
        System("test"),
    )
    for who in others:
        with pytest.raises(NotFound):
            actions.respond(session, who, survey.id or 0, awa.id or 0, {"nps": 9}, now=NOW)
        with pytest.raises(NotFound):
            queries.to_answer(session, who, survey.id or 0, awa.id or 0)
    for who in (candidate(awa), staff(session, "Delphine", Role.DPO)):
        with pytest.raises(NotFound):
            queries.results(session, who, survey.id or 0, locale="fr")
        with pytest.raises(NotFound):
            actions.create(session, who, "a", "b", QUESTIONS, now=NOW)


def test_results_count_everyone_and_list_their_words(session: Session) -> None:
    survey, me = written(session), staff(session, "Louis")
    said: dict[str, dict[str, object]] = {
        "Awa": {"nps": 10, "clear": 5, "channel": "mail", "more": "Merci"},
        "Bo": {"nps": 9, "clear": 4, "channel": "mail"},
        "Cy": {"nps": 2, "more": "Trop long"},
    }
    for minute, (name, answers) in enumerate(said.items()):
        who = talent(session, name)
        at = NOW + timedelta(minutes=minute)
        actions.respond(session, candidate(who), survey.id or 0, who.id or 0, answers, now=at)
    found = queries.results(session, me, survey.id or 0, locale="fr")
    nps, clear, channel, more = found.questions
    assert found.n == 3
    assert (nps.cnps, nps.n) == (Cnps(33, 2, 0, 1), 3)
    assert dict(nps.counts)["10"] == 1
    assert (clear.mean, clear.n) == (4.5, 2)
    assert channel.counts == (("E-mail", 2), ("Téléphone", 0))
    assert [(words.name, words.text) for words in more.texts] == [("Cy", "Trop long"), ("Awa", "Merci")]


def test_once_someone_answered_words_may_change_but_not_what_was_asked(session: Session) -> None:
    survey, awa, me = written(session), talent(session, "Awa"), staff(session, "Louis")
    actions.respond(session, candidate(awa), survey.id or 0, awa.id or 0, {"nps": 9}, now=NOW)
    reworded = [QUESTIONS[0] | {"fr": "Conseilleriez-vous notre maison ?"}, *QUESTIONS[1:]]
    actions.edit(session, me, survey.id or 0, "Titre", "Title", reworded, now=NOW)
    with pytest.raises(Refused, match="Someone has answered"):
        actions.edit(session, me, survey.id or 0, "Titre", "Title", QUESTIONS[:2], now=NOW)


def test_what_the_page_lets_one_write_is_kept_whole_and_more_is_refused_beside_its_question() -> None:
    words = "é" * (LONGEST - 1) + "\n"
    # A browser sends each line break as two characters; the page counted one.
    kept = check_answers(read(QUESTIONS), {"nps": "9", "more": "a\r\n" * 1_500 + words[:1000]})
    assert kept["more"] == ("a\n" * 1_500 + words[:1000]).strip()
    with pytest.raises(WrongAnswers) as refused:
        check_answers(read(QUESTIONS), {"nps": "11", "more": "é" * (LONGEST + 1)})
    assert list(refused.value.wrong) == ["nps", "more"]
    assert "4000" in str(refused.value.wrong["more"])
