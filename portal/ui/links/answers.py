"""The page behind a question: what is asked, by whom, what each answer leads to, and the buttons.

GET shows; only a press answers. Pressing again is harmless, pressing another changes one's mind until the deadline.
"""

from datetime import date

from sqlmodel import Session

from portal.conversations import actions as conversations
from portal.conversations.models import Ask
from portal.conversations.rules import Answer, Question, Reason
from portal.kit.errors import NotFound, Refused
from portal.kit.i18n import N_
from portal.postbox.rules import LinkPurpose
from portal.replies import actions as replies
from portal.replies.queries import Granted, ask_behind, asked, granted
from portal.replies.renewing import renew
from portal.ui.links.visit import LinkPage, Reply, Visit, page

REASONS = {
    Reason.TOO_FAR: N_("Too far"),
    Reason.SALARY: N_("The salary"),
    Reason.TIMING: N_("Not the right time"),
    Reason.PROJECT: N_("I have another project"),
    Reason.CONTRACT: N_("The contract"),
    Reason.OTHER: N_("Something else"),
}


def show(visit: Visit) -> Reply:
    """Show the question, with the choice of the link first."""
    with visit.database.work() as session:
        link, ask = _behind(session, visit)
        if link.act.get("only") == "reason":
            return _why(link, ask)
        return _question(session, visit, link, ask)


def act(visit: Visit) -> Reply:
    """Take what was pressed: an answer, a reason, or the wish for a new link."""
    with visit.database.work() as session:
        link, ask = _behind(session, visit)
        if "renew" in visit.form:
            renew(session, link.grant, ask, now=visit.now)
            return page("new_link.html", locale=link.locale)
        if "reason" in visit.form:
            reason = _choice(Reason, visit.form["reason"])
            replies.give_reason(session, link.grant, ask, reason, via="link", now=visit.now)
            return page("reason_given.html", locale=link.locale)
        return _answer(session, visit, link, ask)


def _behind(session: Session, visit: Visit) -> tuple[Granted, Ask]:
    link = granted(session, visit.token, LinkPurpose.ANSWER, now=visit.now)
    return link, ask_behind(session, link)


def _question(session: Session, visit: Visit, link: Granted, ask: Ask) -> Reply:
    locale = visit.locale(link.locale)
    told = asked(session, ask, locale=locale, zone=link.zone, now=visit.now)
    if not told.open:
        return page("closed.html", locale=link.locale, it=told)
    chosen = visit.params.get("choice", "")
    return page("question.html", locale=link.locale, it=told, order=_order(ask.question, chosen))


def _order(question: Question, chosen: str) -> list[str]:
    """Return the answers to offer, the one already chosen in the letter first."""
    known = ["yes", "no"] if question is Question.DIGEST else ["yes", "more_info", "later", "no"]
    return sorted(known, key=lambda answer: answer != chosen)


def _answer(session: Session, visit: Visit, link: Granted, ask: Ask) -> Reply:
    answer = _choice(Answer, visit.form.get("answer", ""))
    if answer.value not in _order(ask.question, ""):
        raise NotFound
    later = _day(visit.form.get("later", "")) if answer is Answer.LATER else None
    replies.record(session, link.grant, ask, answer, via="link", later_on=later, now=visit.now)
    question = visit.form.get("words", "").strip()[:4000]
    if answer is Answer.MORE_INFO and question:
        conversation = conversations.open_conversation(
            session, link.grant, ask.talent_id, ask.owner_id, opportunity_id=ask.opportunity_id, now=visit.now
        )
        conversations.hear(session, link.grant, conversation, question, now=visit.now)
    if answer is Answer.NO:
        return _why(link, ask, just_now=True)
    locale = visit.locale(link.locale)
    told = asked(session, ask, locale=locale, zone=link.zone, now=visit.now)
    return page("answered.html", locale=link.locale, it=told, answer=answer.value, later=ask.later_on)


def _why(link: Granted, ask: Ask, *, just_now: bool = False) -> Reply:
    if ask.answer is not Answer.NO:
        return page("reason_given.html", locale=link.locale)
    reasons = [(reason.value, told) for reason, told in REASONS.items()]
    return page("why.html", locale=link.locale, reasons=reasons, given=ask.reason, just_now=just_now)


def _choice(kind: type, value: str):  # noqa: ANN202 - a member of the enum handed in
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
