"""Segments are saved, put away and brought back; the pool page finds people as one types."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from portal.kit.errors import NotFound, Refused
from portal.segments import actions, pool, queries, searching
from portal.segments.document import Near, Situation, Sources
from portal.segments.models import Projection
from portal.segments.paging import page_of
from portal.segments.pool import Filters, pool_page
from portal.talents.models import Note
from portal.talents.queries import Sort, profile
from portal.talents.rules import SourceKind
from portal.talents.vocabulary import Availability
from portal.timeline.who import Role
from tests.people import LYON, MARSEILLE, NOW, TODAY, VILLEURBANNE, candidate, staff, talent
from tests.segments.test_reachable import agrees

NURSES = {"kind": "all", "of": [{"kind": "job", "one_of": ["J1506"]}]}


def test_a_saved_segment_is_listed_with_its_sentence_and_live_count(session: Session) -> None:
    me = staff(session)
    saved = actions.save(session, me, "  Infirmières  ", NURSES, now=NOW)
    talent(session, job_code="J1506")
    (row,) = queries.saved(session, me, locale="en", now=NOW)
    assert (row.name, row.owner, row.size, row.sentence) == (
        "Infirmières",
        "Camille",
        1,
        "People whose job is “Nurse”.",
    )
    actions.rename(session, me, saved.id or 0, "Nurses", now=NOW + timedelta(days=1))
    assert queries.saved(session, me, locale="en", now=NOW)[0].name == "Nurses"


def test_putting_a_segment_away_can_be_undone(session: Session) -> None:
    me = staff(session)
    saved = actions.save(session, me, "Infirmières", NURSES, now=NOW)
    actions.archive(session, me, saved.id or 0, now=NOW)
    assert queries.saved(session, me, locale="fr", now=NOW) == []
    assert [row.archived for row in queries.saved(session, me, locale="fr", now=NOW, archived=True)] == [True]
    actions.bring_back(session, me, saved.id or 0, now=NOW)
    assert len(queries.saved(session, me, locale="fr", now=NOW)) == 1


def test_a_segment_needs_a_name_and_a_rule_with_sense(session: Session) -> None:
    me = staff(session)
    with pytest.raises(Refused, match="Give the segment a name"):
        actions.save(session, me, " \0", NURSES, now=NOW)
    with pytest.raises(Refused, match="225-1"):
        actions.save(session, me, "Jeunes", {"kind": "all", "of": [{"kind": "age", "max": 30}]}, now=NOW)


def test_a_rule_that_no_longer_reads_does_not_hide_the_others(session: Session) -> None:
    me = staff(session)
    broken = actions.save(session, me, "Ancien", NURSES, now=NOW)
    broken.rule = {"kind": "all", "of": [{"kind": "job", "one_of": ["gone"]}]}
    actions.save(session, me, "Infirmières", NURSES, now=NOW)
    session.flush()
    told = {row.name: (row.size, row.sentence) for row in queries.saved(session, me, locale="fr", now=NOW)}
    assert told["Ancien"][0] is None
    assert "gone" in told["Ancien"][1]
    assert told["Infirmières"][0] == 0


def test_nobody_but_recruiters_sees_segments_or_the_pool(session: Session) -> None:
    saved = actions.save(session, staff(session), "Infirmières", NURSES, now=NOW)
    for who in (candidate(talent(session)), staff(session, "Dominique", Role.DPO)):
        with pytest.raises(NotFound):
            actions.archive(session, who, saved.id or 0, now=NOW)
        with pytest.raises(NotFound):
            queries.saved(session, who, locale="fr", now=NOW)
        with pytest.raises(NotFound):
            pool_page(session, who, now=NOW)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["Élodie Châtelain", "Jean-Loup Ruiz", "Zoé Martin"]),
        ("m", ["Zoé Martin"]),
        ("r jean", ["Jean-Loup Ruiz"]),
        ("tig", ["Jean-Loup Ruiz"]),
        ("soud marseille", ["Jean-Loup Ruiz"]),
        ("habilitee", ["Zoé Martin"]),
        ("jl.ruiz@peo", ["Jean-Loup Ruiz"]),
        ("o'b", []),
        ("chatel", ["Élodie Châtelain"]),
        ("CHÂTELAIN elodie", ["Élodie Châtelain"]),
        ("lodie", []),
        ("jean-loup", ["Jean-Loup Ruiz"]),
        ("ruiz@", ["Jean-Loup Ruiz"]),
        ("infirm", ["Zoé Martin"]),
        ("infirmiere martin", ["Zoé Martin"]),
        ("soudeur", ["Jean-Loup Ruiz"]),
        ("émailleur", ["Élodie Châtelain"]),
        ("emailleu", ["Élodie Châtelain"]),
        ("%", []),
        ("_", []),
        ("100%_\0", []),
        ("nobody", []),
    ],
)
def test_search_finds_name_job_and_mail_whatever_the_accents(session: Session, typed: str, found: list[str]) -> None:
    zoe = talent(session, "Zoé Martin", job_code="J1506")
    session.add(Note(talent_id=zoe.id, at=NOW, text="Habilitée, de nuit."))
    talent(session, "Élodie Châtelain", email="ec@people.example", job_text="Émailleuse d’art, émailleur")
    talent(
        session,
        "Jean-Loup Ruiz",
        email="jl.ruiz@people.example",
        job_code="H2913",
        skills=["Soudure TIG"],
        place=MARSEILLE,
    )
    rows, total = pool_page(session, staff(session), typed, now=NOW)
    assert [row.name for row in sorted(rows, key=lambda row: row.name)] == sorted(found)
    assert total == len(found)


def test_the_pool_page_filters_sorts_and_pages(session: Session) -> None:
    me = staff(session)
    for number in range(5):
        talent(
            session,
            f"Near {number}",
            place=VILLEURBANNE,
            availability=Availability.NOW,
            collected_on=TODAY - timedelta(days=number),
        )
    talent(session, "Far away", availability=Availability.NOW)
    filters = Filters((Near(place=LYON, km=20), Situation(one_of=(Availability.NOW,))))
    rows, total = pool_page(session, me, "", filters, Sort.NEWEST, 2, now=NOW, size=2)
    assert ([row.name for row in rows], total) == (["Near 2", "Near 3"], 5)
    with pytest.raises(Refused, match="A distance goes from 1"):
        pool_page(session, me, "", Filters((Near(place=LYON, km=0),)), now=NOW)


def test_the_pool_page_tells_those_one_could_write_to_today_from_the_others(session: Session) -> None:
    me = staff(session)
    agrees(session, talent(session, "Awa", source_kind=SourceKind.REFERRAL))
    talent(session, "Bo", source_kind=SourceKind.REFERRAL)
    only = (Sources(one_of=(SourceKind.REFERRAL,)),)
    for reachable, names in ((True, ["Awa"]), (False, ["Bo"]), (None, ["Awa", "Bo"])):
        rows, total = pool_page(session, me, "", Filters(only, reachable), now=NOW)
        assert ([row.name for row in rows], total) == (names, len(names))


def test_a_profile_says_who_said_what_and_when_to_them_and_to_recruiters_only(session: Session) -> None:
    awa = talent(session, "Awa Diallo", radius_km=30, said={"radius_km": {"by": "talent", "on": "2026-11-02"}})
    for who in (candidate(awa), staff(session)):
        told = profile(session, who, awa.id or 0)
        assert (told.told["radius_km"].value, told.told["radius_km"].by) == (30, "talent")
        assert str(told.told["radius_km"].on) == "2026-11-02"
        assert told.told["salary_floor"].value is None
    for stranger in (candidate(talent(session, "Bo")), staff(session, "Dominique", Role.DPO)):
        with pytest.raises(NotFound):
            profile(session, stranger, awa.id or 0)


PEOPLE = """
    INSERT INTO talent (pseudonym, created_at, first_name, last_name, name_key, address_form, locale, zone, job_text, does,
        place_name, source_kind, collected_on, last_act_at)
    SELECT gen_random_uuid(), :now, 'Nora', n::text, 'nora ' || n, 'neutral', 'fr', 'Europe/Paris', '', '', '', 'event',
           :today - (n % 7), CASE WHEN n % 3 > 0 THEN :now - make_interval(hours => n % 100) END
      FROM generate_series(1, 2300) n
