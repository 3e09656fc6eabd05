"""The house as people meet it: its pages in a process of their own, its worker here, one clock moved by hand for both."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from portal.kit.embedded import Urls
from tests.cast import NOW, Cast, cast
from tests.serving import Site, serving
from tests.world import World, living


@dataclass
class Served:
    world: World
    site: Site
    people: Cast
    clock: Path

    def later(self, **by: float) -> None:
        """Move the one clock that every process of the house reads, then let the worker do its part."""
        self.world.later(**by)
        self.clock.write_text(self.world.now.isoformat())
        self.world.work()


@contextmanager
def served(database: Urls, folder: Path) -> Iterator[Served]:
    clock = folder / "clock"
    clock.write_text(NOW.isoformat())
    with living(database) as world, serving(database, VIVIER_CLOCK_FILE=str(clock)) as site:
        world.site = site.url
        with world.database.work() as session:
            people = cast(session)
        yield Served(world, site, people, clock)
