"""What taking a file in would do: read, mapped, told apart from the pool. Preview and real run are this same plan."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from portal.access.house import house
from portal.access.models import House
from portal.consent.evidence import Evidence
from portal.consent.rules import Basis
from portal.doubles.apart import told_apart
from portal.imports.brought import Brought, brought_by
from portal.imports.days_written import checked_order
from portal.imports.doubles import Joined, OnePerson, join
from portal.imports.fields import WHOSE_PAY, asks_pay
from portal.imports.gathering import Gathered
from portal.imports.habits import jobs_told, order_before
from portal.imports.kept_out import kept_out
from portal.imports.likely import NAME_ALONE, by_name_alone, likely_above, likely_known
from portal.imports.lines import LISTED, OPPOSED, Line, Setting
from portal.imports.reader import Mark
from portal.imports.reading.table import Trouble
from portal.imports.remarks import Remark, remarks_of
from portal.imports.shared import by_any_address, without_shared
from portal.imports.work import beside
from portal.kit.errors import Refused
from portal.kit.i18n import N_
from portal.talents.actions import Arrival
from portal.talents.custom_fields import custom_fields
from portal.talents.dates import after_months
from portal.talents.identity import Holder, holders
from portal.talents.merging import By, Word
from portal.talents.naming import cleared_names
from portal.talents.rules import SourceKind

_SHARE, _HEARD = 5_000, 500  # people at a time, and between two words about how far it is

NO_SOURCE = N_("Say where these people come from: their first letter has to name it (GDPR, art. 14).")
COLLECTED_LATER = N_("The day of collection is still to come: give the day the file was exported.")
NOT_ALLOWED = N_(
    "The house does not allow the basis “legitimate-interest” for this kind of source. Ask an admin to allow it, "
    "or import with the basis “none”: these people then get the notice letter first."
)
STOPPED_BESIDE = N_("Line {line} says that this person asked not to be written to: they stay outside.")
SUPPRESSED = N_("These contact details may not be taken in again.")
STOPPED = frozenset({LISTED, OPPOSED, STOPPED_BESIDE})
NO_FAULT = STOPPED | {SUPPRESSED}  # nothing is wrong with such a line: its person wants to stay outside
NO_EVIDENCE = N_("There is no day or no text of consent: taken in without a basis, only the notice letter may go.")
ENDED = N_("The file says that this consent has ended: taken in without a basis, only the notice letter may go.")
ENDED_ON = N_("The consent ended on {day}: taken in without a basis, only the notice letter may go.")
STOPS = N_("In the pool already, and asked not to be written to: {count}. Nothing goes to them any more.")
UNCLEAR = N_(
    "“{column}”: does it say who asked not to be written to? Until somebody tells, nobody it speaks of is written to."
)
EXPIRED = N_("The consent dates from {day} and has expired: taken in without a basis, only the notice letter may go.")


@dataclass(frozen=True, slots=True)
class Choices:
    """What the recruiter says of the whole file. `columns` corrects the mapping: name → field, or "ignore".

    `consent_text` is what all lines agreed to that hold no text of their own; `dates` the order of day and month ("dmy",
    "mdy"), where the file does not tell. With `stop_list` everybody in it asked not to be written to: nobody comes in.
    """

    source_kind: SourceKind
    source_text: str
    collected_on: date
    basis: Basis = Basis.NONE
    strict: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    consent_text: str = ""
    dates: str = ""
    stop_list: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """Some of the people, and all the file says of each; what it proves, or why it proves nothing."""

    people: tuple[OnePerson, ...]
    arrivals: tuple[Arrival, ...]
    evidence: tuple[Evidence | None, ...]
    remarks: tuple[Remark, ...]
    asks: tuple[Mapping[str, str], ...] = ()  # what each one's lines say in columns nobody knows the sense of
    brought: tuple[Brought, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done with a file: whom it is about, and which lines stay outside."""

    file: Gathered
    choices: Choices
    setting: Setting
    people: tuple[OnePerson, ...]
    rejected: Mapping[int, Trouble]  # those in doubt among them
    doubts: Mapping[int, Mark]
    former: frozenset[str | None] = frozenset()  # addresses and numbers of rows that were folded into another
    stopped: tuple[OnePerson, ...] = ()  # who asked not to be written to: the pool's, and those who stay outside
    named: Mapping[int, tuple[int, ...]] = field(default_factory=dict)  # whom a line that holds but a name may mean

    @property
    def faulty(self) -> bool:
        """Whether a line is rejected for what is wrong with it."""
        return any(why.sentence not in NO_FAULT for why in self.rejected.values())

    def shares(self, told: Callable[[int], None]) -> Iterator[Share]:
        """Yield everybody, so many at a time: all that is said of a whole file would be too much to hold.

        `told(people so far)` hears of it every few hundred, and may end it by raising.
        """
        for start in range(0, len(self.people), _SHARE):
            yield _share(self, start, told)


