"""A segment in pictures, how alive it is, and what would wake it up."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from portal.chains import actions as chains
from portal.chains.templates import STILL_LOOKING
from portal.kit.errors import NotFound
from portal.reports.waking import Next, Suggestion, suggestions
from portal.segments import actions, portrait
from portal.segments.liveness import Alive, alive, history, keep
from portal.segments.models import SegmentDay
from portal.segments.portrait import Overlap, Part
from portal.segments.reachable import split_ids
from portal.segments.reading import read
from portal.talents.models import Talent
from portal.talents.vocabulary import Availability
from portal.timeline.who import System
from tests.people import NOW, TODAY, staff, talent
from tests.segments.test_reachable import agrees

NIGHT = System("nightly")
NURSES = {"kind": "all", "of": [{"kind": "job", "one_of": ["J1506"]}]}
WELDERS_OR_NURSES = {"kind": "all", "of": [{"kind": "job", "one_of": ["J1506", "H2913"]}]}


def nurse(session: Session, name: str, **columns: Any) -> int:
    someone = talent(session, name, job_code="J1506", **columns)
    agrees(session, someone)
    assert someone.id is not None
    return someone.id


def test_a_record_is_alive_as_long_as_its_person_gives_signs(session: Session) -> None:
    me = staff(session)
    ids = [
        nurse(session, "Awa", last_act_at=NOW - timedelta(days=179)),
        nurse(session, "Zoé", last_act_at=NOW - timedelta(days=181)),
        nurse(session, "Inès"),
    ]
    assert alive(session, me, ids, now=NOW) == Alive(people=3, fresh=1, with_basis=3, reachable=3)
    later = NOW + timedelta(days=2)
    assert alive(session, me, ids, now=later).fresh == 0


def test_every_night_writes_down_the_pool_and_each_segment_once(session: Session) -> None:
    me = staff(session)
    nurse(session, "Awa")
    talent(session, "Luc", job_code="H2913")
    segment = actions.save(session, me, "Nurses", NURSES, now=NOW)
    assert keep(session, NIGHT, now=NOW) == 2
    nurse(session, "Zoé")
    keep(session, NIGHT, now=NOW + timedelta(minutes=5))
    keep(session, NIGHT, now=NOW + timedelta(days=1))

    assert [night.alive.people for night in history(session, me, segment.id, now=NOW)] == [2, 2]
    assert [night.alive.people for night in history(session, me, None, now=NOW)] == [3, 3]
    assert history(session, me, None, now=NOW)[0].day == TODAY


def test_a_segment_put_away_is_no_longer_written_down(session: Session) -> None:
    me = staff(session)
    segment = actions.save(session, me, "Nurses", NURSES, now=NOW)
    actions.archive(session, me, segment.id or 0, now=NOW)
    keep(session, NIGHT, now=NOW)
    assert [row.segment_id for row in session.exec(select(SegmentDay))] == [None]


def test_nobody_but_the_night_writes_it_and_no_stranger_reads_it(session: Session) -> None:
    with pytest.raises(NotFound):
        keep(session, staff(session), now=NOW)
    with pytest.raises(NotFound):
        history(session, System("worker"), None, now=NOW)


def test_availability_tells_those_soon_free_from_those_later(session: Session) -> None:
    def free(name: str, kind: Availability | None, days: int | None = None) -> int:
        day = None if days is None else TODAY + timedelta(days=days)
        return talent(session, name, availability=kind, available_from=day).id or 0

    ids = [
        free("A", Availability.NOW),
        free("B", Availability.FROM_DATE, -3),
        free("C", Availability.FROM_DATE, 60),
        free("D", Availability.FROM_DATE, 61),
        free("E", Availability.NOT_LOOKING),
        free("F", None),
    ]
    told = portrait.availability(session, ids, now=NOW)
    assert told == [Part("now", 2), Part("soon", 1), Part("later", 1), Part("not_looking", 1), Part(None, 1)]


def test_answers_and_reasons_are_counted_as_people_gave_them_last(session: Session) -> None:
    ids = [
        talent(session, "A", last_answer="no", last_reason="salary").id or 0,
        talent(session, "B", last_answer="no", last_reason="salary").id or 0,
        talent(session, "C", last_answer="no").id or 0,
        talent(session, "D", last_answer="yes").id or 0,
        talent(session, "E").id or 0,
    ]
    assert portrait.answers(session, ids) == [Part("yes", 1), Part("no", 3), Part(None, 1)]
    assert portrait.reasons(session, ids) == [Part("salary", 2)]


def test_the_map_leaves_out_whoever_named_no_place_and_says_so(session: Session) -> None:
    ids = [
        talent(session, "A", place_code="69123", radius_km=30).id or 0,
        talent(session, "B", regions=["53"]).id or 0,
        talent(session, "C", remote="full").id or 0,
    ]
    found = portrait.where(session, ids)
    assert found.regions == {"84": 1, "53": 1}
    assert (found.nowhere, found.remote) == (1, 1)


def test_two_segments_share_those_who_are_in_both(session: Session) -> None:
    nurse(session, "Awa")
    talent(session, "Luc", job_code="H2913")
    found = portrait.overlap(session, read(NURSES), read(WELDERS_OR_NURSES), now=NOW)
    assert found == Overlap(only_here=0, both=1, only_there=1)


def test_what_wakes_a_segment_up_names_the_chain_that_does_it(session: Session) -> None:
    me = staff(session)
    ids = [nurse(session, name) for name in ("Awa", "Zoé")]
    ids.append(nurse(session, "Inès", last_act_at=NOW, last_answer="yes"))
    not_told = talent(session, "Luc", job_code="J1506")
    agrees(session, not_told, basis="legitimate-interest", notified_at=None)
    ids.append(not_told.id or 0)

    def told() -> list[Suggestion]:
        return suggestions(session, me, split_ids(session, me, ids, now=NOW), now=NOW)

    assert told() == [Suggestion(Next.ASK, 2), Suggestion(Next.INFORM, 1), Suggestion(Next.OFFER, 1)]
    version = chains.create(session, me, "Still looking?", STILL_LOOKING, now=NOW)
    assert told()[0] == Suggestion(Next.ASK, 2, version.chain_id)


def test_nothing_is_suggested_for_nobody(session: Session) -> None:
    me = staff(session)
    assert suggestions(session, me, split_ids(session, me, [], now=NOW), now=NOW) == []
    assert session.exec(select(col(Talent.id))).first() is None
