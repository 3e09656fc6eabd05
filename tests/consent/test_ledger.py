"""The ledger in PostgreSQL: appended by many, changed by none, exported and verified elsewhere."""

import io
import json
import threading
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import ProgrammingError

from portal.consent import actions, ledger
from portal.consent.chain import Flaw
from portal.consent.queries import Filters, current_notice, ledger_page
from portal.consent.rules import Act, Purpose
from portal.kit.db import Database
from portal.kit.embedded import Urls
from portal.kit.errors import NotFound, Refused
from portal.timeline.who import Role
from tests.trust import DEMO, NOW, candidate, member, talent

DPO = member(9, Role.DPO)


@pytest.fixture
def owner(database: Urls) -> Iterator[sa.Engine]:
    engine = sa.create_engine(database.owner)
    yield engine
    engine.dispose()


def fill(house: Database, people: int = 3) -> list[int]:
    """Each person consents, the last one then withdraws."""
    with house.work() as session:
        ids = [talent(session, f"p{n}@exemple.example").id or 0 for n in range(people)]
        notice = current_notice(session, Purpose.POOL, "fr", now=NOW)
        for id_ in ids:
            actions.give(session, candidate(id_), id_, Purpose.POOL, notice, interface="portal", now=NOW)
        actions.withdraw(session, candidate(ids[-1]), ids[-1], Purpose.POOL, interface="portal", now=NOW)
    return ids


def tamper(owner: sa.Engine, sentence: str) -> None:
    """What somebody with the owner's rights could do behind the app's back."""
    with owner.begin() as connection:
        connection.execute(sa.text("ALTER TABLE ledger_entry DISABLE TRIGGER USER"))
        connection.execute(sa.text(sentence))


def verdict(house: Database, head: str | None = None) -> tuple[int | None, Flaw | None]:
    with house.work() as session:
        found = ledger.verify(session, DPO, head)
    return found.first_bad, found.flaw


def test_what_people_say_is_chained(house: Database) -> None:
    fill(house)
    with house.work() as session:
        found = ledger.verify(session, DPO)
        acts = [row.fields["act"] for row in ledger.rows(session)]
    assert (found.whole, found.rows) == (True, 4)
    assert acts == ["given", "given", "given", "withdrawn"]


@pytest.mark.parametrize(
    ("sentence", "first_bad", "flaw"),
    [
        ("UPDATE ledger_entry SET purpose = 'event' WHERE seq = 2", 2, Flaw.HASH),
        ("UPDATE ledger_entry SET at = at - interval '1 microsecond' WHERE seq = 3", 3, Flaw.HASH),
        ("UPDATE ledger_entry SET hash = repeat('a', 64) WHERE seq = 1", 1, Flaw.HASH),
        ("UPDATE ledger_entry SET prev = repeat('a', 64) WHERE seq = 3", 3, Flaw.PREV),
        ("DELETE FROM ledger_evidence; DELETE FROM ledger_entry WHERE seq = 2", 2, Flaw.GAP),
        ("DELETE FROM ledger_evidence; UPDATE ledger_entry SET seq = 9 WHERE seq = 4", 4, Flaw.GAP),
        ('UPDATE ledger_evidence SET personal = \'{"name": "X"}\' WHERE seq = 2', 2, Flaw.COMMITMENT),
        ("UPDATE ledger_evidence SET salt = 'x' WHERE seq = 4", 4, Flaw.COMMITMENT),
    ],
)
def test_tampering_is_found_at_the_first_row_touched(
    house: Database, owner: sa.Engine, sentence: str, first_bad: int, flaw: Flaw
) -> None:
    fill(house)
    tamper(owner, sentence)
    assert verdict(house) == (first_bad, flaw)


def test_a_cut_tail_is_noticed_by_whoever_noted_the_head(house: Database, owner: sa.Engine) -> None:
    fill(house)
    with house.work() as session:
        _, head = ledger.head(session)
    tamper(owner, "DELETE FROM ledger_evidence; DELETE FROM ledger_entry WHERE seq = 4")
    assert verdict(house) == (None, None)
    assert verdict(house, head) == (4, Flaw.CUT)


@pytest.mark.parametrize(
    "sentence",
    [
        "UPDATE ledger_entry SET act = 'given'",
        "DELETE FROM ledger_entry",
        "TRUNCATE ledger_entry CASCADE",
        "ALTER TABLE ledger_entry DISABLE TRIGGER ledger_rows_stay",
        "ALTER TABLE ledger_entry DISABLE TRIGGER ALL",
        "DROP TABLE ledger_entry CASCADE",
        "SET session_replication_role = replica",
        "UPDATE ledger_evidence SET personal = '{}'",
        "TRUNCATE ledger_evidence",
        "UPDATE notice SET text = 'something milder'",
    ],
)
def test_the_database_itself_refuses_the_app_to_rewrite_what_people_said(house: Database, sentence: str) -> None:
    fill(house)
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), house.work() as session:
        session.execute(sa.text(sentence))
    assert verdict(house) == (None, None)


