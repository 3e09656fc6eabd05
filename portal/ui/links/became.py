"""What became of a question, said on its old link; a new link where only the deadline passed, and a box to write in."""

from portal.conversations.rules import Answer, Question
from portal.kit.i18n import N_
from portal.kit.typed import LONGEST
from portal.replies.asking import write_to
from portal.replies.becoming import Became, Fate
from portal.replies.renewing import renew
from portal.ui.links.door import LinkDoor
from portal.ui.links.visit import Reply, page

# Where a word of theirs may still be needed, they can write it to whoever asked.
_MAY_WRITE = {Became.ANSWERED, Became.TAKEN_BACK, Became.NO_LONGER_OPEN, Became.EXPIRED}
SAID = {
    Answer.YES: N_("Yes"),
    Answer.MORE_INFO: N_("Tell me more"),
    Answer.LATER: N_("Later"),
    Answer.NO: N_("No, thank you"),
}
ON_DIGEST = {Answer.YES: N_("OK, let us talk"), Answer.NO: N_("Not for me")}


def became(door: LinkDoor) -> Reply:
    """Say what became of it."""
    told = door.told()
    fate = told.fate
    return page(
        "became.html",
        locale=door.link.locale,
        it=told,
        became=fate.became.value,
        said=_said(door),
        survey=door.ask.question is Question.SURVEY,
        of_no_job=door.ask.question is Question.STILL_LOOKING,
        may_write=_may_write(fate),
        most=LONGEST,
    )


def closed(door: LinkDoor) -> Reply | None:
    """Answer what can be pressed on a page that says what became of a question; None while the question is open."""
    now = door.visit.now
    if "renew" in door.visit.form and renew(door.session, door.who, door.ask, now=now):
        return page("new_link.html", locale=door.link.locale, times=door.ask.question is Question.SLOTS)
    told = door.told()
    if told.fate.open:
        return None
    words = door.visit.form.get("reply", "")
    if words.strip() and _may_write(told.fate):
        write_to(door.session, door.who, door.ask, words, now=now)
        return page("written.html", locale=door.link.locale, it=told)
    return became(door)


def _may_write(fate: Fate) -> bool:
    """Whoever stopped us comes back by agreeing again; whom a file stopped, by a word to a person."""
    if fate.became is Became.STOPPED:
        return not fate.by_them
    return fate.became in _MAY_WRITE and not fate.renewable


def _said(door: LinkDoor) -> str:
    """Return the answer in the words of its button; empty for times and surveys."""
    ask = door.ask
    if ask.answer is None or ask.question in {Question.SLOTS, Question.SURVEY}:
        return ""
    labels = ON_DIGEST if ask.question is Question.DIGEST else SAID
    return labels.get(ask.answer, SAID[ask.answer])
