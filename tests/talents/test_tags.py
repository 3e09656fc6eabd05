from collections.abc import Callable
from datetime import timedelta
from time import perf_counter

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal.kit.bulk import insert_many
from portal.kit.db import new_id, saved
from portal.kit.errors import NotFound, Refused
from portal.talents.models import Tag, Talent, TalentTag
from portal.talents.tags import (
    delete_tag,
    join_tags,
    put_back,
    put_tag,
    rename_tag,
    tags,
    tags_of,
    take_tag,
    with_tag_names,
)
from portal.timeline.models import TimelineEvent
from portal.timeline.queries import events_of
from portal.timeline.sentences import told
from portal.timeline.who import Person, Role
from tests.people import NOW, TODAY, candidate, staff, talent


def people(session: Session, *names: str) -> list[int]:
    return [saved(talent(session, name).id) for name in names]


def test_a_tag_is_made_on_the_fly_and_exists_once_however_it_is_typed(session: Session) -> None:
    claire = staff(session)
    awa, bao = people(session, "Awa Diallo", "Bao Linh")
    first = put_tag(session, claire, [awa], "  Salon de Lyon ", now=NOW)
    again = put_tag(session, claire, [awa, bao], "salon de LYON", now=NOW)
    assert (first.tag.name, again.tag, again.talent_ids) == ("Salon de Lyon", first.tag, (bao,))
    assert [(tag.name, tag.people) for tag in tags(session, claire)] == [("Salon de Lyon", 2)]
    assert [tag.name for tag in tags_of(session, claire, [awa])[awa]] == ["Salon de Lyon"]


def test_each_of_those_tagged_together_reads_it_on_their_own_timeline_and_no_one_else(session: Session) -> None:
    claire = staff(session)
    awa, bao, chloe = people(session, "Awa Diallo", "Bao Linh", "Chloé Petit")
    put_tag(session, claire, [awa], "Salon", now=NOW)
    tag = put_tag(session, claire, [awa, bao], "Salon", now=NOW + timedelta(days=1)).tag
    take_tag(session, claire, [awa, bao], tag.id, now=NOW + timedelta(days=2))
    told = {
        id_: [(event.kind, event.actor_id, event.at) for event in events_of(session, claire, id_)]
        for id_ in (awa, bao, chloe)
    }
    gone = ("untagged", claire.id, NOW + timedelta(days=2))
    assert told == {
        awa: [gone, ("tagged", claire.id, NOW)],
        bao: [gone, ("tagged", claire.id, NOW + timedelta(days=1))],
        chloe: [],
    }


def test_a_timeline_calls_a_tag_by_the_name_it_has_today_and_one_deleted_by_none(session: Session) -> None:
    claire = staff(session)
    (awa,) = people(session, "Awa Diallo")
    salon = put_tag(session, claire, [awa], "Salon", now=NOW).tag.id
    stage = put_tag(session, claire, [awa], "Stage", now=NOW + timedelta(hours=1)).tag.id
    take_tag(session, claire, [awa], salon, now=NOW + timedelta(hours=2))
    rename_tag(session, claire, salon, "Salon de Lyon", now=NOW)
    delete_tag(session, claire, stage, now=NOW)
    events = with_tag_names(session, claire, events_of(session, claire, awa))
    assert [told(event, "fr", "Europe/Paris", staff={claire.id: "Claire"}) for event in events] == [
        "Étiquette «\u00a0Salon de Lyon\u00a0» retirée par Claire",
        "Étiquette posée par Claire",
        "Étiquette «\u00a0Salon de Lyon\u00a0» posée par Claire",
    ]


def test_putting_a_tag_on_is_undone_for_those_who_had_it_not_before(session: Session) -> None:
    claire = staff(session)
    awa, bao = people(session, "Awa Diallo", "Bao Linh")
    put_tag(session, claire, [awa], "Salon", now=NOW)
    done = put_tag(session, claire, [awa, bao], "Salon", now=NOW)
    take_tag(session, claire, done.talent_ids, done.tag.id, now=NOW)
    assert set(tags_of(session, claire, [awa, bao])) == {awa}
    gone = take_tag(session, claire, [awa, bao], done.tag.id, now=NOW)
    assert put_back(session, claire, gone.talent_ids, gone.tag.id, now=NOW).talent_ids == (awa,)


