"""The database as the settings name it: somebody's server, or the embedded one for as long as it is needed."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.kit import embedded
from portal.kit.embedded import Cluster, Urls
from portal.kit.places import EmbeddedError
from portal.settings import Settings

log = logging.getLogger("vivier.database")

# Seconds between two looks at our server.
LOOK = 0.5


@contextmanager
def opened(settings: Settings) -> Iterator[Urls]:
    """The URLs of a database that answers; stops the embedded server afterwards if it was started here."""
    if settings.embedded:
        with embedded.start(settings.data) as cluster, kept_alive(cluster, settings.data):
            yield Urls(owner=cluster.owner_url, app=cluster.app_url)
    else:
        yield Urls(owner=settings.database_owner_url, app=settings.database_url)


@contextmanager
def kept_alive(cluster: Cluster, data: Path) -> Iterator[None]:
    """Start our server again should somebody kill it; it recovers what was committed."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(LOOK):
            if cluster.pid is None and cluster.owned:
                log.warning("the embedded database was killed, starting it again")
                try:
                    embedded.start(data)
                except EmbeddedError as failed:
                    log.warning("%s", failed)

    watching = threading.Thread(target=watch, name="database watch", daemon=True)
    watching.start()
    try:
        yield
    finally:
        over.set()
        watching.join()
