import pytest
from sqlmodel import Session

from portal.kit.db import saved
from portal.kit.errors import NotFound, Refused
from portal.talents.views import change_view, delete_view, keep_view, open_first, views
from portal.timeline.who import Role
from tests.people import NOW, candidate, staff, talent

NURSES = {"job": "J1506", "sort": "newest"}


def test_a_view_is_kept_renamed_shared_and_forgotten(session: Session) -> None:
    claire, marc = staff(session), staff(session, "Marc")
    view = saved(keep_view(session, claire, " Infirmières ", NURSES, now=NOW).id)
    assert [(one.name, dict(one.filters), one.mine) for one in views(session, claire)] == [
        ("Infirmières", NURSES, True)
    ]
    assert views(session, marc) == []
    change_view(session, claire, view, name="Soins", shared=True)
    assert [(one.name, one.owner, one.mine) for one in views(session, marc)] == [("Soins", "Camille", False)]
    delete_view(session, claire, view)
    assert views(session, claire) == views(session, marc) == []


def test_keeping_a_view_under_the_same_name_replaces_it(session: Session) -> None:
    claire = staff(session)
    keep_view(session, claire, "Soins", NURSES, now=NOW)
    keep_view(session, claire, "Soins", {"job": "J1501"}, now=NOW)
    assert [dict(one.filters) for one in views(session, claire)] == [{"job": "J1501"}]


def test_two_of_my_views_never_have_one_name(session: Session) -> None:
    claire, marc = staff(session), staff(session, "Marc")
    keep_view(session, claire, "Soins", NURSES, now=NOW)
    other = saved(keep_view(session, claire, "Lyon", {"place": "69123"}, now=NOW).id)
    with pytest.raises(Refused, match="another one"):
        change_view(session, claire, other, name=" Soins", shared=False)
    change_view(session, claire, other, name="Lyon", shared=True)
    his = saved(keep_view(session, marc, "Nuits", NURSES, now=NOW).id)
    change_view(session, marc, his, name="Soins", shared=False)
    assert [one.name for one in views(session, claire) if one.mine] == ["Lyon", "Soins"]


def test_the_pool_opens_with_one_view_of_mine_at_most(session: Session) -> None:
    claire, marc = staff(session), staff(session, "Marc")
    first, second = (saved(keep_view(session, claire, name, NURSES, shared=True, now=NOW).id) for name in ("a", "b"))
    open_first(session, claire, first)
    open_first(session, claire, second)
    assert [one.opens_first for one in views(session, claire)] == [False, True]
    assert [one.opens_first for one in views(session, marc)] == [False, False]
    open_first(session, claire, None)
    assert not any(one.opens_first for one in views(session, claire))


def test_nobody_touches_a_colleague_s_view_even_a_shared_one(session: Session) -> None:
    awa = talent(session)
    view = saved(keep_view(session, staff(session), "Soins", NURSES, shared=True, now=NOW).id)
    for stranger in (staff(session, "Marc"), staff(session, "Dora", Role.DPO), candidate(awa)):
        with pytest.raises(NotFound):
            change_view(session, stranger, view, name="Pris", shared=False)
        with pytest.raises(NotFound):
            open_first(session, stranger, view)
        with pytest.raises(NotFound):
            delete_view(session, stranger, view)


def test_a_view_needs_a_name_and_there_are_not_too_many(session: Session) -> None:
    claire = staff(session)
    with pytest.raises(Refused, match="name"):
        keep_view(session, claire, " ", NURSES, now=NOW)
    for number in range(50):
        keep_view(session, claire, str(number), NURSES, now=NOW)
    with pytest.raises(Refused, match="50"):
        keep_view(session, claire, "encore", NURSES, now=NOW)
