from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.chains import editing
from portal.chains.definition import problems, read_definition
from portal.chains.mending import DAYS, NO_BODY, NO_SUBJECT
from portal.chains.steps import KINDS
from portal.chains.steps.survey import NO_SURVEY
from portal.chains.steps.text import LONE_BRACE, UNKNOWN_NAME
from portal.chains.structure import ENDLESS, NOWHERE, UNREACHED
from portal.chains.templates import STILL_LOOKING, TEMPLATES


def _draft() -> dict[str, Any]:
    return editing.kept(STILL_LOOKING)


def _said(document: object) -> list[str]:
    return [problem.sentence for problem in problems(document)]


@pytest.mark.parametrize("name", list(TEMPLATES))
def test_every_template_can_be_launched_as_it_is(name: str) -> None:
    assert problems(TEMPLATES[name]) == []


def test_a_wait_put_in_stands_on_the_way_and_links_itself() -> None:
    draft = _draft()
    key = editing.add(draft, "wait", "still_looking")
    chain = read_definition(draft)
    assert [step.key for step in chain.steps] == ["still_looking", key, "digest", "slots", "end"]
    assert draft["steps"][0]["on_yes"] == key
    assert draft["steps"][1]["next"] == "digest"


def test_a_step_taken_out_leaves_no_hole() -> None:
    draft = _draft()
    editing.remove(draft, "digest")
    assert problems(draft) == []
    assert draft["steps"][0]["on_yes"] == draft["steps"][0]["on_more_info"] == "slots"


def test_a_step_moved_up_is_taken_before_the_one_above() -> None:
    draft = _draft()
    editing.add(draft, "wait", "digest")
    editing.move(draft, "wait", -1)
    assert [step["key"] for step in draft["steps"]] == ["still_looking", "wait", "digest", "slots", "end"]
    assert problems(draft) == []


@given(
    st.lists(st.tuples(st.sampled_from(["add", "remove", "move"]), st.integers(0, 9), st.integers(0, 5)), max_size=12)
)
def test_whatever_is_put_in_moved_and_taken_out_nothing_leads_nowhere(acts: list[tuple[str, int, int]]) -> None:
    draft = _draft()
    for act, where, kind in acts:
        key = draft["steps"][where % len(draft["steps"])]["key"]
        if act == "add":
            editing.add(draft, list(KINDS)[kind], key)
        elif act == "move":
            editing.move(draft, key, 1 if kind % 2 else -1)
        elif draft["steps"][where % len(draft["steps"])]["type"] != "end":
            editing.remove(draft, key)
    assert NOWHERE not in _said(draft)
    assert len({step["key"] for step in draft["steps"]}) == len(draft["steps"])


def test_all_there_is_to_mend_is_said_at_once() -> None:
    draft = _draft()
    editing.write(draft, "still_looking", "fr", "subject", "  ")
    editing.write(draft, "still_looking", "fr", "body", "Bonjour {prenom}")
    editing.write(draft, "still_looking", "en", "body", "Hello {")
    editing.choose(draft, "still_looking", "silence_days", "soon")
    editing.link(draft, "digest", "on_yes", "end")
    assert _said(draft) == [NO_SUBJECT, UNKNOWN_NAME, LONE_BRACE, DAYS, UNREACHED]


def test_a_round_without_a_wait_is_told_and_one_with_a_wait_is_fine() -> None:
    draft = _draft()
    editing.link(draft, "still_looking", "on_silence", "still_looking")
    assert _said(draft) == [ENDLESS]
    key = editing.add(draft, "wait", "slots")
    editing.link(draft, "slots", "on_picked", "end")
    editing.link(draft, "still_looking", "on_silence", key)
    editing.link(draft, key, "next", "still_looking")
    assert problems(draft) == []


def test_an_empty_survey_step_says_what_it_lacks() -> None:
    draft = _draft()
    editing.add(draft, "survey", "slots")
    assert set(_said(draft)) == {NO_SURVEY, NO_SUBJECT, NO_BODY}


def test_a_name_cannot_smuggle_in_more_than_itself() -> None:
    for text in ("{first_name.__class__}", "{first_name!r}", "{first_name:>999999999}", "{}", "{0}"):
        draft = _draft()
        editing.write(draft, "still_looking", "fr", "body", text)
        assert _said(draft) == [UNKNOWN_NAME], text


@pytest.mark.parametrize(
    "document",
    [None, [], {}, {"steps": None}, {"steps": [3]}, {"steps": [{"type": "zut"}]}, {"steps": []}, {"steps": [{}]}],
)
def test_whatever_is_no_chain_gets_a_sentence(document: object) -> None:
    assert problems(document)