"""


@pytest.mark.parametrize("sort", list(Sort))
def test_however_deep_a_page_is_it_holds_those_who_come_next(session: Session, sort: Sort) -> None:
    session.execute(sa.text(PEOPLE).bindparams(now=NOW, today=TODAY))
    where = Projection.locale == "fr"
    few = [row.id for page in range(1, 24) for row in page_of(session, where, sort=sort, page=page, size=100)]
    many = [
        row.id for page in range(1, 24) for row in page_of(session, where, sort=sort, page=page, size=100, many=True)
    ]
    assert len(set(few)) == 2300
    assert many == few
    assert page_of(session, where, sort=sort, page=90, size=100, many=True) == []


def test_a_search_that_finds_very_many_says_more_and_still_turns_its_pages(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.execute(sa.text(PEOPLE).bindparams(now=NOW, today=TODAY))
    for module in (searching, pool):
        monkeypatch.setattr(module, "MOST", 1000)
    me = staff(session)
    for typed in ("nora", "n", "nora n"):
        rows, total = pool_page(session, me, typed, now=NOW, size=3)
        assert ([row.name for row in rows], total) == (["Nora 1", "Nora 10", "Nora 100"], 1001)
    rows, total = pool_page(session, me, "nora 230", now=NOW)
    assert ([row.name for row in rows], total) == (["Nora 230", "Nora 2300"], 2)
