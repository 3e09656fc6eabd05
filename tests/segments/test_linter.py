"""Proxies in a rule are told with their reason; what is no proxy is left in peace."""

from typing import Any

import pytest

from portal.segments.linter import warnings
from portal.segments.reading import read


def rule(*parts: dict[str, Any], kind: str = "all") -> Any:
    return read({"kind": kind, "of": list(parts)})


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ({"kind": "near", "place": "69123", "km": 5}, "“Within 5 km of Lyon” may stand for where people live"),
        ({"kind": "language", "one_of": ["en"]}, "may stand for origin"),
        ({"kind": "experience", "one_of": ["junior"]}, "may stand for age"),
    ],
)
def test_a_proxy_is_warned_about_with_its_reason_wherever_it_stands(part: dict[str, Any], told: str) -> None:
    inside = {"kind": "none", "of": [part]}
    for asked in (rule(part), rule({"kind": "job", "one_of": ["J1506"]}, inside)):
        (sentence,) = warnings(asked, "en")
        assert told in sentence
        assert "the law protects" in sentence


@pytest.mark.parametrize(
    "part",
    [
        {"kind": "near", "place": "69123", "km": 6},
        {"kind": "experience", "one_of": ["junior", "confirmed"]},
        {"kind": "mobility", "place": "69123"},
    ],
)
def test_what_the_job_may_well_need_is_left_in_peace(part: dict[str, Any]) -> None:
    assert warnings(rule(part), "en") == []


def test_the_same_proxy_twice_is_told_once() -> None:
    part = {"kind": "language", "one_of": ["fr"]}
    assert len(warnings(rule(part, {"kind": "any", "of": [part]}), "fr")) == 1
