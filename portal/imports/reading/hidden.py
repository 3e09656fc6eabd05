"""Rows that a workbook does not show, mostly for a filter left on: they are people all the same, and said."""

import io
import re
import zipfile
from html import unescape

from portal.kit.i18n import N_

HIDDEN = N_("The sheet hides rows, by a filter perhaps: they are read as well. Rows concerned: {count}.")

_ATTRIBUTE = re.compile(rb'(?<![\w:-])([\w:-]++)="([^"]*)"')
_SHEET = re.compile(rb"<sheet\b([^<>]*)>")
_RELATION = re.compile(rb"<Relationship\b([^<>]*)>")
_ROW = re.compile(rb'<row\b(?=[^<>]*\bhidden="(?:1|true)")')
_TABLE = re.compile(rb"<table:table\b(?!-)([^<>]*)>")
_ROW_ODS = re.compile(rb"<table:table-row\b([^<>]*)>")


def hidden_rows(packed: bytes, sheet: str) -> int:
    """Return how many rows of `sheet` the workbook hides."""
    with zipfile.ZipFile(io.BytesIO(packed)) as book:
        names = set(book.namelist())
        if "content.xml" in names:
            return _of_ods(book.read("content.xml"), sheet)
        target = _member(book, names, sheet)
        return len(_ROW.findall(book.read(target))) if target in names else 0


def _member(book: zipfile.ZipFile, names: set[str], sheet: str) -> str:
    """Return where a sheet stands, by what the workbook says of it."""
    relations = "xl/_rels/workbook.xml.rels"
    sheets = {_text(each, b"name"): _text(each, b"r:id") for each in _told(_SHEET, book.read("xl/workbook.xml"))}
    told = _told(_RELATION, book.read(relations)) if relations in names else []
    targets = {_text(each, b"Id"): _text(each, b"Target") for each in told}
    target = targets.get(sheets.get(sheet, ""), "")
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _told(element: re.Pattern[bytes], xml: bytes) -> list[dict[bytes, bytes]]:
    return [dict(_ATTRIBUTE.findall(found)) for found in element.findall(xml)]


def _text(attributes: dict[bytes, bytes], name: bytes) -> str:
    return unescape(attributes.get(name, b"").decode(errors="replace"))


def _of_ods(xml: bytes, sheet: str) -> int:
    starts = [*_TABLE.finditer(xml)]
    count = 0
    for place, start in enumerate(starts):
        if _text(dict(_ATTRIBUTE.findall(start[1])), b"table:name") != sheet:
            continue
        end = starts[place + 1].start() if place + 1 < len(starts) else len(xml)
        for row in map(dict, map(_ATTRIBUTE.findall, _ROW_ODS.findall(xml, start.end(), end))):
            if row.get(b"table:visibility") in {b"filter", b"collapse"}:
                often = row.get(b"table:number-rows-repeated", b"1")
                count += int(often) if often.isdigit() and len(often) < 8 else 1
    return count
