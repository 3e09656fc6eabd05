"""Check 5: how often they accept to hear from us, over all recruiters and chains."""

from datetime import datetime, timedelta

from portal.gate.law.reason import Ends, Reason
from portal.gate.rules import Check, Facts
from portal.kit.i18n import N_


def _free_at(facts: Facts) -> datetime | None:
    """Return when there is room again; a day of a rhythm is 24 hours, whatever the clocks do."""
    return None if facts.counted_at is None else facts.counted_at + timedelta(days=facts.rhythm_days)


def _full(facts: Facts) -> bool:
    free_at = _free_at(facts)
    return free_at is not None and free_at > facts.now


RHYTHM = (
    Reason(
        code="paused",
        check=Check.RHYTHM,
        ends=Ends.TIME,
        holds=lambda facts: facts.paused_until is not None and facts.paused_until > facts.today,
        until=lambda facts: facts.begins(facts.paused_until),
        sql="t.paused_until > today",
        to_staff=N_("They paused our letters until {until}."),
        to_them=N_("You paused our letters until {until}."),
        short=N_("paused our letters"),
        one=N_("a pause they asked for"),
        bar=N_("They come back by themselves when their pause ends."),
    ),
    Reason(
        code="rhythm",
        check=Check.RHYTHM,
        ends=Ends.TIME,
        holds=_full,
        until=_free_at,
        sql="l.counted_at + make_interval(hours => 24 * coalesce(nullif(t.rhythm_days, 0), :rhythm_days)) > :now",
        to_staff=N_("They had a letter lately; their rhythm leaves room for the next {on}."),
        to_them=N_("You had a letter lately: the next one not before {until}, as your rhythm says."),
        short=N_("written to lately"),
        bar=N_("They come back by themselves when their rhythm allows it."),
    ),
)
