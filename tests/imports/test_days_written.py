"""One order of day and month a file: decided by any of its columns, by the language of its header, or by a person."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from portal.imports import actions as imports
from portal.imports.days_written import Because, Days, days_of
from portal.imports.looking import look
from portal.imports.mapping import map_columns
from portal.imports.order import Order, WhichOrder
from portal.imports.reading import Table, read
from portal.kit.db import Database
from portal.kit.errors import Refused
from portal.talents.custom_fields import add_field
from portal.talents.rules import FieldKind
from tests.imports.files import CHOICES, bring, pool, recruiter
from tests.imports.test_own_fields import ADMIN
from tests.trust import NOW

FILES = Path(__file__).parent / "files_of_tools"


def days(header: str, *rows: str, chosen: str = "", before: str = "") -> Days:
    table = read("x.csv", "\n".join([header, *rows]).encode())
    return days_of(table, map_columns(table).columns, chosen=chosen, before=before)


@pytest.mark.parametrize(
    ("header", "rows", "order", "because"),
    [
        ("Email,Application Date", ["a@x.example,12/01/2025", "b@x.example,12/13/2025"], "mdy", Because.CELLS),
        ("Email,Application Date", ["a@x.example,12/01/2025", "b@x.example,13/12/2025"], "dmy", Because.CELLS),
        # One day that no American writes is enough.
        ("Email,Application Date", ["a@x.example,12/13/2025", "b@x.example,13/12/2025"], "dmy", Because.CELLS),
        # Another column tells as well, taken in or not, and dropped or not.
        ("Email,Application Date,Last Activity", ["a@x.example,11/05/2026,11/20/2026"], "mdy", Because.CELLS),
        ("Email,Application Date,Birth date", ["a@x.example,11/05/2026,25/12/1980"], "dmy", Because.CELLS),
        ("Email,Candidature le", ["a@x.example,11/12/2025 3:45 PM", "b@x.example,11-25-25"], "mdy", Because.CELLS),
        ("Email,Date de candidature", ["a@x.example,11/05/2026"], "dmy", Because.HEADER),
        ("Email,Application Date", ["a@x.example,11/05/2026"], "dmy", Because.NOTHING),
        ("Vorname,Email,Created", ["A,a@x.example,11.05.2026"], "dmy", Because.NOTHING),
        (
            "E-Mail,2nd E-Mail,Can Relocate,Date Available,Date Modified",
            ["a@x.example,,,12-01-26,11-02-26"],
            "mdy",
            Because.TOOL,
        ),
        # What is no day tells nothing: a score, a number, a version.
        ("Email,Application Date,Note", ["a@x.example,11/05/2026,12/20"], "dmy", Because.NOTHING),
        ("Email,Application Date,Tel", ["a@x.example,11/05/2026,06.13.12.20.26"], "dmy", Because.NOTHING),
    ],
)
def test_the_order_of_day_and_month_is_the_file_s(header: str, rows: list[str], order: str, because: Because) -> None:
    told = days(header, *rows)
    assert (told.order, told.because) == (Order(order), because)
    assert told.in_doubt is (because is Because.NOTHING)


@pytest.mark.parametrize("cell", ["2026-05-11", "05/05/2026", "11 Nov 2026", "46000", ""])
def test_nobody_is_asked_about_days_that_read_alike(cell: str) -> None:
    assert not days("Email,Application Date", f"a@x.example,{cell}").in_doubt


def test_what_was_said_comes_first_the_file_next_the_last_file_then() -> None:
    american = ("Email,Applied on", "a@x.example,01/02/2026", "b@x.example,01/22/2026")
    assert days(*american, chosen="dmy").because is Because.CHOSEN
    assert days(*american, before="dmy").month_first
    asked = ("Email,Applied on", "a@x.example,01/02/2026")
    assert days(*asked, before="mdy") == Days(Order.MONTH_FIRST, Because.REMEMBERED, "Applied on", "01/02/2026")


def test_no_american_day_is_swapped_and_nobody_rejected_for_it(house: Database) -> None:
    report = bring(house, (FILES / "usdates.csv").read_bytes(), replace(CHOICES, collected_on=NOW.date()))
    said = (FILES / "usdates.csv").read_text().splitlines()[1:]
    right = {row.split(",")[2]: _american(row.split(",")[3]) for row in said}
    come = {email: day for email, day in right.items() if day <= NOW.date()}
    assert {one.email: one.collected_on for one in pool(house)} == come
    # Those left outside have a day that is still to come for the clock of the tests.
    assert len(report.rejected) == len(right) - len(come)
    assert any("month first" in note.sentence for note in report.notes)


def _american(text: str) -> date:
    month, day, year = map(int, text.split("/"))
    return date(year, month, day)


ASKED = b"Email,Available from,Application Date\na@x.example,03/04/2027,02/03/2026\n"


def test_nothing_is_taken_in_until_somebody_says_which_comes_first(house: Database) -> None:
    with pytest.raises(WhichOrder, match="whether the day or the month comes first"):
        bring(house, ASKED)
    assert pool(house) == []
    report = bring(house, ASKED, replace(CHOICES, dates="mdy"))
    (one,) = pool(house)
    assert (one.collected_on, one.available_from) == (date(2026, 2, 3), date(2027, 3, 4))
    assert [note.sentence for note in report.notes] == ["Days are read month first, as you said."]
    with pytest.raises(Refused, match="no order of day and month"):
        bring(house, ASKED, replace(CHOICES, dates="ymd"))


def test_the_next_file_of_the_source_is_read_alike_and_no_other(house: Database) -> None:
    bring(house, ASKED, replace(CHOICES, dates="mdy"))
    bring(house, ASKED.replace(b"a@", b"b@"))
    assert {one.collected_on for one in pool(house)} == {date(2026, 2, 3)}
    with pytest.raises(WhichOrder):
        bring(house, ASKED, replace(CHOICES, source_text="Another"))


def test_days_of_the_house_s_own_fields_follow_the_file(house: Database) -> None:
    with house.work() as session:
        own = add_field(session, ADMIN, FieldKind.DATE, "Visite", "Visit", now=NOW)
    bring(house, b"Email,Visite,Applied on\na@x.example,02/03/2026,02/22/2026\n")
    assert pool(house)[0].custom[str(own.id)] == "2026-02-03"


def test_the_choice_is_shown_before_anything_is_taken_in(house: Database) -> None:
    who = recruiter(house)
    with house.work() as session:
        run = imports.upload(session, who, "a.csv", ASKED, now=NOW)
        assert look(session, who, run).days.in_doubt
        assert look(session, who, run, dates="mdy").days.month_first
        imports.preview(session, who, run, replace(CHOICES, dates="mdy"), now=NOW)
        assert look(session, who, run).days.because is Because.CHOSEN


def test_a_file_without_a_day_of_collection_says_so(house: Database) -> None:
    assert any("No column tells when" in note.sentence for note in bring(house, b"Email\na@x.example\n").notes)
    with_day = bring(house, b"Email,Date de candidature\na@x.example,2026-11-02\n")
    assert with_day.notes == ()


def test_an_empty_table_has_no_order_of_days() -> None:
    assert not days_of(Table(("Email", "Applied on"), ()), {}).in_doubt
