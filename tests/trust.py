"""The people of the tests on consent and sign-in, and small tools to look at the database from outside."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session

from portal.access import actions as access
from portal.access.models import Staff
from portal.kit import tokens
from portal.kit.db import Database
from portal.postbox.links import CODE, mint
from portal.postbox.models import Letter, LetterLink
from portal.talents.models import Talent
from portal.timeline.who import Person, Role, System
from tests import people

tokens.use_secret("a secret of the tests, long enough to be one")

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DEMO = System("test")
# What only counts tries or is a log by nature.
LOGS = {"rate_count"}


def talent(session: Session, email: str = "camille@exemple.example", **more: object) -> Talent:
    told = {"created_at": NOW, "email": email, "collected_on": NOW.date()}
    return people.talent(session, "Camille Rivière", **(told | more))


def staff(session: Session, email: str = "rachid@maison.example", role: Role = Role.RECRUITER) -> Staff:
    return access.invite(session, DEMO, email, "Rachid Benali", role, now=NOW)


def candidate(id_: int, *, fresh: bool = True) -> Person:
    return Person(id_, Role.CANDIDATE, "Camille", "fr", "Europe/Paris", fresh)


def member(id_: int, role: Role) -> Person:
    return Person(id_, role, "Rachid Benali", "fr", "Europe/Paris", fresh=True)


def rows_of(database: Database) -> dict[str, int]:
    """How many rows each table holds, those of logs aside."""
    return {table: len(rows) for table, rows in contents_of(database).items()}


def contents_of(database: Database) -> dict[str, list[str]]:
    """Everything every table holds, so that a changed value shows too."""
    with database.work() as session:
        every = sa.inspect(session.connection()).get_table_names()
        names = [n for n in every if n not in LOGS and "procrastinate" not in n]
        return {
            name: sorted(session.execute(sa.text(f'SELECT t::text FROM "{name}" t')).scalars())  # noqa: S608
            for name in names
        }


def dispatch(session: Session, letter: Letter, *, now: datetime) -> tuple[str, str]:
    """Mint what the letter's link and code become when it leaves; return both."""
    minted = mint(letter.links[0], letter_id=letter.id, talent_id=letter.talent_id, staff_id=letter.staff_id, now=now)
    session.add(LetterLink(**minted.row))
    session.flush()
    assert minted.code is not None
    assert minted.row["code_hash"] == tokens.keyed_hash(minted.code, CODE)
    return minted.token, minted.code


def later(**span: int) -> datetime:
    return NOW + timedelta(**span)
