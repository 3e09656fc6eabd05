"""Candidates of the demo answering, each in their own way."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from sqlmodel import Session, col, select

from portal.conversations import actions as conversations
from portal.conversations.models import Ask
from portal.conversations.rules import Answer, Question, Reason
from portal.demo.past import Past
from portal.kit.db import saved
from portal.kit.errors import Refused
from portal.replies import actions as replies
from portal.replies import picking
from portal.surveys import actions as surveys
from portal.talents.models import Talent
from portal.timeline.who import Person, Role

_WEIGHTS = {Answer.YES: 38, Answer.NO: 28, Answer.MORE_INFO: 18, Answer.LATER: 16}
_QUESTIONS = (
    "Bonjour, c’est où exactement ?",
    "Est-ce que le télétravail est possible un jour par semaine ?",
    "Oui mais pas avant mars, est-ce trop tard ?",
    "Quels sont les horaires ?",
)
_ADVICE = ("Répondre même quand c’est non.", "Rien à redire, merci !", "Un peu long entre deux messages.", "")


@dataclass
class Answers:
    """Who answers, and what: drawn from a fixed seed."""

    past: Past
    draw: Random

    def some(self, share: float) -> None:
        """Let a share of those who were asked answer, each at their own minute; then the worker does its part."""
        with self.past.database.work() as session:
            open_ = (col(Ask.answer).is_(None)) & (col(Ask.closed_at).is_(None)) & (col(Ask.deadline) > self.past.at)
            ids = list(session.exec(select(Ask.id).where(open_).order_by(col(Ask.id))))
        for ask_id in ids:
            if self.draw.random() < share:
                self.past.later(seconds=7)
                self._one(saved(ask_id))
        self.past.later(minutes=5)
        self.past.live()

    def survey(self, talent: Talent, survey_id: int) -> None:
        """Have someone answer the survey."""
        given = {
            "recommend": str(min(10, max(0, round(self.draw.gauss(8, 2))))),
            "clarity": str(self.draw.randint(2, 5)),
            "speed": self.draw.choice(("fast", "fast", "late")),
            "words": self.draw.choice(_ADVICE),
        }
        with self.past.database.work() as session:
            surveys.respond(session, _person(talent), survey_id, saved(talent.id), given, now=self.past.at)

    def _one(self, ask_id: int) -> None:
        with self.past.database.work() as session:
            ask = session.get_one(Ask, ask_id)
            who = _person(session.get_one(Talent, ask.talent_id))
            ask = conversations.ask_for(session, who, ask_id)
            if ask.question is Question.SLOTS:
                self._slots(session, who, ask)
            elif ask.question is Question.DIGEST:
                answer = Answer.YES if self.draw.random() < 0.75 else Answer.NO
                replies.record(session, who, ask, answer, via="portal", now=self.past.at)
            elif ask.question is not Question.SURVEY:
                self._question(session, who, ask)

    def _question(self, session: Session, who: Person, ask: Ask) -> None:
        answer = self.draw.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
        later = (self.past.at + timedelta(days=self.draw.randint(30, 150))).date() if answer is Answer.LATER else None
        words = self.draw.choice(_QUESTIONS) if answer is Answer.MORE_INFO else ""
        replies.record(session, who, ask, answer, via="portal", later_on=later, words=words, now=self.past.at)
        if answer is Answer.NO and self.draw.random() < 0.7:
            reason = self.draw.choice(list(Reason))
            replies.give_reason(session, who, ask, reason, via="portal", now=self.past.at)

    def _slots(self, session: Session, who: Person, ask: Ask) -> None:
        offered = picking.slots_to_pick(session, ask, now=self.past.at)
        try:
            if offered and self.draw.random() < 0.75:
                picking.pick(session, who, ask, saved(offered[0].id), now=self.past.at)
            else:
                picking.neither(session, who, ask, now=self.past.at)
        except Refused:
            return  # their time ran out: as it happens to people


def _person(talent: Talent) -> Person:
    return Person(saved(talent.id), Role.CANDIDATE, talent.first_name, talent.locale, talent.zone, fresh=True)
