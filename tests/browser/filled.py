"""A house in full life, for tests that look at its pages: the demo's world at one moment, and the troubles it lacks."""

import csv
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.access.models import Staff
from portal.access.sessions import open_session
from portal.chains.models import Enrolment, Launch
from portal.chains.rules import NO_SLOTS, EnrolmentState
from portal.conversations.models import Ask
from portal.conversations.rules import Question
from portal.imports import actions as imports
from portal.kit import tokens
from portal.kit.db import Database, saved
from portal.kit.embedded import Urls
from portal.postbox.models import Letter
from portal.postbox.rules import LetterState
from portal.talents import jobs
from portal.timeline.who import Person, Role
from tests.cast import NOW
from tests.growing import SECRET
from tests.imports.files import DEMO
from tests.serving import Site, serving

EXPORT = (DEMO / "export_ats_candidats.csv").read_bytes()


@dataclass(frozen=True)
class House:
    """Where it is served, a session for each role, what the names in addresses may stand for, what somebody wrote."""

    site: Site
    sessions: dict[Role, str]
    ids: dict[str, list[int]]
    data: list[str]

    def addresses(self, route: str) -> list[str]:
        """Return the addresses of a page: one, or one for each of the things it is about."""
        named = re.search(r"\[(\w+)\]", route)
        if named is None:
            return [f"{self.site.url}{route}"]
        return [f"{self.site.url}{route.replace(named[0], str(id_))}" for id_ in self.ids[named[1]]]


@contextmanager
def filled(grown: Urls, folder: Path) -> Iterator[House]:
    """Serve the grown world with its troubles, its clock standing still."""
    (folder / "clock").write_text(NOW.isoformat())
    tokens.use_secret(SECRET)
    with closing(Database(grown.app)) as database, database.work() as session:
        claire = _claire(session)
        candidate = _in_trouble(session, claire)
        sessions, ids, data = _sessions(session, candidate), _ids(session, candidate), data_of(session)
    with serving(grown, VIVIER_CLOCK_FILE=str(folder / "clock"), SECRET_KEY=SECRET) as site:
        yield House(site, sessions, ids, data)


@contextmanager
def speaking(house: House, locale: str) -> Iterator[None]:
    """Everybody's language, until the block ends."""

    def speak(one: str) -> None:
        with closing(Database(house.site.database.app)) as database, database.work() as session:
            for table in ("staff", "talent"):
                session.execute(sa.text(f"UPDATE {table} SET locale = :one"), {"one": one})  # noqa: S608

    speak(locale)
    yield
    speak("fr")


def _claire(session: Session) -> Person:
    row = session.exec(select(Staff).where(col(Staff.email) == "claire@vivier.example")).one()
    return Person(saved(row.id), row.role, row.name, row.locale, "Europe/Paris", fresh=True)


def _in_trouble(session: Session, claire: Person) -> int:
    """Two letters no one may forget, a launch without times, a file half way in.

    Returns a candidate who is asked for several things at once.
    """
    waiting = select(Ask).where(col(Ask.question) == Question.SLOTS, col(Ask.answer).is_(None), col(Ask.deadline) > NOW)
    offered = session.exec(waiting.order_by(col(Ask.id))).first()
    assert offered is not None
    asked = Ask(
        talent_id=offered.talent_id,
        owner_id=claire.id,
        survey_id=1,
        question=Question.SURVEY,
        asked_at=NOW,
        deadline=NOW + timedelta(days=9),
    )
    session.add(asked)
    for state, why in ((LetterState.FAILED, "550 5.7.1 refused"), (LetterState.UNKNOWN, None)):
        letter = session.exec(
            select(Letter).where(col(Letter.author_id) == claire.id, col(Letter.state) == LetterState.SENT)
        ).first()
        assert letter is not None
        letter.state, letter.why = state, why
        session.add(letter)
        session.flush()
    launches = select(Launch.id).where(col(Launch.owner_id) == claire.id)
    asked_in = select(Enrolment).where(
        col(Enrolment.launch_id).in_(launches), col(Enrolment.state) == EnrolmentState.ASKED
    )
    way = session.exec(asked_in).first()
    assert way is not None
    way.state, way.due_at, way.blocked_by = EnrolmentState.DUE, NOW + timedelta(hours=1), NO_SLOTS
    session.add(way)
    imports.upload(session, claire, "export.csv", EXPORT, now=NOW)
    return offered.talent_id


