"""Writing a survey and reading what came back, through the door the pages use."""

from typing import Any

import pytest
from sqlmodel import Session

from portal.chains.definition import read_definition
from portal.chains.templates import survey as survey_chain
from portal.kit.errors import NotFound
from portal.surveys import actions
from portal.timeline.who import Person, Role
from portal.ui.doors import Door
from portal.ui.recruiter.surveys import drafting, editor
from portal.ui.recruiter.surveys import state as listing
from portal.ui.recruiter.surveys.drafting import QuestionDraft
from portal.ui.recruiter.surveys.survey import state
from tests.people import NOW, candidate, staff, talent
from tests.surveys.test_surveys import QUESTIONS


def door(session: Session, who: Person) -> Door:
    return Door(session, who, NOW)


def written(session: Session, who: Person) -> int:
    return actions.create(session, who, "Votre expérience", "Your experience", QUESTIONS, now=NOW).id or 0


def answered(session: Session, survey_id: int, **said: dict[str, Any]) -> None:
    for name, answers in said.items():
        one = talent(session, name)
        actions.respond(session, candidate(one), survey_id, one.id or 0, answers, now=NOW)


def test_a_new_survey_begins_with_questions_that_can_be_saved_as_they_are(session: Session) -> None:
    me = staff(session)
    draft = editor.start(door(session, me), 0)
    saved, number, told = editor.keep(door(session, me), 0, draft)
    assert (saved > 0, number, told) == (True, None, "L’enquête est enregistrée.")
    assert editor.opened(door(session, me), saved) == draft


def test_every_kind_of_question_can_be_added_moved_and_taken_out() -> None:
    draft: list[QuestionDraft] = []
    for kind in ("nps", "scale", "choice", "text", "age"):
        draft = drafting.added(draft, kind)
    assert [(one.code, one.kind) for one in draft] == [("q1", "nps"), ("q2", "scale"), ("q3", "choice"), ("q4", "text")]
    assert [one.code for one in drafting.moved(draft, "q4", -1)] == ["q1", "q2", "q4", "q3"]
    assert drafting.moved(draft, "q1", -1) == drafting.moved(draft, "q9", 1) == drafting.moved(draft, "q1", 7) == draft
    draft = drafting.added(drafting.removed(draft, "q2"), "text")
    assert [one.code for one in draft] == ["q1", "q3", "q4", "q2"]


def test_options_are_written_added_and_taken_out() -> None:
    draft = drafting.with_option(drafting.added([], "choice"), "q1")
    draft = drafting.option_told(draft, "q1", "o3", "fr", "Té\0léphone")
    draft = drafting.option_told(draft, "q1", "o3", "code", "x")
    draft = drafting.without_option(draft, "q1", "o1")
    assert [(one.code, one.fr, one.en) for one in draft[0].options] == [("o2", "", ""), ("o3", "Téléphone", "")]


def test_what_must_be_mended_stands_beside_its_question(session: Session) -> None:
    me = staff(session)
    title_fr, title_en, draft, _ = editor.start(door(session, me), 0)
    draft = drafting.told(draft, "q2", "en", " ")
    saved, number, told = editor.keep(door(session, me), 0, (title_fr, title_en, draft, False))
    assert (saved, number) == (0, 2)
    assert [one.problem for one in drafting.marked(draft, number, told)] == ["", told]
    assert listing.read(door(session, me)) == ([], [])


@pytest.mark.parametrize(("title", "count"), [("", 2), ("a" * 121, 2), ("Titre", 0), ("Titre", 31)])
def test_a_survey_without_sense_is_told_above_and_not_kept(session: Session, title: str, count: int) -> None:
    me = staff(session)
    draft = [QuestionDraft(f"q{n}", "text", "Quoi ?", "What?") for n in range(count)]
    saved, number, told = editor.keep(door(session, me), 0, (title, title, draft, False))
    assert (saved, number) == (0, None)
    assert told


