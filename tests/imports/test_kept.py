"""The file of an import that waits is fetched in pieces, and never along with its row."""

import os

import sqlalchemy as sa
from sqlmodel import Session

from portal.imports import kept
from portal.imports.models import ImportRun
from portal.imports.queries import own_run, runs
from portal.kit.db import Database, saved
from tests.imports.files import recruiter
from tests.trust import NOW


def waiting(session: Session, content: bytes | None) -> int:
    run = ImportRun(file_name="pool.csv", content=content, uploaded_at=NOW)
    session.add(run)
    session.flush()
    session.expunge_all()
    return saved(run.id)


def test_a_file_of_several_pieces_arrives_whole(house: Database) -> None:
    content = os.urandom(2 * kept._PIECE + 1)
    who = recruiter(house)
    with house.work() as session:
        for told in (content, b"a", b"", None):
            run = own_run(session, who, waiting(session, told))
            assert kept.file_of(session, run) == told
            assert kept.size_of(session, saved(run.id)) == (None if told is None else len(told))


def test_looking_at_an_import_or_at_all_of_them_fetches_no_file(house: Database) -> None:
    who = recruiter(house)
    with house.work() as session:
        run = own_run(session, who, waiting(session, b"a;b"))
        assert "content" in sa.inspect(run).unloaded
        assert len(runs(session, who)) == 1
        assert "content" in sa.inspect(run).unloaded
