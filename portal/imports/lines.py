"""One record of a file → one line: what it says of one person, or why it cannot be taken in. No database here."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from portal.imports.cells.days import day_of
from portal.imports.cells.lawful import ground_in, lawful
from portal.imports.cells.nothing import is_nothing
from portal.imports.cells.tags import brought
from portal.imports.cells.ways import Ways, emails_in, meant, phones_in
from portal.imports.countries import country_of_line
from portal.imports.fields import Field, exact
from portal.imports.line import Line, Rejected, Setting
from portal.imports.mapping import Columns
from portal.imports.names import told_names
from portal.imports.reading import Record
from portal.imports.reading.table import Trouble, cell_trouble
from portal.imports.stop_lines import asked, is_over, stop_of
from portal.imports.stops import Says, agreed
from portal.imports.work import LONGEST, kept, read_work
from portal.kit.fold import fold
from portal.kit.i18n import N_
from portal.talents.custom import read as read_own
from portal.talents.dates import read_month, swapped
from portal.talents.rules import FieldKind

__all__ = ["Line", "Setting", "read_line"]

NO_EMAIL = N_("“{text}” is not an e-mail address.")
NOBODYS = N_("“{text}” is nobody’s own address, and there is no telephone number.")
NO_PHONE = N_("“{text}” is not a telephone number, and there is no e-mail address.")
NOBODY = N_("There is neither an e-mail address nor a telephone number.")
IMPOSSIBLE_DAY = N_("“{text}” is not a possible day (“{column}”).")
FUTURE = N_("{day} is still to come (“{column}”).")
OPPOSED = N_("“{column}” says “{text}”: whoever asked not to be written to stays outside.")
LISTED = N_("The file lists who asked not to be written to: they stay outside.")
TOO_OLD = N_("This dates from {day}: the house keeps nobody longer than {months} months without news from them.")
BESIDE = N_("“{text}” stands there too: the first was taken, and this stands beside it as text.")
NOBODYS_LEFT_OUT = N_("“{text}” is nobody’s own address: it was left out.")
MISSPELT = N_("“{text}” looks misspelt: is it “{meant}”?")
NO_NAME = N_("“{text}” reads like the name of a column: check that this is a person.")
LINE_BREAK = N_("A name, an address or a number runs over several lines (“{column}”).")

_ONE_LINE = (Field.FIRST_NAME, Field.LAST_NAME, Field.FULL_NAME)
_MONTH = re.compile(r"(?:[a-z]{3,9}|\d{1,2}) 20\d{2}")


def read_line(record: Record, columns: Columns, header: Sequence[str], setting: Setting) -> Line:
    """Return what `record` says."""
    if len(record.cells) == len(header):
        if setting.stop_list:
            return _stopped(record, columns, Trouble(LISTED, {}))
        if (stop := stop_of(record.cells, columns, header)) is not None:
            return _stopped(record, columns, Trouble(OPPOSED, stop))
    cells = _filled(record, columns)
    if trouble := record.trouble or cell_trouble(_taken_in(record, columns, header)):
        return Line(record.number, trouble=trouble)
    try:
        line = _read(record.number, cells, _Names(columns, header), setting)
        line = replace(line, asks=asked(record.cells, columns, header)) if columns.unclear else line
        line = replace(line, consent_over=True) if columns.agreed and is_over(record.cells, columns) else line
        return _lawful(_with_own(line, record, columns, setting) if columns.own else line)
    except Rejected as why:
        return Line(record.number, trouble=why.trouble)


def _lawful(line: Line) -> Line:
    values, unread, grounds = lawful(line.values, line.unread)
    grounds = tuple(dict.fromkeys((*line.left_out, *grounds)))
    return replace(line, values=values, unread=unread, left_out=grounds) if grounds else line


def _filled(record: Record, columns: Columns) -> dict[Field, str]:
    raw, cells = record.cells, {}
    for name, place in columns.columns.items():
        text = raw[place].strip()
        if text and not is_nothing(text, name):
            cells[name] = text if text[0] != "'" else _bare(text)
    for name, places in ((Field.EMAIL, columns.emails), (Field.PHONE, columns.phones)):
        more = [text for place in places if (text := _bare(raw[place].strip())) and not is_nothing(text, name)]
        if more:
            cells[name] = " ; ".join(filter(None, [cells.get(name), *more]))
    return cells


def _taken_in(record: Record, columns: Columns, header: Sequence[str]) -> dict[str, str]:
    places = (*columns.columns.values(), *columns.own.values(), *columns.emails, *columns.phones)
    # A note is cut where it is long, and its person comes in all the same.
    return {header[place]: record.cells[place] for place in places if place != columns.columns.get(Field.NOTE)}


def _stopped(record: Record, columns: Columns, stop: Trouble) -> Line:
    """Return who a stop is about, as far as the line tells: nothing that is wrong with it keeps the stop from counting."""
    cells = _filled(record, columns)
    first, last, name_key = told_names(
        {name: text.replace("\n", " ") for name, text in cells.items()}, family_first=columns.family_first
    )
    emails = emails_in(cells.get(Field.EMAIL, ""))
    phones = phones_in(cells.get(Field.PHONE, ""), country_of_line(cells, columns.home))
    values = {name: told for name, told in (("first_name", first), ("last_name", last)) if told}
    others = (*emails.others, *phones.others)
    return Line(record.number, emails.first, phones.first, name_key, values, trouble=stop, stop=True, others=others)


def _with_own(line: Line, record: Record, columns: Columns, setting: Setting) -> Line:
    """Add what the line says in the fields of the house's own; what is not understood is listed like any other."""
    values, unread = dict(line.values), dict(line.unread)
    for each in setting.own:
        place = columns.own.get(each.column)
        text = "" if place is None else _bare(record.cells[place].strip())
        if text and not is_nothing(text):
            days_too = each.kind is FieldKind.DATE and columns.days.month_first
            value = read_own(each, swapped(text) if days_too else text)
            if isinstance(value, str) and ground_in(value):
                unread[each.column] = value  # left out below, and said
            elif value is None:
                unread[each.column] = kept(text)
            else:
                values[each.column] = value
    return replace(line, values=values, unread=unread)


