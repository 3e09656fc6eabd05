"""Check 3: the same question, the same job, the same survey, or a conversation with a colleague."""

from datetime import timedelta

from portal.gate.law.reason import Act, Ends, Reason
from portal.gate.rules import Check
from portal.kit.i18n import N_

# The same open question is not put twice within this many days, whoever asks.
SAME_QUESTION_DAYS = 60
# One chain's step goes once to one person within this many days, however often its launch was pressed; so does a survey.
SAME_STEP_DAYS = 60
# Nobody knows when a conversation ends: it is looked at again this often.
_LOOK_AGAIN = timedelta(days=7)


# Whatever a chain sends about a job, or a first letter about it, waits while that job is closed.
JOB_CLOSED = (
    Reason(
        code="job_closed",
        check=Check.ALREADY_ASKED,
        ends=Ends.TIME,
        holds=lambda facts: facts.job_closed,
        until=lambda facts: facts.now + _LOOK_AGAIN,
        waits_for="job",
        sql="CAST(:survey AS bigint) IS NULL"
        " AND coalesce((SELECT o.closed_at IS NOT NULL FROM opportunity o WHERE o.id = CAST(:opportunity AS bigint)), false)",
        to_staff=N_("This job is closed: it is put to nobody. They follow should it open again."),
        to_them=N_("This job is no longer open: nothing more is sent about it."),
        short=N_("the job is closed"),
        bar=N_("They follow by themselves should the job open again."),
    ),
)
ALREADY_ASKED = (
    *JOB_CLOSED,
    Reason(
        code="same_opportunity",
        check=Check.ALREADY_ASKED,
        ends=Ends.NOTHING,
        holds=lambda facts: facts.same_opportunity_asked,
        sql="a.opportunity_asked",
        to_staff=N_("They were already asked about this job, by you or by a colleague."),
        to_them=N_("We asked you about this job already."),
        short=N_("already asked about this job"),
        one=N_("this job was put to them already"),
        bar=N_("Once is enough: nobody is asked twice about one job."),
    ),
    Reason(
        code="silent_on_job",
        check=Check.ALREADY_ASKED,
        lifted=True,
        ends=Ends.US,
        holds=lambda facts: facts.same_opportunity_silent,
        sql="a.opportunity_silent",
        to_staff=N_(
            "They were asked about this job and stayed silent. They may be asked again, once confirmed in words."
        ),
        to_them=N_("We asked you about this job already; you did not answer."),
        short=N_("asked about this job, silent"),
        one=N_("they were asked about this job and stayed silent"),
        bar=N_("They may be asked again: confirm it in words when you launch."),
    ),
    Reason(
        code="same_step",
        check=Check.ALREADY_ASKED,
        lifted=True,
        ends=Ends.US,
        holds=lambda facts: facts.same_step_sent,
        sql="l.step_sent_at + make_interval(days => CAST(:same_step_days AS int)) > :now",
        to_staff=N_("This very letter went to them lately, or is about to. Once is enough, unless confirmed in words."),
        to_them=N_("We sent you this very letter lately."),
        short=N_("got this very letter lately"),
        bar=N_("Nobody gets one letter twice, unless you confirm it in words when you launch."),
    ),
    Reason(
        code="same_survey",
        check=Check.ALREADY_ASKED,
        lifted=True,
        ends=Ends.NOTHING,
        holds=lambda facts: facts.same_survey_asked,
        sql="a.survey_asked_at + make_interval(days => CAST(:same_step_days AS int)) > :now",
        to_staff=N_("They were asked this survey lately. Once in two months is enough."),
        to_them=N_("We sent you this survey lately."),
        short=N_("asked this survey lately"),
        one=N_("this survey was put to them lately"),
        bar=N_("A survey may come again {same_step_days} days after it was asked."),
    ),
    Reason(
        code="same_question",
        check=Check.ALREADY_ASKED,
        lifted=True,
        ends=Ends.TIME,
        holds=lambda facts: facts.same_question_until is not None and facts.same_question_until > facts.today,
        until=lambda facts: facts.begins(facts.same_question_until),
        sql="(a.question_asked_at AT TIME ZONE t.zone)::date + CAST(:same_question_days AS int) > today",
        to_staff=N_("They were asked the same question lately. It may be asked again {on}."),
        to_them=N_("We asked you the same question lately; not again before {until}."),
        short=N_("asked the same lately"),
        bar=N_("They come back by themselves."),
    ),
    Reason(
        code="conversation_open",
        check=Check.ALREADY_ASKED,
        ends=Ends.TIME,
        holds=lambda facts: facts.conversation_with is not None,
        until=lambda facts: facts.now + _LOOK_AGAIN,
        waits_for="conversation",
        names=lambda facts: {"owner": facts.conversation_with or ""},
        sql="v.owner_id <> coalesce(CAST(:author AS bigint), -1)",
        to_staff=N_("{owner} is talking with them. Read what was said; take over if it is yours to answer."),
        to_them=N_("You are talking with {owner}: nobody else writes to you meanwhile."),
        short=N_("talking with a colleague"),
        bar=N_("They come back when that conversation ends, or talk with you once you take over."),
        act=Act.TAKE_OVER,
    ),
)
