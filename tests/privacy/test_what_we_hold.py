"""The file someone may take away holds everything said of them, hidden or put away, and nothing of anybody else."""

import pytest
from sqlmodel import Session

from portal.kit.db import saved
from portal.kit.errors import NotFound
from portal.privacy.mirror import document
from portal.privacy.said import ABOUT, WISHES
from portal.talents.custom_fields import add_field, archive_field
from portal.talents.models import Talent
from portal.talents.notes import write_note
from portal.talents.rules import FieldKind, TalentMay
from portal.talents.tags import put_tag
from portal.timeline.who import Role
from tests.people import NOW, candidate, staff, talent

# Kept elsewhere in the file, made from what stands there, or about us rather than them.
_ELSEWHERE = {
    "id", "pseudonym", "created_at", "name_key", "custom", "said", "lat", "lon", "ux", "uy", "uz", "mobility_c2",
    "source_kind", "collected_on", "last_act_at", "last_letter_at", "last_answer", "last_answer_at", "last_reason",
    "bounced_at", "do_not_contact_at", "erased_at", "merged_into", "proven_at",
}  # fmt: skip


def test_a_column_to_come_must_be_shown_to_the_person_it_is_about() -> None:
    columns = {column.name for column in Talent.__table__.columns}  # type: ignore[attr-defined]
    assert columns - set(ABOUT) - set(WISHES) <= _ELSEWHERE


def test_notes_tags_and_every_field_of_the_house_s_own_are_in_it(session: Session) -> None:
    claire, ada = staff(session), staff(session, "Ada", Role.ADMIN)
    hidden = add_field(session, ada, FieldKind.NUMBER, "Prime", "Bonus", talent_may=TalentMay.NOTHING, now=NOW)
    away = add_field(session, ada, FieldKind.YES_NO, "Badge", "Badge", now=NOW)
    said = {hidden.column: {"by": "staff", "on": "2026-11-02"}}
    awa = talent(session, skills=["triage"], custom={hidden.key: 12.5, away.key: "yes", "999": "?"}, said=said)
    archive_field(session, ada, away.id, now=NOW)
    write_note(session, claire, saved(awa.id), "Permis B", now=NOW)
    put_tag(session, claire, [saved(awa.id)], "Salon", now=NOW)
    other = talent(session, "Bao Linh")
    write_note(session, claire, saved(other.id), "Rien à voir", now=NOW)
    held = document(session, candidate(awa), now=NOW)
    own = {
        row["field"]: (row["names"]["fr"], row["value"], row["words"]["en"])
        for row in held["profile"]
        if "names" in row
    }
    assert own == {
        hidden.column: ("Prime", 12.5, "12.5"),
        away.column: ("Badge", "yes", "yes"),
        "custom.999": ("custom.999", "?", "?"),
    }
    assert [row["said_on"] for row in held["profile"] if row["field"] == hidden.column] == ["2026-11-02"]
    assert [(row["text"], row["written_by"]) for row in held["notes"]] == [("Permis B", "Camille")]
    assert [row["name"] for row in held["tags"]] == ["Salon"]
    assert {"field": "skills", "value": ["triage"], "said_by": None, "said_on": None, "source": None} in held["profile"]


def test_what_nobody_could_read_is_in_it_by_the_name_of_its_field(session: Session) -> None:
    licence = add_field(
        session, staff(session, "Ada", Role.ADMIN), FieldKind.YES_NO, "Permis C", "Truck licence", now=NOW
    )
    wrote = {"by": "source", "on": "2026-11-02", "source": "Export ATS"}
    said = {"unread.salary_floor": wrote | {"text": "45k net"}, f"unread.{licence.column}": wrote | {"text": "bientôt"}}
    held = document(session, candidate(talent(session, said=said)), now=NOW)
    told = {"said_by": "source", "said_on": "2026-11-02", "source": "Export ATS"}
    assert held["unread"] == [
        {"field": licence.column, "text": "bientôt", **told, "names": {"fr": "Permis C", "en": "Truck licence"}},
        {"field": "salary_floor", "text": "45k net", **told},
    ]


def test_nobody_takes_away_somebody_else_s_file(session: Session) -> None:
    talent(session)
    for stranger in (staff(session), staff(session, "Ada", Role.ADMIN), staff(session, "Dora", Role.DPO)):
        with pytest.raises(NotFound):
            document(session, stranger, now=NOW)
