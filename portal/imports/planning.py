"""What taking a file in would do: read, mapped, told apart from the pool. Preview and real run are this same plan."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.access.house import house
from portal.access.models import House
from portal.consent.evidence import Evidence
from portal.consent.rules import Basis
from portal.imports.doubles import OnePerson, join
from portal.imports.fields import LABELS
from portal.imports.lines import Line, Setting, read_line
from portal.imports.mapping import Columns, map_columns
from portal.imports.reading import Table
from portal.imports.reading.table import Trouble
from portal.kit.errors import Refused
from portal.kit.i18n import N_
from portal.kit.tokens import keyed_hash
from portal.postbox.models import Suppression
from portal.talents.actions import Arrival
from portal.talents.dates import after_months
from portal.talents.identity import holders
from portal.talents.merging import By, Word
from portal.talents.rules import SourceKind

NO_SOURCE = N_("Say where these people come from: their first letter has to name it (GDPR, art. 14).")
COLLECTED_LATER = N_("The day of collection is still to come: give the day the file was exported.")
NOT_ALLOWED = N_(
    "The house does not allow the basis “legitimate-interest” for this kind of source. Ask an admin to allow it, "
    "or import with the basis “none”: these people then get the notice letter first."
)
SUPPRESSED = N_("These contact details may not be taken in again.")
NOT_UNDERSTOOD = N_("“{text}” was not understood: it stands beside the field as text.")
LEFT_OUT = N_("“{text}” was not understood: it was left out.")
NO_EVIDENCE = N_("There is no day or no text of consent: taken in without a basis, only the notice letter may go.")
EXPIRED = N_("The consent dates from {day} and has expired: taken in without a basis, only the notice letter may go.")

_STAYS_TEXT = frozenset({"job", "place"})


@dataclass(frozen=True, slots=True)
class Choices:
    """What the recruiter says of the whole file. `columns` corrects the mapping: name → field, or "ignore"."""

    source_kind: SourceKind
    source_text: str
    collected_on: date
    basis: Basis = Basis.NONE
    strict: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a person should know about a line that was taken in."""

    line: int
    trouble: Trouble
    field: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done with a table: whom it is about, and which lines stay outside."""

    table: Table
    columns: Columns
    people: tuple[OnePerson, ...]
    arrivals: tuple[Arrival, ...]
    rejected: Mapping[int, Trouble]
    remarks: tuple[Remark, ...]
    evidence: tuple[Evidence | None, ...]


def make_plan(session: Session, table: Table, choices: Choices, *, now: datetime) -> Plan:
    """Return what would be done with `table`; writes nothing. Raises `Refused` when the choices cannot stand."""
    rules = house(session)
    today = now.astimezone(ZoneInfo(rules.zone)).date()
    _check(choices, rules, today)
    columns = map_columns(table, choices.columns)
    setting = Setting(choices.collected_on, today, rules.retention_months)
    lines = [read_line(record, columns, table.header, setting) for record in table.records]
    rejected = {line.number: line.trouble for line in lines if line.trouble is not None}
    emails, phones = _contacts(line for line in lines if line.trouble is None)
    known = holders(session, emails, phones)
    rejected |= _suppressed(session, lines, {one.email for one in known} | {one.phone for one in known})
    joined = join([line for line in lines if line.number not in rejected], known)
    rejected |= joined.doubts
    proofs = [_proof(person, choices, setting) for person in joined.people]
    remarks = [remark for person in joined.people for line in person.lines for remark in _unread(line)]
    remarks += [proof for proof in proofs if isinstance(proof, Remark)]
    return Plan(
        table,
        columns,
        tuple(joined.people),
        tuple(_arrival(person, choices) for person in joined.people),
        dict(sorted(rejected.items())),
        tuple(sorted(remarks, key=lambda remark: remark.line)),
        tuple(proof if isinstance(proof, Evidence) else None for proof in proofs),
    )


def _check(choices: Choices, rules: House, today: date) -> None:
    if not choices.source_text.strip():
        raise Refused(NO_SOURCE)
    if choices.collected_on > today:
        raise Refused(COLLECTED_LATER)
    if choices.basis is Basis.LEGITIMATE_INTEREST and choices.source_kind.value not in rules.legitimate_interest_for:
        raise Refused(NOT_ALLOWED)


def _contacts(lines: Iterable[Line]) -> tuple[set[str], set[str]]:
    emails: set[str] = set()
    phones: set[str] = set()
    for line in lines:
        emails |= {line.email} if line.email else set()
        phones |= {line.phone} if line.phone else set()
    return emails, phones


def _suppressed(session: Session, lines: Sequence[Line], living: Collection[str | None]) -> dict[int, Trouble]:
    """Find the lines that would bring back someone who left; whoever is in the pool under that address did not."""
    hashed: dict[bytes, list[int]] = {}
    for line in lines:
        for contact in (line.email, line.phone):
            if contact and contact not in living:
                hashed.setdefault(keyed_hash(contact, "address"), []).append(line.number)
    wanted = sa.any_(sa.cast(list(hashed), sa.ARRAY(sa.LargeBinary)))
    gone = session.exec(select(Suppression.address_hash).where(col(Suppression.address_hash) == wanted))
    return {number: Trouble(SUPPRESSED, {}) for each in gone for number in hashed[bytes(each)]}


def _arrival(person: OnePerson, choices: Choices) -> Arrival:
    return Arrival(person.talent_id, tuple(_word(line, choices) for line in person.lines))


def _word(line: Line, choices: Choices) -> Word:
    text = choices.source_text.strip()
    source = f"{text} · {line.source}" if line.source and line.source != text else text
    return Word(line.values, By.SOURCE, line.collected_on or choices.collected_on, source, choices.source_kind)


def _proof(person: OnePerson, choices: Choices, setting: Setting) -> Evidence | Remark | None:
    """Return what the file proves about one person's basis, or why it proves nothing."""
    talent = person.talent_id or 0  # someone new is numbered when they are taken in
    source = choices.source_text.strip()
    if choices.basis is Basis.LEGITIMATE_INTEREST:
        since = max(line.collected_on or choices.collected_on for line in person.lines)
        return Evidence(talent, Basis.LEGITIMATE_INTEREST, since, source=source)
    if choices.basis is Basis.NONE:
        return None
    told = [line for line in person.lines if line.consent_on and line.consent_text]
    if not told:
        return Remark(person.lines[0].number, Trouble(NO_EVIDENCE, {}))
    newest = max(told, key=lambda line: line.consent_on or date.min)
    day = newest.consent_on or date.min
    if after_months(day, setting.retention_months) <= setting.today:
        return Remark(newest.number, Trouble(EXPIRED, {"day": day.isoformat()}))
    return Evidence(talent, Basis.CONSENT, day, newest.consent_text, source=source)


def _unread(line: Line) -> list[Remark]:
    return [
        Remark(line.number, Trouble(NOT_UNDERSTOOD if name in _STAYS_TEXT else LEFT_OUT, {"text": text}), name)
        for name, text in line.unread.items()
        if name in LABELS
    ]
