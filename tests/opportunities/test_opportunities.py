"""An opportunity says what it is before it is put to anyone."""

from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import Session

from portal.kit.errors import NotFound, Refused
from portal.opportunities import actions, queries
from portal.opportunities.rules import Terms
from portal.talents.vocabulary import Contract
from portal.timeline.who import Role
from tests.people import LYON, NOW, candidate, staff, talent

NURSE = Terms("Infirmière de bloc", Contract.CDI, digest_fr="Un bloc neuf.", place_code=LYON, salary_min=30_000)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title": "  \0 "}, "Give the opportunity a title"),
        ({"title": "x" * 121}, "120 characters"),
        ({"digest_fr": " "}, "Write the digest"),
        ({"digest_en": "x" * 1501}, "condensed"),
        ({"salary_min": 40_000, "salary_max": 30_000}, "lowest salary is above"),
        ({"salary_max": -1}, "euros a year"),
        ({"place_code": "Lyon"}, "No place is known"),
        ({"job_code": "nurse"}, "No job is known"),
    ],
)
def test_terms_without_sense_are_told_what_to_mend(session: Session, change: dict[str, Any], told: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.create(session, staff(session), replace(NURSE, **change), now=NOW)
    assert told in str(refused.value)


def test_an_opportunity_knows_where_it_is_and_gives_its_terms_back(session: Session) -> None:
    me = staff(session)
    opened = actions.create(session, me, NURSE, now=NOW)
    assert (opened.place_name, opened.lat is not None) == ("Lyon", True)
    assert queries.terms_of(opened) == NURSE
    assert queries.digest(opened, "en") == "Un bloc neuf."
    moved = actions.edit(session, me, opened.id or 0, replace(NURSE, place_code=None, title="  Bloc  "), now=NOW)
    assert (moved.place_name, moved.lat, moved.title) == ("", None, "Bloc")


def test_a_closed_opportunity_leaves_the_list_and_can_come_back(session: Session) -> None:
    me, colleague = staff(session), staff(session, "Louis")
    opened = actions.create(session, me, NURSE, now=NOW)
    actions.close(session, colleague, opened.id or 0, now=NOW)
    assert queries.opportunities(session, me) == []
    assert [row.title for row in queries.opportunities(session, me, closed=True)] == [NURSE.title]
    with pytest.raises(Refused, match="open it again"):
        actions.edit(session, me, opened.id or 0, NURSE, now=NOW)
    actions.open_again(session, me, opened.id or 0, now=NOW)
    assert [(row.title, row.owner) for row in queries.opportunities(session, me)] == [(NURSE.title, "Camille")]


def test_only_those_who_recruit_touch_opportunities(session: Session) -> None:
    opened = actions.create(session, staff(session), NURSE, now=NOW)
    for who in (candidate(talent(session)), staff(session, "Dominique", Role.DPO)):
        with pytest.raises(NotFound):
            actions.close(session, who, opened.id or 0, now=NOW)
        with pytest.raises(NotFound):
            queries.opportunities(session, who)
