"""What rules are asked of is what the truth says, whoever changed what; and nobody but PostgreSQL writes it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col

from portal.consent import actions as consent
from portal.consent.rules import Purpose
from portal.conversations.models import AnswerGiven, Ask
from portal.conversations.rules import Question
from portal.gate.law.basis import NOTICE_DAYS
from portal.kit.db import Database, saved
from portal.kit.fold import fold
from portal.kit.tokens import use_secret
from portal.privacy.actions import erase
from portal.segments.models import ProjectionPlace
from portal.segments.rebuilding import rebuild
from portal.talents.actions import Arrival, take_in, update_by_recruiter, update_by_talent
from portal.talents.merging import By, Word
from portal.talents.models import Note, Source, Tag, Talent, TalentTag
from portal.talents.rules import SourceKind
from portal.timeline.who import System
from tests.people import LYON, MARSEILLE, NOW, PARIS, TODAY, candidate, staff, talent

VIEWS = {"projection": "projected", "projection_place": "projected_place", "talent_search": "searched"}


def astray(session: Session) -> list[str]:
    """Every row that stands where the truth has none, or the other way round."""
    session.flush()
    found = []
    for table, view in VIEWS.items():
        known = sa.inspect(session.connection()).get_columns(table)
        columns = ", ".join(column["name"] for column in known if "computed" not in column)
        for one, other in ((table, view), (view, table)):
            both = f"SELECT {columns} FROM {one} EXCEPT SELECT {columns} FROM {other}"  # noqa: S608
            found += [f"{one}: {row}" for row in session.execute(sa.text(both))]
    return found


class Life:
    """Three people to whom anything may happen."""

    def __init__(self, session: Session) -> None:
        use_secret("a secret of these tests that is long enough")
        self.session, self.claire = session, staff(session, "Claire")
        self.people = [talent(session, f"Nora {n}", email=f"nora{n}@people.example") for n in range(3)]
        self.tag = Tag(name="soudure", folded="soudure", created_at=NOW)
        session.add(self.tag)
        session.flush()

    def id(self, who: int) -> int:
        return saved(self.people[who].id)

    def corrected(self, who: int) -> None:
        changes = {
            "skills": ["Soudure TIG", "Excel"],
            "place_code": LYON,
            "other_places": [PARIS],
        }
        update_by_recruiter(self.session, self.claire, self.id(who), changes, now=NOW)

    def told_us(self, who: int) -> None:
        wishes = {"radius_km": 30, "languages": ["en:B2"], "relocation": True, "availability": "now"}
        update_by_talent(self.session, candidate(self.people[who]), self.id(who), wishes, now=NOW)

    def moved(self, who: int) -> None:
        self.session.execute(sa.update(Talent).values(other_places=[MARSEILLE]).where(col(Talent.id) == self.id(who)))

    def withdrew(self, who: int) -> None:
        me = candidate(self.people[who])
        consent.withdraw(self.session, me, self.id(who), Purpose.POOL, interface="portal", now=NOW)

    def acted(self, who: int) -> None:
        consent.acted(self.session, candidate(self.people[who]), self.id(who), now=NOW + timedelta(days=1))

    def was_informed(self, who: int) -> None:
        consent.show_notice(self.session, System("test"), [self.id(who)], Purpose.POOL, interface="cli", now=NOW)

    def tagged(self, who: int) -> None:
        self.session.merge(TalentTag(talent_id=self.id(who), tag_id=saved(self.tag.id), at=NOW))

    def untagged(self, _: int) -> None:
        self.session.flush()
        self.session.execute(sa.delete(TalentTag))

    def came_again(self, who: int) -> None:
        word = Word({"job_text": "Soudeuse", "job_code": "H2913"}, By.SOURCE, TODAY, "salon", SourceKind.EVENT)
        newcomer = Word(
            {"first_name": "Léa", "email": "lea@people.example"}, By.SOURCE, TODAY, "salon", SourceKind.EVENT
        )
        known = self.session.scalar(sa.select(col(Talent.id)).where(col(Talent.email) == "lea@people.example"))
        take_in(self.session, System("test"), [Arrival(self.id(who), (word,)), Arrival(known, (newcomer,))], now=NOW)

    def joined(self, who: int) -> None:
        self.session.execute(sa.update(Source).values(talent_id=self.id(who)))

    def answered(self, who: int) -> None:
        ask = Ask(talent_id=self.id(who), owner_id=self.claire.id, question=Question.DIGEST, asked_at=NOW, deadline=NOW)
        self.session.add(ask)
        self.session.flush()
        self.session.add(AnswerGiven(ask_id=saved(ask.id), answer="no", reason="salary", given_at=NOW, via="link"))
        self.session.flush()

    def was_noted(self, who: int) -> None:
        self.session.add(Note(talent_id=self.id(who), at=NOW, text="Rappelle l’après-midi, habilitée N1"))
        self.session.flush()

    def got_a_letter(self, _: int) -> None:
        self.session.execute(sa.update(Talent).values(last_letter_at=NOW))

    def left(self, who: int) -> None:
        erase(self.session, System("retention"), self.id(who), now=NOW)


HAPPENS: tuple[Callable[[Life, int], None], ...] = (
    Life.corrected, Life.told_us, Life.moved, Life.withdrew, Life.acted, Life.was_informed, Life.tagged, Life.untagged,
    Life.came_again, Life.joined, Life.answered, Life.was_noted, Life.got_a_letter,
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    events=st.lists(st.tuples(st.sampled_from(HAPPENS), st.integers(0, 2)), min_size=2, max_size=8),
    leaves=st.none() | st.integers(0, 2),
)
def test_whatever_happens_to_people_their_projection_says_the_same(
    session: Session, events: list[Any], leaves: int | None
) -> None:
    with session.begin_nested() as kept:
        life = Life(session)
        for happens, who in events:
            happens(life, who)
        if leaves is not None:
            life.left(leaves)
        assert astray(session) == []
        kept.rollback()
    session.expunge_all()


def test_two_who_change_one_person_at_once_leave_nothing_behind(module_db: Database) -> None:
    with module_db.work() as session:
        nora = saved(talent(session, "Nora").id)
        tags = [Tag(name=f"tag {n}", folded=f"tag {n}", created_at=NOW) for n in range(20)]
        session.add_all(tags)
        session.flush()
        ids = [saved(tag.id) for tag in tags]

    def wear(tag: int) -> None:
        with module_db.work() as session:
            session.add(TalentTag(talent_id=nora, tag_id=tag, at=NOW))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(wear, ids))
    with module_db.work() as session:
        assert astray(session) == []
        session.execute(sa.delete(TalentTag))
        session.execute(sa.delete(Talent).where(col(Talent.id) == nora))
        assert astray(session) == []


def test_the_app_itself_cannot_write_what_rules_are_asked_of(session: Session) -> None:
    talent(session)
    for statement in (
        "DELETE FROM projection",
        "UPDATE projection SET pool_until = '9999-12-31'",
        "DELETE FROM talent_search",
        "INSERT INTO place VALUES ('99999', 0, 0, 0, 0, 0)",
    ):
        with pytest.raises(sa.exc.ProgrammingError, match="permission denied"), session.begin_nested():
            session.execute(sa.text(statement))


def test_what_was_broken_by_hand_is_rebuilt(session: Session, module_database: Any) -> None:
    engine = sa.create_engine(module_database.owner)
    with Session(engine) as owner:
        talent(owner, "Nora", place=LYON, other_places=[PARIS])
        talent(owner, "Zoé")
        assert rebuild(owner) == 0
        owner.execute(sa.text("UPDATE projection SET words = NULL, locale = 'en'"))
        owner.execute(sa.text("DELETE FROM talent_search"))
        owner.execute(sa.delete(ProjectionPlace))
        assert len(astray(owner)) == 7
        assert rebuild(owner) == 5
        assert astray(owner) == []
        owner.rollback()
    engine.dispose()


@pytest.mark.parametrize(
    "typed",
    [
        "Hélène", "  DUPONT--MOREL ", "Cœur", "L'Haÿ-les-Roses", "l’Étang", "lʼÉtang", "Strauß", "Łukasz", "INGÉNIEUR·E",
        "N° 12", "a\u00a0b\t c", "Юлия", "—", "", "e\u0301te\u0301", "ŒUVRE Æther", "O'Neill", "Đorđe", "Søren Ålborg",
        "Çağrı Şahin", "ΓΙΏΡΓΟΣ Παπαδόπουλος", "ﬁnance ½ ²", "C++ / C#", "１２３", "日本 語", "naïve_text__x", "محمد عَلِي",
    ],
)  # fmt: skip
def test_postgresql_folds_as_python_does(session: Session, typed: str) -> None:
    assert session.scalar(sa.select(sa.func.fold(typed))) == fold(typed)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(min_codepoint=32, max_codepoint=0x17F), max_size=30))
def test_whatever_europeans_type_is_folded_alike(session: Session, typed: str) -> None:
    assert session.scalar(sa.select(sa.func.fold(typed))) == fold(typed)


def test_the_first_information_is_due_a_month_after_someone_came_from_elsewhere(session: Session) -> None:
    elsewhere = talent(session, "Nora", source_kind=SourceKind.LINKEDIN)
    talent(session, "Zoé", source_kind=SourceKind.APPLICATION)
    due = dict(
        session.execute(sa.text("SELECT talent_id, notice_due FROM projection WHERE notice_due IS NOT NULL")).all()
    )
    assert due == {elsewhere.id: NOW.date() + timedelta(days=NOTICE_DAYS)}
