"""A large file is read by a process of its own, and says the same."""

from datetime import date
from pathlib import Path

import pytest

from portal.imports import gathering
from portal.imports.lines import Setting
from portal.imports.reader import Task
from portal.kit.errors import Refused
from tests.imports.files import ZOE, export

SETTING = Setting(date(2026, 11, 16), date(2026, 11, 23))


def _task(content: bytes) -> Task:
    return Task("pool.csv", content, 10**8, {}, SETTING)


def _all_told(opened: object) -> tuple[object, ...]:
    with opened as (opening, packs, cells):  # type: ignore[attr-defined]
        found = gathering.Gathered(opening, cells)
        for pack in packs:
            found.add(pack)
        return found.header, found.marks, found.troubles, found.lines(found.marks), found.cells([2, 3])


def test_a_line_says_the_same_whoever_reads_it() -> None:
    rows = [(*ZOE[:2], f"zoe{n}@x.example", f"06{n:08d}", *ZOE[4:]) for n in range(1200)]
    task = _task(export(*rows, ("x", "", "broken", "", "", "", "", "")))
    here = _all_told(gathering._here(task))
    assert here == _all_told(gathering._far(task))
    assert len(here[1]) == 1200


def test_what_is_wrong_with_a_whole_file_is_told_from_afar_too() -> None:
    with pytest.raises(Refused, match="Check the export"), gathering._far(_task(b"Nom;E-mail\n")):
        pass


def test_a_file_on_disk_is_read_where_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "pool.csv"
    file.write_bytes(export(ZOE))
    heard: list[tuple[int, int]] = []
    task = Task("pool.csv", file, 10**8, {}, SETTING)
    with gathering.gathered(task, lambda done, of: heard.append((done, of))) as found:
        assert [mark.email for mark in found.marks] == ["zoe@exemple.example"]
    assert heard == [(1, 1)]
