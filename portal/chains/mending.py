"""What the reading of a document found, said in sentences that tell what to do."""

from collections.abc import Mapping, Sequence
from typing import Any

from portal.chains.steps import KINDS
from portal.chains.steps.base import Choice, Days
from portal.chains.steps.text import OURS
from portal.chains.structure import Problem
from portal.kit.i18n import N_

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
_EMPTY = frozenset({"string_too_short", "missing", "string_type"})


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
    return _of_a_setting(str(where[2]) if len(where) > 2 else "", last, index, params)


def _of_a_setting(kind: str, name: str, index: int, params: dict[str, object]) -> Problem:
    """Say what to do about one field of a step; `kind` is the word pydantic chose the class by."""
    step = KINDS.get(kind)
    if step is not None and name in {branch.value for branch in step.Branch}:
        return Problem(NO_BRANCH, params, index)
    match next((one for one in step.SETTINGS if one.name == name), None) if step else None:
        case Days(most=most):
            return Problem(DAYS, params | {"least": 1, "most": most}, index)
        case Choice(wanting=wanting):
            return Problem(wanting, params, index)
        case _:
            return Problem(UNREADABLE, params, index)


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
