"""Whole imports, on the real database."""

import json
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from portal.imports import actions as imports
from portal.imports.models import ImportRun
from portal.imports.queries import rejected_csv, runs
from portal.kit.db import Database
from portal.kit.errors import NotFound, Refused
from portal.talents.models import ImportChange, Source, Talent
from portal.talents.rules import SourceKind
from portal.timeline.models import TimelineEvent
from portal.timeline.who import Person, Role
from tests.imports.files import CHOICES, CONSENT, DEMO, HEADER, ZOE, bring, counts, export, pool, recruiter, rejected
from tests.trust import NOW, contents_of


def test_an_export_becomes_a_pool(house: Database) -> None:
    report = bring(house, export(ZOE))
    told = report.as_json("en")
    assert {name: told.pop(name) for name in ("mapping", "guessed")} == {
        "mapping": {
            "Nom": "last_name", "Prénom": "first_name", "E-mail": "email", "Téléphone": "phone", "Métier": "job",
            "Ville": "place", "Date de candidature": "collected_on",
        },
        "guessed": dict.fromkeys([column for column in HEADER if column != "Sexe"], "named"),
    }  # fmt: skip
    assert len(told.pop("notes")) == 1
    assert told == {
        "read": 1, "created": 1, "updated": 0, "unchanged": 0, "rejected": [], "dropped_columns": ["Sexe"],
    }  # fmt: skip
    (zoe,) = pool(house)
    assert (zoe.email, zoe.phone, zoe.first_name, zoe.name_key) == (
        "zoe@exemple.example",
        "+33612345678",
        "Zoé",
        "zoe roux",
    )
    assert zoe.collected_on == date(2026, 10, 1)
    assert zoe.place_name == "Lyon"
    assert abs(zoe.ux**2 + zoe.uy**2 + zoe.uz**2 - 1) < 1e-9
    assert zoe.said["place_name"] == {"by": "source", "on": "2026-10-01", "source": "Export ATS"}
    with house.work() as session:
        assert [(row.kind, row.text) for row in session.exec(select(Source))] == [(SourceKind.ATS_EXPORT, "Export ATS")]
        (event,) = session.exec(select(TimelineEvent).where(TimelineEvent.talent_id == zoe.id)).all()
        assert event.kind == "imported"
        assert "Zoé" not in str(event.params)


def test_people_whose_resumes_stand_on_one_line_are_all_taken_in_each_with_their_own(house: Database) -> None:
    people = [{"basics": {"name": name, "email": f"{name[0]}@x.example"}} for name in ("Zoé Roux", "Léa Blanc")]
    report = bring(house, json.dumps([people[0], {"no": 1}, people[1]]).encode(), name="all.json")
    assert [(one.first_name, one.email) for one in pool(house)] == [("Zoé", "z@x.example"), ("Léa", "l@x.example")]
    assert list(rejected(report)) == [2]


def test_the_preview_says_what_will_happen_and_changes_nobody(house: Database) -> None:
    who = recruiter(house)
    with house.work() as session:
        run = imports.upload(session, who, "pool.csv", export(ZOE, ("x", "", "broken", "", "", "", "", "")), now=NOW)
    with house.work() as session:
        preview = imports.preview(session, who, run, CHOICES, now=NOW)
    assert pool(house) == []
    assert [(row.line, row.name, row.outcome.value) for row in preview.people] == [(2, "Zoé Roux", "created")]
    with house.work() as session:
        report = imports.take(session, who, run, CHOICES, now=NOW)
    assert replace(report, taken=False) == preview.report


def test_the_csv_of_the_demo_goes_in_as_its_page_says(house: Database) -> None:
    report = bring(house, (DEMO / "export_ats_candidats.csv").read_bytes(), CONSENT)
    assert set(rejected(report)) == traps("rejected", 0)
    assert report.dropped_columns == ["Date de naissance", "Sexe", "Nationalité"]
    assert report.created == len(pool(house)) == report.read - len(report.rejected) - 3
    again = bring(house, (DEMO / "export_ats_candidats.csv").read_bytes(), CONSENT)
    assert counts(again) == (0, 0, report.created)
    assert set(rejected(again)) == set(rejected(report))


