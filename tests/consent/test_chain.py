"""The chain, without any database: whoever changes, removes or inserts a row is found at the first row touched."""

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.consent import chain
from portal.consent.chain import FIRST, Flaw, Row, verify

WORDS = st.dictionaries(st.sampled_from(["name", "email", "notice", "by"]), st.text(max_size=30))
BOOKS = st.lists(WORDS, min_size=1, max_size=12)


def book(people: list[dict[str, str]]) -> list[Row]:
    rows, prev = [], FIRST
    for seq, personal in enumerate(people, 1):
        salt = chain.new_salt()
        fields: dict[str, Any] = {
            "seq": seq,
            "at": "2026-11-23T09:00:00.000000Z",
            "pseudonym": "00000000-0000-4000-8000-000000000001",
            "act": "given",
            "purpose": "pool",
            "basis": "consent",
            "notice_version": 1,
            "notice_locale": "fr",
            "notice_hash": "",
            "interface": "portal",
            "commitment": chain.commit_to(salt, personal),
            "prev": prev,
        }
        prev = chain.entry_hash(fields)
        rows.append(Row(fields, prev, salt, personal))
    return rows


def altered(row: Row, **fields: object) -> Row:
    return dataclasses.replace(row, fields={**row.fields, **fields})


@given(BOOKS)
def test_a_chain_nobody_touched_is_whole(people: list[dict[str, str]]) -> None:
    rows = book(people)
    assert verify(rows, rows[-1].hash) == chain.Verdict(len(rows), rows[-1].hash)


@given(BOOKS, st.data())
def test_erasing_personal_parts_leaves_the_chain_whole(people: list[dict[str, str]], data: st.DataObject) -> None:
    rows = book(people)
    gone = data.draw(st.sets(st.sampled_from(range(len(rows)))))
    left = [dataclasses.replace(r, salt=None, personal=None) if i in gone else r for i, r in enumerate(rows)]
    assert verify(left, rows[-1].hash).whole


CHANGES = {
    "at": "2020-01-01T00:00:00.000000Z",
    "pseudonym": "00000000-0000-4000-8000-000000000002",
    "act": "withdrawn",
    "purpose": "event",
    "basis": "none",
    "notice_version": 2,
    "notice_locale": "en",
    "notice_hash": "ff",
    "interface": "cli",
    "commitment": "ff",
}


@given(BOOKS, st.data())
def test_any_changed_field_names_the_row_it_stands_in(people: list[dict[str, str]], data: st.DataObject) -> None:
    rows = book(people)
    at = data.draw(st.sampled_from(range(len(rows))))
    field = data.draw(st.sampled_from(sorted(CHANGES)))
    rows[at] = altered(rows[at], **{field: CHANGES[field]})
    verdict = verify(rows)
    assert (verdict.first_bad, verdict.flaw) == (at + 1, Flaw.HASH)


@given(BOOKS, st.data())
def test_whoever_changes_a_row_and_its_hash_is_found_at_the_next(
    people: list[dict[str, str]], data: st.DataObject
) -> None:
    rows = book([*people, {}])
    at = data.draw(st.sampled_from(range(len(rows) - 1)))
    forged = altered(rows[at], act="withdrawn")
    rows[at] = dataclasses.replace(forged, hash=chain.entry_hash(forged.fields))
    verdict = verify(rows)
    assert (verdict.first_bad, verdict.flaw) == (at + 2, Flaw.PREV)


@given(BOOKS, st.data())
def test_a_removed_row_is_named_as_missing(people: list[dict[str, str]], data: st.DataObject) -> None:
    rows = book([*people, {}])
    at = data.draw(st.sampled_from(range(len(rows) - 1)))
    del rows[at]
    verdict = verify(rows)
    assert (verdict.first_bad, verdict.flaw) == (at + 1, Flaw.GAP)


def test_a_changed_personal_part_no_longer_fits_its_commitment() -> None:
    rows = book([{"name": "Camille"}, {"name": "Noé"}])
    rows[1] = dataclasses.replace(rows[1], personal={"name": "Quelqu’un d’autre"})
    verdict = verify(rows)
    assert (verdict.first_bad, verdict.flaw) == (2, Flaw.COMMITMENT)


@pytest.mark.parametrize("left", [0, 1, 2])
def test_a_cut_tail_shows_only_to_whoever_noted_the_head(left: int) -> None:
    rows = book([{}, {}, {}])
    noted = rows[-1].hash
    assert verify(rows[:left]).whole
    verdict = verify(rows[:left], noted)
    assert (verdict.first_bad, verdict.flaw) == (left + 1, Flaw.CUT)


def test_a_head_noted_earlier_is_still_met_once_the_ledger_has_grown() -> None:
    rows = book([{}, {}, {}])
    assert verify(rows, rows[0].hash).whole
