"""Someone the demo's house knows twice, and does not know it yet: the night finds out."""

from datetime import date, datetime, timedelta

from sqlmodel import select

from portal.demo.people import place
from portal.doubles.searching import search
from portal.imports import actions as imports
from portal.imports.planning import Choices
from portal.kit.db import Database, saved
from portal.talents.actions import update_by_recruiter
from portal.talents.models import Talent
from portal.talents.rules import SourceKind
from portal.timeline.who import Person, System

_HEADER = "Nom;Prénom;E-mail;Téléphone;Métier;Ville"
# At the fair she left a name and an address; years before, an application had said the rest.
_APPLIED = "Benhaddou;Nadia;nadia.benhaddou@courrier.example;06 39 98 41 27;Comptable;Villeurbanne"
_AT_THE_FAIR = "Benhadou;Nadia;nbh@boite.example;;;"


def come_twice(database: Database, who: Person, *, now: datetime) -> None:
    """She comes by two files; a recruiter completes the second from a talk, and the night looks through the pool."""
    _bring(database, who, _APPLIED, SourceKind.APPLICATION, "Candidatures du site", now - timedelta(days=16))
    _bring(database, who, _AT_THE_FAIR, SourceKind.EVENT, "Salon de Villeurbanne", now - timedelta(days=3))
    told = now - timedelta(days=2)
    with database.work() as session:
        twice = session.exec(select(Talent).where(Talent.email == "nbh@boite.example")).one()
        known = {"job_text": "Comptable", "place_code": place("Villeurbanne")}
        update_by_recruiter(session, who, saved(twice.id), known, now=told)
    with database.work() as session:
        night = now - timedelta(hours=7)
        imports.forget_old(session, System("nightly"), now=night)  # lines nobody decided about for a month
        search(session, System("nightly"), now=night)


def _bring(database: Database, who: Person, line: str, kind: SourceKind, text: str, when: datetime) -> None:
    day: date = when.date()
    with database.work() as session:
        run = imports.upload(session, who, "liste.csv", f"{_HEADER}\n{line}\n".encode(), now=when)
    with database.work() as session:
        imports.take(session, who, run, Choices(kind, text, day), now=when)
