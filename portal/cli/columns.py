"""What a terminal says of a file's columns: one by one, or as a file that was kept."""

import json
from collections.abc import Iterable
from pathlib import Path

from portal.kit.errors import Refused
from portal.kit.i18n import N_

NOT_A_PAIR = N_('“{told}” says of no column what it is: write --map "Header=field".')
NO_MAPPING = N_("“{name}” is no mapping: a JSON document with the names of columns and what each is taken in as.")
_IGNORE = "ignore"


def told_columns(as_told: Iterable[str], ignore: Iterable[str]) -> dict[str, str]:
    """Return what each column named on the line is taken in as."""
    columns = dict.fromkeys(ignore, _IGNORE)
    for told in as_told:
        name, equals, wanted = told.rpartition("=")
        if not equals or not name.strip() or not wanted.strip():
            raise Refused(NOT_A_PAIR, told=told[:100])
        columns[name.strip()] = wanted.strip()
    return columns


def kept_mapping(file: Path | None) -> dict[str, str]:
    """Return a mapping kept in a file: bare, or within what `--json` printed."""
    if file is None:
        return {}
    try:
        held = json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as unread:
        raise Refused(NO_MAPPING, name=file.name) from unread
    kept = held.get("mapping", held) if isinstance(held, dict) else None
    if not isinstance(kept, dict) or not all(isinstance(wanted, str) for wanted in kept.values()):
        raise Refused(NO_MAPPING, name=file.name)
    return kept
