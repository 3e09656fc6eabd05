"""A tag joined or deleted: the segments and the views that name it follow, or it stays."""

import pytest
from sqlmodel import Session

from portal.kit.db import saved
from portal.kit.errors import NotFound, Refused
from portal.segments import actions
from portal.segments.pool import pool_page
from portal.segments.queries import member_ids, segment_for
from portal.segments.retagging import delete_tag, join_tags
from portal.talents.tags import put_tag, tags
from portal.talents.views import keep_view, views
from portal.timeline.who import Person, Role
from portal.ui.recruiter.pool.narrowing import address, clean, filters
from tests.people import NOW, candidate, staff, talent


def asks(*tag_ids: int) -> dict[str, object]:
    tag = {"kind": "tag", "one_of": list(tag_ids)}
    return {"kind": "all", "of": [{"kind": "relocation"}, {"kind": "none", "of": [tag]}]}


def two_tags(session: Session, claire: Person) -> tuple[int, int, int]:
    awa = saved(talent(session, "Awa Diallo", relocation=True).id)
    talent(session, "Bao Linh", relocation=True)
    old, kept = (put_tag(session, claire, [awa], name, now=NOW).tag.id for name in ("Salon 2025", "Salon"))
    return awa, old, kept


def test_segments_and_views_follow_a_tag_into_the_one_that_replaces_it(session: Session) -> None:
    claire = staff(session)
    awa, old, kept = two_tags(session, claire)
    one = saved(actions.save(session, claire, "Sans le salon", asks(old, kept), now=NOW).id)
    other = saved(actions.save(session, claire, "Autre", {"kind": "all", "of": [{"kind": "relocation"}]}, now=NOW).id)
    keep_view(session, claire, "Du salon", {"tag": str(old), "sort": "newest"}, now=NOW)
    keep_view(session, claire, "Récents", {"sort": "newest"}, now=NOW)
    before = member_ids(session, segment_for(session, claire, one).rule, now=NOW)
    join_tags(session, claire, old, kept, now=NOW)
    assert segment_for(session, claire, one).rule == actions.read(asks(kept)).model_dump(mode="json")
    assert segment_for(session, claire, other).rule["of"] == [{"kind": "relocation"}]
    assert member_ids(session, segment_for(session, claire, one).rule, now=NOW) == before
    assert awa not in before
    told = {view.name: dict(view.filters) for view in views(session, claire)}
    assert told == {"Du salon": {"tag": str(kept), "sort": "newest"}, "Récents": {"sort": "newest"}}


def test_a_tag_that_segments_ask_for_is_not_deleted_and_they_are_named(session: Session) -> None:
    claire = staff(session)
    _, old, kept = two_tags(session, claire)
    for name in ("Nuit", "Infirmières"):
        segment = actions.save(session, claire, name, asks(old), now=NOW)
    actions.archive(session, claire, saved(segment.id), now=NOW)
    with pytest.raises(Refused) as refused:
        delete_tag(session, claire, old, now=NOW)
    assert refused.value.params == {"names": "Infirmières, Nuit"}
    delete_tag(session, claire, kept, now=NOW)
    assert [tag.id for tag in tags(session, claire)] == [old]


def test_the_pool_is_narrowed_by_a_tag_whose_number_stands_in_the_address(session: Session) -> None:
    claire = staff(session)
    awa, old, _ = two_tags(session, claire)
    asked = clean({"tag": str(old)})
    assert address(asked) == f"/pool?tag={old}"
    rows, total = pool_page(session, claire, "", filters(asked), now=NOW)
    assert ([row.id for row in rows], total) == ([awa], 1)
    for typed in ("0", "-1", "x", "9" * 19, "1 OR 1", "٣"):
        assert clean({"tag": typed})["tag"] == ""


def test_nobody_but_recruiters_joins_or_deletes_tags(session: Session) -> None:
    _, old, kept = two_tags(session, staff(session))
    for stranger in (candidate(talent(session, "Zoé Petit")), staff(session, "Dora", Role.DPO)):
        with pytest.raises(NotFound):
            join_tags(session, stranger, old, kept, now=NOW)
        with pytest.raises(NotFound):
            delete_tag(session, stranger, old, now=NOW)
