"""One import in words: its columns and choices as they stand, what will happen, what happened."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.access.house import house
from portal.consent.rules import Basis
from portal.imports.fields import LABELS, Field
from portal.imports.looking import ColumnSeen, look
from portal.imports.mapping import DROPPED_FOR, IGNORE, TWICE
from portal.imports.models import ImportRun
from portal.imports.planning import Choices
from portal.imports.queries import own_run
from portal.kit.errors import Refused
from portal.kit.i18n import N_, say, say_n
from portal.talents.protected import Ground
from portal.talents.rules import SourceKind
from portal.ui.doors import Door

NO_DAY = N_("Give the day these people were collected: their month to be informed runs from it.")
NO_KIND = N_("Choose where these people come from.")
COLUMN = "column."


@dataclass
class ColumnRow:
    """One column: what it is taken in as, and some of what stands in it."""

    place: str
    name: str
    becomes: str
    samples: str


@dataclass
class DroppedRow:
    """One column the law protects."""

    name: str
    why: str


@dataclass
class Asked:
    """What the recruiter is asked about a file, with what they answered so far."""

    taken: bool = False
    file_name: str = ""
    told: str = ""
    source_kind: str = ""
    source_text: str = ""
    collected_on: str = ""
    basis: str = Basis.NONE.value
    strict: bool = False
    allowed: list[str] = field(default_factory=list)
    columns: list[ColumnRow] = field(default_factory=list)
    dropped: list[DroppedRow] = field(default_factory=list)


def read(door: Door, run_id: int) -> Asked:
    """Return a file that waits, as it is understood; of one taken in, only its name."""
    run = own_run(door.session, door.who, run_id)
    if run.taken_at is not None:
        return Asked(taken=True, file_name=run.file_name)
    seen = look(door.session, door.who, run_id)
    asked = _answered(run)
    asked.told = say_n(door.locale, N_("{count} line"), N_("{count} lines"), seen.lines)
    asked.allowed = list(house(door.session).legitimate_interest_for)
    asked.columns = [
        ColumnRow(str(place), one.name, one.field or IGNORE, " · ".join(one.samples))
        for place, one in enumerate(seen.columns)
        if one.ground is None
    ]
    asked.dropped = [_dropped(door, one) for one in seen.columns if one.ground is not None]
    return asked


def _answered(run: ImportRun) -> Asked:
    return Asked(
        file_name=run.file_name,
        source_kind=run.source_kind.value if run.source_kind else SourceKind.ATS_EXPORT.value,
        source_text=run.source_text,
        collected_on=run.collected_on.isoformat() if run.collected_on else "",
        basis=run.basis,
        strict=run.strict,
    )


def _dropped(door: Door, one: ColumnSeen) -> DroppedRow:
    return DroppedRow(one.name, say(door.locale, DROPPED_FOR[Ground(one.ground)]))


def choices(door: Door, run_id: int, form: Mapping[str, Any]) -> Choices:
    """Return what was chosen on the form; Refused with the sentence to show beside it."""
    kind, basis = str(form.get("source_kind", "")), str(form.get("basis", ""))
    if kind not in set(SourceKind):
        raise Refused(NO_KIND)
    try:
        day = date.fromisoformat(str(form.get("collected_on", "")))
    except ValueError as wrong:
        raise Refused(NO_DAY) from wrong
    return Choices(
        SourceKind(kind),
        str(form.get("source_text", "")),
        day,
        Basis(basis) if basis in set(Basis) else Basis.NONE,
        columns=_columns(door, run_id, form),
    )


def _columns(door: Door, run_id: int, form: Mapping[str, Any]) -> dict[str, str]:
    """Return every column's choice by its name; the form names columns by their place, as two could be alike."""
    seen = look(door.session, door.who, run_id).columns
    chosen: dict[str, str] = {}
    by_field: dict[str, str] = {}
    for place, one in enumerate(seen):
        wanted = form.get(f"{COLUMN}{place}")
        if one.ground is not None or not isinstance(wanted, str):
            continue
        if wanted in by_field:
            label = say(door.locale, LABELS[Field(wanted)])
            raise Refused(TWICE, one=by_field[wanted], other=one.name, field=label)
        if wanted in set(Field):
            by_field[wanted] = one.name
        chosen[one.name] = wanted
    return chosen
