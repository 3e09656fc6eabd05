"""Numbers open their people, and anyone of the pool is told in or not in, with the reason."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlmodel import Session

from portal.kit.db import saved
from portal.kit.errors import NotFound
from portal.segments import actions, portrait
from portal.segments.pool import pool_page
from portal.segments.queries import rule_of, segment_for
from portal.talents.vocabulary import Availability
from portal.ui.doors import Door
from portal.ui.recruiter.pool.choosing import choices
from portal.ui.recruiter.pool.narrowing import clean, filters
from portal.ui.recruiter.portrait.telling import seen, shared
from portal.ui.recruiter.segment import asking, tree
from tests.cast import NOW, Cast, as_candidate, talent

NURSES = {"kind": "all", "of": [{"kind": "job", "one_of": ["J1506"]}]}
MOVERS = {"kind": "all", "of": [{"kind": "relocation"}]}


def listed(door: Door, href: str) -> list[str]:
    asked = clean(dict(parse_qsl(urlsplit(href).query)))
    rows, total = pool_page(door.session, door.who, "", filters(asked), now=NOW)
    assert len(rows) == total
    return [row.name.split()[0] for row in rows]


def crowd(session: Session) -> None:
    day = NOW.date()
    free = [(Availability.NOW, None), (Availability.NOT_LOOKING, None), (Availability.NOTICE, 10), (None, None)]
    free += [(Availability.FROM_DATE, days) for days in (-3, 0, 1, 60, 61, None)]
    said = [("yes", None), ("no", "salary"), ("no", "too_far"), ("no", None), ("later", None), (None, None)]
    for number, (kind, days) in enumerate(free):
        answer, reason = said[number % len(said)]
        on = None if days is None else day + timedelta(days=days)
        columns = {"availability": kind, "available_from": on, "last_answer": answer, "last_reason": reason}
        talent(session, f"Nora{number}", job_code="J1506", relocation=number % 2 == 0, **columns)
        talent(session, f"Paul{number}", job_code="H2913", relocation=number % 3 == 0, **columns)


def test_each_bar_of_a_portrait_opens_as_many_people_as_it_counts(session: Session, people: Cast, door: Door) -> None:
    crowd(session)
    nurses = saved(actions.save(session, people.claire, "Infirmières", NURSES, now=NOW).id)
    for segment_id, names in (nurses, {"Nora"}), (0, {"Nora", "Paul"}):
        drawn = seen(door, segment_id)
        for bars in drawn.free, drawn.answers, drawn.reasons:
            opened = [listed(door, bar.href) for bar in bars]
            assert [str(len(each)) for each in opened] == [bar.count for bar in bars]
            assert len(opened) > 1
            assert {name[:4] for each in opened for name in each} == names


def test_the_overlap_of_two_segments_opens_those_in_both_and_in_one_alone(
    session: Session, people: Cast, door: Door
) -> None:
    crowd(session)
    one, other = (
        segment_for(session, people.claire, saved(actions.save(session, people.claire, name, rule, now=NOW).id))
        for name, rule in (("Infirmières", NURSES), ("Mobiles", MOVERS))
    )
    found = portrait.overlap(session, rule_of(one), rule_of(other), now=NOW)
    bars = shared("fr", one, other, found)
    assert [bar.count for bar in bars] == ["5", "5", "4"]
    assert [listed(door, bar.href) for bar in bars] == [
        ["Nora1", "Nora3", "Nora5", "Nora7", "Nora9"],
        ["Nora0", "Nora2", "Nora4", "Nora6", "Nora8"],
        ["Paul0", "Paul3", "Paul6", "Paul9"],
    ]


def test_a_segment_put_away_still_narrows_and_one_that_never_was_narrows_nothing(
    session: Session, people: Cast, door: Door
) -> None:
    nurses = saved(actions.save(session, people.claire, "Infirmières", NURSES, now=NOW).id)
    asked, offered = choices(door, clean({"segment": str(nurses), "also": "999999", "tag": "77"}))
    assert (asked["segment"], asked["also"]) == (str(nurses), "")
    assert offered["segment"][1:] == [[str(nurses), "Infirmières"]]
    assert offered["tag"][1:] == [["77", "une étiquette qui n’existe plus"]]
    actions.archive(session, people.claire, nurses, now=NOW)
    asked, offered = choices(door, asked)
    assert offered["segment"][1:] == [[str(nurses), "Infirmières (archivé)"]]


def test_anyone_of_the_pool_is_told_in_or_not_in_and_why(session: Session, people: Cast, door: Door) -> None:
    talent(session, "Nora", job_code="J1506")
    talent(session, "Norbert", job_code="H2913")
    talent(session, "Paul", job_code="H2913")
    told = asking.verdicts(door, tree.planted(NURSES), "nor")
    assert [(one.name.split()[0], one.reach) for one in told] == [
        ("Nora", "dans le segment"),
        ("Norbert", "hors du segment"),
    ]
    assert told[0].because.startswith("Dans le segment, car")
    assert told[1].because.startswith("Pas dans le segment, car")
    assert "soud" in told[1].because.lower()
    assert asking.verdicts(door, tree.planted(NURSES), "") == []
    everybody = asking.verdicts(door, tree.blank(), "nor")
    assert {one.because for one in everybody} == {"Dans le segment, car il contient tout le monde."}


def test_no_stranger_asks_who_is_in_a_segment(session: Session, people: Cast) -> None:
    for stranger in (as_candidate(talent(session, "Nora")), people.dora):
        with pytest.raises(NotFound):
            asking.verdicts(Door(session, stranger, NOW), tree.planted(NURSES), "nor")
