"""A file comes in: uploaded, looked at, taken in, undone; its doubts decided."""

from portal.imports.actions.deciding import left_aside, same_person, take_back, two_people
from portal.imports.actions.taking import Preview, import_file, preview, take
from portal.imports.actions.undoing import undo, undoable
from portal.imports.actions.waiting import JOB, ask, ask_undo, cancel, forget_old, give_up, is_large, upload
from portal.imports.heeding import asked_of, explain_column

__all__ = [
    "JOB",
    "Preview",
    "ask",
    "ask_undo",
    "asked_of",
    "cancel",
    "explain_column",
    "forget_old",
    "give_up",
    "import_file",
    "is_large",
    "left_aside",
    "preview",
    "same_person",
    "take",
    "take_back",
    "two_people",
    "undo",
    "undoable",
    "upload",
]
