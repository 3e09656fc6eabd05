"""One address, proven for several files in the same moment: it is one person's."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlmodel import col, select

from portal.kit.db import Database, saved
from portal.postbox.links import mint, store
from portal.signin import changing
from portal.signin.proposals import Says
from portal.talents.models import AddressChange, Talent
from tests.people import NOW, staff, talent

MANY, WANTED = 8, "une@x.example"


def _pressed(house: Database, tokens: list[str]) -> list[Says]:
    start = threading.Barrier(len(tokens))

    def press(token: str) -> Says:
        start.wait()
        with house.work() as session:
            return changing.prove(session, token, now=NOW).says

    with ThreadPoolExecutor(len(tokens)) as hands:
        return list(hands.map(press, tokens))


def _tokens(house: Database, people: int, each: int) -> list[str]:
    tokens = []
    with house.work() as session:
        claire = staff(session, "Claire")
        for number in range(people):
            one = talent(session, f"Zoé {number}", email=f"zoe{number}@x.example")
            changing.propose(session, claire, saved(one.id), f"autre{number}@x.example", now=NOW)
            change = session.exec(select(AddressChange).where(col(AddressChange.talent_id) == one.id)).one()
            change.address = WANTED
            document = {
                "name": "address", "purpose": "address", "act": {"change": change.id},
                "until": (NOW + timedelta(days=7)).isoformat(),
            }  # fmt: skip
            links = [mint(document, letter_id=None, talent_id=one.id, staff_id=None, now=NOW) for _ in range(each)]
            store(session, links)
            tokens += [link.token for link in links]
    return tokens


def test_of_several_files_one_gets_the_address(everybody: Database) -> None:
    told = _pressed(everybody, _tokens(everybody, MANY, 1))
    assert sorted(told) == sorted([Says.DONE, *[Says.TAKEN] * (MANY - 1)])
    with everybody.work() as session:
        assert len(session.exec(select(Talent).where(col(Talent.email) == WANTED)).all()) == 1


def test_pressed_by_many_at_once_it_is_done_once(everybody: Database) -> None:
    told = _pressed(everybody, _tokens(everybody, 1, MANY))
    assert told == [Says.DONE] * MANY
    with everybody.work() as session:
        assert session.exec(select(AddressChange.before)).all() == ["zoe0@x.example"]
