"""Files go in and out only for those who recruit, from our own pages, and never larger than we take."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from portal.consent.rules import Basis
from portal.imports import actions as imports
from portal.imports.models import ImportRun
from portal.imports.planning import Choices
from portal.imports.reading import CAP_PAGE
from portal.kit import tokens
from portal.kit.db import Database
from portal.kit.embedded import Urls
from portal.talents.rules import SourceKind
from portal.timeline.who import Person
from portal.ui import doors
from portal.ui.recruiter.imports import routes
from portal.ui.recruiter.imports.routes import TAKE, imports_app, told_of
from tests.cast import NOW, Cast, as_candidate, cast, talent
from tests.imports.files import ZOE, export
from tests.ui.links.browser import Browser

FROM_HERE = {"Origin": "http://vivier.example", "Sec-Fetch-Site": "same-origin"}
CSV = "text/csv"


@dataclass
class House:
    database: Database
    people: Cast

    def as_(self, name: str) -> Browser:
        browser = Browser(imports_app())
        if name:
            browser.cookies.set("vivier_session", name)
        return browser

    def waiting(self) -> list[ImportRun]:
        with self.database.work() as session:
            return list(session.exec(select(ImportRun)))


@pytest.fixture
def house(furnished: House) -> Iterator[House]:
    """No file waits in it."""
    yield furnished
    with furnished.database.work() as session:
        session.execute(sa.text("UPDATE source SET import_id = NULL"))
        session.execute(sa.text("DELETE FROM import_run"))


@pytest.fixture(scope="module")
def furnished(module_database: Urls) -> Iterator[House]:
    tokens.use_secret("a secret of the tests, long enough to be one")
    base = Database(module_database.app)
    with base.work() as session:
        people = cast(session)
        known: dict[str, Person] = {
            "claire": people.claire,
            "dora": people.dora,
            "camille": as_candidate(talent(session, "Camille")),
        }

    def person_of(session: Session, token: str, *, now: datetime) -> Person | None:
        return known.get(token)

    pool = doors.open_house(base, person_of, lambda: NOW)
    yield House(base, people)
    pool.shutdown()
    base.close()


def sent(
    browser: Browser, content: bytes, name: str = "export.csv", headers: dict[str, str] = FROM_HERE, **more: Any
) -> httpx.Response:
    return browser.post(TAKE, files={"file": (name, content, CSV)}, headers=headers, **more)


def test_a_recruiter_sends_a_file_and_is_led_to_its_page(house: House) -> None:
    answer = sent(house.as_("claire"), export(ZOE))
    (run,) = house.waiting()
    assert (answer.status_code, answer.headers["location"]) == (303, f"/imports/{run.id}")
    assert (run.file_name, run.content, run.taken_at) == ("export.csv", export(ZOE), None)


@pytest.mark.parametrize(("who", "led_to"), [("", "/signin"), ("forged", "/signin"), ("camille", "/"), ("dora", "/")])
def test_whoever_does_not_recruit_sends_nothing_and_reads_nothing(house: House, who: str, led_to: str) -> None:
    sent(house.as_("claire"), export(ZOE))
    (run,) = house.waiting()
    for answer in (sent(house.as_(who), export(ZOE)), house.as_(who).get(f"/imports/{run.id}/rejected.csv")):
        assert (answer.status_code, answer.headers["location"]) == (303, led_to)
    assert len(house.waiting()) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://vivier.example", "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
def test_another_site_cannot_send_a_file_in_a_recruiters_name(house: House, headers: dict[str, str]) -> None:
    assert sent(house.as_("claire"), export(ZOE), headers=headers).status_code == 403
    assert house.waiting() == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "est vide"),
        (b"%PDF-1.7 and so on", "pas un tableau"),
        (b"\x00\x01\x02" * 500, "pas du texte"),
        (b"PK\x03\x04 cut off", "export"),
        (b"Nom;E-mail\n", "personne en dessous"),
    ],
)
def test_what_is_no_table_is_told_on_the_page_it_came_from(house: House, content: bytes, told: str) -> None:
    browser = house.as_("claire")
    answer = sent(browser, content)
    assert answer.headers["location"] == "/imports/new?told=1"
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert told in told_of(answer.headers["set-cookie"].partition(";")[0])
    assert house.waiting() == []


def test_a_file_with_one_nul_comes_in_and_its_line_is_told_later(house: House) -> None:
    sent(house.as_("claire"), export(ZOE, ("Ba\0d", "", "bad@exemple.example", "", "", "", "", "")))
    (run,) = house.waiting()
    choices = Choices(SourceKind.ATS_EXPORT, "Export", date(2026, 11, 1), Basis.NONE)
    with house.database.work() as session:
        report = imports.preview(session, house.people.claire, run.id or 0, choices, now=NOW).report
    assert [told.line for told in report.rejected] == [3]


@pytest.mark.parametrize("over", [1, 5_000_000])
def test_a_file_too_large_is_told_so_and_nothing_of_it_is_kept(house: House, over: int) -> None:
    browser = house.as_("claire")
    answer = sent(browser, b"a" * (CAP_PAGE + routes._FORM_AROUND + over))
    assert answer.headers["location"] == "/imports/new?told=1"
    assert "50 Mo" in told_of(answer.headers["set-cookie"].partition(";")[0])
    assert house.waiting() == []


def test_a_file_of_200_mb_without_a_declared_length_is_read_and_thrown_away(house: House) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'

    async def endless() -> Any:
        yield head
        for _ in range(200):
            yield b"a" * 1_000_000

    answer = house.as_("claire").post(
        TAKE, content=endless(), headers=FROM_HERE | {"Content-Type": "multipart/form-data; boundary=x"}
    )
    assert "50 Mo" in told_of(answer.headers["set-cookie"].partition(";")[0])


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "multipart/form-data"),
        (b"not a form", "multipart/form-data; boundary=x"),
        (b"file=1", "application/x-www-form-urlencoded"),
        (
            b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nonly text\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
    ],
)
def test_a_form_that_holds_no_file_is_told_so(house: House, content: bytes, kind: str) -> None:
    answer = house.as_("claire").post(TAKE, content=content, headers=FROM_HERE | {"Content-Type": kind})
    assert answer.headers["location"] == "/imports/new?told=1"
    assert told_of(answer.headers["set-cookie"].partition(";")[0])
    assert house.waiting() == []


def test_the_name_of_a_file_is_no_path(house: House) -> None:
    sent(house.as_("claire"), export(ZOE), name="../../etc/passwd.csv")
    assert [run.file_name for run in house.waiting()] == ["passwd.csv"]


def test_the_rejected_lines_come_as_a_file_that_computes_nothing(house: House) -> None:
    browser = house.as_("claire")
    sent(browser, export(ZOE, ("=1+1", "", "broken", "", "", "", "", "")))
    (run,) = house.waiting()
    choices = Choices(SourceKind.ATS_EXPORT, "Export", date(2026, 11, 1), Basis.NONE)
    with house.database.work() as session:
        imports.take(session, house.people.claire, run.id or 0, choices, now=NOW)
    answer = browser.get(f"/imports/{run.id}/rejected.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "no-store"
    assert "\n3;" in answer.text
    assert ";'=1+1;" in answer.text


@pytest.mark.parametrize("number", ["999", "99999999999999999999", "x", "-1"])
def test_an_import_that_does_not_exist_has_no_file(house: House, number: str) -> None:
    assert house.as_("claire").get(f"/imports/{number}/rejected.csv").status_code == 404


@pytest.mark.parametrize("cookie", ["", "vivier_told=x", "vivier_told=%22", "vivier_told=[1]", "vivier_told=%7B%7D"])
def test_a_forged_cookie_tells_nothing(cookie: str) -> None:
    assert told_of(cookie) == ""
