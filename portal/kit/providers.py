"""The identity providers of the house, as the settings name them: read and checked, nothing asked of the network."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

ROLES = ("admin", "dpo", "recruiter")
SCOPES = "openid email profile"
VERIFIED = "email_verified"
_NAME = re.compile(r"[a-z][a-z0-9]{0,19}")
_MAPPING = "like `recruiter: groups=Recruiting`"

# (name, default, meaning, secret): rows of the table of settings. <NAME> is a name of OIDC_PROVIDERS, in capitals.
TABLE = (
    ("OIDC_PROVIDERS", "", "identity providers staff sign in with, like `entra google`; each has the settings below"),
    ("OIDC_<NAME>_ISSUER", "", "its issuer, exactly as its discovery document says; https in production"),
    ("OIDC_<NAME>_CLIENT_ID", "", "what Vivier is called there"),
    ("OIDC_<NAME>_CLIENT_SECRET", "", "what Vivier proves itself with there", True),
    ("OIDC_<NAME>_ROLES", "", "who may come in, and as what: `role: claim=value; …`, the first that fits decides"),
    ("OIDC_<NAME>_LABEL", "", "its name on the button; empty: the name in OIDC_PROVIDERS"),
    ("OIDC_<NAME>_SCOPES", SCOPES, "what is asked of it"),
    ("OIDC_<NAME>_VERIFIED", VERIFIED, "the claim that says the e-mail address is the person’s own"),
    ("OIDC_<NAME>_CREATES", "no", "`yes` lets a new colleague with a role in without an invitation"),
    ("STAFF_LINKS", "on", "`off`: staff come in through a provider only, never by a link in a letter"),
)


class Unfit(ValueError):
    """One sentence naming the setting to mend."""


@dataclass(frozen=True, slots=True)
class Grant:
    """Whoever has this value in this claim has this role."""

    role: str
    claim: str
    value: str


@dataclass(frozen=True, slots=True)
class Provider:
    """One identity provider, and whom it lets in."""

    name: str
    label: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    grants: tuple[Grant, ...]
    scopes: str = SCOPES
    verified: str = VERIFIED
    creates: bool = False


def read_providers(read: Callable[[str], str], *, production: bool) -> tuple[Provider, ...]:
    """Return what OIDC_PROVIDERS names, or raise Unfit. `read` gives a variable of the environment, or nothing."""
    names = read("OIDC_PROVIDERS").replace(",", " ").split()
    for name in names:
        if not _NAME.fullmatch(name) or names.count(name) > 1:
            raise Unfit(f"OIDC_PROVIDERS must be different short names of small letters and digits, not “{name}”.")
    return tuple(_provider(name, read, production) for name in names)


def read_staff_links(read: Callable[[str], str], providers: tuple[Provider, ...]) -> bool:
    """Tell whether staff may come in by a link in a letter; they need one way in."""
    value = read("STAFF_LINKS") or "on"
    if value not in {"on", "off"}:
        raise Unfit(f"STAFF_LINKS must be on or off, not “{value}”.")
    if value == "off" and not providers:
        raise Unfit("STAFF_LINKS must be on while OIDC_PROVIDERS names nobody: staff would have no way in.")
    return value == "on"


def _provider(name: str, read: Callable[[str], str], production: bool) -> Provider:
    def each(part: str, otherwise: str = "") -> str:
        value = read(_named(name, part)) or otherwise
        if not value:
            raise Unfit(f"{_named(name, part)} is missing: OIDC_PROVIDERS names {name}.")
        return value

    creates = each("CREATES", "no")
    if creates not in {"yes", "no"}:
        raise Unfit(f"{_named(name, 'CREATES')} must be yes or no, not “{creates}”.")
    scopes = each("SCOPES", SCOPES)
    if "openid" not in scopes.split():
        raise Unfit(f"{_named(name, 'SCOPES')} must hold openid, not “{scopes}”.")
    return Provider(
        name=name,
        label=each("LABEL", name),
        issuer=_issuer(_named(name, "ISSUER"), each("ISSUER"), production),
        client_id=each("CLIENT_ID"),
        client_secret=each("CLIENT_SECRET"),
        grants=_grants(_named(name, "ROLES"), each("ROLES")),
        scopes=scopes,
        verified=each("VERIFIED", VERIFIED),
        creates=creates == "yes",
    )


def _named(name: str, part: str) -> str:
    return f"OIDC_{name.upper()}_{part}"


def _issuer(setting: str, value: str, production: bool) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise Unfit(f"{setting} must look like https://login.example.org, not “{value}”.")
    if production and parts.scheme != "https":
        raise Unfit(f"{setting} must begin with https:// in production: it vouches for who comes in.")
    return value


def _grants(setting: str, text: str) -> tuple[Grant, ...]:
    lines = [line.strip() for line in text.split(";") if line.strip()]
    if not lines:
        raise Unfit(f"{setting} is missing: without it nobody comes in.")
    return tuple(_grant(setting, line) for line in lines)


def _grant(setting: str, line: str) -> Grant:
    role, _, condition = line.partition(":")
    claim, _, value = condition.partition("=")
    role, claim, value = role.strip(), claim.strip(), value.strip()
    if role not in ROLES:
        raise Unfit(f"{setting} must begin each line with {', '.join(ROLES[:-1])} or {ROLES[-1]}, not “{role}”.")
    if not claim or not value:
        raise Unfit(f"{setting} must name a claim and its value, {_MAPPING}, not “{line}”.")
    return Grant(role, claim, value.lower() if claim == "email" else value)