def test_the_workbook_of_the_demo_joins_the_people_of_the_csv(house: Database) -> None:
    bring(house, (DEMO / "export_ats_candidats.csv").read_bytes(), CONSENT)
    before = len(pool(house))
    report = bring(house, (DEMO / "applications.xlsx").read_bytes(), CONSENT, "applications.xlsx")
    assert set(rejected(report)) == traps("rejected", 1)
    assert report.dropped_columns == ["Date of birth", "Gender", "Nationality"]
    assert report.updated + report.unchanged == 3
    assert len(pool(house)) == before + report.created
    stored_as_numbers = traps("created with that phone", 1)
    with house.work() as session:
        found = session.exec(select(Talent.phone).where(Talent.id > before))
    assert stored_as_numbers
    assert all(phone.startswith("+33") for phone in found if phone)


def traps(outcome: str, which: int) -> set[int]:
    """Return the lines that the demo's own page says come to this."""
    page = (DEMO / "README.md").read_text().split("\n## ")[1 + which]
    rows = [[cell.strip() for cell in row.split("|")] for row in page.splitlines() if row.startswith("|")]
    return {int(row[1]) for row in rows if row[1].isdigit() and row[4].startswith(outcome)}


def test_the_same_file_twice_changes_nothing_but_that_it_names_them(house: Database) -> None:
    content = export(ZOE, ("Roux", "Zoé", "zoe@exemple.example", "", "Soudeur", "Nantes", "02/10/2026", ""))
    bring(house, content)
    before = contents_of(house)
    assert counts(bring(house, content)) == (0, 0, 1)
    after = contents_of(house)
    assert {name for name in after if after[name] != before[name]} == {"import_run", "import_change"}
    with house.work() as session:
        assert session.exec(select(ImportChange.before).order_by(col(ImportChange.import_id))).all()[1:] == [{}]


def test_the_newest_day_wins_whatever_comes_first(house: Database) -> None:
    new, old = (*ZOE[:5], "Nantes", "03/10/2026", ""), (*ZOE[:5], "Lyon", "01/10/2026", "")
    bring(house, export(new))
    assert counts(bring(house, export(old))) == (0, 0, 1)
    assert [talent.place_name for talent in pool(house)] == ["Nantes"]
    assert counts(bring(house, export((*ZOE[:5], "Brest", "04/10/2026", "")))) == (0, 1, 0)
    assert [(talent.place_name, talent.collected_on) for talent in pool(house)] == [("Brest", date(2026, 10, 4))]


def test_with_strict_one_bad_line_keeps_everybody_outside(house: Database) -> None:
    who = recruiter(house)
    with house.work() as session:
        run = imports.upload(session, who, "pool.csv", export(ZOE, ("x", "", "broken", "", "", "", "", "")), now=NOW)
        report = imports.take(session, who, run, replace(CHOICES, strict=True), now=NOW)
    assert not report.taken
    assert counts(report) == (0, 0, 0)
    assert list(rejected(report)) == [3]
    assert pool(house) == []
    with house.work() as session:
        assert imports.take(session, who, run, CHOICES, now=NOW).created == 1


def test_a_file_is_taken_in_once(house: Database) -> None:
    who = recruiter(house)
    with house.work() as session:
        run = imports.upload(session, who, "pool.csv", export(ZOE), now=NOW)
        imports.take(session, who, run, CHOICES, now=NOW)
        assert session.get_one(ImportRun, run).content is None
    with house.work() as session, pytest.raises(Refused, match="already been taken in"):
        imports.take(session, who, run, CHOICES, now=NOW)


@pytest.mark.parametrize(
    ("choices", "says"),
    [
        (replace(CHOICES, source_text=" "), "where these people come from"),
        (replace(CHOICES, collected_on=date(2027, 1, 1)), "still to come"),
    ],
)
def test_choices_that_cannot_stand_are_refused(house: Database, choices: object, says: str) -> None:
    with pytest.raises(Refused, match=says):
        bring(house, export(ZOE), choices)


