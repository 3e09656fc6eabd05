"""What comes to a reader next, on one branch of one version of a chain: what a page or a letter may promise."""

from dataclasses import dataclass

from portal.chains.steps import Step
from portal.kit.i18n import N_, say, say_n

_NOTHING = N_("There is nothing else to do.")
_AFTER = ("We write to you again in {count} working day.", "We write to you again in {count} working days.")


@dataclass(frozen=True, slots=True)
class Onward:
    """The kind of step whose letter comes next, if one does, after so many working days of rest."""

    step: type[Step] | None
    days: int = 0

    def ahead(self, locale: str, *, author: str) -> str:
        """Return what will come, as one is told before pressing; empty if nothing does."""
        if self.step is None:
            return ""
        return say_n(locale, *_AFTER, self.days) if self.days else say(locale, self.step.AHEAD, author=author)

    def comes(self, locale: str, *, author: str) -> str:
        """Return what comes, as one is told once it was pressed."""
        if self.step is None:
            return say(locale, _NOTHING)
        return say_n(locale, *_AFTER, self.days) if self.days else say(locale, self.step.COMES, author=author)
