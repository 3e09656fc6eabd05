import pytest

from portal.settings import PROJECT
from portal.ui.address import NAME, NO_PORT, PORT, SCRIPT, Unknown, own_port


@pytest.mark.browser
def test_the_script_that_was_built_takes_the_port_of_its_page() -> None:
    built = (PROJECT / ".web" / SCRIPT).read_text()
    assert NAME + PORT in built
    assert NO_PORT not in built
    assert own_port(built) == built


def test_a_script_we_do_not_know_stops_the_build() -> None:
    assert own_port(f"{NAME}\n{NO_PORT}") == f"{NAME}{PORT}\n"
    with pytest.raises(Unknown, match=r"portal/ui/address\.py"):
        own_port("endpoint.port = whatever;")
