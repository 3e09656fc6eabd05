"""What an import did, or would do: the same words for the page, the terminal and the file."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from portal.imports.fields import Field, label
from portal.imports.lines import TOO_OLD
from portal.imports.mapping import IGNORE
from portal.imports.planning import NO_FAULT, STOPPED, Plan, Share, notes_of
from portal.imports.protected_columns import DROPPED_FOR
from portal.imports.reading.table import Trouble
from portal.imports.remarks import Remark, taken_for
from portal.kit.i18n import N_, number, say, say_n, short_day
from portal.talents.actions import Foreseen, Outcome
from portal.talents.protected import Ground

READ_ONE, READ_MANY = N_("{count} line read."), N_("{count} lines read.")
REJECTED_ONE, REJECTED_MANY = N_("{count} line rejected:"), N_("{count} lines rejected:")
DOUBTFUL_ONE, DOUBTFUL_MANY = (
    N_("{count} line in doubt, until a person decides whom it is about:"),
    N_("{count} lines in doubt, until a person decides whom they are about:"),
)
TAKEN = N_("People created: {created}, updated: {updated}, unchanged: {unchanged}.")
FORESEEN = N_("Nothing was taken in. People to create: {created}, to update: {updated}, unchanged: {unchanged}.")
ON_LINE = N_("line {line}: {why}")
OF_SOMEONE = N_("line {line}, {name}: {why}")
REMARKS_ONE, REMARKS_MANY = (
    N_("{count} thing to know of lines taken in:"),
    N_("{count} things to know of lines taken in:"),
)
IGNORED = N_("Columns not taken in: {columns}.")
DROPPED = N_("Column “{column}” dropped: {why}.")
IN_FIELD = N_("{field}: {told}")

# Whoever left, or should have been forgotten, is not kept in a report either.
_NOT_KEPT = NO_FAULT | {TOO_OLD}
_LONGEST_KEPT = 500
_MOST_REMARKS = 2_000
_COUNTED = ("taken", "read", "created", "updated", "unchanged", "proven")
_NAMES = (Field.FULL_NAME, Field.FIRST_NAME, Field.LAST_NAME)


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence about one line. `cells` are its original ones, without protected columns; empty when not kept."""

    line: int
    sentence: str
    params: Mapping[str, str | int]
    field: str = ""
    cells: tuple[str, ...] = ()
    doubt: bool = False

    def why(self, locale: str) -> str:
        """Return the sentence in the reader's language."""
        params = dict(self.params)
        if "day" in params:
            params["day"] = short_day(locale, date.fromisoformat(str(params["day"])))
        if "fact" in params:
            params["fact"] = say(locale, str(params["fact"]))
        told = say(locale, self.sentence, **params)
        return say(locale, IN_FIELD, field=say(locale, label(self.field)), told=told) if self.field else told


@dataclass(frozen=True, slots=True)
class Column:
    """What becomes of one column: taken in as `field`, dropped by law on a `ground`, or ignored (neither)."""

    name: str
    field: str | None
    ground: str | None
    because: str | None = None  # a `Why`

    def why(self, locale: str) -> str:
        """Return what it is taken in as, or why it is dropped; "" when it is ignored."""
        if self.ground:
            return say(locale, DROPPED_FOR[Ground(self.ground)])
        return say(locale, label(self.field)) if self.field else ""


