"""Whom a provider's word lets in, and as what."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.access.oidc import attempts
from portal.access.oidc.attempts import LASTS
from portal.access.oidc.rules import Refusal, account_of, role_of, sentence
from portal.kit.providers import ROLES, Grant, Provider, Unfit, read_providers, read_staff_links
from portal.timeline.who import Role
from tests.trust import NOW

GRANTS = (
    Grant("admin", "groups", "admins"),
    Grant("dpo", "realm_access.roles", "dpo"),
    Grant("recruiter", "hd", "maison.example"),
    Grant("recruiter", "email", "ada@ailleurs.example"),
)
KEYS = Provider("keys", "Keys", "https://keys.example", "vivier", "hush", GRANTS)
SETTINGS = {
    "OIDC_PROVIDERS": "entra google",
    "OIDC_ENTRA_ISSUER": "https://login.example/tenant/v2.0",
    "OIDC_ENTRA_CLIENT_ID": "one",
    "OIDC_ENTRA_CLIENT_SECRET": "hush-1",
    "OIDC_ENTRA_ROLES": "admin: roles=Vivier.Admin; recruiter: groups=cn=rh,ou=maison",
    "OIDC_ENTRA_VERIFIED": "xms_edov",
    "OIDC_ENTRA_LABEL": "Entra ID",
    "OIDC_GOOGLE_ISSUER": "https://accounts.example",
    "OIDC_GOOGLE_CLIENT_ID": "two",
    "OIDC_GOOGLE_CLIENT_SECRET": "hush-2",
    "OIDC_GOOGLE_ROLES": "admin: email=Ada@Maison.example; recruiter: hd=maison.example",
    "OIDC_GOOGLE_CREATES": "yes",
}


def read(settings: dict[str, str]) -> tuple[Provider, ...]:
    return read_providers(lambda name: settings.get(name, ""), production=True)


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({"groups": ["people", "admins"]}, Role.ADMIN),
        ({"groups": "admins"}, Role.ADMIN),
        ({"groups": ["admins"], "hd": "maison.example"}, Role.ADMIN),
        ({"realm_access": {"roles": ["dpo"]}}, Role.DPO),
        ({"realm_access.roles": ["dpo"]}, Role.DPO),
        ({"hd": "maison.example"}, Role.RECRUITER),
        ({"email": "ada@ailleurs.example"}, Role.RECRUITER),
        ({"groups": ["Admins"]}, None),
        ({"groups": {"admins": True}}, None),
        ({"groups": [["admins"], None, 1]}, None),
        ({"realm_access": "dpo"}, None),
        ({}, None),
    ],
    ids=str,
)
def test_the_first_line_that_fits_gives_the_role_and_no_line_gives_none(
    claims: dict[str, Any], role: Role | None
) -> None:
    assert role_of(GRANTS, claims) is role


@pytest.mark.parametrize("yes", [True, "true", 1, "1"])
def test_a_provider_says_yes_in_several_ways(yes: object) -> None:
    assert account_of(KEYS, {"sub": "s", "email": "a@b.example", "email_verified": yes}).verified


@pytest.mark.parametrize("no", [False, None, "", "false", 0, "no", [], ["true"], {"true": 1}])
def test_anything_else_is_a_no(no: object) -> None:
    assert not account_of(KEYS, {"sub": "s", "email": "a@b.example", "email_verified": no}).verified


def test_no_address_is_no_verified_address() -> None:
    assert not account_of(KEYS, {"sub": "s", "email_verified": True}).verified


WORDS = st.sampled_from(["", "dpo", "admins", "fr-FR", "A@B.example", "roles"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(["email", "email_verified", "groups", "realm_access", "hd", "name", "locale", "given_name"])


@given(st.dictionaries(NAMES, JSON))
def test_whatever_a_provider_says_is_read_without_stumbling(claims: dict[str, Any]) -> None:
    account = account_of(KEYS, {"sub": "s", **claims})
    assert account.locale in {"fr", "en"}
    assert account.role in {None, Role.ADMIN, Role.DPO, Role.RECRUITER}


def test_who_is_not_let_in_learns_nothing_of_who_is_known_here() -> None:
    alike = {Refusal.UNKNOWN, Refusal.NO_ROLE, Refusal.CLOSED, Refusal.OTHER_ACCOUNT}
    assert len({sentence(each) for each in alike}) == 1
    assert all(sentence(each) for each in Refusal)


def test_an_attempt_comes_back_to_the_browser_that_began_it_in_time_and_to_no_other() -> None:
    mine, other = attempts.begin("keys", now=NOW), attempts.begin("keys", now=NOW)
    jar = {one.cookie: one.kept for one in (mine, other)}
    assert len(jar) == 2
    assert attempts.resume(jar, mine.state, "keys", now=NOW) == mine
    assert attempts.resume(jar, mine.state, "google", now=NOW) is None
    assert attempts.resume(jar, mine.state, "keys", now=NOW + LASTS) is None
    assert attempts.resume({}, mine.state, "keys", now=NOW) is None
    stretched = {mine.cookie: mine.kept.replace(".1", ".2", 1)}
    assert attempts.resume(stretched, mine.state, "keys", now=NOW) is None
    for state in ("", "é" * 40, mine.state[:16], mine.state + "x"):
        assert attempts.resume(jar, state, "keys", now=NOW) is None


def test_what_an_attempt_sends_out_cannot_be_told_from_what_the_browser_keeps() -> None:
    attempt = attempts.begin("keys", now=NOW)
    secrets = {attempt.state, attempt.nonce, attempt.verifier}
    assert len(secrets) == 3
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", each) for each in secrets)
    assert not any(each in attempt.kept for each in secrets)


def test_providers_are_read_as_the_manual_writes_them() -> None:
    entra, google = read(SETTINGS)
    assert (entra.label, entra.verified, entra.creates) == ("Entra ID", "xms_edov", False)
    assert entra.grants[1] == Grant("recruiter", "groups", "cn=rh,ou=maison")
    assert (google.label, google.verified, google.creates) == ("google", "email_verified", True)
    assert google.grants[0] == Grant("admin", "email", "ada@maison.example")
    assert "hush" not in repr((entra, google))
    assert set(ROLES) == {role.value for role in Role} - {Role.CANDIDATE.value}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OIDC_PROVIDERS", "Entra"),
        ("OIDC_PROVIDERS", "entra entra"),
        ("OIDC_PROVIDERS", "../entra"),
        ("OIDC_ENTRA_ISSUER", ""),
        ("OIDC_ENTRA_ISSUER", "login.example"),
        ("OIDC_ENTRA_ISSUER", "http://login.example"),
        ("OIDC_ENTRA_ISSUER", "https://login.example?tenant=1"),
        ("OIDC_ENTRA_CLIENT_ID", ""),
        ("OIDC_GOOGLE_CLIENT_SECRET", ""),
        ("OIDC_GOOGLE_ROLES", ""),
        ("OIDC_GOOGLE_ROLES", " ; "),
        ("OIDC_GOOGLE_ROLES", "boss: hd=maison.example"),
        ("OIDC_GOOGLE_ROLES", "candidate: hd=maison.example"),
        ("OIDC_GOOGLE_ROLES", "admin: hd"),
        ("OIDC_GOOGLE_ROLES", "admin"),
        ("OIDC_GOOGLE_SCOPES", "email"),
        ("OIDC_GOOGLE_CREATES", "maybe"),
    ],
)
def test_a_wrong_provider_is_named_in_one_sentence(name: str, value: str) -> None:
    with pytest.raises(Unfit) as stopped:
        read(SETTINGS | {name: value})
    assert name in str(stopped.value)
    assert "\n" not in str(stopped.value)
    assert "hush" not in str(stopped.value)


def test_staff_always_have_one_way_in() -> None:
    named = read(SETTINGS)
    assert read_staff_links(lambda _: "", ())
    assert not read_staff_links(lambda _: "off", named)
    for value, providers in (("off", ()), ("no", named)):
        with pytest.raises(Unfit, match="STAFF_LINKS"):
            read_staff_links(lambda _, value=value: value, providers)  # type: ignore[misc]
