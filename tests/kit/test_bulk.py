from sqlmodel import Session, col, select

from portal.conversations.models import Ask
from portal.conversations.rules import Question
from portal.kit.bulk import among, insert_many
from portal.kit.db import Database
from portal.talents.models import Talent
from portal.timeline.models import TimelineEvent
from tests.cast import NOW, cast, talent


def test_rows_copied_in_read_back_as_they_were(house: Database) -> None:
    with house.work() as session:
        params = [{"day": "mardi", "list": [1, None], "tab": "\t\\N\n", "é": "«"}, {}, {"zero": 0}]
        rows = [{"at": NOW, "talent_id": None, "kind": "test", "actor_kind": "system", "params": one} for one in params]
        insert_many(session, TimelineEvent, rows)
        insert_many(session, TimelineEvent, [])
        found = session.exec(select(TimelineEvent).order_by(col(TimelineEvent.id))).all()
        assert [(event.at, event.actor_id, event.params) for event in found] == [(NOW, None, one) for one in params]


def test_rows_may_name_a_parent_that_was_only_added(house: Database) -> None:
    with house.work() as session:
        claire, zoe = cast(session).claire, talent(session, "Zoé")
        asked = {
            "talent_id": zoe.id,
            "owner_id": claire.id,
            "question": Question.DIGEST,
            "asked_at": NOW,
            "deadline": NOW,
        }
        insert_many(session, Ask, [asked])
        assert session.exec(select(Ask)).one().question is Question.DIGEST


def test_more_ids_than_a_statement_has_room_for(house: Database) -> None:
    with house.work() as session:
        zoe = talent(session, "Zoé")
        assert _names(session, range(1, 100_000)) == [zoe.first_name]
        assert _names(session, []) == []


def _names(session: Session, ids: object) -> list[str]:
    return list(session.exec(select(Talent.first_name).where(among(col(Talent.id), ids))))  # type: ignore[arg-type]
