"""How steps and branches are called."""

from collections.abc import Mapping
from typing import Any

from portal.chains.editing import BRANCHES_OF
from portal.kit.i18n import N_, say, say_n

KINDS = {
    "question": N_("Question"),
    "info": N_("Letter"),
    "wait": N_("Wait"),
    "digest": N_("Offer in short"),
    "slots": N_("Times to choose"),
    "survey": N_("Survey"),
    "end": N_("End"),
}
TOLD = {
    "question": N_("Yes, tell me more, later, no: one press, and silence is an answer too."),
    "info": N_("A letter that asks nothing."),
    "wait": N_("Working days where the person lives."),
    "digest": N_("The essential of the job, written from the opportunity: OK, or not for me."),
    "slots": N_("Two of your free times, held for this person alone. Neither suits: two others, once."),
    "survey": N_("An invitation to say how it went."),
    "end": N_("Nothing more is sent."),
}
QUESTIONS = {
    "still_looking": N_("Are you still looking?"),
    "opportunity": N_("Does this job interest you?"),
}
BRANCH = {
    "next": N_("Then"),
    "on_yes": N_("Yes"),
    "on_more_info": N_("Tell me more"),
    "on_later": N_("Later"),
    "on_no": N_("No"),
    "on_silence": N_("No answer"),
    "on_picked": N_("A time is picked"),
    "on_neither": N_("Neither suits"),
}
_DIGEST = {"on_yes": N_("OK, let us talk"), "on_no": N_("Not for me")}
# What the portal does at an answer whatever the chain says.
ALWAYS = {
    "on_more_info": N_("They stand in your inbox too: a person answers."),
    "on_later": N_("Nothing leaves before the day they name; the chain takes them up again then."),
    "on_no": N_("They are thanked once and asked why; the gate leaves them in peace."),
    "on_neither": N_("After a second offer of two times. You are asked to find one with them."),
}


def kind(locale: str, step: Mapping[str, Any]) -> str:
    """Return what sort of step it is."""
    return say(locale, KINDS.get(str(step.get("type")), KINDS["end"]))


def title(locale: str, step: Mapping[str, Any], surveys: Mapping[str, str]) -> str:
    """Return what a step says, in a few words; empty where its kind says it all."""
    match step.get("type"):
        case "question" | "info":
            return _subject(locale, step)
        case "survey":
            return surveys.get(str(step.get("survey_id")), "") or _subject(locale, step)
        case "wait" if isinstance(step.get("days"), int):
            return say_n(locale, "{count} working day", "{count} working days", step["days"])
        case _:
            return ""


def _subject(locale: str, step: Mapping[str, Any]) -> str:
    text = step.get("text", {})
    return str(text.get(locale, text.get("en", {})).get("subject", ""))


def branch(locale: str, step: Mapping[str, Any], name: str) -> str:
    """Return what leads down a branch, with how long silence lasts."""
    if name == "on_silence" and isinstance(step.get("silence_days"), int):
        return say_n(locale, "{count} day of silence", "{count} days of silence", step["silence_days"])
    if name == "on_silence" and step.get("type") == "slots":
        return say(locale, N_("No time picked"))
    told = _DIGEST.get(name) if step.get("type") == "digest" else None
    return say(locale, told or BRANCH[name])


def ways(locale: str, step: Mapping[str, Any], numbers: Mapping[str, int], ends: frozenset[str]) -> str:
    """Return where a step leads: `Yes, tell me more → 2 · No → end`; answers that lead to the same are told together."""
    led: dict[str, list[str]] = {}
    for name in BRANCHES_OF.get(str(step.get("type")), ()):
        if isinstance(target := step.get(name), str):
            led.setdefault(target, []).append(branch(locale, step, name))
    if "next" in step:
        return f"→ {_where(locale, str(step['next']), numbers, ends)}"
    return " · ".join(f"{', '.join(by)} → {_where(locale, target, numbers, ends)}" for target, by in led.items())


def _where(locale: str, target: str, numbers: Mapping[str, int], ends: frozenset[str]) -> str:
    if target in ends:
        return say(locale, N_("end"))
    return str(numbers.get(target, "?"))
