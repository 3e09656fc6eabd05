"""The provider of the tests: its people, its keys, and the process it runs in."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.serving import free_port, wait_for

SCRIPT = Path(__file__).parent / "provider.mjs"
PASSWORD = "ouvre-toi"
CLIENT, SECRET = "vivier", "a secret both sides know"


def person(login: str, *groups: str, verified: bool = True) -> dict[str, Any]:
    email = f"{login}@maison.example"
    claims = {"email": email, "email_verified": verified, "name": f"{login.title()} Dubois", "groups": list(groups)}
    return {"login": login, "sub": f"subject-{login}", "password": PASSWORD, "claims": claims}


PEOPLE = [
    person("rachid", "recruiting"),
    person("ines", "recruiting"),
    person("ada", "admins", "recruiting"),
    person("dora", "privacy"),
    person("paul"),
    person("zoe", "recruiting", verified=False),
    person("yann", "recruiting"),
    person("nadia", "recruiting"),
]


def new_key(kid: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"})


class HouseOfKeys:
    """A running provider, and what only it has: its keys."""

    def __init__(self, issuer: str, site_url: str, folder: Path) -> None:
        self.port = free_port()
        self.key = new_key("first")
        self.people = json.loads(json.dumps(PEOPLE))
        self._issuer, self._site, self._folder = issuer, site_url, folder
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        file = self._folder / "provider.json"
        file.write_text(json.dumps(self._told()))
        node = shutil.which("node")
        assert node is not None
        command = [node, str(SCRIPT), str(file)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        wait_for(self.port, self._process)

    def stop(self) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.communicate(timeout=10)

    def restart(self) -> None:
        """Come back with what was changed: people, groups, keys."""
        self.stop()
        self.start()

    def signed(self, token: str, key: RSAKey | None = None, **changed: Any) -> str:
        """An ID token of this provider with other claims, signed as it signs; None takes a claim away."""
        claims = jwt.decode(token, self.key).claims | changed
        claims = {name: value for name, value in claims.items() if value is not None}
        key = key or self.key
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, key)

    def groups(self, login: str, *groups: str) -> None:
        next(one for one in self.people if one["login"] == login)["claims"]["groups"] = list(groups)

    def _told(self) -> dict[str, Any]:
        client = {
            "client_id": CLIENT,
            "client_secret": SECRET,
            "redirect_uris": [f"{self._site}/signin/back/keys"],
            "post_logout_redirect_uris": [f"{self._site}/signin"],
        }
        keys = [self.key.as_dict(private=True)]
        return {"issuer": self._issuer, "port": self.port, "keys": keys, "people": self.people, "client": client}


@contextmanager
def house_of_keys(issuer: str, site_url: str, folder: Path) -> Iterator[HouseOfKeys]:
    keys = HouseOfKeys(issuer, site_url, folder)
    keys.start()
    yield keys
    keys.stop()
