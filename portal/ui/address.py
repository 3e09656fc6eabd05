"""One build serves any address: a page asks whoever it came from, at its scheme, its name and its port."""

from typing import Any

from reflex.plugins import Plugin

# Reflex takes the name of the page's host for "localhost", but for the port the one of the build, or with https none.
API_URL = "http://localhost"
SCRIPT = "utils/state.js"
NAME = "    endpoint.hostname = frontend_hostname;\n"
NO_PORT = '      endpoint.port = ""; // Assume websocket is on https port via load balancer.\n'
PORT = "    endpoint.port = window.location.port;\n"


class Unknown(Exception):
    """Reflex computes addresses otherwise than we knew: a build of it would reach nobody."""


class OwnAddress(Plugin):
    """Has the browser's script take the page's own port, before it is bundled and named after its content."""

    def pre_compile(self, **context: Any) -> None:
        context["add_modify_task"](SCRIPT, own_port)


def own_port(script: str) -> str:
    """Return Reflex's script with the page's port in place of the build's; one that has it already stays as it is."""
    if NAME + PORT in script and NO_PORT not in script:
        return script
    if (script.count(NAME), script.count(NO_PORT)) != (1, 1):
        raise Unknown(
            f"Reflex's {SCRIPT} finds its server in a way this house does not know; see portal/ui/address.py."
        )
    return script.replace(NO_PORT, "").replace(NAME, NAME + PORT)
