"""From a draft to what the page shows of it: everything in the reader's words, made in one go after each change."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.chains import queries
from portal.chains.definition import problems, read_definition
from portal.chains.editing import BRANCHES_OF, find
from portal.chains.preview import sample
from portal.kit.errors import Refused
from portal.kit.i18n import say, say_n
from portal.ui.doors import Door
from portal.ui.recruiter.chain import words

_UNWRITTEN = "…"


@dataclass
class StepRow:
    """One step of the list."""

    key: str
    number: str
    kind: str
    title: str
    ways: str
    wrong: bool
    open: bool
    can_rise: bool
    can_sink: bool
    can_go: bool


@dataclass
class BranchRow:
    """One branch of the open step: a choice of steps."""

    name: str
    told: str
    hint: str
    target: str


@dataclass
class CheckRow:
    """One thing to mend; `key` names its step, if it has one."""

    key: str
    told: str


def drawn(door: Door, draft: dict[str, Any], opened: str, language: str) -> dict[str, Any]:
    """Return the vars of the editor."""
    surveys = {str(one.id): one.title(door.locale) for one in queries.surveys_to_send(door.session, door.who)}
    found = problems(draft)
    checks = [
        CheckRow(
            draft["steps"][one.step]["key"] if one.step is not None else "",
            say(door.locale, one.sentence, **one.params),
        )
        for one in found
    ]
    return {
        "steps": _steps(door.locale, draft, opened, surveys, {one.step for one in found}),
        "checks": checks,
        "checks_told": say_n(door.locale, "{count} check to mend", "{count} checks to mend", len(checks)),
        "surveys": [["", "—"], *([key, told] for key, told in surveys.items())],
        **_open_step(door.locale, draft, opened, surveys),
        **_letter(door, draft, opened, language),
    }


def _steps(
    locale: str, draft: dict[str, Any], opened: str, surveys: Mapping[str, str], wrong: set[int | None]
) -> list[StepRow]:
    steps = draft["steps"]
    numbers, ends = _numbers(draft), _ends(draft)
    last = len([step for step in steps if step["type"] != "end"]) - 1
    return [
        StepRow(
            key=step["key"],
            number=str(index + 1),
            kind=words.kind(locale, step),
            title=words.title(locale, step, surveys),
            ways=words.ways(locale, step, numbers, ends),
            wrong=index in wrong,
            open=step["key"] == opened,
            can_rise=step["type"] != "end" and index > 0,
            can_sink=step["type"] != "end" and index < last,
            can_go=step["type"] != "end" or len(ends) > 1,
        )
        for index, step in enumerate(steps)
    ]


def _numbers(draft: dict[str, Any]) -> dict[str, int]:
    return {step["key"]: index for index, step in enumerate(draft["steps"], start=1)}


def _ends(draft: dict[str, Any]) -> frozenset[str]:
    return frozenset(step["key"] for step in draft["steps"] if step["type"] == "end")


def _open_step(locale: str, draft: dict[str, Any], opened: str, surveys: Mapping[str, str]) -> dict[str, Any]:
    step = find(draft, opened) or {"type": "", "key": ""}
    text = step.get("text", {})
    shown = {
        f"{part}_{language}": str(text.get(language, {}).get(part, ""))
        for language in ("fr", "en")
        for part in ("subject", "body")
    }
    return shown | {
        "open_step": step["key"],
        "kind": step["type"],
        "kind_told": say(locale, words.TOLD[step["type"]]) if step["type"] else "",
        "question": str(step.get("question", "")),
        "days": str(step.get("days", "")),
        "silence_days": str(step.get("silence_days", "")),
        "survey": str(step.get("survey_id", "")),
        "branches": _branches(locale, step),
        "targets": _targets(locale, draft, step["key"], surveys),
    }


def _branches(locale: str, step: Mapping[str, Any]) -> list[BranchRow]:
    return [
        BranchRow(
            name=name,
            told=words.branch(locale, step, name),
            hint=say(locale, words.ALWAYS[name]) if name in words.ALWAYS else "",
            target=str(step.get(name, "")),
        )
        for name in BRANCHES_OF.get(step["type"], ())
    ]


def _targets(locale: str, draft: dict[str, Any], but: str, surveys: Mapping[str, str]) -> list[list[str]]:
    def told(number: int, step: Mapping[str, Any]) -> str:
        title = words.title(locale, step, surveys)
        return f"{number}. {words.kind(locale, step)}" + (f" · {title}" if title else "")

    return [
        [step["key"], told(number, step)] for number, step in enumerate(draft["steps"], start=1) if step["key"] != but
    ]


def _letter(door: Door, draft: dict[str, Any], opened: str, language: str) -> dict[str, str]:
    """Return the open step's letter as it would arrive, whatever the rest of the chain still lacks."""
    step = find(draft, opened)
    nothing = {"letter": "", "letter_subject": "", "letter_problem": ""}
    if step is None or step["type"] in {"wait", "end"}:
        return nothing
    try:
        alone = read_definition({"steps": [_alone(step), {"type": "end", "key": "the_end"}]})
    except Refused as refused:
        return nothing | {"letter_problem": say(door.locale, refused.sentence, **refused.params)}
    letter = sample(door.session, door.who, alone, opened, language, now=door.now)
    return nothing if letter is None else nothing | {"letter": letter.html, "letter_subject": letter.subject}


def _alone(step: Mapping[str, Any]) -> dict[str, Any]:
    """Return the step with nothing behind it, and something wherever nothing is written yet."""
    alone: dict[str, Any] = json.loads(json.dumps(step))
    alone |= dict.fromkeys(BRANCHES_OF[alone["type"]], "the_end")
    for language in alone.get("text", {}).values():
        language |= {part: text if text.strip() else _UNWRITTEN for part, text in language.items()}
    for name, usual in (("survey_id", 0), ("days", 1), ("silence_days", 7)):
        if name in alone and not isinstance(alone[name], int):
            alone[name] = usual
    return alone
