"""What a recruiter does with chains: write one, launch it on a segment, pause it, resume it, stop it."""

from portal.chains.actions.launching import (
    ADVANCE,
    end_enrolments,
    end_undelivered,
    enrol,
    enrol_due,
    enrolments_of,
    launch,
    pause,
    resume,
    stop,
)
from portal.chains.actions.writing import archive, bring_back, create, rename, save

__all__ = [
    "ADVANCE",
    "archive",
    "bring_back",
    "create",
    "end_enrolments",
    "end_undelivered",
    "enrol",
    "enrol_due",
    "enrolments_of",
    "launch",
    "pause",
    "rename",
    "resume",
    "save",
    "stop",
]
