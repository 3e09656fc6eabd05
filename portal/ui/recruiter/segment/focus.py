"""Where the keyboard goes after an act: a part that was moved, opened or added keeps it."""

import json

import reflex as rx
from reflex.event import EventSpec

# The part may be drawn a few frames after the answer: look for it for a second at most.
_LOOK = (
    "(function look(n){{const e=document.querySelector({0});"
    "n<58&&e?({1})&&e.focus():n&&requestAnimationFrame(()=>look(n-1))}})(60)"
)


def focus(selector: str, *, if_lost: bool = False) -> EventSpec:
    """Return the event that puts the keyboard on the first element a selector of ours finds.

    `if_lost`: only when it stands nowhere, because what it stood on was drawn anew; whoever has moved on stays there.
    """
    condition = "document.activeElement===document.body" if if_lost else "true"
    return rx.call_script(_LOOK.format(json.dumps(selector), condition))
