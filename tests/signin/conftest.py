"""A house in which Zoé has come in with her address."""

import pytest

from portal.kit.db import saved
from tests.arrivals import come_in
from tests.cast import Cast, cast, talent
from tests.signin.moving import HERS
from tests.world import World


@pytest.fixture
def house_of(world: World) -> tuple[World, Cast, int]:
    """Zoé has come in with her address; she has agreed to stay."""
    with world.database.work() as session:
        people, id_ = cast(session), saved(talent(session, "Zoé", locale="en").id)
    come_in(world, HERS)
    world.later(minutes=1)
    return world, people, id_
