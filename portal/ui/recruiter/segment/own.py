"""Fields of criteria about what the house itself made: its tags, its own fields, its surveys and segments; and languages."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.kit.fold import fold
from portal.kit.i18n import N_, say
from portal.segments.document import Cefr, Test
from portal.segments.names import Names
from portal.talents import telling
from portal.talents.rules import FieldKind
from portal.ui.recruiter.segment.tree import Node

_PICKED = {"tag": "tags", "field": "fields", "score": "surveys", "segment": "segments"}
_TESTS: dict[FieldKind, tuple[Test, ...]] = {
    FieldKind.TEXT: (Test.HOLDS, Test.IS, Test.KNOWN),
    FieldKind.NUMBER: (Test.NUMBER, Test.KNOWN),
    FieldKind.DATE: (Test.DAY, Test.KNOWN),
    FieldKind.CHOICE: (Test.ONE_OF, Test.KNOWN),
    FieldKind.CHOICES: (Test.ONE_OF, Test.KNOWN),
    FieldKind.YES_NO: (Test.ONE_OF, Test.KNOWN),
}
_TOLD = {
    Test.HOLDS: N_("mentions"),
    Test.IS: N_("is exactly"),
    Test.ONE_OF: N_("is one of these"),
    Test.NUMBER: N_("is a number in this range"),
    Test.DAY: N_("is a day in this range"),
    Test.KNOWN: N_("is known"),
}


@dataclass
class Option:
    """One thing to tick or to press: its code, its words, and whether it is chosen."""

    value: str
    words: str
    chosen: bool = False


@dataclass
class Own:
    """What can be picked (a field, a survey, a segment, a language), what was, and what a field is asked."""

    picks: list[Option] = field(default_factory=list)
    picked: str = ""
    tests: list[Option] = field(default_factory=list)
    test: str = ""
    text: str = ""
    least: str = ""
    most: str = ""
    since: str = ""
    until: str = ""
    level: str = ""


def shown(node: Node, locale: str, names: Names) -> Own:
    """Return what the fields of such a criterion show; nothing for any other."""
    kind = node["kind"]
    if kind == "spoken":
        return Own(picks=_languages(node, locale), picked=str(node.get("language", "")), level=_level_of(node))
    if kind not in {"field", "score", "segment"}:
        return Own()
    name = "survey" if kind == "score" else kind
    picks = [Option("0", say(locale, N_("Choose…")))]
    # What was put away stays to be seen where the rule asks for it, and cannot be chosen anew.
    ids = dict.fromkeys((*getattr(names, _PICKED[kind]), *([node[name]] if node.get(name) else [])))
    picks += [Option(str(id_), getattr(names, name)(locale, id_)) for id_ in ids]
    return Own(picks=picks, picked=str(node.get(name, 0)), **(_asked(node, locale, names) if kind == "field" else {}))


def _languages(node: Node, locale: str) -> list[Option]:
    """Return every language a talent may name, by name; and one a file brought, if the rule asks for it."""
    codes = dict.fromkeys((*telling.LANGUAGES, str(node.get("language") or "")))
    told = [Option(code, telling.language(code, locale)) for code in codes if code]
    return sorted(told, key=lambda option: fold(option.words))


def _level_of(node: Node) -> str:
    return str(node.get("at_least") or "")


def _asked(node: Node, locale: str, names: Names) -> dict[str, Any]:
    known = names.own(node.get("field", 0))
    tests = _TESTS[known.kind] if known else (Test.KNOWN,)
    told = {name: _as_typed(node.get(name)) for name in ("text", "least", "most", "since", "until")}
    return {
        "tests": [Option(test.value, say(locale, _TOLD[test])) for test in tests],
        "test": str(node.get("test", "")),
    } | told


def _as_typed(value: Any) -> str:
    """A whole number is shown as it was typed, not as the fraction it is kept as."""
    whole = isinstance(value, float) and value.is_integer()
    return "" if value is None else str(int(value) if whole else value)


def ticks(node: Node, locale: str, names: Names) -> list[Option]:
    """Return the tags, or the choices of a field, that can be ticked."""
    chosen = node.get("one_of") or ()
    if node["kind"] == "tag":
        return [Option(str(id_), name, id_ in chosen) for id_, name in names.tags.items()]
    if node["kind"] != "field" or node.get("test") != Test.ONE_OF:
        return []
    number = node.get("field", 0)
    known = names.own(number)
    codes = ("yes", "no") if known and known.kind is FieldKind.YES_NO else tuple(known.choices) if known else ()
    return [Option(code, names.choice(locale, number, code), code in chosen) for code in codes]


def tick(node: Node, value: str) -> bool:
    """Choose a tag or a choice, or no longer; tell whether this criterion was one to tick so."""
    if node["kind"] not in {"tag", "field"}:
        return False
    one: int | str = value[:80]
    if node["kind"] == "tag":
        if not (value.isascii() and value.isdigit() and len(value) <= _DIGITS):
            return True
        one = int(value)
    chosen = list(node.get("one_of") or ())
    node["one_of"] = [each for each in chosen if each != one] if one in chosen else [*chosen, one]
    return True


_DIGITS = 18


def _pick(node: Node, name: str, text: str) -> None:
    node[name] = int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else 0
    if name == "field":
        node.update(test=Test.KNOWN.value, text="", one_of=None, least=None, most=None, since=None, until=None)


def _language(node: Node, name: str, text: str) -> None:
    node[name] = text if text in telling.LANGUAGES else node[name]


def _level(node: Node, name: str, text: str) -> None:
    node[name] = text if text in set(Cefr) else None


def _test(node: Node, name: str, text: str) -> None:
    if text in set(Test):
        node.update({name: text, "text": "", "one_of": [] if text == Test.ONE_OF else None})
        node.update(least=None, most=None, since=None, until=None)


def _text(node: Node, name: str, text: str) -> None:
    node[name] = text


def _number(node: Node, name: str, text: str) -> None:
    """A number; what is none is kept as it was typed, and told beside the line."""
    try:
        node[name] = float(text.replace(" ", "").replace("\u202f", "").replace(",", ".")) if text else None
    except ValueError:
        node[name] = text


def _day(node: Node, name: str, text: str) -> None:
    try:
        node[name] = date.fromisoformat(text).isoformat()
    except ValueError:
        node[name] = None


WRITERS: dict[str, Callable[[Node, str, str], None]] = {
    "field": _pick,
    "survey": _pick,
    "segment": _pick,
    "language": _language,
    "at_least": _level,
    "test": _test,
    "text": _text,
    "least": _number,
    "most": _number,
    "since": _day,
    "until": _day,
}
