from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from portal.kit.db import Database
from portal.kit.errors import NotFound, Refused
from portal.talents.actions import update_by_recruiter, update_by_talent
from portal.talents.models import Talent
from portal.timeline.models import TimelineEvent
from portal.timeline.who import Role
from tests.trust import NOW, candidate, member, talent


@pytest.fixture
def camille(house: Database) -> int:
    with house.work() as session:
        return talent(session).id or 0


def test_camille_says_where_and_when_she_could_work(house: Database, camille: int) -> None:
    changes = {"place_code": "69123", "radius_km": "30", "availability": "from_date", "available_from": "2027-03-01"}
    with house.work() as session:
        units = update_by_talent(session, candidate(camille), camille, changes, now=NOW)
    assert set(units) == {"place_name", "radius_km", "availability"}
    with house.work() as session:
        row = session.get_one(Talent, camille)
        assert (row.place_name, row.radius_km, row.last_act_at) == ("Lyon", 30, NOW)
        assert row.mobility_c2 is not None
        assert row.ux is not None
        assert row.said["radius_km"] == {"by": "talent", "on": "2026-11-23"}
        assert [event.kind for event in session.exec(select(TimelineEvent))] == ["profile_changed"]


def test_a_field_that_is_kept_as_it_is_typed_is_one_change_of_their_history(house: Database, camille: int) -> None:
    minutes = {"Je sou": 0, "Je soude au": 1, "Je soude au TIG": 2}
    with house.work() as session:
        for words, minute in minutes.items():
            later = NOW + timedelta(minutes=minute)
            update_by_talent(session, candidate(camille), camille, {"does": words}, now=later)
        assert session.get_one(Talent, camille).does == "Je soude au TIG"
        changes = select(TimelineEvent.params).where(TimelineEvent.kind == "profile_changed")
        assert session.exec(changes).all() == [{"fields": ["does"]}]
        for words, since in (("Je soude", timedelta(hours=1)), ("Je soude à Lyon", timedelta(hours=2))):
            update_by_talent(session, candidate(camille), camille, {"does": words}, now=NOW + since)
        update_by_talent(session, candidate(camille), camille, {"radius_km": "40"}, now=NOW + timedelta(hours=2))
        assert [each["fields"] for each in session.exec(changes)] == [["does"]] * 3 + [["radius_km"]]


def test_what_camille_said_a_recruiter_cannot_change(house: Database, camille: int) -> None:
    with house.work() as session:
        update_by_talent(session, candidate(camille), camille, {"does": "je soude"}, now=NOW)
        with pytest.raises(Refused, match="said this themself"):
            update_by_recruiter(session, member(1, Role.RECRUITER), camille, {"does": "autre"}, now=NOW)
        assert update_by_recruiter(session, member(1, Role.RECRUITER), camille, {"radius_km": 5}, now=NOW) == (
            "radius_km",
        )


def test_nobody_changes_someone_else_s_page(house: Database, camille: int) -> None:
    with house.work() as session:
        stranger = talent(session, "inconnu@exemple.example").id or 0
        for who in (candidate(stranger), member(1, Role.RECRUITER), member(1, Role.DPO)):
            with pytest.raises(NotFound):
                update_by_talent(session, who, camille, {"does": "x"}, now=NOW)
        for who in (candidate(camille), member(1, Role.DPO)):
            with pytest.raises(NotFound):
                update_by_recruiter(session, who, camille, {"does": "x"}, now=NOW)


@pytest.mark.parametrize(
    "changes",
    [
        {"email": "autre@exemple.example"},
        {"erased_at": "2026-01-01"},
        {"experience": "wizard"},
        {"contracts": ["cdi", "esclave"]},
        {"radius_km": "-3"},
        {"radius_km": "1e9"},
        {"available_from": "demain"},
        {"place_code": "00000"},
        {"phone": "12"},
        {"does": "x" * 301},
        {"zone": "Mars/Olympus"},
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(house: Database, camille: int, changes: dict[str, Any]) -> None:
    with house.work() as session, pytest.raises(Refused):
        update_by_talent(session, candidate(camille), camille, changes, now=NOW)


def test_a_recruiter_cannot_give_camille_someone_else_s_address(house: Database, camille: int) -> None:
    with house.work() as session:
        talent(session, "autre@exemple.example")
        with pytest.raises(Refused, match="Someone else"):
            update_by_recruiter(
                session, member(1, Role.RECRUITER), camille, {"email": "AUTRE@exemple.example"}, now=NOW
            )


def test_camille_says_her_notice_her_jobs_her_skills_and_what_she_does_not_want(house: Database, camille: int) -> None:
    changes = {
        "notice_days": "90",
        "other_jobs": ["J1501", "J1506", "J1501"],
        "skills": [" perfusion ", "triage", "perfusion", ""],
        "languages": ["fr", "en:B2"],
        "other_places": ["42218"],
        "relocation": "no",
        "refuses": "les nuits",
    }
    with house.work() as session:
        update_by_talent(session, candidate(camille), camille, changes, now=NOW)
    with house.work() as session:
        row = session.get_one(Talent, camille)
        assert (row.availability, row.notice_days, row.available_from) == ("notice", 90, None)
        assert (row.other_jobs, row.skills) == (["J1501", "J1506"], ["perfusion", "triage"])
        assert (row.languages, row.other_places, row.relocation) == (["fr", "en:B2"], ["42218"], False)
        assert row.said["refuses"]["by"] == "talent"
        update_by_talent(session, candidate(camille), camille, {"availability": "now"}, now=NOW)
        assert session.get_one(Talent, camille).notice_days is None


@pytest.mark.parametrize(
    "changes",
    [
        {"other_jobs": ["X0000"]},
        {"skills": ["x" * 81]},
        {"skills": [str(number) for number in range(51)]},
        {"languages": ["english"]},
        {"languages": ["en:Z9"]},
        {"other_places": ["00000"]},
        {"relocation": "perhaps"},
        {"notice_days": "400"},
        {"refuses": "x" * 301},
        {"custom.1": "x"},
    ],
)
def test_what_makes_no_sense_of_a_living_profile_is_refused(
    house: Database, camille: int, changes: dict[str, Any]
) -> None:
    with house.work() as session, pytest.raises(Refused):
        update_by_talent(session, candidate(camille), camille, changes, now=NOW)
