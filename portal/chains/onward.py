"""What a page or a letter may promise after each answer: what this branch of this version of a chain does next, and no more."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.conversations.rules import Answer
from portal.kit.i18n import N_, say, say_n

_AFTER = ("We write to you again in {count} working day.", "We write to you again in {count} working days.")
_LATER = (
    "We write no sooner than that day, or than in {count} day if you name none.",
    "We write no sooner than that day, or than in {count} days if you name none.",
)


@dataclass(frozen=True, slots=True)
class Onward:
    """The next letter on a branch, if there is one: its kind, how it is told before and after a press, days of rest before."""

    kind: str = ""
    ahead: str = ""
    comes: str = ""
    days: int = 0

    def told(self, locale: str, author: str, *, pressed: bool) -> str:
        """Return the sentence that tells of it; empty if nothing comes."""
        if not self.kind:
            return ""
        if self.days:
            return say_n(locale, *_AFTER, self.days)
        return say(locale, self.comes if pressed else self.ahead, author=author)


@dataclass(frozen=True, slots=True)
class Promise:
    """What follows an answer: as one is told before pressing, and after."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Telling:
    """Who is told, by whom, with the house's number of days for a *later*; `talk` is when the talk is that ends by a no."""

    locale: str
    author: str
    later_days: int
    talk: str = ""


def promises(leads: Mapping[Answer, Onward], telling: Telling, *, calls: bool = False) -> dict[str, Promise]:
    """Return what follows each answer of a question; `calls`: a yes to which no letter answers is answered by a person."""
    return {answer.value: _promise(answer, onward, telling, calls=calls) for answer, onward in leads.items()}


def _promise(answer: Answer, onward: Onward, telling: Telling, *, calls: bool) -> Promise:
    before, after = (onward.told(telling.locale, telling.author, pressed=pressed) for pressed in (False, True))
    match answer:
        case Answer.YES:
            nothing = N_("{author} gets in touch with you.") if calls else N_("Nothing else is asked of you.")
            told = say(telling.locale, nothing, author=telling.author)
            return Promise(before or told, after or told)
        case Answer.MORE_INFO:
            answers = say(telling.locale, N_("{author} answers your question."), author=telling.author)
            return Promise(_joined(before, answers), _joined(after, answers))
        case Answer.LATER:
            waits = say_n(telling.locale, *_LATER, telling.later_days)
            return Promise(_joined(waits, _off(telling)), _off(telling))
        case Answer.NO:
            thanks = N_("We thank you.") if onward.kind else N_("We thank you and leave you in peace.")
            peace = "" if onward.kind else say(telling.locale, N_("We leave you in peace."))
            thanked = say(telling.locale, thanks)
            return Promise(_joined(thanked, before, _off(telling)), _joined(peace, after, _off(telling)))


def _off(telling: Telling) -> str:
    """Tell which talk does not take place then."""
    if not telling.talk:
        return ""
    return say(telling.locale, N_("The talk of {when} does not take place."), when=telling.talk)


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
