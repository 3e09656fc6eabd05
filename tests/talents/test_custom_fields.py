import pytest

from portal.kit.db import Database
from portal.kit.errors import NotFound, Refused
from portal.talents.actions import Arrival, take_in, update_by_recruiter, update_by_talent
from portal.talents.custom import Choice, Field
from portal.talents.custom_fields import (
    add_field,
    archive_field,
    bring_field_back,
    change_field,
    custom_fields,
    order_fields,
)
from portal.talents.merging import By, Word
from portal.talents.models import Talent
from portal.talents.queries import profile
from portal.talents.rules import FieldKind, SourceKind, TalentMay
from portal.timeline.who import Person, Role
from tests.trust import NOW, candidate, member, talent

ADMIN = member(9, Role.ADMIN)
RECRUITER = member(1, Role.RECRUITER)
SHIFTS = [("Jour", "Day"), ("Nuit", "Night")]


@pytest.fixture
def camille(house: Database) -> int:
    with house.work() as session:
        return talent(session).id or 0


def shifts(house: Database, talent_may: TalentMay = TalentMay.EDIT) -> Field:
    with house.work() as session:
        return add_field(
            session, ADMIN, FieldKind.CHOICES, "Horaires", "Shifts", SHIFTS, talent_may=talent_may, now=NOW
        )


def test_an_admin_makes_a_field_and_it_comes_last(house: Database) -> None:
    first = shifts(house)
    with house.work() as session:
        second = add_field(session, ADMIN, FieldKind.YES_NO, "Permis cariste", "Forklift licence", now=NOW)
        assert [field.name("en") for field in custom_fields(session)] == ["Shifts", "Forklift licence"]
        assert [choice.code for choice in first.choices] == ["day", "night"]
        order_fields(session, ADMIN, [second.id], now=NOW)
        assert [field.id for field in custom_fields(session)] == [second.id, first.id]


@pytest.mark.parametrize("who", [RECRUITER, member(2, Role.DPO), candidate(1)])
def test_nobody_but_an_admin_makes_or_changes_a_field(house: Database, who: Person) -> None:
    field = shifts(house)
    with house.work() as session:
        with pytest.raises(NotFound):
            add_field(session, who, FieldKind.TEXT, "Projet", "Project", now=NOW)
        with pytest.raises(NotFound):
            archive_field(session, who, field.id, now=NOW)
        with pytest.raises(NotFound):
            order_fields(session, who, [field.id], now=NOW)
        with pytest.raises(NotFound):
            change_field(
                session, who, field.id, name_fr="a", name_en="b", recruiters_edit=True,
                talent_may=TalentMay.EDIT, now=NOW,
            )  # fmt: skip


@pytest.mark.parametrize(
    ("fr", "en"),
    [
        ("Âge", "Seniority"),
        ("Ancienneté", "Date of birth"),
        ("Nationalité", "Papers"),
        ("Situation", "Marital status"),
        ("Reconnaissance RQTH", "Status"),
        ("Religion", "Belief"),
        ("Engagement", "Trade union"),
        ("Année du diplôme", "Diploma"),
        ("Photo", "Portrait"),
        ("Est-elle enceinte", "Leave"),
        ("Code postal du domicile", "Postcode"),
    ],
)
def test_a_field_about_what_the_law_protects_is_refused_with_its_article(house: Database, fr: str, en: str) -> None:
    with house.work() as session, pytest.raises(Refused, match=r"225-1"):
        add_field(session, ADMIN, FieldKind.TEXT, fr, en, now=NOW)


@pytest.mark.parametrize("choice", [("Célibataire", "Alone"), ("Autre", "Disabled"), ("Trop jeune", "Other")])
def test_a_choice_about_what_the_law_protects_is_refused_too(house: Database, choice: tuple[str, str]) -> None:
    with house.work() as session, pytest.raises(Refused, match=r"225-1"):
        add_field(session, ADMIN, FieldKind.CHOICE, "Situation", "Status", [("Rien", "None"), choice], now=NOW)


@pytest.mark.parametrize(
    "choices", [[], [("Jour", "Day")], [("Jour", "Day"), ("jour", "Night")], [("", ""), ("Jour", "Day")]]
)
def test_choices_must_be_two_or_more_each_its_own(house: Database, choices: list[tuple[str, str]]) -> None:
    with house.work() as session, pytest.raises(Refused):
        add_field(session, ADMIN, FieldKind.CHOICE, "Horaires", "Shifts", choices, now=NOW)


def test_a_name_stands_once(house: Database) -> None:
    shifts(house)
    with house.work() as session, pytest.raises(Refused, match="already"):
        add_field(session, ADMIN, FieldKind.TEXT, "Autre", "SHIFTS", now=NOW)


