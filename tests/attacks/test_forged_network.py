"""Sign-in letters are limited by the network somebody calls from; only a proxy we know may say which that is."""

import re
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from portal.kit.embedded import Urls
from portal.signin.actions import PER_NETWORK
from tests.serving import Site, serving

pytestmark = pytest.mark.slow

HERE, ELSEWHERE = "127.0.0.1", "10.20.0.0/16"


def asked(site: Site, number: int, then: str = "") -> bool:
    """Ask for a letter as if from a network of one's own; tell whether that was let through."""
    claimed = f"198.51.{number}.7{then}"
    with httpx.Client(base_url=site.url, headers={"X-Forwarded-For": claimed}) as browser:
        nonce = re.search(r'name="nonce" value="([0-9a-f]+)"', browser.get("/signin").text)
        assert nonce is not None
        answer = browser.post("/signin", data={"nonce": nonce[1], "email": f"personne{number}@candidat.example"})
    assert answer.status_code in {303, 400}
    return answer.status_code == 303


@pytest.mark.parametrize(("trusted", "let_through"), [(ELSEWHERE, PER_NETWORK.tries), (HERE, PER_NETWORK.tries + 5)])
def test_a_network_is_believed_from_a_trusted_proxy_alone(database: Urls, trusted: str, let_through: int) -> None:
    with serving(database, TRUSTED_PROXIES=trusted) as site, ThreadPoolExecutor(8) as people:
        told = list(people.map(lambda number: asked(site, number), range(PER_NETWORK.tries + 5)))
    assert sum(told) == let_through


def test_a_line_somebody_wrote_before_the_proxys_own_is_not_believed(database: Urls) -> None:
    with serving(database, TRUSTED_PROXIES=HERE) as site, ThreadPoolExecutor(8) as people:
        told = list(people.map(lambda number: asked(site, number, ", 203.0.113.9"), range(PER_NETWORK.tries + 5)))
    assert sum(told) == PER_NETWORK.tries
