"""Small files of real tools that went wrong once, and their right outcome: on the command line, and by the page's verbs.

All people are invented. Each file comes into an empty house on 30 November 2026, as an export of an ATS without a basis.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, select
from typer.testing import CliRunner

from portal.cli import app
from portal.consent.models import Consent
from portal.consent.rules import Basis, Purpose
from portal.imports import actions as imports
from portal.imports.models import ImportRun
from portal.imports.planning import Choices
from portal.kit import clock
from portal.kit.db import Database
from portal.kit.embedded import Urls
from portal.talents.models import Doubt, Tag, Talent, TalentTag
from portal.talents.rules import SourceKind
from tests.imports.files import recruiter
from tests.imports.test_protected_words import stored

FILES = Path(__file__).parent / "files_of_tools"
NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
CHOICES = Choices(SourceKind.ATS_EXPORT, "X", date(2026, 11, 20))

Told = dict[str, Any]
Bring = Callable[..., Told]


@pytest.fixture(params=["terminal", "page"])
def bring(
    request: pytest.FixtureRequest, house: Database, database: Urls, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Bring]:
    """Return what takes a file in, one way or the other, and tells its report."""
    if request.param == "page":
        yield lambda name, **more: by_the_page(house, name, **more)
        return
    hands = tmp_path / "clock"
    hands.write_text(NOW.isoformat(), encoding="utf-8")
    for name, value in (
        ("DATABASE_URL", database.app),
        ("DATABASE_OWNER_URL", database.owner),
        ("SECRET_KEY", "a secret of the tests, long enough to be one"),
        ("VIVIER_ENV", "test"),
        ("VIVIER_CLOCK_FILE", str(hands)),
    ):
        monkeypatch.setenv(name, value)
    yield on_the_terminal
    clock.follow(None)


def on_the_terminal(name: str, **more: Any) -> Told:
    said = {"source-kind": "ats_export", "source": "X", "collected-on": "2026-11-20", "basis": "none"} | {
        option.replace("_", "-"): str(value) for option, value in more.items()
    }
    told = [part for option, value in said.items() for part in (f"--{option}", value)]
    result = CliRunner().invoke(app, ["import", str(FILES / f"{name}.csv"), *told, "--json"])
    assert result.exit_code == 0, result.output
    report: Told = json.loads(result.output)
    return report


def by_the_page(house: Database, name: str, **more: Any) -> Told:
    text = more.pop("consent_text", None)
    chosen = replace(CHOICES, consent_text=Path(text).read_text(encoding="utf-8") if text else "")
    for option, value in more.items():
        given = date.fromisoformat(value) if option == "collected_on" else Basis(value) if option == "basis" else value
        chosen = replace(chosen, **{option: given})
    who = recruiter(house)
    with house.work() as session:
        run = imports.upload(session, who, f"{name}.csv", (FILES / f"{name}.csv").read_bytes(), now=NOW)
        foreseen = imports.preview(session, who, run, chosen, now=NOW).report
        report = imports.take(session, who, run, chosen, now=NOW)
    assert (foreseen.created, foreseen.rejected) == (report.created, report.rejected)
    return report.as_json("en")


def everybody(house: Database) -> list[Talent]:
    with house.work() as session:
        return list(session.exec(select(Talent).where(col(Talent.erased_at).is_(None)).order_by(col(Talent.id))))


def people(house: Database) -> dict[str, Talent]:
    return {f"{one.first_name} {one.last_name}".strip(): one for one in everybody(house)}


def tags(session: Session) -> set[tuple[str, str]]:
    query = select(Talent.first_name, Tag.name).join(TalentTag, col(TalentTag.talent_id) == Talent.id).join(Tag)
    return {(name, tag) for name, tag in session.exec(query)}


def why(report: Told, line: int) -> str:
    return next(each["why"] for each in report["rejected"] if each["line"] == line)


def remarks(report: Told, line: int) -> str:
    return " ".join(each["why"] for each in report.get("remarks", ()) if each["line"] == line)


def test_nepas(house: Database, bring: Bring) -> None:
    report = bring("nepas")
    assert list(people(house)) == ["B Rappel"]
    assert "asked not to be written to" in why(report, 2)
    assert report["dropped_columns"] == []


def test_rgpd(house: Database, bring: Bring) -> None:
    report = bring("rgpd")
    assert list(people(house)) == ["A Premier"]
    assert "asked not to be written to" in why(report, 3)


def test_fin(house: Database, bring: Bring) -> None:
    report = bring("fin", basis="consent")
    assert list(people(house)) == ["A Expire"]
    assert "ended" in remarks(report, 2)
    assert "asked not to be written to" in why(report, 3)
    with house.work() as session:
        assert session.exec(select(Consent).where(col(Consent.basis) == Basis.CONSENT)).all() == []


def test_oeth(house: Database, bring: Bring) -> None:
    report = bring("oeth")
    assert list(people(house)) == ["Yan Pris"]
    assert "not an e-mail address" in why(report, 2)
    assert report["dropped_columns"] == [
        "Bénéficiaire OETH", "Restrictions médicales", "DDN naissance abrégée", "Sit. fam.",
    ]  # fmt: skip
    assert not any(secret in stored(house) for secret in ("dos fragile", "1980", "divorcé"))


def test_skills(house: Database, bring: Bring) -> None:
    bring("skills")
    one, two = people(house).values()
    assert (one.skills, one.languages, two.skills) == (["Word", "permis B"], ["fr"], ["Excel"])
    assert not any(secret in stored(house) for secret in ("RQTH", "52 ans", "célibataire", "enceinte", "musulmane"))


def test_ddn(house: Database, bring: Bring) -> None:
    report = bring("ddn")
    assert set(report["dropped_columns"]) == {"DDN", "Situation", "MDPH"}
    assert len(people(house)) == 3


def test_nan(house: Database, bring: Bring) -> None:
    bring("nan")
    found = people(house)
    assert len(found) == 6
    nothing = {"nan", "none", "nat", "na", "aucun", "-", "#n/a", "true", "faux"}
    for one in found.values():
        held = [*one.skills, one.job_text or "", one.place_name or ""]
        assert not nothing.intersection(each.casefold() for each in held)
    assert found["Dan Na"].phone == "+33611330001"


def test_usdates(house: Database, bring: Bring) -> None:
    report = bring("usdates", collected_on="2026-11-30")
    said = (row.split(",") for row in (FILES / "usdates.csv").read_text(encoding="utf-8").splitlines()[1:])
    right = {email: datetime.strptime(day, "%m/%d/%Y").replace(tzinfo=UTC).date() for _, _, email, day in said}
    assert {one.email: one.collected_on for one in people(house).values()} == right
    assert report["rejected"] == []
    assert any("month first" in note for note in report["notes"])


def test_emails(house: Database, bring: Bring) -> None:
    report = bring("emails")
    found = {name[0]: one for name, one in people(house).items()}
    assert report["rejected"] == []
    assert [found[letter].email for letter in "ABF"] == [
        "a.un@mail.example", "b.deux@mail.example", "f.six@mail.example",
    ]  # fmt: skip
    assert [found[letter].phone for letter in "EHCK"] == [
        "+33611110005", "+33611110008", "+33611110003", "+33611110011",
    ]  # fmt: skip
    assert [found[letter].phone for letter in "TUV"] == ["+32475654321", "+41791234567", "+34612345678"]
    assert (found["W"].phone, found["Z"].phone) == (None, "+33612345026")
    assert "poste 4" in remarks(report, 27)
    assert "gmail.con" in remarks(report, 5)
    assert "noreply" in remarks(report, 15)


def test_gcontacts(house: Database, bring: Bring) -> None:
    report = bring("gcontacts")
    (jean,) = people(house).values()
    assert (jean.email, jean.phone, jean.job_text) == ("jg@goo.example", "+33611112223", "Comptable")
    assert "jg2@goo.example" in remarks(report, 2)
    assert "Birthday" in report["dropped_columns"]


def test_greenhouse(house: Database, bring: Bring) -> None:
    report = bring("greenhouse")
    found = people(house)
    assert [one.collected_on for one in found.values()] == [date(2026, 11, 5), date(2026, 10, 28), date(2026, 2, 13)]
    jean, amy, wei = found.values()
    assert (jean.email, jean.phone) == ("jean.dupont@mail.example", "+33612345678")
    assert (amy.phone, amy.said["unread.phone"]["text"], wei.phone) == (None, "(415) 555-2671", "+8613800138000")
    assert {"Gender", "Race", "Veteran Status", "Disability Status"} <= set(report["dropped_columns"])
    with house.work() as session:
        assert tags(session) == {("Jean", "python"), ("Jean", "remote")}


def test_taleez(house: Database, bring: Bring, tmp_path: Path) -> None:
    text = tmp_path / "agreed.txt"
    text.write_text("J’accepte que mes données soient conservées.", encoding="utf-8")
    report = bring("taleez", basis="consent", consent_text=text)
    (maelle,) = people(house).values()
    assert (maelle.job_text, maelle.job_code) == ("Aide-soignant(e) H/F", "J1501")
    assert "asked not to be written to" in why(report, 3)
    with house.work() as session:
        assert tags(session) == {("Maëlle", "soin")}
        (stands,) = session.exec(select(Consent).where(col(Consent.purpose) == Purpose.POOL))
        assert stands.expires_on == date(2028, 10, 12)


def test_opencats(house: Database, bring: Bring) -> None:
    report = bring("opencats")
    (zoe,) = people(house).values()
    assert (zoe.email, zoe.phone, zoe.salary_floor, zoe.skills) == (
        "zc@cats.example", "+33611112226", 42_000, ["Sage", "Excel"],
    )  # fmt: skip
    assert (zoe.collected_on, zoe.available_from) == (date(2026, 11, 2), date(2026, 12, 1))
    assert "Current Pay" in report["dropped_columns"]
    assert (zoe.regions, zoe.other_places) == ([], [])


def test_teamtailor(house: Database, bring: Bring) -> None:
    report = bring("teamtailor", basis="consent")
    assert list(people(house)) == ["Inès Petit"]
    assert "no day or no text" in remarks(report, 2)
    assert "asked not to be written to" in why(report, 3)


def test_hr1(house: Database, bring: Bring) -> None:
    report = bring("hr1")
    assert (report["created"], report["doubtful"]) == (8, [7, 10])
    names = [f"{one.first_name} {one.last_name}" for one in everybody(house)]
    assert sorted(names) == sorted([
        "Julie Lambert", "Julie Lambert", "Paul Martin", "Paul Martin", "Marie Durand", "Luc Faure", "Lea Gros", "Nom Prenom",
    ])  # fmt: skip
    assert {each["name"] for each in report["rejected"]} == {"Pierre Durand", "Anne Faure"}
    assert "reads like the name of a column" in remarks(report, 13)


def test_shared(house: Database, bring: Bring) -> None:
    report = bring("shared")
    found = people(house)
    assert [(name, one.email, one.phone) for name, one in found.items()] == [
        ("Alice Durand", None, "+33611220001"), ("Bob Martin", None, "+33611220002"), ("Chloé Petit", None, "+33611220003"),
    ]  # fmt: skip
    assert "nobody’s own address" in why(report, 5)


def test_o1_o2_o3(house: Database, bring: Bring) -> None:
    assert bring("o1")["created"] == 1
    (olga,) = people(house).values()
    assert bring("o2")["doubtful"] == [2]
    decide_same(house)
    assert [(one.email, one.place_name) for one in everybody(house)] == [("olga.new@mail.example", "Nice")]
    undone = newest(house)
    assert bring("o3")["doubtful"] == [2]
    assert [name for name in people(house) if name.startswith("Bob")] == []
    who = recruiter(house)
    with house.work() as session:
        imports.undo(session, who, undone, now=NOW + timedelta(minutes=10))
    (again,) = everybody(house)
    assert [getattr(again, name) for name in STOOD] == [getattr(olga, name) for name in STOOD]


STOOD = ("first_name", "last_name", "email", "phone", "job_text", "place_name")


def decide_same(house: Database) -> None:
    who = recruiter(house)
    with house.work() as session:
        doubt = session.exec(select(Doubt.id).where(col(Doubt.decided_at).is_(None))).one() or 0
        imports.same_person(session, who, doubt, now=NOW + timedelta(minutes=5))


def newest(house: Database) -> int:
    with house.work() as session:
        return session.exec(select(ImportRun.id).order_by(col(ImportRun.id).desc())).first() or 0


def test_sf_twice(house: Database, bring: Bring) -> None:
    assert bring("sf")["created"] == 1
    first, who = newest(house), recruiter(house)
    again = bring("sf")
    assert (again["created"], again["unchanged"]) == (0, 1)
    with house.work() as session:
        imports.undo(session, who, first, now=NOW + timedelta(minutes=5))
    assert list(people(house)) == ["Same File"]