@pytest.mark.own_database
def test_two_who_write_at_once_make_one_chain(house: Database) -> None:
    with house.work() as session:
        ids = [talent(session, f"p{n}@exemple.example").id or 0 for n in range(2)]
        notice = current_notice(session, Purpose.POOL, "fr", now=NOW)
    both, failures = threading.Barrier(2), []

    def speak(id_: int) -> None:
        try:
            both.wait()
            for _ in range(25):
                with house.work() as session:
                    actions.give(session, candidate(id_), id_, Purpose.POOL, notice, interface="portal", now=NOW)
        except Exception as wrong:  # noqa: BLE001 - told to the test below
            failures.append(wrong)

    threads = [threading.Thread(target=speak, args=(id_,)) for id_ in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with house.work() as session:
        assert ledger.verify(session, DPO).rows == 50


def test_an_act_that_fails_takes_its_entries_with_it(house: Database) -> None:
    ids = fill(house)
    with pytest.raises(NotFound):
        withdraw_both(house, ids)
    fill_one_more(house, ids[0])
    assert verdict(house) == (None, None)


def withdraw_both(house: Database, ids: list[int]) -> None:
    """One person tries to withdraw for another, too."""
    with house.work() as session:
        for id_ in ids:
            actions.withdraw(session, candidate(ids[0]), id_, interface="portal", now=NOW)


def fill_one_more(house: Database, id_: int) -> None:
    with house.work() as session:
        actions.withdraw(session, candidate(id_), id_, Purpose.POOL, interface="portal", now=NOW)


def exported(house: Database) -> str:
    file = io.StringIO()
    with house.work() as session:
        ledger.export(session, DPO, file, now=NOW)
    return file.getvalue()


def test_an_export_is_verified_without_a_database(house: Database) -> None:
    fill(house)
    text = exported(house)
    top = json.loads(text.splitlines()[0])
    assert ledger.verify_file(io.StringIO(text), top["head"]).rows == top["entries"] == 4


def test_an_export_whose_end_is_missing_says_so_by_itself(house: Database) -> None:
    fill(house)
    cut = "\n".join(exported(house).splitlines()[:-1])
    found = ledger.verify_file(io.StringIO(cut))
    assert (found.first_bad, found.flaw) == (4, Flaw.CUT)


def test_an_export_with_another_act_in_it_names_its_row(house: Database) -> None:
    fill(house)
    forged = exported(house).replace('"withdrawn"', '"renewed"')
    found = ledger.verify_file(io.StringIO(forged))
    assert (found.first_bad, found.flaw) == (4, Flaw.HASH)


@pytest.mark.parametrize(
    "text", ["", "hello", "[]", '{"format": "other"}', "\x00", '{"format": "vivier-consent-ledger"}']
)
def test_a_file_that_is_no_export_gets_a_sentence(text: str) -> None:
    with pytest.raises(Refused, match="export"):
        ledger.verify_file(io.StringIO(text))


def test_after_an_erasure_the_chain_is_whole_and_names_nobody(house: Database) -> None:
    ids = fill(house)
    with house.work() as session:
        actions.erase_evidence(session, DEMO, ids[:1], interface="portal", now=NOW)
    text = exported(house)
    assert ledger.verify_file(io.StringIO(text)).rows == 5
    assert "p0@exemple.example" not in text
    assert "p1@exemple.example" in text


def test_the_dpo_finds_entries_by_person_and_act(house: Database) -> None:
    fill(house)
    with house.work() as session:
        everything = ledger_page(session, DPO, Filters())
        one = ledger_page(session, DPO, Filters(text="P2@exemple"))
        torn = ledger_page(session, DPO, Filters(text="P2\0@exemple"))
        stopped = ledger_page(session, DPO, Filters(act=Act.WITHDRAWN))
        by_pseudonym = ledger_page(session, DPO, Filters(text=str(stopped.rows[0].pseudonym)))
        nothing = ledger_page(session, DPO, Filters(text="100%"), page=7)
    assert [row.seq for row in everything.rows] == [4, 3, 2, 1]
    assert torn.rows == one.rows
    assert [row.seq for row in one.rows] == [row.seq for row in by_pseudonym.rows] == [4, 3]
    assert (stopped.total, stopped.rows[0].email) == (1, "p2@exemple.example")
    assert (nothing.total, nothing.page) == (0, 1)


@pytest.mark.parametrize("who", [member(1, Role.RECRUITER), member(1, Role.ADMIN), candidate(1)])
def test_nobody_but_the_dpo_reads_the_ledger(house: Database, who: object) -> None:
    with house.work() as session, pytest.raises(Refused):
        ledger_page(session, who, Filters())  # type: ignore[arg-type]
    with house.work() as session, pytest.raises(Refused):
        ledger.export(session, who, io.StringIO(), now=NOW)  # type: ignore[arg-type]
