"""What a file will do, or did, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.gate.notice import days_left
from portal.imports.actions import asked_of, undoable
from portal.imports.heeding import Asked
from portal.imports.looking import to_inform
from portal.imports.queries import PersonRow, own_run, report_of
from portal.imports.report import Report, Told
from portal.kit.errors import NotFound
from portal.kit.i18n import N_, ago, number, say, say_n, short_day
from portal.talents.actions import Outcome
from portal.ui.doors import Door
from portal.ui.recruiter.imports.run.reading import DroppedRow
from portal.ui.recruiter.imports.words import KINDS, UNITS
from portal.ui.recruiter.pool.state import to_inform as to_inform_told

MOST_LINES = 200
TAKE_ONE, TAKE_MANY = N_("Take {count} person in"), N_("Take {count} people in")
HEAR = N_("Take note of the file: nobody comes in")
THIS_WAS_UNDONE = N_("This import was undone.")
GOES = (N_("{count} person who came by it goes."), N_("{count} people who came by it go."))
RETURNS = (N_("{count} person gets back what stood before."), N_("{count} people get back what stood before."))
STAYS = N_(
    "Whoever has answered, was written to or is known from elsewhere since stays. Consents it proved are withdrawn."
)
UNDONE: dict[str, tuple[str, str]] = {
    "gone": (N_("{count} person went."), N_("{count} people went.")),
    "returned": (N_("{count} person got back what stood before."), N_("{count} people got back what stood before.")),
    "speaks_again": (
        N_("{count} person may be written to again: only this file said otherwise."),
        N_("{count} people may be written to again: only this file said otherwise."),
    ),
    "acted": (
        N_("{count} person stays, who has acted since."),
        N_("{count} people stay, who have acted since."),
    ),
    "written": (
        N_("{count} person stays, who was written to."),
        N_("{count} people stay, who were written to."),
    ),
    "elsewhere": (
        N_("{count} person stays, known from elsewhere too."),
        N_("{count} people stay, known from elsewhere too."),
    ),
    "worked_on": (
        N_("{count} person stays, whom someone has worked on."),
        N_("{count} people stay, whom someone has worked on."),
    ),
}
MEANS = N_("“{column}”: does it say who asked not to be written to?")
HOLDS = (
    N_("Until you tell, nobody writes to the {count} person it speaks of (yes: {yes}, no: {no})."),
    N_("Until you tell, nobody writes to the {count} people it speaks of (yes: {yes}, no: {no})."),
)
FIRST_OF = N_("The first {shown} of {count}.")
MORE_LINES = N_("The first {shown} of {count}; all of them are in the file to download.")


@dataclass
class PersonLine:
    """One of the first people of an outcome."""

    line: str
    name: str
    contact: str
    work: str
    changes: str
    at: str
    day: str = ""


@dataclass
class SaidOfLine:
    """A sentence about a line of the file, and what the file calls its person, where that is kept."""

    line: str
    why: str
    name: str = ""


@dataclass
class Unexplained:
    """A column of which nobody knows yet whether it says who may be written to, and whom that holds back."""

    column: str
    asks: str
    holds: str


@dataclass
class Effect:
    """The counts, the people, the lines left outside. Counts are told; `any_*` say whether there is anything to show."""

    read: str = ""
    created: str = ""
    updated: str = ""
    unchanged: str = ""
    rejected: str = ""
    doubtful: str = ""
    press: str = ""
    nobody: bool = False
    any_rejected: bool = False
    faulty: bool = False
    lines: list[SaidOfLine] = field(default_factory=list)
    lines_told: str = ""
    doubts: list[SaidOfLine] = field(default_factory=list)
    doubts_told: str = ""
    remarks: list[SaidOfLine] = field(default_factory=list)
    remarks_told: str = ""
    dropped: list[DroppedRow] = field(default_factory=list)
    ignored: str = ""
    notes: list[str] = field(default_factory=list)
    unexplained: list[Unexplained] = field(default_factory=list)
    # once taken in
    origin: str = ""
    when: str = ""
    pool: str = "/pool"
    decide: str = "/doubts"
    download: str = ""
    waiting: int = 0
    inform: str = ""
    left: str = ""
    undo: str = ""
    undo_asks: str = ""
    undone: str = ""


def foreseen(door: Door, report: Report) -> Effect:
    """Return what will happen."""
    effect = _effect(door, report)
    people = report.created + report.updated + report.unchanged
    effect.nobody = people == 0 and not report.heard
    # A file may hold but stops, or lines in doubt: nobody comes in by it, and what it says counts all the same.
    effect.press = (
        say_n(door.locale, TAKE_ONE, TAKE_MANY, people) if people or effect.nobody else say(door.locale, HEAR)
    )
    return effect


def done(door: Door, run_id: int) -> Effect:
    """Return what happened, and whom it leaves to inform."""
    run, report = own_run(door.session, door.who, run_id), report_of(door.session, door.who, run_id)
    if report is None or run.taken_at is None or run.source_kind is None or run.collected_on is None:
        raise NotFound
    effect = _effect(door, report)
    kind, day = say(door.locale, KINDS[run.source_kind]), short_day(door.locale, run.collected_on)
    effect.origin = f"{run.source_text} · {kind} · {day}"
    effect.when = ago(door.locale, run.taken_at, door.zone, door.now)
    effect.pool = f"/pool?source={run.source_kind.value}"
    effect.decide = f"/doubts?import={run_id}"
    effect.download = f"/imports/{run_id}/rejected.csv"
    effect.waiting = len(to_inform(door.session, door.who, run_id))
    effect.inform = say_n(
        door.locale,
        N_("Send the first information to {count} person"),
        N_("Send the first information to {count} people"),
        effect.waiting,
    )
    effect.left = to_inform_told(door.locale, days_left(run.taken_at, now=door.now))
    effect.unexplained = [_unexplained(door, one) for one in asked_of(door.session, door.who, run_id)]
    _undoing(door, run_id, effect, run.undone)
    return effect


def _unexplained(door: Door, one: Asked) -> Unexplained:
    told = {name: number(door.locale, getattr(one, name)) for name in ("yes", "no")}
    holds = say_n(door.locale, *HOLDS, one.people, **told)
    return Unexplained(one.column, say(door.locale, MEANS, column=one.column), holds)


def _undoing(door: Door, run_id: int, effect: Effect, undone: Mapping[str, Any]) -> None:
    """Say what undoing the import would do, or what it did."""
    if undone:
        told = [say_n(door.locale, *UNDONE[name], undone[name]) for name in UNDONE if undone.get(name)]
        effect.undone = say(door.locale, THIS_WAS_UNDONE) + " " + " ".join(told)
        return
    came, changed = undoable(door.session, door.who, run_id)
    if came or changed:
        effect.undo = say(door.locale, N_("Undo this import"))
        would = [say_n(door.locale, *words, count) for words, count in ((GOES, came), (RETURNS, changed)) if count]
        effect.undo_asks = " ".join([*would, say(door.locale, STAYS)])


def _effect(door: Door, report: Report) -> Effect:
    locale = door.locale
    return Effect(
        read=say_n(locale, N_("{count} line read"), N_("{count} lines read"), report.read),
        created=number(locale, report.created),
        updated=number(locale, report.updated),
        unchanged=number(locale, report.unchanged),
        rejected=number(locale, len(report.refused)),
        doubtful=number(locale, len(report.doubtful)) if report.doubtful else "",
        any_rejected=bool(report.rejected),
        faulty=report.faulty,
        lines=_said(report, report.refused, locale),
        lines_told=_first_of(MORE_LINES, locale, len(report.refused)),
        doubts=_said(report, report.doubtful, locale),
        doubts_told=_first_of(MORE_LINES, locale, len(report.doubtful)),
        remarks=_said(report, report.remarks, locale),
        remarks_told=_first_of(FIRST_OF, locale, len(report.remarks)),
        dropped=[DroppedRow(one.name, one.why(locale)) for one in report.columns if one.ground],
        ignored=", ".join(report.ignored_columns),
        notes=[say(locale, note.sentence, **note.params) for note in report.notes],
    )


def _said(report: Report, told: Sequence[Told], locale: str) -> list[SaidOfLine]:
    return [SaidOfLine(number(locale, one.line), one.why(locale), report.name_of(one)) for one in told[:MOST_LINES]]


def _first_of(sentence: str, locale: str, count: int) -> str:
    if count <= MOST_LINES:
        return ""
    return say(locale, sentence, shown=number(locale, MOST_LINES), count=number(locale, count))


def person(one: PersonRow, door: Door) -> PersonLine:
    """Return one person of a preview."""
    changes = ", ".join(say(door.locale, UNITS[unit]) for unit in one.units if unit in UNITS)
    return PersonLine(
        number(door.locale, one.line),
        one.name or one.email or one.phone,
        " · ".join(filter(None, (one.email, one.phone))),
        " · ".join(filter(None, (one.job, one.place))),
        changes if one.outcome is Outcome.UPDATED else "",
        f"/pool/{one.talent_id}" if one.talent_id else "",
        short_day(door.locale, date.fromisoformat(one.day)) if one.day else "",
    )
