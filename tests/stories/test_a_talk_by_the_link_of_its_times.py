"""The link with which a time was picked goes on being the page of that talk."""

from sqlmodel import col, select

from portal.booking.models import Booking
from portal.kit.db import saved
from portal.replies.talks import cancel_booking
from portal.talents.models import Talent
from tests.scenes import Scene
from tests.stories.test_a_talk_and_its_letters import ZOE, booked, buttons, page, path_of, press, scene
from tests.world import World

__all__ = ["scene"]


def test_a_number_given_on_the_page_shown_after_picking_is_kept(world: World, scene: Scene) -> None:
    offer = path_of(world.sink.to(ZOE)[-1], "p").rsplit("/", 1)[0]
    booked(world)
    assert 'name="phone"' in page(world, offer)
    assert press(world, offer, phone="12").startswith("400")
    assert press(world, offer, phone="06 12 34 56 78").startswith("200")
    with world.database.work() as session:
        assert session.get_one(Talent, scene.ids["Zoe"]).phone == "+33612345678"
    assert 'name="phone"' not in page(world, offer)


def test_the_link_of_the_times_leads_to_others_once_we_called_the_talk_off(world: World, scene: Scene) -> None:
    offer = path_of(world.sink.to(ZOE)[-1], "p").rsplit("/", 1)[0]
    booked(world, phone="0612345678")
    with world.database.work() as session:
        booking = session.exec(select(Booking)).one()
        cancel_booking(session, scene.people.claire, booking.talent_id, saved(booking.id), now=world.now)
    read = page(world, offer)
    assert "est annulé" in read
    assert "ce que vous avez dit ou annulé" not in read.lower()  # it was our doing
    assert press(world, offer, move=buttons(read, "move")[0]).startswith("200")
    with world.database.work() as session:
        assert [one.cancelled_at is None for one in session.exec(select(Booking).order_by(col(Booking.id)))] == [
            False,
            True,
        ]
