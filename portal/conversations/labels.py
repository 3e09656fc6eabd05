"""Answers and reasons, as people say them."""

from portal.conversations.rules import Answer, Reason
from portal.kit.i18n import N_, say

_ANSWERS: dict[Answer, str] = {
    Answer.YES: N_("yes"),
    Answer.MORE_INFO: N_("more info"),
    Answer.NO: N_("no"),
    Answer.LATER: N_("later"),
}
_REASONS: dict[Reason, str] = {
    Reason.TOO_FAR: N_("too far"),
    Reason.SALARY: N_("salary"),
    Reason.TIMING: N_("timing"),
    Reason.PROJECT: N_("project"),
    Reason.CONTRACT: N_("contract"),
    Reason.OTHER: N_("another reason"),
}


def answer_label(locale: str, answer: Answer) -> str:
    """Return `more info`, `plus d’informations`."""
    return say(locale, _ANSWERS[answer])


def reason_label(locale: str, reason: Reason) -> str:
    """Return `too far`, `trop loin`."""
    return say(locale, _REASONS[reason])
