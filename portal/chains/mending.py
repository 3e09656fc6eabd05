"""What the reading of a document found, said in sentences that tell what to do."""

from collections.abc import Mapping, Sequence
from typing import Any

from portal.chains.structure import BRANCHES, Problem
from portal.kit.i18n import N_

# The type of our own errors within pydantic's: `ctx` holds the sentence and what fills it.
OURS = "chain"

NOT_A_CHAIN = N_("This is not a chain: it needs a list of steps.")
NO_STEP = N_("Add a first step.")
TOO_MANY = N_("A chain has {most} steps at most.")
UNREADABLE = N_("Step {step} cannot be read: remove it and add it again.")
NO_SUBJECT = N_("Step {step}: write the subject of the letter ({language}).")
NO_BODY = N_("Step {step}: write the letter ({language}).")
LONG_SUBJECT = N_("Step {step}: the subject has {most} characters at most ({language}).")
LONG_BODY = N_("Step {step}: the letter has {most} characters at most ({language}).")
DAYS = N_("Step {step}: write a number of days from {least} to {most}.")
NO_BRANCH = N_("Step {step}: choose what comes after each answer.")
NO_SURVEY = N_("Step {step}: choose the survey.")
NO_QUESTION = N_("Step {step}: choose what is asked.")
UNKNOWN_NAME = N_("Step {step}: {name} is not a name that can be filled in ({language}). Known are {known}.")
LONE_BRACE = N_("Step {step}: a brace stands alone ({language}). Remove it, or insert a name with its button.")

_EMPTY = frozenset({"string_too_short", "missing", "string_type"})
_MOST_DAYS = {"silence_days": 60, "days": 365}


def told(errors: Sequence[Mapping[str, Any]]) -> list[Problem]:
    """Return one problem an error of pydantic's, what the whole does not hold together for left aside."""
    found: list[Problem] = []
    for error in errors:
        problem = _told(error)
        if problem is not None and problem not in found:
            found.append(problem)
    return found


def _told(error: Mapping[str, Any]) -> Problem | None:
    where = error["loc"]
    if len(where) < 2:
        return _of_the_whole(error) if error["type"] != OURS else None
    index, last = int(where[1]), str(where[-1])
    params: dict[str, object] = {"step": index + 1}
    if "text" in where:
        return _of_a_text(error, index, params)
    if last in _MOST_DAYS:
        return Problem(DAYS, params | {"least": 1, "most": _MOST_DAYS[last]}, index)
    sentence = {"survey_id": NO_SURVEY, "question": NO_QUESTION, **dict.fromkeys(BRANCHES, NO_BRANCH)}
    return Problem(sentence.get(last, UNREADABLE), params, index)


def _of_the_whole(error: Mapping[str, Any]) -> Problem:
    match error["type"]:
        case "too_short":
            return Problem(NO_STEP)
        case "too_long":
            return Problem(TOO_MANY, {"most": error["ctx"]["max_length"]})
        case _:
            return Problem(NOT_A_CHAIN)


def _of_a_text(error: Mapping[str, Any], index: int, params: dict[str, object]) -> Problem:
    where, kind = error["loc"], error["type"]
    params["language"] = next((str(part).upper() for part in where if part in {"fr", "en"}), "FR · EN")
    if kind == OURS:
        return Problem(error["ctx"]["sentence"], params | error["ctx"]["params"], index)
    subject = "subject" in where
    if kind == "string_too_long":
        most = {"most": error["ctx"]["max_length"]}
        return Problem(LONG_SUBJECT if subject else LONG_BODY, params | most, index)
    if kind in _EMPTY:
        return Problem(NO_SUBJECT if subject else NO_BODY, params, index)
    return Problem(UNREADABLE, {"step": index + 1}, index)