def _bare(cell: str) -> str:
    """Return a cell without the apostrophe that keeps a spreadsheet from computing it."""
    return cell[1:].lstrip() if cell.startswith("'") and cell[1:2] in {"=", "+", "-", "@"} else cell


@dataclass(frozen=True, slots=True)
class _Names:
    """The file's own names of its columns, for sentences."""

    columns: Columns
    header: Sequence[str]

    def of(self, name: Field) -> str:
        further = {Field.EMAIL: self.columns.emails, Field.PHONE: self.columns.phones}.get(name, ())
        return self.header[self.columns.columns[name] if name in self.columns.columns else further[0]]

    def day(self, text: str) -> date | None:
        """Return the day `text` names, in the order the file writes them."""
        return day_of(text, month_first=self.columns.days.month_first)


def _read(number: int, cells: dict[Field, str], names: _Names, setting: Setting) -> Line:
    for name in _ONE_LINE:
        text = cells.get(name)
        if text is not None and ("\n" in text or "\r" in text):
            raise Rejected(LINE_BREAK, column=names.of(name))
    unread: dict[str, str] = {}
    remarks: list[tuple[Field, Trouble]] = []
    emails, phones = _ways_to_write(cells, names, unread, remarks)
    collected = _day(cells, Field.COLLECTED_ON, names, setting) or setting.collected_on
    if collected < setting.oldest:
        raise Rejected(TOO_OLD, day=collected.isoformat(), months=setting.retention_months)
    first, last, name_key = told_names(cells, family_first=names.columns.family_first)
    if exact(first) in _ONE_LINE and exact(last) in _ONE_LINE:
        remarks.append((Field.FULL_NAME, Trouble(NO_NAME, {"text": f"{first} {last}"})))
    values: dict[str, Any] = {"first_name": first, "last_name": last, "email": emails.first, "phone": phones.first}
    values |= read_work(cells, collected, unread, month_first=names.columns.days.month_first, jobs=setting.jobs)
    tags, note, left_out = brought(cells, remarks)
    return Line(
        number,
        email=emails.first,
        phone=phones.first,
        name_key=name_key,
        values={name: value for name, value in values.items() if value or value is False},
        collected_on=collected,
        source=cells.get(Field.SOURCE, "")[:200],
        consent_on=_consented_on(cells, names, unread, setting),
        consent_text=cells.get(Field.CONSENT_TEXT, ""),
        unread=unread,
        consent_until=_until(cells, names, unread),
        consent_over=any(
            agreed(cells[name]) in over
            for name, over in ((Field.CONSENT_ON, {Says.OVER}), (Field.CONSENT_UNTIL, {Says.OVER, Says.YES}))
            if name in cells and names.day(cells[name]) is None
        ),
        left_out=left_out,
        tags=tags,
        note=note,
        others=(*emails.others, *phones.others),
        remarks=tuple(remarks),
    )


