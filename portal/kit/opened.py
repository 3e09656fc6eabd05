"""The database as the settings name it: somebody's server, or the embedded one for as long as it is needed."""

from collections.abc import Iterator
from contextlib import contextmanager

from portal.kit import embedded
from portal.kit.embedded import Urls
from portal.settings import Settings


@contextmanager
def opened(settings: Settings) -> Iterator[Urls]:
    """The URLs of a database that answers; stops the embedded server afterwards if it was started here."""
    if settings.embedded:
        with embedded.start(settings.data) as cluster:
            yield Urls(owner=cluster.owner_url, app=cluster.app_url)
    else:
        yield Urls(owner=settings.database_owner_url, app=settings.database_url)
