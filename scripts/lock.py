"""Pin what pyproject.toml asks for, and all that comes with it, as installed in this environment."""

import sys
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parents[1]


def needed(wanted: list[str]) -> dict[str, str]:
    """Name → pin of everything that the wanted packages need on this machine."""
    pins: dict[str, str] = {}
    done: set[str] = set()
    waiting = [Requirement(line) for line in wanted]
    while waiting:
        one = waiting.pop()
        if (key := f"{one.name}{sorted(one.extras)}") in done:
            continue
        done.add(key)
        found = metadata.distribution(one.name)
        pins[canonicalize_name(one.name)] = f"{found.metadata['Name']}=={found.version}"
        waiting += [r for r in map(Requirement, found.requires or []) if applies(r, one.extras)]
    return pins


def applies(requirement: Requirement, extras: set[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in extras | {""})


def main() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    runtime = needed(project["dependencies"])
    every = needed(project["dependencies"] + project["optional-dependencies"]["dev"])
    write("requirements.lock", [], runtime)
    write("requirements-dev.lock", ["-r requirements.lock"], {n: every[n] for n in every.keys() - runtime.keys()})


def write(name: str, first: list[str], pins: dict[str, str]) -> None:
    (PROJECT / name).write_text("\n".join([*first, *(pins[n] for n in sorted(pins))]) + "\n")


sys.exit(main())