def _ids(session: Session, candidate: int) -> dict[str, list[int]]:
    def found(words: str) -> list[int]:
        return list(session.execute(sa.text(words)).scalars())

    return {
        "ask_id": found("SELECT id FROM ask WHERE question = 'survey'"),
        "chain_id": found("SELECT id FROM chain ORDER BY id"),
        "import_id": found("SELECT max(id) FROM import_run UNION SELECT min(id) FROM import_run"),
        "launch_id": found("SELECT id FROM launch"),
        "opportunity_id": found("SELECT id FROM opportunity ORDER BY id LIMIT 1"),
        "segment_id": found("SELECT id FROM segment ORDER BY id LIMIT 1"),
        "survey_id": found("SELECT id FROM survey"),
        "talent_id": [candidate, *found("SELECT talent_id FROM conversation WHERE waiting_since IS NOT NULL LIMIT 1")],
    }


def _sessions(session: Session, candidate: int) -> dict[Role, str]:
    """A session for the first of each role, and for the candidate."""
    opened = {Role.CANDIDATE: open_session(session, talent_id=candidate, now=NOW)}
    for one in session.exec(select(Staff).order_by(col(Staff.id).desc())):
        opened[one.role] = open_session(session, staff_id=saved(one.id), now=NOW)
    return opened


def data_of(session: Session) -> list[str]:
    """Return everything that somebody wrote or is called, the longest first: no words for a translator."""
    found = {text.strip() for table in WRITTEN for text in session.execute(sa.text(table)).scalars() if text}
    found |= {jobs.label(job.code, "en") for job in jobs.common()}
    found |= {cell for line in csv.reader(EXPORT.decode("cp1252").splitlines(), delimiter=";") for cell in line}
    return sorted((text for text in found if len(text) > 2), key=len, reverse=True)


WRITTEN = (
    "SELECT unnest(ARRAY[first_name, last_name, email, phone, place_name, job_text]) FROM talent",
    "SELECT unnest(ARRAY[name, email]) FROM staff",
    "SELECT unnest(ARRAY[title, place_name, digest_fr, digest_en]) FROM opportunity",
    "SELECT name FROM chain UNION SELECT name FROM segment UNION SELECT text FROM source",
    "SELECT unnest(ARRAY[title_fr, title_en]) FROM survey UNION SELECT jsonb_path_query(questions, '$.**') #>> '{}' FROM survey",
    "SELECT jsonb_path_query(answers, '$.**') #>> '{}' FROM survey_response",
    "SELECT jsonb_path_query(definition, '$.**.subject') #>> '{}' FROM chain_version",
    "SELECT unnest(ARRAY[subject, why]) FROM letter UNION SELECT jsonb_path_query(blocks, '$.**') #>> '{}' FROM letter",
    "SELECT name FROM tag UNION SELECT name FROM saved_view",
    "SELECT unnest(ARRAY[name_fr, name_en]) FROM custom_field",
    "SELECT jsonb_path_query(choices, '$.**') #>> '{}' FROM custom_field",
    "SELECT text FROM message UNION SELECT text FROM notice UNION SELECT file_name FROM import_run",
    "SELECT unnest(ARRAY[name_fr, name_en]) FROM custom_field",
    "SELECT jsonb_path_query(choices, '$.**') #>> '{}' FROM custom_field",
    "SELECT name FROM tag UNION SELECT name FROM saved_view UNION SELECT text FROM note",
    "SELECT unnest(skills || refuses) FROM talent",
)
