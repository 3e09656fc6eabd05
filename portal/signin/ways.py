"""The ways in for staff: the identity providers of the house, and whether a link in a letter is one too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from portal.access.oidc.protocol import Way
from portal.kit.errors import NotFound
from portal.kit.providers import Provider

BEGIN, BACK = "/signin/with/", "/signin/back/"


@dataclass(frozen=True, slots=True)
class Ways:
    """Providers by their name, in the order of the settings."""

    providers: Mapping[str, Way] = field(default_factory=dict)
    staff_links: bool = True

    def named(self, name: str) -> Way:
        """Return the provider of this name, if the house has it."""
        if name not in self.providers:
            raise NotFound
        return self.providers[name]

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """Return where each button leads and whose name it bears."""
        return [(f"{BEGIN}{name}", way.provider.label) for name, way in self.providers.items()]


def ways(providers: Sequence[Provider], site_url: str, *, staff_links: bool) -> Ways:
    """Return the ways in as the settings name them. Each provider comes back to an address of its own (RFC 9700, 4.4)."""
    home = f"{site_url}/signin"
    return Ways({one.name: Way(one, f"{site_url}{BACK}{one.name}", home) for one in providers}, staff_links)