def setting_of(session: Session, choices: Choices, *, now: datetime) -> Setting:
    """Return what holds for every line. Raises `Refused` when the choices cannot stand."""
    rules = house(session)
    today = now.astimezone(ZoneInfo(rules.zone)).date()
    _check(choices, rules, today)
    before = order_before(session, choices.source_kind, choices.source_text)
    told = (cleared_names(session), jobs_told(session), checked_order(choices.dates), before)
    own = custom_fields(session)
    return Setting(choices.collected_on, today, rules.retention_months, own, *told, stop_list=choices.stop_list)


def make_plan(session: Session, file: Gathered, choices: Choices, setting: Setting) -> Plan:
    """Return what would be done with `file`; writes nothing."""
    emails = {each for mark in file.marks for each in (mark.email, *mark.others) if each and "@" in each}
    phones = {mark.phone for mark in file.marks if mark.phone}
    known = holders(session, emails, phones)
    rejected = file.troubles | dict.fromkeys(
        kept_out(session, [mark for mark in file.marks if not mark.stop], known), Trouble(SUPPRESSED, {})
    )
    nameless = [mark for mark in file.marks if not (mark.email or mark.phone)]
    marks = [mark for mark in file.marks if mark.number not in rejected and (mark.email or mark.phone)]
    marks, nobodys = without_shared(by_any_address(marks, known), known)
    joined = _decided(session, join(marks, known), marks, known)
    named = by_name_alone(session, nameless)
    doubts = joined.doubts | _likely(session, joined.people) | dict.fromkeys(named, Trouble(NAME_ALONE, {}))
    certain = [one for one in joined.people if all(mark.number not in doubts for mark in one.lines)]
    stopped = tuple(one for one in certain if any(mark.stop for mark in one.lines))
    people = tuple(one for one in certain if not any(mark.stop for mark in one.lines))
    rejected = file.stops | _beside_a_stop(stopped) | rejected | nobodys | doubts
    doubtful = {mark.number: mark for mark in (*marks, *nameless) if mark.number in doubts}
    former = frozenset(each for one in known if one.former for each in (one.email, one.phone))
    return Plan(file, choices, setting, people, dict(sorted(rejected.items())), doubtful, former, stopped, named)


def _beside_a_stop(stopped: Sequence[OnePerson]) -> dict[int, Trouble]:
    """What one line says of someone holds for the others about them."""
    return {
        mark.number: Trouble(STOPPED_BESIDE, {"line": next(each.number for each in one.lines if each.stop)})
        for one in stopped
        for mark in one.lines
        if not mark.stop
    }


def _decided(session: Session, joined: Joined, marks: Sequence[Mark], known: Sequence[Holder]) -> Joined:
    """Take out of doubt the lines about people whom someone told apart: they are about someone else of that number."""
    in_doubt = [mark for mark in marks if mark.number in joined.doubts]
    by_contact: dict[str, list[Holder]] = {}
    for holder in known if in_doubt else ():
        for contact in filter(None, (holder.email, holder.phone)):
            by_contact.setdefault(contact, []).append(holder)
    pairs = [
        (mark, holder)
        for mark in in_doubt
        for contact in filter(None, (mark.email, mark.phone))
        for holder in by_contact.get(contact, ())
    ]
    apart = told_apart(session, pairs)
    if not apart:
        return joined
    others = {holder.id: holder for mark, holder in pairs if (mark, holder) not in apart}
    # Whose address it is was decided too: theirs it is not.
    taken = {(mark, holder.email) for mark, holder in apart}
    decided = [
        mark._replace(email=None) if (mark, mark.email) in taken else mark
        for mark in in_doubt
        if any(mark is each for each, _ in apart) and (mark.phone or (mark, mark.email) not in taken)
    ]
    again = join(decided, list(others.values()))
    left = joined.doubts.keys() - {mark.number for mark in decided}
    doubts = {number: why for number, why in joined.doubts.items() if number in left} | again.doubts
    return Joined(sorted(joined.people + again.people, key=lambda one: one.lines[0].number), doubts)


def _likely(session: Session, people: Sequence[OnePerson]) -> dict[int, Trouble]:
    """Find the lines about someone new who is likely someone known, or the person of a line above."""
    new = [one for one in people if one.talent_id is None]
    known = likely_known(session, new)
    return known | likely_above(session, [one for one in new if one.lines[0].number not in known])


