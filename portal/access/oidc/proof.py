"""Believing an ID token, or not (OpenID Connect Core 1.0, 3.1.3.7)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from joserfc import jwt
from joserfc.errors import BadSignatureError, ClaimError, ExpiredTokenError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from portal.access.oidc.rules import NotProven, Refusal

# Signed by a key only the provider has; never `none`, never by a secret shared with us.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
# How far the provider's clock may stand from ours, in seconds.
LEEWAY = 60
_WRONG = {
    "iss": Refusal.WRONG_ISSUER,
    "aud": Refusal.WRONG_AUDIENCE,
    "azp": Refusal.WRONG_AUDIENCE,
    "nonce": Refusal.WRONG_NONCE,
    "nbf": Refusal.NOT_YET,
    "iat": Refusal.NOT_YET,
}


class StrangeKey(NotProven):
    """None of the keys we know signed it: the provider may have new ones."""


def keys_of(published: Mapping[str, Any]) -> KeySet:
    """Return the signing keys of a JWKS document; what is for encryption is left out."""
    listed = [key for key in published["keys"] if key.get("use", "sig") == "sig"]
    return KeySet.import_key_set({"keys": listed})


def prove(token: str, keys: KeySet, *, issuer: str, client_id: str, nonce: str, now: datetime) -> dict[str, Any]:
    """Return the claims of an ID token made for us, for this attempt and for now; else raise NotProven."""
    expected = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=LEEWAY,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": client_id},
        nonce={"essential": True, "value": nonce},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    )
    try:
        claims: dict[str, Any] = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
        expected.validate(claims)
    except (InvalidKeyIdError, BadSignatureError) as strange:
        raise StrangeKey(Refusal.BAD_SIGNATURE, strange.error) from strange
    except ExpiredTokenError as late:
        raise NotProven(Refusal.EXPIRED) from late
    except ClaimError as wrong:
        raise NotProven(_WRONG.get(wrong.claim, Refusal.BAD_SIGNATURE), wrong.error) from wrong
    except (JoseError, ValueError) as broken:
        raise NotProven(Refusal.BAD_SIGNATURE, type(broken).__name__) from broken
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != client_id:
        raise NotProven(Refusal.WRONG_AUDIENCE, "azp")
    return claims
