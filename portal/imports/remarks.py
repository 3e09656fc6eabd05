"""What a person should know of lines that were taken in: what was not understood, left out, or made one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.doubles.likeness import is_another_name
from portal.imports.doubles import OnePerson
from portal.imports.fields import LABELS, Field
from portal.imports.lines import Line
from portal.imports.protected_columns import DROPPED_FOR
from portal.imports.reading.table import Trouble
from portal.imports.work import KEPT, LONGEST
from portal.kit.fold import fold
from portal.kit.i18n import N_
from portal.talents.custom import key_of
from portal.talents.protected import Ground

NOT_UNDERSTOOD = N_("“{text}” was not understood: it stands beside the field as text.")
CUT = N_("“{text}” was not understood and is long: its first {most} characters stand beside the field as text.")
LEFT_OUT = N_("Words were left out and stand nowhere: {fact}.")
NOT_THEIRS = N_("“{text}” is not this person’s alone: it was left out.")
TOGETHER = N_("This is the person of line {line} too: the two were made one.")
OTHER_ADDRESS_HERE = N_("Taken for {name} ({way}) of the pool, who has another e-mail address here.")
OTHER_NAME_HERE = N_("Taken for {name} ({way}) of the pool, who has another name here.")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a person should know about a line that was taken in."""

    line: int
    trouble: Trouble
    field: str = ""


def remarks_of(person: OnePerson, lines: Sequence[Line]) -> Iterator[Remark]:
    """Yield what is to know of all that the lines of one person say."""
    first = person.lines[0].number
    for mark, line in zip(person.lines, lines, strict=True):
        if mark.number != first:
            yield Remark(mark.number, Trouble(TOGETHER, {"line": first}))
        if mark.email is None and line.email:
            yield Remark(mark.number, Trouble(NOT_THEIRS, {"text": line.email}), "email")
        yield from _of_cells(line)
        yield from (
            Remark(line.number, Trouble(LEFT_OUT, {"fact": DROPPED_FOR[Ground(each)]})) for each in line.left_out
        )


def taken_for(person: OnePerson, stood: Mapping[str, Any]) -> Remark | None:
    """Return whom of the pool someone was taken for who bears another name or another address there."""
    for mark in person.lines if stood else ():
        known = fold(f"{stood['first_name'] or ''} {stood['last_name'] or ''}")
        moved = mark.email and stood["email"] not in {None, mark.email}
        renamed = is_another_name(mark.name_key, known)
        if moved or renamed:
            name = f"{stood['first_name']} {stood['last_name']}".strip()
            way = stood["email"] or stood["phone"] or ""
            return Remark(
                mark.number, Trouble(OTHER_NAME_HERE if renamed else OTHER_ADDRESS_HERE, {"name": name, "way": way})
            )
    return None


def _of_cells(line: Line) -> list[Remark]:
    said = {str(name) for name, _ in line.remarks}
    return [Remark(line.number, each, "" if name is Field.FULL_NAME else name) for name, each in line.remarks] + [
        Remark(line.number, _not_understood(text), name)
        for name, text in line.unread.items()
        if name not in said and (name in LABELS or key_of(name))
    ]


def _not_understood(text: str) -> Trouble:
    told: dict[str, str | int] = {"text": text if len(text) <= LONGEST else text[:LONGEST] + "…"}
    return (
        Trouble(CUT, told | {"most": KEPT})
        if len(text) == KEPT and text.endswith("…")
        else Trouble(NOT_UNDERSTOOD, told)
    )
