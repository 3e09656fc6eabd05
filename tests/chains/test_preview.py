import pytest
from sqlalchemy import text as sql
from sqlmodel import Session

from portal.chains.definition import read_definition
from portal.chains.preview import previews, sample
from portal.chains.templates import STILL_LOOKING, THANK_YOU
from portal.kit.errors import NotFound
from tests.cast import NOW, talent
from tests.scenes import people_and_job
from tests.world import World

TABLES = ("letter", "letter_link", "gate_decision", "hold", "ask", "enrolment", "timeline_event")


def _rows(session: Session) -> list[int]:
    return [session.execute(sql(f"SELECT count(*) FROM {table}")).scalar_one() for table in TABLES]  # noqa: S608


def test_three_real_people_are_shown_what_they_would_receive_and_nothing_is_written(world: World) -> None:
    with world.database.work() as session:
        scene = people_and_job(session, "Mia", "Luc", "Zoe", "Ali")
        grace = talent(session, "Grace", job_code="J1506", locale="en")
        before = _rows(session)
        people = [*scene.ids.values(), grace.id or 0]
        chain = read_definition(STILL_LOOKING)
        seen = previews(session, scene.people.claire, chain, people, opportunity_id=scene.job, now=NOW)
        assert [(one.name, one.locale) for one in seen] == [
            ("Mia Martin", "fr"),
            ("Luc Martin", "fr"),
            ("Grace Martin", "en"),
        ]
        assert [letter.step for letter in seen[0].letters] == ["still_looking", "digest", "slots"]
        question, digest, slots = seen[0].letters
        assert "Bonjour Mia," in question.html
        assert "Oui" in question.html
        assert "Infirmière de site" in digest.html
        assert "samedi 28 novembre" in slots.html
        assert "Hello Grace," in seen[2].letters[0].html
        assert previews(session, scene.people.claire, chain, people, opportunity_id=scene.job, now=NOW) == seen
        session.flush()
        assert _rows(session) == before


def test_nothing_in_a_preview_can_be_pressed(world: World) -> None:
    with world.database.work() as session:
        scene = people_and_job(session, "Mia")
        chain = read_definition(STILL_LOOKING)
        (mia,) = previews(
            session, scene.people.claire, chain, list(scene.ids.values()), opportunity_id=scene.job, now=NOW
        )
        for letter in mia.letters:
            assert {part.split('"')[0] for part in letter.html.split('href="')[1:]} == {"#"}


def test_words_of_a_recruiter_are_shown_as_words(world: World) -> None:
    with world.database.work() as session:
        scene = people_and_job(session, "Mia")
        document = read_definition(THANK_YOU).model_dump()
        document["steps"][0]["text"]["fr"]["body"] = "<script>alert(1)</script> {first_name}"
        letter = sample(session, scene.people.claire, read_definition(document), "thanks", "fr", now=NOW)
        assert letter is not None
        assert "<script>" not in letter.html
        assert "Camille" in letter.html


def test_a_stranger_sees_no_preview(world: World) -> None:
    with world.database.work() as session:
        scene = people_and_job(session, "Mia")
        with pytest.raises(NotFound):
            previews(session, scene.people.dora, read_definition(THANK_YOU), list(scene.ids.values()), now=NOW)
