"""What the night does, whoever asked for it or not."""

from datetime import timedelta

from sqlmodel import select

from portal.imports.actions import upload
from portal.imports.models import ImportRun
from portal.kit.embedded import Urls
from tests.cast import NOW, cast
from tests.world import living


def test_a_file_nobody_took_in_for_a_week_is_gone_by_morning(database: Urls) -> None:
    with living(database) as world:
        with world.database.work() as session:
            upload(session, cast(session).claire, "export.csv", b"E-mail\nzoe@candidat.example\n", now=NOW)
        world.worker.tidy_nightly()
        with world.database.work() as session:
            assert len(session.exec(select(ImportRun)).all()) == 1
        world.now = NOW + timedelta(days=8)
        world.worker.tidy_nightly()
        with world.database.work() as session:
            assert session.exec(select(ImportRun)).all() == []
