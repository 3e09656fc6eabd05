"""What a file will do, or did, in words."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from portal.imports.actions import Preview
from portal.imports.looking import to_inform
from portal.imports.queries import PersonRow, own_run, report_of
from portal.imports.report import Report, Told
from portal.kit.errors import NotFound
from portal.kit.i18n import N_, ago, number, say, say_n, short_day
from portal.talents.actions import Outcome
from portal.ui.doors import Door
from portal.ui.recruiter.imports.run.reading import DroppedRow
from portal.ui.recruiter.imports.words import KINDS, UNITS

MOST_LINES = 200
TAKE_ONE, TAKE_MANY = N_("Take {count} person in"), N_("Take {count} people in")
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


@dataclass
class SaidOfLine:
    """A sentence about a line of the file."""

    line: str
    why: str


@dataclass
class Effect:
    """The counts, the people, the lines left outside. Counts are told; `any_*` say whether there is anything to show."""

    read: str = ""
    created: str = ""
    updated: str = ""
    unchanged: str = ""
    rejected: str = ""
    press: str = ""
    nobody: bool = False
    any_rejected: bool = False
    first_created: list[PersonLine] = field(default_factory=list)
    first_updated: list[PersonLine] = field(default_factory=list)
    first_unchanged: list[PersonLine] = field(default_factory=list)
    lines: list[SaidOfLine] = field(default_factory=list)
    lines_told: str = ""
    remarks: list[SaidOfLine] = field(default_factory=list)
    remarks_told: str = ""
    dropped: list[DroppedRow] = field(default_factory=list)
    ignored: str = ""
    # once taken in
    origin: str = ""
    when: str = ""
    pool: str = "/pool"
    download: str = ""
    waiting: int = 0
    inform: str = ""


def foreseen(door: Door, preview: Preview) -> Effect:
    """Return what will happen."""
    effect = _effect(door, preview.report)
    people = preview.report.created + preview.report.updated + preview.report.unchanged
    effect.press, effect.nobody = say_n(door.locale, TAKE_ONE, TAKE_MANY, people), people == 0
    effect.first_created = _people(preview.people, Outcome.CREATED, door)
    effect.first_updated = _people(preview.people, Outcome.UPDATED, door)
    effect.first_unchanged = _people(preview.people, Outcome.UNCHANGED, door)
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
    effect.download = f"/imports/{run_id}/rejected.csv"
    effect.waiting = len(to_inform(door.session, door.who, run_id))
    effect.inform = say_n(
        door.locale,
        N_("Send the first information to {count} person"),
        N_("Send the first information to {count} people"),
        effect.waiting,
    )
    return effect


def _effect(door: Door, report: Report) -> Effect:
    locale = door.locale
    return Effect(
        read=say_n(locale, N_("{count} line read"), N_("{count} lines read"), report.read),
        created=number(locale, report.created),
        updated=number(locale, report.updated),
        unchanged=number(locale, report.unchanged),
        rejected=number(locale, len(report.rejected)),
        any_rejected=bool(report.rejected),
        lines=_said(report.rejected, locale),
        lines_told=_first_of(MORE_LINES, locale, len(report.rejected)),
        remarks=_said(report.remarks, locale),
        remarks_told=_first_of(FIRST_OF, locale, len(report.remarks)),
        dropped=[DroppedRow(one.name, one.why(locale)) for one in report.columns if one.ground],
        ignored=", ".join(one.name for one in report.columns if not one.ground and not one.field),
    )


def _said(told: Sequence[Told], locale: str) -> list[SaidOfLine]:
    return [SaidOfLine(number(locale, one.line), one.why(locale)) for one in told[:MOST_LINES]]


def _first_of(sentence: str, locale: str, count: int) -> str:
    if count <= MOST_LINES:
        return ""
    return say(locale, sentence, shown=number(locale, MOST_LINES), count=number(locale, count))


def _people(people: Sequence[PersonRow], outcome: Outcome, door: Door) -> list[PersonLine]:
    return [_person(one, door) for one in people if one.outcome is outcome]


def _person(one: PersonRow, door: Door) -> PersonLine:
    changes = ", ".join(say(door.locale, UNITS[unit]) for unit in one.units if unit in UNITS)
    return PersonLine(
        number(door.locale, one.line),
        one.name or one.email or one.phone,
        " · ".join(filter(None, (one.email, one.phone))),
        " · ".join(filter(None, (one.job, one.place))),
        changes if one.outcome is Outcome.UPDATED else "",
        f"/pool/{one.talent_id}" if one.talent_id else "",
    )
