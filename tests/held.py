"""A house whose every act is taken back at the end: for tests that neither race nor kill, quicker than a database of their own.

All its acts are savepoints of one transaction on one connection. What else a commit does is done at the end of each act.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Never

import sqlalchemy as sa
from psycopg.pq import TransactionStatus
from sqlmodel import Session

from portal.kit.db import Database
from portal.kit.embedded import Cluster

# A commit checks what was put off until then, drops what lives until then, and forgets what was set until then.
AS_A_COMMIT = """DO $$
DECLARE made regclass;
BEGIN
  SET CONSTRAINTS ALL IMMEDIATE;
  FOR made IN SELECT oid::regclass FROM pg_class WHERE relnamespace = pg_my_temp_schema() AND relkind = 'r'
  LOOP EXECUTE format('DROP TABLE %s', made); END LOOP;
  RESET ALL;
END $$"""
NEEDS_ITS_OWN = "Nothing of this house is ever committed: mark the test `own_database`, or ask for `database`."


# What was taken back leaves its room behind, and later tests would search it: about ten thousand people's.
ROOM = 8_000_000


class Lender:
    """A migrated database in which nothing is ever committed, lent to one test after another."""

    def __init__(self, cluster: Cluster, template: str) -> None:
        self._cluster, self._template = cluster, template
        self._name = ""
        self._size = 0

    def lend(self) -> sa.Engine:
        """Return the database, a fresh one if tests have left much room behind."""
        if self._name and self._measure() - self._size > ROOM:
            self.end()
        if not self._name:
            self._name = f"held_{secrets.token_hex(4)}"
            self._database = Database(self._cluster.create_database(self._name, template=self._template).app)
            self._size = self._measure()
        return self._database.engine

    def end(self) -> None:
        if self._name:
            self._database.close()
            self._cluster.drop_database(self._name)
            self._name = ""

    def _measure(self) -> int:
        with self._database.engine.connect() as connection:
            return int(connection.execute(sa.text("SELECT pg_database_size(current_database())")).scalar_one())


class Held(Database):
    """The app's database over a connection whose transaction somebody else ends."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._at_work = False

    @contextmanager
    def work(self) -> Iterator[Session]:
        """One act: kept for the acts that follow when the block ends, taken back when it raises."""
        assert not self._at_work, f"Two acts at once are two connections. {NEEDS_ITS_OWN}"
        self._at_work = True
        joined = Session(self._connection, expire_on_commit=False, join_transaction_mode="create_savepoint")
        try:
            with joined as session:
                yield session
                session.flush()
                if self._failed():  # PostgreSQL makes a rollback of such a commit, and says nothing
                    session.rollback()
                else:
                    session.execute(sa.text(AS_A_COMMIT))
                    session.commit()
        finally:
            self._at_work = False

    def _failed(self) -> bool:
        driver = self._connection.connection.driver_connection
        assert driver is not None
        return bool(driver.info.transaction_status == TransactionStatus.INERROR)

    def close(self) -> None:
        """Nothing was opened."""

    @property
    def engine(self) -> Never:  # type: ignore[override]
        """Another connection would see nothing of this one's acts."""
        raise AssertionError(NEEDS_ITS_OWN)

    @property
    def url(self) -> Never:  # type: ignore[override]
        """Another process would see nothing of this one's acts."""
        raise AssertionError(NEEDS_ITS_OWN)
