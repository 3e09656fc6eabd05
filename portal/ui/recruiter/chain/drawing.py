"""From a draft to what the page shows of it: everything in the reader's words, made in one go after each change."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.chains import queries
from portal.chains.definition import problems, read_definition
from portal.chains.editing import blank, ends, find
from portal.chains.preview import sample
from portal.chains.steps import Step
from portal.chains.steps.base import Choice, Days
from portal.chains.structure import kind_of, led_by
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
class SettingRow:
    """One thing to set of the open step; with `options` one of them, else a number of `unit`."""

    name: str
    told: str
    unit: str
    hint: str
    value: str
    options: list[list[str]]


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
        **_open_step(door.locale, draft, opened, surveys),
        **_letter(door, draft, opened, language),
    }


def _steps(
    locale: str, draft: dict[str, Any], opened: str, surveys: Mapping[str, str], wrong: set[int | None]
) -> list[StepRow]:
    steps = draft["steps"]
    numbers, over = _numbers(draft), _ends(draft)
    last = len([step for step in steps if not ends(step)]) - 1
    return [
        StepRow(
            key=step["key"],
            number=str(index + 1),
            kind=words.kind(locale, step),
            title=words.title(locale, step, surveys),
            ways=words.ways(locale, step, numbers, over),
            wrong=index in wrong,
            open=step["key"] == opened,
            can_rise=not ends(step) and index > 0,
            can_sink=not ends(step) and index < last,
            can_go=not ends(step) or len(over) > 1,
        )
        for index, step in enumerate(steps)
    ]


def _numbers(draft: dict[str, Any]) -> dict[str, int]:
    return {step["key"]: index for index, step in enumerate(draft["steps"], start=1)}


def _ends(draft: dict[str, Any]) -> frozenset[str]:
    return frozenset(step["key"] for step in draft["steps"] if ends(step))


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
        "kind_told": say(locale, made.TOLD) if (made := kind_of(step)) else "",
        "has_text": "text" in step,
        "settings": _settings(locale, step, surveys),
        "branches": _branches(locale, step),
        "targets": _targets(locale, draft, step["key"], surveys),
    }


def _settings(locale: str, step: Mapping[str, Any], surveys: Mapping[str, str]) -> list[SettingRow]:
    made = kind_of(step)
    return [_setting(locale, one, str(step.get(one.name, "")), surveys) for one in made.SETTINGS] if made else []


def _setting(locale: str, one: Days | Choice, value: str, surveys: Mapping[str, str]) -> SettingRow:
    label = say(locale, one.label)
    match one:
        case Days():
            return SettingRow(one.name, label, say(locale, one.unit), "", value, [])
        case Choice():
            hint = say(locale, one.hint) if one.hint else ""
            own = [[key, say(locale, told)] for key, told in (one.options or {}).items()]
            return SettingRow(one.name, label, "", hint, value, own or [["", "—"], *map(list, surveys.items())])


def _branches(locale: str, step: Mapping[str, Any]) -> list[BranchRow]:
    return [
        BranchRow(
            name=name,
            told=words.branch(locale, step, name),
            hint=words.always(locale, step, name),
            target=str(step.get(name, "")),
        )
        for name in led_by(step)
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
    made = kind_of(step) if step is not None else None
    if step is None or made is None or not made.SPEAKS:
        return nothing
    try:
        alone = read_definition(
            {"steps": [_alone(step, made), *[one | {"key": "the_end"} for one in blank()["steps"]]]}
        )
    except Refused as refused:
        return nothing | {"letter_problem": say(door.locale, refused.sentence, **refused.params)}
    letter = sample(door.session, door.who, alone, opened, language, now=door.now)
    return nothing if letter is None else nothing | {"letter": letter.html, "letter_subject": letter.subject}


def _alone(step: Mapping[str, Any], made: type[Step]) -> dict[str, Any]:
    """Return the step with nothing behind it, and something wherever nothing is written yet."""
    alone: dict[str, Any] = json.loads(json.dumps(step))
    alone |= dict.fromkeys((branch.value for branch in made.Branch), "the_end")
    for language in alone.get("text", {}).values():
        language |= {part: text if text.strip() else _UNWRITTEN for part, text in language.items()}
    for one in made.SETTINGS:
        usual = one.usual if isinstance(one, Days) or one.options else 0
        if not isinstance(alone[one.name], type(usual)):
            alone[one.name] = usual
    return alone
