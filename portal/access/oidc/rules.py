"""Whom a provider's word lets in, and as what; no I/O."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portal.kit.i18n import LOCALES, N_
from portal.kit.providers import Grant, Provider
from portal.timeline.who import Role

_YES = (True, "1", "true", "True")


class Refusal(StrEnum):
    """Why someone did not come in: what stands in the log and in the list of entries."""

    FORGED = "forged"
    USED = "used"
    CANCELLED = "cancelled"
    SILENT = "silent"
    CODE_REFUSED = "code_refused"
    BAD_SIGNATURE = "bad_signature"
    WRONG_ISSUER = "wrong_issuer"
    WRONG_AUDIENCE = "wrong_audience"
    WRONG_NONCE = "wrong_nonce"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    UNVERIFIED = "unverified"
    NO_ROLE = "no_role"
    UNKNOWN = "unknown"
    CLOSED = "closed"
    OTHER_ACCOUNT = "other_account"
    # Of links and codes in letters, which say their own sentences.
    BY_LETTER = "by_letter"
    TOO_LATE = "too_late"
    WRONG_CODE = "wrong_code"


class NotProven(Exception):
    """The provider's word could not be had or believed; `detail` is a word for the log, never what it sent."""

    def __init__(self, refusal: Refusal, detail: str = "") -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
        self.detail = detail


_START_AGAIN = N_("This sign-in was not begun in this browser, or too long ago. Begin again.")
_UNBELIEVED = N_(
    "What {provider} answered could not be believed. Begin again, and if it stays so tell your administrator."
)
# One sentence for all who are not let in: it does not tell who is known here.
_NOT_FOR_YOU = N_("Your account at {provider} opens nothing here. Ask whoever looks after Vivier in your organisation.")
_SENTENCES = {
    Refusal.FORGED: _START_AGAIN,
    Refusal.USED: N_("This sign-in has already been used. Begin again."),
    Refusal.CANCELLED: N_(
        "{provider} did not let you through. Begin again, or ask whoever looks after your account there."
    ),
    Refusal.SILENT: N_("{provider} does not answer at the moment. Try again in a few minutes."),
    Refusal.UNVERIFIED: N_(
        "{provider} has not verified your e-mail address. Have it verified there, then begin again."
    ),
    Refusal.NO_ROLE: _NOT_FOR_YOU,
    Refusal.UNKNOWN: _NOT_FOR_YOU,
    Refusal.CLOSED: _NOT_FOR_YOU,
    Refusal.OTHER_ACCOUNT: _NOT_FOR_YOU,
    Refusal.BY_LETTER: N_("Staff sign in with their work account here. Use its button on the sign-in page."),
}


def sentence(refusal: Refusal) -> str:
    """Return what the person is told (a msgid; `{provider}` fills it)."""
    return _SENTENCES.get(refusal, _UNBELIEVED)


@dataclass(frozen=True, slots=True)
class Account:
    """Someone as their provider vouches for them today; `email` is lower case, `role` None when nothing maps."""

    issuer: str
    sub: str
    email: str
    verified: bool
    name: str
    locale: str
    role: Role | None


def account_of(provider: Provider, claims: Mapping[str, Any]) -> Account:
    """Read the claims of a proven ID token."""
    email = _text(claims, "email").lower()
    return Account(
        issuer=provider.issuer,
        sub=_text(claims, "sub"),
        email=email,
        verified=bool(email) and _holds(claims, provider.verified),
        name=_name(claims) or email.partition("@")[0],
        locale=_locale(claims),
        role=role_of(provider.grants, {**claims, "email": email}),
    )


def role_of(grants: Sequence[Grant], claims: Mapping[str, Any]) -> Role | None:
    """Return the role of the first line that fits; an address that is not verified never gets this far."""
    return next((Role(grant.role) for grant in grants if grant.value in _values(claims, grant.claim)), None)


def _values(claims: Mapping[str, Any], claim: str) -> tuple[str, ...]:
    """Return what a claim holds: one text or a list of them; a name with dots looks inside (`realm_access.roles`)."""
    found: Any = claims.get(claim)
    if found is None and "." in claim:
        found = claims
        for step in claim.split("."):
            found = found.get(step) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        return (found,)
    return tuple(each for each in found if isinstance(each, str)) if isinstance(found, list) else ()


def _holds(claims: Mapping[str, Any], claim: str) -> bool:
    """Tell whether a claim says yes; some providers write it as a text or a number."""
    return claims.get(claim) in _YES


def _text(claims: Mapping[str, Any], claim: str) -> str:
    found = claims.get(claim)
    return found.strip() if isinstance(found, str) else ""


def _name(claims: Mapping[str, Any]) -> str:
    both = f"{_text(claims, 'given_name')} {_text(claims, 'family_name')}".strip()
    return (_text(claims, "name") or both)[:200]


def _locale(claims: Mapping[str, Any]) -> str:
    spoken = _text(claims, "locale")[:2].lower()
    return spoken if spoken in LOCALES else LOCALES[0]
