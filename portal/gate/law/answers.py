"""Check 4: the answers they gave."""

from portal.gate.law.reason import Ends, Reason
from portal.gate.rules import Check
from portal.kit.i18n import N_

ANSWERS = (
    Reason(
        code="answer_changed",
        check=Check.ANSWERS,
        ends=Ends.NOTHING,
        holds=lambda facts: facts.answer_changed,
        sql="false",  # a segment is written to first: nothing of it follows an answer
        to_staff=N_("They have changed their answer since."),
        to_them=N_("You changed your answer since."),
        short=N_("changed their answer"),
        bar=N_("What followed their first answer stays here."),
    ),
    Reason(
        code="stopped",
        check=Check.ANSWERS,
        ends=Ends.US,
        holds=lambda facts: facts.stopped,
        sql="v.follow_ups_stopped_at IS NOT NULL",
        to_staff=N_("Follow-ups are stopped: a person is talking with them. They go on once that is undone or closed."),
        to_them=N_("A person is talking with you: nothing automatic is sent meanwhile."),
        short=N_("follow-ups stopped"),
        bar=N_("Someone stopped the follow-ups; from their page you can write by hand."),
    ),
    Reason(
        code="no_to_this",
        check=Check.ANSWERS,
        ends=Ends.NOTHING,
        holds=lambda facts: facts.no_to_this,
        sql="a.no_to_this",
        to_staff=N_("They said no to this job, for good."),
        to_them=N_("You said no to this job."),
        short=N_("said no to this job"),
        one=N_("a no to this job"),
        bar=N_("A no to a job holds for that job."),
    ),
    Reason(
        code="no_holds",
        check=Check.ANSWERS,
        ends=Ends.TIME,
        holds=lambda facts: facts.no_until is not None and facts.no_until > facts.today,
        until=lambda facts: facts.begins(facts.no_until),
        sql="(a.no_at AT TIME ZONE t.zone)::date + CAST(:no_holds_days AS int) > today",
        to_staff=N_("They said no lately. It holds until {until}."),
        to_them=N_("You said no: we leave you in peace until {until}."),
        short=N_("said no lately"),
        one=N_("a no not long ago"),
        bar=N_("They come back by themselves, {no_holds_days} days after their no."),
    ),
    Reason(
        code="later",
        check=Check.ANSWERS,
        ends=Ends.TIME,
        holds=lambda facts: facts.later_until is not None and facts.later_until > facts.today,
        until=lambda facts: facts.begins(facts.later_until),
        sql="a.later_on > today",
        to_staff=N_("They said later. They come back by themselves {on}."),
        to_them=N_("You asked us to come back {on}."),
        short=N_("said later"),
        one=N_("asked for later"),
        bar=N_("They come back by themselves on the day they gave."),
    ),
)
