"""From JSON to a rule that makes sense, or one sentence that says what to mend."""

from collections.abc import Iterator, Mapping

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from portal.kit.errors import Refused
from portal.kit.i18n import N_
from portal.segments import rules
from portal.segments.document import Group
from portal.talents import protected

MOST_DEPTH = 6
MOST_PARTS = 200
_LONGEST_TEXT = 80


def read(raw: object) -> Group:
    """Return the rule written in `raw` (parsed JSON), or refuse it with the first thing to mend."""
    if isinstance(raw, Group):
        raw = raw.model_dump(mode="json")
    if not isinstance(raw, Mapping) or raw.get("kind") not in {"all", "any", "none"}:
        raise Refused(N_("A rule begins with a group: all of these, any of these, or none of these."))
    _refuse_the_huge(raw)
    _refuse_the_protected(raw)
    try:
        rule = Group.model_validate(raw)
    except ValidationError as error:
        raise _refusal(error.errors(include_url=False)[0]) from None
    rules.refuse_nonsense(rule)
    return rule


def _refuse_the_huge(raw: Mapping[str, object]) -> None:
    """Measure before anything walks deeper, one level at a time."""
    level: list[object] = [raw]
    parts = 0
    for _ in range(MOST_DEPTH):
        level = [child for part in level if isinstance(part, Mapping) for child in _list(part.get("of"))]
        parts += len(level)
        if parts > MOST_PARTS:
            raise Refused(N_("A rule holds {most} criteria at most: make two segments of it."), most=MOST_PARTS)
    if level:
        raise Refused(N_("Groups stand {most} deep at most: bring some of them up."), most=MOST_DEPTH)


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _refuse_the_protected(raw: Mapping[str, object]) -> None:
    """A name the law protects is told with its article, wherever it stands in a pasted document."""
    for name in _names(raw):
        if ground := protected.ground_of(name):
            raise Refused(protected.WHY[ground], word=name[:_LONGEST_TEXT])


def _names(part: object) -> Iterator[str]:
    """Yield what a document calls its parts."""
    if not isinstance(part, Mapping):
        return
    yield from (str(key) for key in part if key != "kind")
    kind = part.get("kind")
    if isinstance(kind, str):
        yield kind
    for child in _list(part.get("of")):
        yield from _names(child)


_GROUPS = {"all", "any", "none"}
_FIELDS_THAT_COUNT = {"km", "days", "at_most", "field", "survey", "segment"}


def _refusal(error: ErrorDetails) -> Refused:
    """Say the first thing pydantic found, in words."""
    where = [str(step) for step in error["loc"] if isinstance(step, str) and step != "of"]
    kind, field = next((step for step in where if step not in _GROUPS), ""), where[-1] if where else ""
    if error["type"] == "union_tag_invalid":
        return Refused(N_("“{word}” is no criterion a rule can ask."), word=_tag(error))
    if not kind:
        return Refused(N_("A group lists its parts under “of”, and each part names its “kind”."))
    match error["type"]:
        case "extra_forbidden":
            return Refused(N_("The criterion “{kind}” knows no “{word}”: take it out."), kind=kind, word=field)
        case "missing":
            return Refused(N_("The criterion “{kind}” lacks its “{word}”."), kind=kind, word=field)
        case _ if field in _FIELDS_THAT_COUNT:
            return Refused(N_("“{word}” in the criterion “{kind}” is a whole number."), kind=kind, word=field)
        case _:
            return Refused(N_("The criterion “{kind}” does not know this value of “{word}”."), kind=kind, word=field)


def _tag(error: ErrorDetails) -> str:
    value = error["input"]
    named = value.get("kind") if isinstance(value, Mapping) else value
    return str(named)[:_LONGEST_TEXT]
