"""The door of a link page: a session, together with the person the link is for and what it is about.

Whoever holds the token may do this one act and no other; forged, foreign and erased are told alike (NotFound).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from portal.conversations.models import Ask
from portal.postbox.rules import LinkPurpose
from portal.replies.queries import Asked, Granted, ask_behind, asked, granted
from portal.timeline.who import LinkGrant
from portal.ui.links.visit import Visit


@dataclass(frozen=True, slots=True)
class LinkDoor:
    """One unit of work. Give `session`, `who` and `ask` to the verbs; `session` is no page's business beyond that."""

    visit: Visit
    session: Any
    link: Granted
    ask: Ask

    @property
    def who(self) -> LinkGrant:
        """Return who acts: the bearer of this link."""
        return self.link.grant

    @property
    def locale(self) -> str:
        """Return the language to tell things in."""
        return self.visit.locale(self.link.locale)

    def told(self) -> Asked:
        """Return the question as the page tells it, as it stands now."""
        return asked(self.session, self.ask, locale=self.locale, zone=self.link.zone, now=self.visit.now)


@contextmanager
def opened(visit: Visit, purpose: LinkPurpose) -> Iterator[LinkDoor]:
    """Open what the token of this visit grants, in one transaction."""
    with visit.database.work() as session:
        link = granted(session, visit.token, purpose, now=visit.now)
        yield LinkDoor(visit, session, link, ask_behind(session, link))
