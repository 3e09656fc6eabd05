"""What a recruiter writes of an opportunity, and what candidates will read."""

from dataclasses import replace

import pytest
from sqlmodel import Session

from portal.chains import actions as chains
from portal.chains.templates import STILL_LOOKING
from portal.kit.db import saved
from portal.kit.errors import NotFound
from portal.opportunities import actions
from portal.opportunities.queries import opportunity_for
from portal.segments import actions as segments
from portal.ui.doors import Door
from portal.ui.recruiter.opportunities.state import read, salary
from portal.ui.recruiter.opportunity import preview, values
from portal.ui.recruiter.opportunity.state import matching, opened, save
from portal.ui.recruiter.opportunity.values import Values
from tests.cast import NOW, Cast, as_candidate, talent

NURSE = Values(
    title="Infirmier de bloc",
    contract="cdi",
    job_code="J1506",
    place_code="69123",
    salary_min="32 000",
    salary_max="38000",
    starts_on="2027-02-01",
    digest_fr="Un bloc de huit salles.",
)


def door(session: Session, people: Cast) -> Door:
    return Door(session, people.claire, NOW)


def test_every_field_that_is_wrong_says_so_beside_it(session: Session, people: Cast) -> None:
    asked = Values(
        contract="forever", job_code="Z1", salary_min="beaucoup", salary_max="0", starts_on="demain", remote="x"
    )
    made, wrong, _ = save(door(session, people), 0, asked)
    assert made == 0
    named = {name for name in values.NAMES if getattr(wrong, name)}
    assert named == {"title", "contract", "job_code", "salary_min", "salary_max", "starts_on", "remote", "digest_fr"}


def test_a_range_upside_down_is_told_beside_its_upper_end(session: Session, people: Cast) -> None:
    _, wrong, _ = save(door(session, people), 0, replace(NURSE, salary_min="40000"))
    assert wrong.salary_max
    assert not wrong.salary_min


def test_an_opportunity_is_opened_listed_and_fills_its_form_again(session: Session, people: Cast) -> None:
    made, _, told = save(door(session, people), 0, NURSE)
    assert told == "«\u00a0Infirmier de bloc\u00a0» est ouverte."
    rows = read(door(session, people), closed=False)
    assert [(row.id, row.place, row.salary) for row in rows] == [(made, "Lyon", "32\u202f000 à 38\u202f000\u00a0€")]
    assert opened(door(session, people), made).values == replace(NURSE, salary_min="32000")


def test_a_closed_opportunity_is_listed_apart_and_not_changed(session: Session, people: Cast) -> None:
    made, _, _ = save(door(session, people), 0, NURSE)
    actions.close(session, people.claire, made, now=NOW)
    assert read(door(session, people), closed=False) == []
    assert [row.id for row in read(door(session, people), closed=True)] == [made]
    assert opened(door(session, people), made).closed


def test_the_letter_follows_what_is_written_even_half_written(session: Session, people: Cast) -> None:
    letter = preview.seen(door(session, people), NURSE, "fr")
    assert letter.subject == "En bref\u00a0: Infirmier de bloc"
    facts = next(piece.facts for piece in letter.pieces if piece.kind == "facts")
    assert ["Lieu", "Lyon"] in facts
    assert any("huit salles" in piece.text for piece in letter.pieces)
    half = preview.seen(door(session, people), Values(title="", contract="?", salary_min="x"), "fr")
    assert half.subject


def test_english_readers_are_told_when_they_get_the_french_digest(session: Session, people: Cast) -> None:
    letter = preview.seen(door(session, people), NURSE, "en")
    assert letter.subject.startswith("In short")
    assert letter.note
    assert not preview.seen(door(session, people), replace(NURSE, digest_en="Eight rooms."), "en").note


def test_it_says_how_many_do_this_job_and_would_come(session: Session, people: Cast) -> None:
    made, _, _ = save(door(session, people), 0, NURSE)
    talent(session, "Nora", job_code="J1506", regions=["84"])
    talent(session, "Paul", job_code="J1506", place="Brest")
    assert matching(door(session, people), made) == ("1 correspond", "1 joignable maintenant")
    bare, _, _ = save(door(session, people), 0, replace(NURSE, job_code="", place_code=""))
    assert matching(door(session, people), bare) == ("", "")


def test_what_was_launched_for_it_stands_beside_it(session: Session, people: Cast) -> None:
    made, _, _ = save(door(session, people), 0, NURSE)
    nurses = {"kind": "all", "of": [{"kind": "job", "one_of": ["J1506"]}]}
    segment = segments.save(session, people.claire, "Infirmiers", nurses, now=NOW)
    version = chains.create(session, people.claire, "Toujours en veille ?", STILL_LOOKING, now=NOW)
    chains.launch(
        session,
        people.claire,
        version_id=saved(version.id),
        segment_id=saved(segment.id),
        opportunity_id=made,
        now=NOW,
    )
    assert [(row.chain, row.segment) for row in opened(door(session, people), made).launches] == [
        ("Toujours en veille ?", "Infirmiers")
    ]


def test_strangers_see_and_change_nothing(session: Session, people: Cast) -> None:
    made, _, _ = save(door(session, people), 0, NURSE)
    nora = talent(session, "Nora")
    for who in (people.dora, as_candidate(nora)):
        stranger = Door(session, who, NOW)
        for act in (
            lambda door=stranger: read(door, closed=False),
            lambda door=stranger: opened(door, made),
            lambda door=stranger: save(door, made, replace(NURSE, title="À moi")),
            lambda door=stranger: matching(door, made),
        ):
            with pytest.raises(NotFound):
                act()
    assert opportunity_for(session, people.claire, made).title == "Infirmier de bloc"


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [(None, None, "–"), (30000, 30000, "30,000\u00a0€"), (30000, None, "from 30,000 €"), (None, 9, "up to 9 €")],
)
def test_a_salary_is_told_as_far_as_it_is_known(low: int | None, high: int | None, told: str) -> None:
    assert salary("en", low, high) == told


def test_a_field_that_does_not_exist_changes_nothing() -> None:
    assert values.written(NURSE, "owner_id", "7") == NURSE
