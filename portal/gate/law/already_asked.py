"""Check 3: the same question, the same job, the same survey, or a conversation with a colleague."""

from datetime import timedelta

from portal.gate.law.reason import Act, Ends, Reason
from portal.gate.rules import Check
from portal.kit.i18n import N_

# The same open question is not put twice within this many days, whoever asks.
SAME_QUESTION_DAYS = 60
# Nobody knows when a conversation ends: it is looked at again this often.
_LOOK_AGAIN = timedelta(days=7)


ALREADY_ASKED = (
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
        code="same_survey",
        check=Check.ALREADY_ASKED,
        ends=Ends.NOTHING,
        holds=lambda facts: facts.same_survey_asked,
        sql="a.survey_asked",
        to_staff=N_("They were already asked this survey."),
        to_them=N_("We asked you this survey already."),
        short=N_("already asked this survey"),
        one=N_("this survey was put to them already"),
        bar=N_("Once is enough: nobody is asked twice."),
    ),
    Reason(
        code="same_question",
        check=Check.ALREADY_ASKED,
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
        names=lambda facts: {"owner": facts.conversation_with or ""},
        sql="v.owner_id <> coalesce(CAST(:author AS bigint), -1)",
        to_staff=N_("{owner} is talking with them. Read what was said; take over if it is yours to answer."),
        to_them=N_("You are talking with {owner}: nobody else writes to you meanwhile."),
        short=N_("talking with a colleague"),
        bar=N_("They come back when that conversation ends, or talk with you once you take over."),
        act=Act.TAKE_OVER,
    ),
)
