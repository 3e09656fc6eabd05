"""The page behind a question: what is asked, by whom, what each answer leads to, and the buttons.

GET shows; only a press answers. Pressing again is harmless, pressing another changes one's mind until the deadline.
"""

from datetime import date
from enum import StrEnum
from typing import TypeVar

from portal.conversations.rules import Answer, Question, Reason
from portal.kit.errors import NotFound, Refused
from portal.kit.i18n import N_, say
from portal.kit.typed import typed
from portal.postbox.rules import LinkPurpose
from portal.replies import actions as replies
from portal.ui.links.became import became, closed
from portal.ui.links.door import LinkDoor, opened
from portal.ui.links.visit import LinkPage, Reply, Visit, page

REASONS = {
    Reason.TOO_FAR: N_("Too far"),
    Reason.SALARY: N_("The salary"),
    Reason.TIMING: N_("Not the right time"),
    Reason.PROJECT: N_("I have another project"),
    Reason.CONTRACT: N_("The contract"),
    Reason.OTHER: N_("Something else"),
}
_WITH_WORDS = {Answer.YES, Answer.MORE_INFO}
Choice = TypeVar("Choice", bound=StrEnum)


def show(visit: Visit) -> Reply:
    """Show the question, with the choice of the link first."""
    with opened(visit, LinkPurpose.ANSWER) as door:
        if door.link.act.get("only") == "reason":
            return _why(door)
        told = door.told()
        if not told.fate.open:
            return became(door)
        return _question(door, visit.params.get("choice", ""))


def act(visit: Visit) -> Reply:
    """Take what was pressed: an answer, a reason, or the wish for a new link."""
    with opened(visit, LinkPurpose.ANSWER) as door:
        if settled := closed(door):
            return settled
        if "reason" in visit.form:
            reason = _choice(Reason, visit.form["reason"])
            replies.give_reason(door.session, door.who, door.ask, reason, via="link", now=visit.now)
            return page("reason_given.html", locale=door.link.locale)
        return _answer(door)


def _order(question: Question, chosen: str) -> list[str]:
    """Return the answers to offer, the one already chosen in the letter first."""
    known = ["yes", "no"] if question is Question.DIGEST else ["yes", "more_info", "later", "no"]
    return sorted(known, key=lambda answer: answer != chosen)


def _question(door: LinkDoor, chosen: str, *, problem: Refused | None = None) -> Reply:
    """Show the buttons; what a field could not take is said beside it, and what was typed stands in it."""
    told, form = door.told(), door.visit.form
    return page(
        "question.html",
        locale=door.link.locale,
        status=400 if problem else 200,
        it=told,
        order=_order(told.question, chosen),
        problem=say(door.locale, problem.sentence, **problem.params) if problem else "",
        typed={"later": form.get("later", door.ask.later_on or ""), "words": form.get("words", "")},
    )


def _answer(door: LinkDoor) -> Reply:
    visit, ask = door.visit, door.ask
    answer = _choice(Answer, visit.form.get("answer", ""))
    if answer.value not in _order(ask.question, ""):
        raise NotFound
    told = door.told()
    try:
        later = _day(visit.form.get("later", "")) if answer is Answer.LATER else None
        words = typed(visit.form.get("words")) if answer in _WITH_WORDS else ""
        replies.record(door.session, door.who, ask, answer, via="link", later_on=later, words=words, now=visit.now)
    except Refused as problem:
        wrote = answer in {Answer.LATER, Answer.MORE_INFO} or visit.form.get("words")
        if not wrote or isinstance(problem, NotFound):
            raise
        return _question(door, answer.value, problem=problem)
    follows = told.promises[answer.value].after if answer.value in told.promises else ""
    if answer is Answer.NO:
        return _why(door, follows)
    return page("answered.html", locale=door.link.locale, it=told, follows=follows, later=ask.later_on)


def _why(door: LinkDoor, follows: str = "") -> Reply:
    if door.ask.answer is not Answer.NO:
        return page("reason_given.html", locale=door.link.locale)
    reasons = [(reason.value, told) for reason, told in REASONS.items()]
    return page("why.html", locale=door.link.locale, reasons=reasons, given=door.ask.reason, follows=follows)


def _choice(kind: type[Choice], value: str) -> Choice:
    try:
        return kind(value)
    except ValueError as unknown:
        raise NotFound from unknown


def _day(typed: str) -> date | None:
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError as wrong:
        raise Refused("Choose a day after today.") from wrong


PAGES = (LinkPage("/a/{token}", show, act), LinkPage("/a/{token}/{choice}", show, act))
