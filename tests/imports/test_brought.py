"""Tags and notes that a file brings, and takes away again; nothing in them that the law protects."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from portal.imports import actions as imports
from portal.imports.cells.tags import read_note, read_tags
from portal.imports.models import ImportRun
from portal.kit.db import Database
from portal.talents.models import Note, Tag, Talent, TalentTag
from portal.talents.tags import put_tag
from tests.imports.files import CHOICES, bring, counts, pool, recruiter
from tests.trust import NOW, later

FILES = Path(__file__).parent / "files_of_tools"
NOTED = replace(CHOICES, columns={"Note": "note"})


def worn(session: Session) -> list[tuple[str, str]]:
    query = select(Talent.email, Tag.name).join(TalentTag, col(TalentTag.talent_id) == Talent.id).join(Tag)
    return sorted((email or "", tag) for email, tag in session.exec(query))


def notes(session: Session) -> list[str]:
    return list(session.exec(select(Note.text).order_by(col(Note.id))))


@pytest.mark.parametrize(
    ("cell", "tags", "grounds"),
    [
        ("python; remote", ("python", "remote"), ()),
        ("À rappeler, à Rappeler|soin", ("À rappeler", "soin"), ()),
        ("* Work ::: * myContacts", ("Work",), ()),
        ("RQTH; soudure; enceinte", ("soudure",), ("health", "family")),
        ("", (), ()),
    ],
)
def test_tags_are_told_apart(cell: str, tags: tuple[str, ...], grounds: tuple[str, ...]) -> None:
    assert read_tags(cell, []) == (tags, grounds)


def test_what_is_too_long_for_a_tag_or_a_note_is_told() -> None:
    remarks: list[object] = []
    assert read_tags("x" * 41, remarks) == ((), ())  # type: ignore[arg-type]
    assert len(read_note("travail " * 300, remarks)[0]) == 2_000  # type: ignore[arg-type]
    assert len(remarks) == 2


@pytest.mark.parametrize("name", ["greenhouse", "taleez", "teamtailor"])
def test_the_tags_of_a_tool_s_export_come_in(house: Database, name: str) -> None:
    bring(house, (FILES / f"{name}.csv").read_bytes())
    with house.work() as session:
        assert (
            worn(session)
            == {
                "greenhouse": [("jean.dupont@mail.example", "python"), ("jean.dupont@mail.example", "remote")],
                "taleez": [("maelle.gueguen@mail.example", "soin")],
                "teamtailor": [("ines.petit@mail.example", "soudure")],
            }[name]
        )


NOTE = "Email,Tags,Note\na@x.example,soin,Parle bien du métier\nb@x.example,soin,Dos fragile et divorcé\nc@x.example,,\n".encode()


def test_a_note_is_taken_in_where_somebody_says_so_but_none_about_what_the_law_protects(house: Database) -> None:
    assert bring(house, NOTE).ignored_columns == ["Note"]
    report = bring(house, NOTE, NOTED)
    with house.work() as session:
        assert notes(session) == ["Parle bien du métier"]
        assert session.exec(select(Note.import_id)).one() is not None
    assert [(told.line, "left out" in told.why("en")) for told in report.remarks] == [(3, True)]
    assert "Dos" not in str(report.stored())


def test_the_same_file_twice_says_nothing_twice(house: Database) -> None:
    assert counts(bring(house, NOTE, NOTED)) == (3, 0, 0)
    assert counts(bring(house, NOTE, NOTED)) == (0, 0, 3)
    with house.work() as session:
        assert len(notes(session)) == 1
        assert worn(session) == [("a@x.example", "soin"), ("b@x.example", "soin")]


def test_what_an_import_brought_goes_when_it_is_undone_and_nothing_else(house: Database) -> None:
    who = recruiter(house)
    bring(house, b"Email\na@x.example\n")
    with house.work() as session:
        put_tag(session, who, [pool_id(session, "a@x.example")], "Vu", now=NOW)
    bring(house, NOTE, NOTED)
    with house.work() as session:
        run = session.exec(select(ImportRun.id).order_by(col(ImportRun.id).desc())).first()
        told = imports.undo(session, who, run or 0, now=later(minutes=5))
        assert told["gone"] == 2
    with house.work() as session:
        assert (worn(session), notes(session)) == ([("a@x.example", "Vu")], [])


def pool_id(session: Session, email: str) -> int:
    return session.exec(select(Talent.id).where(col(Talent.email) == email)).one() or 0


def test_a_long_or_broken_note_spoils_nobody(house: Database) -> None:
    content = f'Email,Note\na@x.example,"{"travail soigné " * 900}\x01"\n'.encode()
    bring(house, content, NOTED)
    assert [one.email for one in pool(house)] == ["a@x.example"]
