"""What a file brings beside a person's own words: tags to sort by, and a note; nothing in them that the law protects."""

import re
from collections.abc import Mapping

from portal.imports.cells.lawful import ground_in
from portal.imports.fields import Field
from portal.imports.reading.table import Trouble
from portal.kit.fold import fold
from portal.kit.i18n import N_
from portal.talents.notes import LONGEST as LONGEST_NOTE
from portal.talents.protected import find
from portal.talents.tags import LONGEST_NAME

TOO_LONG_A_TAG = N_("“{text}” is too long to be a tag ({most} characters): it was left out.")
NOTE_CUT = N_("The note is longer than {most} characters: its beginning was kept.")

_CUTS = re.compile(r"[,;|\n]|:::")
# What Google writes before every label, and the label everybody wears there.
_OF_GOOGLE = frozenset({"mycontacts", "starred", "friends", "family", "coworkers"})

Remarks = list[tuple[Field, Trouble]]


def read_tags(text: str, remarks: Remarks) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the tags of a cell, each once, and the grounds of those left out because the law protects what they say."""
    kept: dict[str, str] = {}
    grounds: dict[str, None] = {}
    for part in _CUTS.split(text):
        tag = " ".join(part.split()).strip(" *#\"'[]")
        key = fold(tag)
        if not key or key.replace(" ", "") in _OF_GOOGLE:
            continue
        if found := find(tag):
            grounds[found[0].ground.value] = None
        elif len(tag) > LONGEST_NAME:
            remarks.append(
                (Field.TAGS, Trouble(TOO_LONG_A_TAG, {"text": tag[:LONGEST_NAME] + "…", "most": LONGEST_NAME}))
            )
        else:
            kept.setdefault(key, tag)
    return tuple(kept.values()), tuple(grounds)


def read_note(text: str, remarks: Remarks) -> tuple[str, tuple[str, ...]]:
    """Return a note of a cell, or none and the ground, where it speaks of what the law protects."""
    note = "".join(c for c in text if c.isprintable() or c in "\n\t").strip()
    if ground := ground_in(note, whole=False):
        return "", (ground.value,)
    if len(note) > LONGEST_NOTE:
        remarks.append((Field.NOTE, Trouble(NOTE_CUT, {"most": LONGEST_NOTE})))
        note = note[: LONGEST_NOTE - 1] + "…"
    return note, ()


def brought(cells: Mapping[Field, str], remarks: Remarks) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """Return the tags and the note a line brings, and the grounds of what was left out of both."""
    if Field.TAGS not in cells and Field.NOTE not in cells:
        return (), "", ()
    tags, of_tags = read_tags(cells.get(Field.TAGS, ""), remarks)
    note, of_note = read_note(cells[Field.NOTE], remarks) if Field.NOTE in cells else ("", ())
    return tags, note, tuple(dict.fromkeys((*of_tags, *of_note)))
