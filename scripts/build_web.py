"""Build the web once; again only when something it is made of has changed."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
STAMP = PROJECT / ".web" / "built-from"
PAGE = PROJECT / ".web" / "build" / "client" / "index.html"
FOLDERS = ("portal", "assets")
FILES = ("rxconfig.py", "requirements.lock", "package-lock.json", "reflex.lock/bun.lock", "reflex.lock/package.json")


def inputs() -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted(p for p in (PROJECT / folder).rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    yield from (PROJECT / name for name in FILES if (PROJECT / name).exists())


def fingerprint() -> str:
    digest = hashlib.sha256()
    for path in inputs():
        digest.update(f"\0{path.relative_to(PROJECT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def build() -> int:
    scripts = f"{Path(sys.executable).parent}{os.pathsep}{PROJECT / 'node_modules' / '.bin'}"
    environment = os.environ | {
        "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
        "REFLEX_USE_SYSTEM_BUN": "1",
        "REFLEX_CHECK_LATEST_VERSION": "0",
    }
    # Asked here, or Reflex measures which of several public registries answers fastest and uses that.
    registry = subprocess.run(["npm", "config", "get", "registry"], capture_output=True, text=True, check=True)
    environment.setdefault("NPM_CONFIG_REGISTRY", registry.stdout.strip())
    command = ["reflex", "export", "--no-zip", "--frontend-only"]
    return subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode


def settle_lock() -> None:
    """Reflex writes its copy of package.json now in one line, now in many; a build should change no tracked file."""
    path = PROJECT / "reflex.lock" / "package.json"
    path.write_text(json.dumps(json.loads(path.read_text()), indent=2) + "\n")


def main() -> int:
    if PAGE.exists() and STAMP.exists() and STAMP.read_text() == fingerprint():
        return 0
    print("· Building the web …", flush=True)
    if code := build():
        return code
    settle_lock()
    STAMP.write_text(fingerprint())  # after: the build may have written a lock file
    return 0


sys.exit(main())
