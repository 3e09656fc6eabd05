"""What stood of someone before a file changed it, kept so that it can stand again. Pure.

One document a person: for each unit of `merging.UNITS` the file won, its values before (`was`), who had said them
(`said`) and who says them since (`now`); likewise for what stood unread beside one; and the day and kind of source they
were last collected from.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from portal.talents.custom import key_of
from portal.talents.merging import UNITS, UNREAD, derived

DAYS = frozenset({"available_from", "paused_until"})
_COLLECTED = "collected"
_TOGETHER = {lead: (lead, *beside) for lead, beside in UNITS.items()}


def before(stood: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return what to keep of someone known whom a file changes; empty when it changes nothing."""
    kept: dict[str, Any] = {}
    then, now = stood.get("said") or {}, changes.get("said")
    for lead, columns in _TOGETHER.items():
        if now is not None and now.get(lead) != then.get(lead):
            kept[lead] = {"was": [told(stood[each]) for each in columns], "said": then.get(lead), "now": now[lead]}
    for lead, signed in (now or {}).items():
        if (key := key_of(lead)) and signed != then.get(lead):
            was = (stood.get("custom") or {}).get(str(key))
            kept[lead] = {"was": [was], "said": then.get(lead), "now": signed}
    since = then if now is None else now
    for lead in then.keys() | since.keys():
        if lead.startswith(UNREAD) and since.get(lead) != then.get(lead):
            kept[lead] = {"said": then.get(lead), "now": since.get(lead)}
    if "collected_on" in changes or "source_kind" in changes:
        new = (changes.get("collected_on", stood["collected_on"]), changes.get("source_kind", stood["source_kind"]))
        kept[_COLLECTED] = {
            "was": [told(stood[each]) for each in ("collected_on", "source_kind")],
            "now": told(new[0]),
        }
    return kept


def given_back(
    stands: Mapping[str, Any], kept: Mapping[str, Any], brought: Mapping[str, Any] | None = None
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the columns to write so that what stood stands again, and the units left because they changed since.

    A unit that still says what was `brought` is no other, though somebody said it again since.
    """
    after, said, left = dict(stands), dict(stands.get("said") or {}), []
    for lead, unit in kept.items():
        if lead not in _TOGETHER and not key_of(lead):
            continue
        if said.get(lead) != unit["now"] and not (brought and _same(lead, after, brought)):
            left.append(lead)
            continue
        columns = _TOGETHER.get(lead, (lead,))
        _put(after, dict(zip(columns, unit["was"], strict=True)))
        said = {name: by for name, by in said.items() if name not in columns}
        said |= dict.fromkeys(columns, unit["said"]) if unit["said"] is not None else {}
    _give_back_beside(said, kept, left)
    collected = kept.get(_COLLECTED)
    if collected and told(stands["collected_on"]) == collected["now"]:
        after["collected_on"], after["source_kind"] = date.fromisoformat(collected["was"][0]), collected["was"][1]
    after["said"] = said
    changed = {name for name, value in after.items() if value != stands.get(name)}
    return {name: after[name] for name in changed} | derived(after, changed), tuple(left)


def _same(lead: str, stands: Mapping[str, Any], brought: Mapping[str, Any]) -> bool:
    if key := key_of(lead):
        return bool((stands.get("custom") or {}).get(str(key)) == (brought.get("custom") or {}).get(str(key)))
    return all(told(stands.get(column)) == told(brought.get(column)) for column in _TOGETHER[lead])


def _give_back_beside(said: dict[str, Any], kept: Mapping[str, Any], left: Collection[str]) -> None:
    """Put back what stood unread beside a unit, unless somebody has said the unit since."""
    for lead, unit in kept.items():
        if lead.startswith(UNREAD) and lead.removeprefix(UNREAD) not in left and said.get(lead) == unit["now"]:
            said.pop(lead, None)
            said |= {} if unit["said"] is None else {lead: unit["said"]}


def _put(after: dict[str, Any], values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        key = key_of(name)
        if key:
            others = {each: held for each, held in (after.get("custom") or {}).items() if each != str(key)}
            after["custom"] = others if value is None else {**others, str(key): value}
        else:
            after[name] = _read(name, value)


def told(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    """Return a value as a document may hold it."""
    return value.isoformat() if isinstance(value, date) else value


def _read(name: str, value: Any) -> Any:  # noqa: ANN401
    return date.fromisoformat(value) if name in DAYS and value is not None else value