def test_a_stranger_a_candidate_and_the_dpo_import_nothing(house: Database) -> None:
    who = recruiter(house)
    with house.work() as session:
        run = imports.upload(session, who, "pool.csv", export(ZOE), now=NOW)
    for role in (Role.CANDIDATE, Role.DPO):
        stranger = Person(who.id, role, "X", "fr", "Europe/Paris", fresh=True)
        with house.work() as session:
            for attempt in (
                lambda: imports.upload(session, stranger, "x.csv", export(ZOE), now=NOW),  # noqa: B023
                lambda: imports.preview(session, stranger, run, CHOICES, now=NOW),  # noqa: B023
                lambda: imports.take(session, stranger, run, CHOICES, now=NOW),  # noqa: B023
                lambda: imports.give_up(session, stranger, run),  # noqa: B023
                lambda: rejected_csv(session, stranger, run, "fr"),  # noqa: B023
                lambda: runs(session, stranger),  # noqa: B023
            ):
                with pytest.raises(NotFound):
                    attempt()


@pytest.mark.own_database
def test_two_thousand_lines_take_no_more_statements_than_twenty(house: Database) -> None:
    def lines(first: int, count: int) -> bytes:
        jobs = ("Soudeur", "Infirmière", "Comptable")
        return export(
            *(
                ("Roux", f"Zoé{n}", f"zoe{n}@x.example", f"06{n:08d}", jobs[n % 3], "Lyon 3e", "01/10/2026", "F")
                for n in range(first, first + count)
            )
        )

    asked: list[str] = []
    sa.event.listen(house.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    assert bring(house, lines(0, 20)).created == 20
    few = len(asked)
    assert bring(house, lines(20, 2_000)).created == 2_000
    assert len(asked) - few <= few


_NAMES = {"a@x.example": "Zoé", "A@X.example ": "Zoé", "b@x.example": "Léa", "c@x.example": "Zoé"}


def _row(email: str, phone: str, name: str, job: str, place: str, day: str) -> tuple[str, ...]:
    return "Roux", _NAMES.get(email, name), email, phone, job, place, day, ""


_ROWS = st.lists(
    st.builds(
        _row,
        st.sampled_from([*_NAMES, "broken", ""]),
        st.sampled_from(["0612345678", "+33612345678", "0712345678", "", "12"]),
        st.sampled_from(["Zoé", "ZOE", "Léa", ""]),
        st.sampled_from(["Soudeur", "Chuchoteur", ""]),
        st.sampled_from(["Lyon", "Brest", ""]),
        st.sampled_from(["01/10/2026", "02/10/2026", "03/10/2026", "31/02/2026", ""]),
    ),
    min_size=1,
    max_size=7,
)


@pytest.mark.own_database
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_ROWS)
def test_importing_any_file_twice_changes_nobody(house: Database, rows: list[tuple[str, ...]]) -> None:
    who = recruiter_once(house)
    content = export(*rows)
    with Session(house.engine) as session:  # never committed
        first = _taken(session, who, content)
        before = _people(session)
        second = _taken(session, who, content)
        assert counts(second) == (0, 0, first.created)
        assert set(rejected(second)) == set(rejected(first))
        assert _people(session) == before
        session.rollback()


def recruiter_once(house: Database) -> Person:
    with house.work() as session:
        found = session.scalar(sa.text("SELECT min(id) FROM staff"))
    return Person(found, Role.RECRUITER, "R", "fr", "Europe/Paris") if found else recruiter(house)


def _taken(session: Session, who: Person, content: bytes) -> object:
    run = imports.upload(session, who, "x.csv", content, now=NOW)
    return imports.take(session, who, run, CHOICES, now=NOW)


def _people(session: Session) -> list[tuple[object, ...]]:
    return [tuple(row) for row in session.execute(sa.text("SELECT * FROM talent ORDER BY id"))]
