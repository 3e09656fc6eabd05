"""Which comes first, the day or the month: asked on the page where the file does not tell, and shown with its values."""

import pytest

from portal.kit.db import Database
from portal.kit.errors import Refused
from portal.ui.recruiter.imports.run import state
from portal.ui.recruiter.imports.run.looking import shown
from portal.ui.recruiter.imports.run.reading import ordered, read, taken_as
from tests.cast import Cast
from tests.ui.imports.test_pages import FORM, base, inside, people, sent

__all__ = ["base", "people"]
ASKED = b"First name,Email,Application Date\nZoe,z@x.example,02/03/2026\n"


def days(asked: state.Asked) -> list[str]:
    return [sample.told for one in asked.columns for sample in one.samples if one.becomes == "collected_on"]


def test_the_page_asks_shows_the_days_and_takes_nothing_in_before(base: Database, people: Cast) -> None:
    run = sent(base, people.claire, ASKED)
    asked = inside(base, people.claire, lambda door: read(door, run))
    assert (asked.days[:34], days(asked)) == ("Rien dans le fichier ne dit si le ", ["2 mars 2026"])
    with pytest.raises(Refused, match="Say which"):
        inside(base, people.claire, lambda door: state._foresee(door, run, FORM | {"dates": ""}))
    american = inside(base, people.claire, lambda door: ordered(door, run, asked, "mdy"))
    assert (american.dates, american.days, days(american)) == (
        "mdy",
        "En l’état, le mois est lu d’abord.",
        ["3 févr. 2026"],
    )
    again = taken_as(
        inside(base, people.claire, lambda door: door), american.columns, "2", "consent_on", month_first=True
    )
    assert again[2].samples[0].told == "3 févr. 2026"
    effect, kept = inside(base, people.claire, lambda door: state._foresee(door, run, FORM | {"dates": "mdy"}))
    assert (effect.created, kept.dates, kept.month_first) == ("1", "mdy", True)
    rows, _, _ = inside(base, people.claire, lambda door: shown(door, run, "created", 1))
    assert [one.day for one in rows] == ["3 févr. 2026"]
    assert effect.notes == ["Les dates sont lues avec le mois d’abord, comme indiqué."]


def test_a_file_whose_days_read_alike_asks_nothing(base: Database, people: Cast) -> None:
    run = sent(base, people.claire, ASKED.replace(b"02/03/2026", b"2026-03-02"))
    assert inside(base, people.claire, lambda door: read(door, run)).days == ""