def _consented_on(cells: Mapping[Field, str], names: "_Names", unread: dict[str, str], setting: Setting) -> date | None:
    """Return the day of consent; a word ("Oui", "en attente") is none: it proves nothing, and spoils nobody."""
    text = cells.get(Field.CONSENT_ON)
    if text and names.day(text) is None and agreed(text) is not Says.UNKNOWN:
        unread[Field.CONSENT_ON] = kept(text)
        return None
    return _day(cells, Field.CONSENT_ON, names, setting)


def _until(cells: Mapping[Field, str], names: "_Names", unread: dict[str, str]) -> date | None:
    """Return the day a consent ends; what is no day spoils nobody."""
    text = cells.get(Field.CONSENT_UNTIL)
    day = names.day(text) if text else None
    if text and day is None:
        unread[Field.CONSENT_UNTIL] = kept(text)
    return day


def _ways_to_write(
    cells: Mapping[Field, str], names: _Names, unread: dict[str, str], remarks: list[tuple[Field, Trouble]]
) -> tuple[Ways, Ways]:
    """Return the addresses and the numbers: the first of each is taken. One good way to write is enough."""
    texts = {name: cells.get(name, "") for name in (Field.EMAIL, Field.PHONE)}
    emails = emails_in(texts[Field.EMAIL])
    phones = phones_in(texts[Field.PHONE], country_of_line(cells, names.columns.home))
    for name, ways in ((Field.EMAIL, emails), (Field.PHONE, phones)):
        if ways.left and ("\n" in texts[name] or "\r" in texts[name]):
            raise Rejected(LINE_BREAK, column=names.of(name))
    if emails.first is None and phones.first is None:
        raise _unreachable(emails, phones, texts)
    for name, ways in ((Field.EMAIL, emails), (Field.PHONE, phones)):
        if ways.beside:
            unread[name] = kept(ways.beside)
        if ways.beside and ways.first:
            remarks.append((name, Trouble(BESIDE, {"text": ways.beside[:LONGEST]})))
    remarks += [(Field.EMAIL, Trouble(NOBODYS_LEFT_OUT, {"text": each})) for each in emails.nobodys]
    if emails.first and (likely := meant(emails.first)):
        remarks.append((Field.EMAIL, Trouble(MISSPELT, {"text": emails.first, "meant": likely})))
    return emails, phones


def _unreachable(emails: Ways, phones: Ways, texts: Mapping[Field, str]) -> Rejected:
    """Return why nobody can be written to."""
    if emails.nobodys:
        return Rejected(NOBODYS, text=emails.nobodys[0])
    if emails.left:
        return Rejected(NO_EMAIL, text=texts[Field.EMAIL][:100])
    return Rejected(NO_PHONE, text=texts[Field.PHONE][:100]) if phones.left else Rejected(NOBODY)


def _day(cells: Mapping[Field, str], name: Field, names: _Names, setting: Setting) -> date | None:
    """Return a day already come, None for an empty cell."""
    text = cells.get(name)
    if text is None:
        return None
    day = names.day(text) or (_month_of(text, setting.today) if name is Field.COLLECTED_ON else None)
    if day is None:
        raise Rejected(IMPOSSIBLE_DAY, text=text[:100], column=names.of(name))
    if day > setting.today:
        raise Rejected(FUTURE, day=day.isoformat(), column=names.of(name))
    return day


@lru_cache(maxsize=2_000)
def _month_of(text: str, today: date) -> date | None:
    """Return the first day of "avr. 2026": nobody is kept longer for a day that was left out."""
    folded = fold(text)
    return read_month(folded, today) if _MONTH.fullmatch(folded) else None