def test_camille_says_her_shifts_and_a_recruiter_cannot_change_them(house: Database, camille: int) -> None:
    field = shifts(house)
    with house.work() as session:
        assert update_by_recruiter(session, RECRUITER, camille, {field.column: ["day"]}, now=NOW) == (field.column,)
        units = update_by_talent(session, candidate(camille), camille, {field.column: ["night"]}, now=NOW)
        assert units == (field.column,)
        with pytest.raises(Refused, match="said this themself"):
            update_by_recruiter(session, RECRUITER, camille, {field.column: ["day"]}, now=NOW)
        assert session.get_one(Talent, camille).custom == {field.key: ["night"]}
        told = profile(session, RECRUITER, camille).told[field.column]
        assert (told.value, told.by) == (("night",), "talent")


@pytest.mark.parametrize("talent_may", [TalentMay.NOTHING, TalentMay.SEE])
def test_camille_changes_only_fields_open_to_her(house: Database, camille: int, talent_may: TalentMay) -> None:
    field = shifts(house, talent_may)
    with house.work() as session, pytest.raises(Refused, match="cannot be changed"):
        update_by_talent(session, candidate(camille), camille, {field.column: ["night"]}, now=NOW)


def test_a_field_closed_to_recruiters_or_put_away_or_unknown_takes_nothing(house: Database, camille: int) -> None:
    with house.work() as session:
        closed = add_field(
            session, ADMIN, FieldKind.TEXT, "Projet", "Project",
            recruiters_edit=False, talent_may=TalentMay.EDIT, now=NOW,
        )  # fmt: skip
        gone = add_field(session, ADMIN, FieldKind.TEXT, "Badge", "Badge", now=NOW)
        archive_field(session, ADMIN, gone.id, now=NOW)
        for column in (closed.column, gone.column, "custom.999999", "custom.", "custom.1; drop"):
            with pytest.raises(Refused, match="cannot be changed"):
                update_by_recruiter(session, RECRUITER, camille, {column: "x"}, now=NOW)


def test_a_field_put_away_keeps_what_people_said_and_can_come_back(house: Database, camille: int) -> None:
    field = shifts(house)
    with house.work() as session:
        update_by_talent(session, candidate(camille), camille, {field.column: ["night"]}, now=NOW)
        archive_field(session, ADMIN, field.id, now=NOW)
        assert custom_fields(session) == ()
        assert session.get_one(Talent, camille).custom == {field.key: ["night"]}
        bring_field_back(session, ADMIN, field.id, now=NOW)
        assert [each.id for each in custom_fields(session)] == [field.id]


def test_choices_are_renamed_and_added_but_one_that_people_hold_cannot_go(house: Database, camille: int) -> None:
    field = shifts(house)
    day, night = field.choices

    def change(*choices: Choice) -> Field:
        return change_field(
            session, ADMIN, field.id, name_fr="Rythme", name_en="Hours", choices=choices,
            recruiters_edit=True, talent_may=TalentMay.SEE, now=NOW,
        )  # fmt: skip

    with house.work() as session:
        update_by_talent(session, candidate(camille), camille, {field.column: ["night"]}, now=NOW)
        after = change(Choice(day.code, "Journée", "Daytime"), night, Choice("", "Soir", "Evening"))
        assert [choice.code for choice in after.choices] == ["day", "night", "evening"]
        assert (after.name_fr, after.choices[0].fr) == ("Rythme", "Journée")
        with pytest.raises(Refused, match="rename it"):
            change(day, after.choices[2])
        assert len(change(night, after.choices[2]).choices) == 2


def test_a_source_fills_a_field_of_the_house_s_own_for_someone_new_and_someone_known(
    house: Database, camille: int
) -> None:
    field = shifts(house)
    on = NOW.date()

    def told(talent_id: int | None, values: dict[str, object]) -> Arrival:
        return Arrival(talent_id, (Word(values, By.SOURCE, on, "Export", SourceKind.ATS_EXPORT),))

    arrivals = [
        told(camille, {field.column: ["night"]}),
        told(None, {"email": "awa@exemple.example", "first_name": "Awa", field.column: ["day"]}),
    ]
    with house.work() as session:
        taken = take_in(session, RECRUITER, arrivals, now=NOW)
    with house.work() as session:
        for (talent_id, foreseen), code in zip(taken, ("night", "day"), strict=True):
            row = session.get_one(Talent, talent_id)
            assert row.custom == {field.key: [code]}
            assert row.said[field.column] == {"by": "source", "on": on.isoformat(), "source": "Export"}
            assert field.column in foreseen.weighed.units
