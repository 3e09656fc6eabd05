"""An operator verifies and takes away the ledger, and invites the first admin, from a terminal."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner, Result

from portal.cli import app
from portal.consent import actions
from portal.consent.queries import current_notice
from portal.consent.rules import Purpose
from portal.kit import clock
from portal.kit.db import Database
from portal.kit.embedded import Urls
from portal.signin.actions import consume_link
from portal.timeline.who import Role
from tests.trust import NOW, candidate, talent


@pytest.fixture
def house(database: Urls, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setenv("DATABASE_URL", database.app)
    monkeypatch.setenv("DATABASE_OWNER_URL", database.owner)
    monkeypatch.setenv("SECRET_KEY", "a secret of the tests, long enough to be one")
    monkeypatch.setenv("VIVIER_ENV", "test")
    opened = Database(database.app)
    with opened.work() as session:
        for n in range(3):
            id_ = talent(session, f"p{n}@exemple.example").id or 0
            notice = current_notice(session, Purpose.POOL, "fr", now=NOW)
            actions.give(session, candidate(id_), id_, Purpose.POOL, notice, interface="portal", now=NOW)
    yield opened
    opened.close()


def vivier(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_a_whole_ledger_is_verified_here_and_elsewhere(house: Database, tmp_path: Path) -> None:
    here = vivier("ledger", "verify")
    assert (here.exit_code, "3 entries" in here.output) == (0, True)
    file = tmp_path / "ledger.jsonl"
    assert "3 entries" in vivier("ledger", "export", file).output
    assert file.stat().st_mode & 0o077 == 0
    head = re.findall(r"[0-9a-f]{64}", here.output)[0]
    assert vivier("ledger", "verify", file, "--head", head).exit_code == 0


def test_a_tampered_ledger_exits_1_and_names_the_first_bad_row(house: Database, database: Urls, tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    vivier("ledger", "export", file)
    file.write_text(file.read_text().replace('"seq": 2, "at": "2026', '"seq": 2, "at": "2025'))
    offline = vivier("ledger", "verify", file)
    assert (offline.exit_code, "Entry 2 was changed" in offline.output) == (1, True)
    engine = sa.create_engine(database.owner)
    with engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE ledger_entry DISABLE TRIGGER USER"))
        connection.execute(sa.text("DELETE FROM ledger_evidence"))
        connection.execute(sa.text("DELETE FROM ledger_entry WHERE seq = 3"))
    engine.dispose()
    assert vivier("ledger", "verify").exit_code == 0
    cut = vivier("ledger", "verify", "--head", "f" * 64)
    assert (cut.exit_code, "from entry 3 on" in cut.output) == (1, True)


def test_what_cannot_be_read_gets_a_sentence(house: Database, tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"\xff\xfe\x00hello")
    for file in (tmp_path / "other", tmp_path / "missing", tmp_path):
        answer = vivier("ledger", "verify", file)
        assert answer.exit_code == 2
        assert "Traceback" not in answer.output


def test_the_first_admin_comes_in_by_the_printed_link(house: Database) -> None:
    answer = vivier("invite", "ada@maison.example", "--role", "admin", "--name", "Ada Martin")
    assert answer.exit_code == 0, answer.output
    token = re.findall(r"/s/(\S+)", answer.output)[0]
    with house.work() as session:
        assert consume_link(session, token, now=clock.now()).role is Role.ADMIN
        assert session.execute(sa.text("SELECT count(*) FROM letter")).scalar_one() == 1


def test_an_invitation_that_makes_no_sense_says_what_to_do(house: Database) -> None:
    assert "one of recruiter, admin, dpo" in vivier("invite", "a@b.example", "--role", "king").output
    assert "e-mail address" in vivier("invite", "nobody", "--role", "dpo").output
