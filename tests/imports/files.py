"""Files as people export them, and what the tests say of them."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import sqlalchemy as sa
from sqlmodel import Session, select

from portal.consent.rules import Basis
from portal.imports import actions as imports
from portal.imports.planning import Choices
from portal.imports.report import Report
from portal.kit.db import Database
from portal.talents.models import Talent
from portal.talents.rules import SourceKind
from portal.timeline.who import Person, Role
from tests.trust import NOW, staff

DEMO = Path(__file__).parents[2] / "demo"
HEADER = ("Nom", "Prénom", "E-mail", "Téléphone", "Métier", "Ville", "Date de candidature", "Sexe")
ZOE = ("Roux", "Zoé", "zoe@exemple.example", "06 12 34 56 78", "Soudeur TIG", "Lyon", "01/10/2026", "F")
CHOICES = Choices(SourceKind.ATS_EXPORT, "Export ATS", date(2026, 11, 16))
CONSENT = Choices(SourceKind.ATS_EXPORT, "Export ATS", date(2026, 11, 16), Basis.CONSENT)


def export(*rows: Sequence[str], header: Sequence[str] = HEADER) -> bytes:
    told = io.StringIO(newline="")
    csv.writer(told, delimiter=";").writerows([header, *rows])
    return told.getvalue().encode()


def workbook(*rows: Sequence[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def recruiter(database: Database) -> Person:
    with database.work() as session:
        row = staff(session)
    return Person(row.id, Role.RECRUITER, row.name, "fr", "Europe/Paris")


def bring(database: Database, content: bytes, choices: Choices = CHOICES, name: str = "export.csv") -> Report:
    """Upload a file and take it in, as a recruiter does."""
    with database.work() as session:
        who = Person(_any_staff(session), Role.RECRUITER, "Rachid", "fr", "Europe/Paris")
        run = imports.upload(session, who, name, content, now=NOW)
        return imports.take(session, who, run, choices, now=NOW)


def _any_staff(session: Session) -> int:
    found = session.scalar(sa.text("SELECT min(id) FROM staff"))
    return found or staff(session).id or 0


def pool(database: Database) -> list[Talent]:
    with database.work() as session:
        return list(session.exec(select(Talent).order_by(Talent.id)).all())


def rejected(report: Report, locale: str = "en") -> dict[int, str]:
    return {told.line: told.why(locale) for told in report.rejected}


def counts(report: Report) -> tuple[int, int, int]:
    return report.created, report.updated, report.unchanged
