"""The pool as a file: what a spreadsheet opens, and what it must never compute."""

import csv
import io

import pytest
from sqlmodel import Session, select

from portal.kit.db import saved
from portal.kit.errors import NotFound
from portal.segments.document import Job
from portal.segments.exporting import COLUMNS, export
from portal.segments.pool import Filters
from portal.talents.custom_fields import add_field
from portal.talents.merging import UNREAD
from portal.talents.rules import FieldKind
from portal.talents.tags import put_tag
from portal.timeline.models import TimelineEvent
from portal.timeline.who import Person, Role
from tests.people import LYON, NOW, candidate, staff, talent


def rows(session: Session, who: Person, filters: Filters | None = None, search: str = "") -> list[dict[str, str]]:
    file = io.StringIO(newline="")
    export(session, who, file, search, filters or Filters(), "fr", now=NOW)
    text = file.getvalue()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_everyone_found_stands_in_the_file_with_tags_and_the_house_s_own_fields(session: Session) -> None:
    claire, ada = staff(session), staff(session, "Ada", Role.ADMIN)
    shifts = add_field(
        session, ada, FieldKind.CHOICES, "Horaires", "Shifts", [("Jour", "Day"), ("Nuit", "Night")], now=NOW
    )
    bonus = add_field(session, ada, FieldKind.NUMBER, "Prime", "Bonus", now=NOW)
    awa = talent(
        session, place=LYON, job_code="J1506", job_text="Infirmière", skills=["perfusion", "triage"], languages=["en:B2"],
        other_places=["42218"], relocation=True, salary_floor=32000, notice_days=90,
        custom={shifts.key: ["night"], bonus.key: 12.5, "999": "gone"},
    )  # fmt: skip
    talent(session, "Bao Linh", job_code="H2913")
    put_tag(session, claire, [saved(awa.id)], "Salon", now=NOW)
    (row,) = rows(session, claire, Filters(criteria=(Job(one_of=("J1506",)),)))
    assert (row["Horaires"], row["Prime"], row["Étiquettes"]) == ("Nuit", "12.5", "Salon")
    assert (row["Compétences"], row["Langues"], row["Autres lieux"]) == (
        "perfusion, triage",
        "anglais (B2)",
        "Saint-Étienne",
    )
    assert "gone" not in row.values()
    assert len(rows(session, claire)) == 2
    assert len(row) == len(COLUMNS) + 3


def test_what_nobody_could_read_stands_in_its_place_and_comes_back_as_it_was(session: Session) -> None:
    claire, ada = staff(session), staff(session, "Ada", Role.ADMIN)
    bonus = add_field(session, ada, FieldKind.NUMBER, "Prime", "Bonus", now=NOW)
    texts = {"salary_floor": "à négocier", "languages": "klingon", bonus.column: "=selon profil"}
    said = {f"{UNREAD}{name}": {"by": "source", "on": "2026-06-01", "text": text} for name, text in texts.items()}
    talent(session, languages=["en:B2"], said=said)
    (row,) = rows(session, claire)
    assert (row["Langues"], row["Prime"]) == ("anglais (B2), klingon", "'=selon profil")
    assert row["Salaire minimum"] == "à négocier"


def test_no_cell_can_start_a_formula(session: Session) -> None:
    ada = staff(session, "Ada", Role.ADMIN)
    own = add_field(session, ada, FieldKind.TEXT, "Projet", "Project", now=NOW)
    evil = "=HYPERLINK(1)"
    awa = talent(session, evil, does="+1", skills=["@cmd"], refuses="-2", custom={own.key: evil})
    put_tag(session, ada, [saved(awa.id)], "=tag", now=NOW)
    (row,) = rows(session, ada)
    assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    assert row["Projet"] == f"'{evil}"


def test_each_export_is_written_down_and_strangers_get_nothing(session: Session) -> None:
    claire, awa = staff(session), talent(session)
    rows(session, claire)
    (event,) = session.exec(select(TimelineEvent).where(TimelineEvent.kind == "pool_exported"))
    assert (event.actor_id, event.params) == (claire.id, {"people": 1})
    for stranger in (candidate(awa), staff(session, "Dora", Role.DPO)):
        with pytest.raises(NotFound):
            export(session, stranger, io.StringIO(), "", Filters(), "fr", now=NOW)