@pytest.mark.parametrize(
    "name", ["Jeune", "Femmes", "RQTH", "Enceinte", "Syndiqué", "Musulman", "Nationalité", "Trop âgé"]
)
def test_a_tag_never_says_what_the_law_protects(session: Session, name: str) -> None:
    (awa,) = people(session, "Awa Diallo")
    with pytest.raises(Refused, match="225-1"):
        put_tag(session, staff(session), [awa], name, now=NOW)
    kept = put_tag(session, staff(session, "Marc"), [awa], "Salon", now=NOW).tag
    with pytest.raises(Refused, match="225-1"):
        rename_tag(session, staff(session, "Ada"), kept.id, name, now=NOW)


@pytest.mark.parametrize("name", ["", "  ", "!!!", "\0", "x" * 41])
def test_a_tag_has_a_short_name(session: Session, name: str) -> None:
    with pytest.raises(Refused):
        put_tag(session, staff(session), people(session, "Awa Diallo"), name, now=NOW)


def test_two_tags_become_one_and_everyone_keeps_the_day_they_got_it(session: Session) -> None:
    claire = staff(session)
    awa, bao = people(session, "Awa Diallo", "Bao Linh")
    old = put_tag(session, claire, [awa, bao], "Salon 2025", now=NOW).tag
    kept = put_tag(session, claire, [bao], "Salon", now=NOW + timedelta(days=1)).tag
    with pytest.raises(Refused, match="join the two"):
        rename_tag(session, claire, old.id, "SALON", now=NOW)
    join_tags(session, claire, old.id, kept.id, now=NOW + timedelta(days=2))
    assert [(tag.name, tag.people) for tag in tags(session, claire)] == [("Salon", 2)]
    days = dict(session.exec(select(TalentTag.talent_id, TalentTag.at)).all())
    assert days == {awa: NOW, bao: NOW + timedelta(days=1)}
    delete_tag(session, claire, kept.id, now=NOW)
    assert session.exec(select(TalentTag)).all() == []


def test_only_recruiters_tag_and_only_the_living_wear_tags(session: Session) -> None:
    awa, gone = talent(session), talent(session, "Parti", erased_at=NOW)
    tag = put_tag(session, staff(session), [saved(awa.id), saved(gone.id), 10**15], "Salon", now=NOW)
    assert tag.talent_ids == (awa.id,)
    attempts: list[Callable[[Person], object]] = [
        lambda who: put_tag(session, who, [saved(awa.id)], "Autre", now=NOW),
        lambda who: take_tag(session, who, [saved(awa.id)], tag.tag.id, now=NOW),
        lambda who: rename_tag(session, who, tag.tag.id, "Autre", now=NOW),
        lambda who: delete_tag(session, who, tag.tag.id, now=NOW),
        lambda who: tags(session, who),
        lambda who: tags_of(session, who, [saved(awa.id)]),
    ]
    for stranger in (candidate(awa), staff(session, "Dora", Role.DPO)):
        for attempt in attempts:
            with pytest.raises(NotFound):
                attempt(stranger)


@pytest.mark.slow
def test_twenty_thousand_people_are_tagged_and_untagged_in_seconds(session: Session) -> None:
    claire = staff(session)
    rows = [
        {"pseudonym": new_id(), "created_at": NOW, "email": f"p{n}@people.example", "source_kind": "other",
         "collected_on": TODAY, "first_name": "", "last_name": "", "name_key": "", "address_form": "neutral",
         "locale": "fr", "zone": "Europe/Paris", "job_text": "", "does": "", "place_name": ""}
        for n in range(20_000)
    ]  # fmt: skip
    insert_many(session, Talent, rows)
    ids = session.scalars(sa.select(col(Talent.id))).all()
    begun = perf_counter()
    done = put_tag(session, claire, [id_ for id_ in ids if id_], "Tout le monde", now=NOW)
    assert len(take_tag(session, claire, done.talent_ids, done.tag.id, now=NOW).talent_ids) == 20_000
    assert perf_counter() - begun < 20
    told = sa.select(col(TimelineEvent.kind), sa.func.count(col(TimelineEvent.talent_id).distinct()))
    counted = session.execute(told.group_by(col(TimelineEvent.kind)).order_by(col(TimelineEvent.kind)))
    assert [tuple(row) for row in counted] == [("tagged", 20_000), ("untagged", 20_000)]
    assert session.get(Tag, done.tag.id) is not None