def test_once_answered_words_change_and_questions_do_not(session: Session) -> None:
    me = staff(session)
    survey = written(session, me)
    answered(session, survey, Awa={"nps": 9})
    title_fr, title_en, draft, some = editor.opened(door(session, me), survey)
    assert some
    reworded = drafting.told(draft, "nps", "fr", "Nous conseilleriez-vous ?")
    assert editor.keep(door(session, me), survey, (title_fr, title_en, reworded, some))[0] == survey
    saved, _, told = editor.keep(door(session, me), survey, (title_fr, title_en, drafting.removed(draft, "more"), some))
    assert (saved, told[:19]) == (0, "Quelqu’un a répondu")


def test_a_copy_asks_the_same_and_nobody_answered_it(session: Session) -> None:
    me = staff(session)
    survey = written(session, me)
    answered(session, survey, Awa={"nps": 9})
    title_fr, _, draft, some = editor.start(door(session, me), survey)
    assert (title_fr, len(draft), some) == ("Votre expérience (copie)", 4, False)


def test_results_say_how_many_answered_and_how_the_score_comes(session: Session) -> None:
    me = staff(session)
    survey = written(session, me)
    answered(
        session,
        survey,
        Awa={"nps": 10, "clear": 5, "channel": "mail", "more": "Merci"},
        Bo={"nps": 9, "clear": 4},
        Cy={"nps": 2},
    )
    shown = state.read(door(session, me), survey)
    nps, clear, channel, more = shown.results
    assert (shown.people, shown.answered, shown.closed) == ("3 personnes ont répondu", True, False)
    assert (nps.figure, nps.told, nps.n) == ("+33", "67\xa0% disent 9 ou 10, 33\xa0% disent de 0 à 6", "3 réponses")
    assert [bar.share for bar in nps.bars if bar.count == "1 · 33\xa0%"] == [100, 100, 100]
    assert (clear.figure, clear.n) == ("4,5 / 5", "2 réponses")
    assert [(bar.words, bar.count) for bar in channel.bars] == [
        ("E-mail", "1 · 100\xa0%"),
        ("Téléphone", "0"),
    ]
    assert [(said.name, said.text, said.talent.startswith("/pool/")) for said in more.said] == [("Awa", "Merci", True)]
    (row,), _ = listing.read(door(session, me))
    assert (row.answers, row.score) == ("3", "+33")


def test_nobody_answered_yet_and_the_page_stands(session: Session) -> None:
    me = staff(session)
    shown = state.read(door(session, me), written(session, me))
    assert (shown.answered, shown.results[0].figure, shown.results[1].figure) == (False, "–", "")


@pytest.mark.parametrize(("score", "told"), [(None, "–"), (0, "0"), (33, "+33"), (-40, "−40")])
def test_a_score_is_told_with_its_sign(score: int | None, told: str) -> None:
    assert listing.signed(score) == told


def test_closing_is_undone_by_one_press(session: Session) -> None:
    me = staff(session)
    survey = written(session, me)
    assert state._close(door(session, me), survey)[0].closed
    assert [len(rows) for rows in listing.read(door(session, me))] == [0, 1]
    assert not state._open_again(door(session, me), survey)[0].closed


def test_who_does_not_recruit_sees_no_survey(session: Session) -> None:
    survey = written(session, staff(session))
    for who in (candidate(talent(session, "Awa")), staff(session, "Delphine", Role.DPO)):
        for fn in (
            listing.read,
            lambda here: state.read(here, survey),
            lambda here: state._close(here, survey),
            lambda here: editor.opened(here, survey),
            lambda here: editor._keep(here, survey, "a", "b", drafting.added([], "text")),
        ):
            with pytest.raises(NotFound):
                fn(door(session, who))


def test_the_chain_that_sends_a_survey_can_run() -> None:
    assert [step.type for step in read_definition(survey_chain(7)).steps] == ["survey", "end"]