@dataclass(frozen=True, slots=True)
class Report:
    """Counts are of distinct people; `read` and `rejected` are lines. `taken` is false for a preview or a strict refusal."""

    taken: bool
    read: int
    created: int
    updated: int
    unchanged: int
    rejected: tuple[Told, ...]
    remarks: tuple[Told, ...]
    columns: tuple[Column, ...]
    proven: int = 0
    notes: tuple[Trouble, ...] = ()  # what to know of the whole file

    def forgotten(self) -> "Report":
        """Return what may be kept for good: no cell, no quoted value, no remark."""
        rejected = tuple(
            replace(told, cells=(), params=dict(told.params) | ({"text": "…"} if "text" in told.params else {}))
            for told in self.rejected
        )
        return replace(self, rejected=rejected, remarks=())

    @property
    def doubtful(self) -> list[Told]:
        """The lines that wait for a person to decide whom they are about."""
        return [told for told in self.rejected if told.doubt]

    @property
    def refused(self) -> list[Told]:
        """The lines that cannot be taken in as they are; those in doubt stand apart."""
        return [told for told in self.rejected if not told.doubt]

    @property
    def faulty(self) -> bool:
        """Whether anything is wrong with a line: see `Plan.faulty`."""
        return any(told.sentence not in NO_FAULT for told in self.rejected)

    @property
    def heard(self) -> bool:
        """Whether a line counts by which nobody comes in: it waits for a decision, or says not to write to its person."""
        return any(told.doubt or told.sentence in STOPPED for told in self.rejected)

    def name_of(self, told: Told) -> str:
        """Return what the file calls the person of a line left outside, as long as its cells are kept."""
        cells = dict(zip(kept_header(self.columns), told.cells, strict=False))
        fields = {column.field: cells.get(column.name, "") for column in self.columns if column.field in _NAMES}
        return " ".join(filter(None, (fields.get(name, "").strip() for name in _NAMES)))

    @property
    def dropped_columns(self) -> list[str]:
        """The names of the columns the law protects."""
        return [column.name for column in self.columns if column.ground]

    @property
    def ignored_columns(self) -> list[str]:
        """The names of the columns nobody understood."""
        return [column.name for column in self.columns if not column.ground and not column.field]

    def as_json(self, locale: str) -> dict[str, Any]:
        """Return what `vivier import --json` prints; what there is nothing to say of is left out of its second half."""
        more = {
            "doubtful": [told.line for told in self.doubtful],
            "remarks": [{"line": told.line, "why": told.why(locale)} for told in self.remarks],
            "ignored_columns": self.ignored_columns,
            "notes": [say(locale, note.sentence, **note.params) for note in self.notes],
        }
        return {
            "read": self.read,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": [{"line": told.line, "why": told.why(locale)} | self._named(told) for told in self.rejected],
            "dropped_columns": self.dropped_columns,
            "mapping": {each.name: each.field or IGNORE for each in self.columns if not each.ground},
            "guessed": {each.name: each.because for each in self.columns if each.because},
        } | {name: told for name, told in more.items() if told}

    def told(self, locale: str) -> list[str]:
        """Return the report in sentences, one a line."""
        counts = {"created": self.created, "updated": self.updated, "unchanged": self.unchanged}
        lines = [
            say_n(locale, READ_ONE, READ_MANY, self.read),
            say(locale, TAKEN if self.taken else FORESEEN, **{name: number(locale, n) for name, n in counts.items()}),
        ]
        lines[1:1] = [say(locale, note.sentence, **note.params) for note in self.notes]
        for one, many, some in (
            (REJECTED_ONE, REJECTED_MANY, self.refused),
            (DOUBTFUL_ONE, DOUBTFUL_MANY, self.doubtful),
            (REMARKS_ONE, REMARKS_MANY, self.remarks),
        ):
            if some:
                lines.append(say_n(locale, one, many, len(some)))
                lines += [self._line(told, locale) for told in some]
        lines += [say(locale, DROPPED, column=each.name, why=each.why(locale)) for each in self.columns if each.ground]
        ignored = ", ".join(self.ignored_columns)
        return [*lines, say(locale, IGNORED, columns=ignored)] if ignored else lines

    def _named(self, told: Told) -> dict[str, str]:
        name = self.name_of(told)
        return {"name": name} if name else {}

    def _line(self, told: Told, locale: str) -> str:
        name, why = self.name_of(told), told.why(locale)
        return say(locale, OF_SOMEONE if name else ON_LINE, line=told.line, name=name, why=why)

    def stored(self) -> dict[str, Any]:
        """Return what is kept with the import."""
        return {
            **{name: getattr(self, name) for name in _COUNTED},
            "rejected": [_packed(told) for told in self.rejected],
            "remarks": [_packed(told) for told in self.remarks],
            "columns": [asdict(each) for each in self.columns],
            "notes": [[note.sentence, note.params] for note in self.notes],
        }

    @classmethod
    def restored(cls, kept: Mapping[str, Any]) -> "Report":
        """Return a report as it was kept."""
        return cls(
            **{name: kept[name] for name in _COUNTED},
            rejected=tuple(_unpacked(told) for told in kept["rejected"]),
            remarks=tuple(_unpacked(told) for told in kept["remarks"]),
            columns=tuple(Column(**each) for each in kept["columns"]),
            notes=tuple(Trouble(*note) for note in kept.get("notes", ())),
        )


