"""What a recruiter does with chains: write one, launch it on a segment, pause it, resume it, stop it."""

from portal.chains.actions.again import correct, take_up
from portal.chains.actions.beginning import AlreadyRuns
from portal.chains.actions.launching import (
    ADVANCE,
    end_enrolments,
    end_undelivered,
    enrol,
    enrol_due,
    enrolments_of,
    launch,
    launch_on,
    pause,
    resume,
    stop,
)
from portal.chains.actions.rewording import change_job
from portal.chains.actions.updating import ask_for_update
from portal.chains.actions.writing import archive, bring_back, create, rename, save

__all__ = [
    "ADVANCE",
    "AlreadyRuns",
    "archive",
    "ask_for_update",
    "bring_back",
    "change_job",
    "correct",
    "create",
    "end_enrolments",
    "end_undelivered",
    "enrol",
    "enrol_due",
    "enrolments_of",
    "launch",
    "launch_on",
    "pause",
    "rename",
    "resume",
    "save",
    "stop",
    "take_up",
]
