"""Two of the pool made one by mistake, and named by files since: parted again, each has what was theirs."""

from collections.abc import Sequence

import pytest
from sqlmodel import col, select

from portal.imports import actions as imports
from portal.kit.db import Database, saved
from portal.talents.changes import update_by_recruiter
from portal.talents.models import Doubt, Talent
from tests.doubles.pairs import doubt_about
from tests.imports.files import bring, export, pool, recruiter
from tests.trust import later

ONE = ("Roux", "Zoé", "zoe@ancien.example", "0612345678", "Infirmière", "Lyon", "02/10/2026", "")
OTHER = ("Roux", "Zoé", "zoe@nouveau.example", "0699999999", "Soudeuse", "Nantes", "09/10/2026", "")
TOLD = ("email", "phone", "job_text", "job_code", "place_name", "place_code", "first_name", "last_name")


def _made_one(house: Database) -> tuple[list[tuple[object, ...]], int]:
    bring(house, export(ONE))
    bring(house, export(OTHER))
    before, who = _stands(house), recruiter(house)
    with house.work() as session:
        one, other = session.exec(select(Talent).order_by(col(Talent.id))).all()
        doubt = doubt_about(session, one, other)
        imports.same_person(session, who, doubt, now=later(hours=1))
    assert [one.email for one in pool(house) if one.erased_at is None] == ["zoe@nouveau.example"]
    return before, doubt


def _stands(house: Database) -> list[tuple[object, ...]]:
    return [tuple(getattr(one, name) for name in TOLD) for one in pool(house) if one.erased_at is None]


@pytest.mark.parametrize(
    "files",
    [
        [(*OTHER[:6], "12/10/2026", "")],
        [(*ONE[:6], "12/10/2026", "")],
        [(*ONE[:6], "12/10/2026", ""), (*OTHER[:6], "13/10/2026", "")],
        [(*OTHER[:6], "12/10/2026", ""), (*ONE[:4], "", "", "13/10/2026", "")],
        [("Roux", "Zoé", OTHER[2], "", "", "", "12/10/2026", "")],
    ],
)
def test_a_merge_is_taken_back_after_later_files_named_either(house: Database, files: Sequence[Sequence[str]]) -> None:
    before, doubt = _made_one(house)
    for each in files:
        bring(house, export(each))
    who = recruiter(house)
    with house.work() as session:
        imports.take_back(session, who, doubt, now=later(hours=2))
    assert _stands(house) == before


def test_a_merge_is_taken_back_after_a_recruiter_typed_the_address_again(house: Database) -> None:
    before, doubt = _made_one(house)
    who = recruiter(house)
    with house.work() as session:
        stays = saved(session.exec(select(Talent).where(col(Talent.erased_at).is_(None))).one().id)
        update_by_recruiter(session, who, stays, {"email": OTHER[2], "job_text": OTHER[4]}, now=later(hours=2))
    with house.work() as session:
        imports.take_back(session, who, doubt, now=later(hours=3))
        assert session.get_one(Doubt, doubt).decided_at is None
    assert [row[0] for row in _stands(house)] == [row[0] for row in before]