def notes_of(plan: Plan) -> list[Trouble]:
    """Say whom of the pool the file stops, and which of its columns somebody has to explain."""
    columns, known = plan.file.columns, sum(one.talent_id is not None for one in plan.stopped)
    notes = [Trouble(STOPS, {"count": known})] if known else []
    if plan.choices.stop_list:
        return notes
    notes += [Trouble(UNCLEAR, {"column": plan.file.header[place]}) for place in columns.unclear]
    return notes + [Trouble(WHOSE_PAY, {"column": name}) for name in columns.ignored if asks_pay(name)]


def _share(plan: Plan, start: int, heard: Callable[[int], None]) -> Share:
    choices, people = plan.choices, plan.people[start : start + _SHARE]
    told: list[tuple[Line, ...]] = []
    for place, person in enumerate(people):
        if place % _HEARD == 0:
            heard(start + place)
        told.append(plan.file.lines(person.lines))
    proofs = [_proof(person, lines, choices, plan.setting) for person, lines in zip(people, told, strict=True)]
    remarks = [remark for person, lines in zip(people, told, strict=True) for remark in remarks_of(person, lines)]
    remarks += [proof for proof in proofs if isinstance(proof, Remark)]
    return Share(
        tuple(people),
        tuple(
            Arrival(person.talent_id, words_of(person.lines, lines, choices, plan.former))
            for person, lines in zip(people, told, strict=True)
        ),
        tuple(proof if isinstance(proof, Evidence) else None for proof in proofs),
        tuple(remarks),
        tuple({name: says for line in lines for name, says in line.asks.items()} for lines in told),
        tuple(map(brought_by, told)),
    )


def _check(choices: Choices, rules: House, today: date) -> None:
    if not choices.source_text.strip():
        raise Refused(NO_SOURCE)
    if choices.collected_on > today:
        raise Refused(COLLECTED_LATER)
    if choices.basis is Basis.LEGITIMATE_INTEREST and choices.source_kind.value not in rules.legitimate_interest_for:
        raise Refused(NOT_ALLOWED)


def words_of(
    marks: Sequence[Mark], lines: Sequence[Line], choices: Choices, former: Collection[str | None] = ()
) -> tuple[Word, ...]:
    """Return what the lines of one person say; without an address that is known to be someone else's.

    Nor with one that is known to be theirs beside the one that stands (`former`): else two files would take turns.
    """
    return tuple(_word(line, choices, mark, former) for mark, line in zip(marks, lines, strict=True))


def _word(line: Line, choices: Choices, mark: Mark, former: Collection[str | None]) -> Word:
    text = choices.source_text.strip()
    source = f"{text} · {line.source}" if line.source and line.source != text else text
    values = line.values
    left = {name for name in ("email", "phone") if values.get(name) in former} | (
        {"email"} if mark.email is None else set()
    )
    if left & values.keys():
        values = {name: value for name, value in values.items() if name not in left}
    on = line.collected_on or choices.collected_on
    unread = beside(line.unread, values) if line.unread else {}
    return Word(values, By.SOURCE, on, source, choices.source_kind, unread)


def _proof(person: OnePerson, lines: Sequence[Line], choices: Choices, setting: Setting) -> Evidence | Remark | None:
    """Return what the file proves about one person's basis, or why it proves nothing."""
    if choices.basis is Basis.NONE:
        return None
    talent = person.talent_id or 0  # someone new is numbered when they are taken in
    source = choices.source_text.strip()
    if choices.basis is Basis.LEGITIMATE_INTEREST:
        since = max(line.collected_on or choices.collected_on for line in lines)
        return Evidence(talent, Basis.LEGITIMATE_INTEREST, since, source=source)
    told = [line for line in lines if line.consent_on and (line.consent_text or choices.consent_text)]
    if not told:
        return Remark(lines[0].number, Trouble(NO_EVIDENCE, {}))
    newest = max(told, key=lambda line: line.consent_on or date.min)
    day, text = newest.consent_on or date.min, newest.consent_text or choices.consent_text
    until = min((line.consent_until for line in told if line.consent_until), default=None)
    if why := _ended(lines, day, until, setting):
        return Remark(newest.number, why)
    return Evidence(talent, Basis.CONSENT, day, text, source=source, until=until)


def _ended(lines: Sequence[Line], day: date, until: date | None, setting: Setting) -> Trouble | None:
    """Return why a consent no longer counts: the file says so, or the earlier of its end and the house's has come."""
    if any(line.consent_over for line in lines):
        return Trouble(ENDED, {})
    if until is not None and until <= setting.today:
        return Trouble(ENDED_ON, {"day": until.isoformat()})
    if after_months(day, setting.retention_months) <= setting.today:
        return Trouble(EXPIRED, {"day": day.isoformat()})
    return None