def _packed(told: Told) -> dict[str, Any]:
    packed: dict[str, Any] = {"line": told.line, "sentence": told.sentence, "params": dict(told.params)}
    return (
        packed
        | ({"field": told.field} if told.field else {})
        | ({"cells": list(told.cells)} if told.cells else {})
        | ({"doubt": True} if told.doubt else {})
    )


def _unpacked(kept: Mapping[str, Any]) -> Told:
    return Told(
        kept["line"],
        kept["sentence"],
        kept["params"],
        kept.get("field", ""),
        tuple(kept.get("cells", ())),
        kept.get("doubt", False),
    )


@dataclass(slots=True)
class Tally:
    """What became of the people taken in so far, and what is to know about their lines."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    remarks: list[Remark] = field(default_factory=list)
    proven: int = 0

    def add(self, share: Share, foreseen: Iterable[Foreseen], proven: int = 0) -> None:
        """Count some more."""
        seen = list(foreseen)
        self.outcomes.update(each.outcome for each in seen)
        made_one = filter(None, (taken_for(one, each.stood) for one, each in zip(share.people, seen, strict=True)))
        self.remarks += [*share.remarks, *made_one][: max(0, _MOST_REMARKS - len(self.remarks))]
        self.proven += proven


def make_report(plan: Plan, tally: Tally, *, taken: bool) -> Report:
    """Return the report on a plan and what became, or would become, of its people."""
    columns, counts = plan.file.columns, tally.outcomes
    return Report(
        taken=taken,
        read=plan.file.count,
        created=counts[Outcome.CREATED],
        updated=counts[Outcome.UPDATED],
        unchanged=counts[Outcome.UNCHANGED],
        proven=tally.proven,
        rejected=_rejected(plan),
        remarks=tuple(
            Told(each.line, each.trouble.sentence, each.trouble.params, each.field)
            for each in sorted(tally.remarks, key=lambda remark: remark.line)
        ),
        notes=(*plan.file.notes, *notes_of(plan)),
        columns=tuple(
            Column(name, columns.named.get(name), columns.dropped.get(name), columns.why.get(name))
            for name in plan.file.header
        ),
    )


def kept_header(columns: Sequence[Column]) -> list[str]:
    """Return the names of the columns whose cells a report may keep."""
    return [column.name for column in columns if _is_kept(column.field)]


def _is_kept(field: str | None) -> bool:
    """Cells of what is not taken in are kept nowhere, and of what somebody has still to explain neither."""
    return field is not None and field != Field.TO_DECIDE


def _rejected(plan: Plan) -> tuple[Told, ...]:
    named = plan.file.columns.named
    kept = [place for place, name in enumerate(plan.file.header) if _is_kept(named.get(name))]
    cells = plan.file.cells([number for number, why in plan.rejected.items() if why.sentence not in _NOT_KEPT])
    return tuple(
        Told(number, why.sentence, why.params, cells=_cells(cells.get(number, ()), kept), doubt=number in plan.doubts)
        for number, why in plan.rejected.items()
    )


def _cells(cells: Sequence[str], kept: Sequence[int]) -> tuple[str, ...]:
    # What is not text cannot be stored, nor can it help anyone mend the line.
    return tuple(_printable(cells[place][:_LONGEST_KEPT]) for place in (kept if cells else ()))


def _printable(text: str) -> str:
    return text if text.isprintable() else "".join(c if c.isprintable() or c in "\n\t" else "\ufffd" for c in text)
