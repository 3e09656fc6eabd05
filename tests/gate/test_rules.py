"""The table of `product.md`, *The send gate*, cell by cell, and the laws that hold whatever is known of somebody."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.gate.law import APPLIES, decide
from portal.gate.law.hours import next_open
from portal.gate.rules import Check, Facts, Verdict
from portal.postbox.rules import LetterKind
from tests.cast import NOW

SECURITY, SERVICE, FOLLOW_UP, CONTACT, NOTICE, RE_CONSENT = LetterKind
EVERYTHING = set(LetterKind)
UNASKED = EVERYTHING - {SECURITY, SERVICE}
TOMORROW, NEXT_YEAR = date(2026, 11, 25), date(2027, 11, 25)

# Somebody who may be written to at once, for each kind of letter.
AGREED: dict[str, Any] = {
    "basis_given": True,
    "basis_is_consent": True,
    "informed": True,
    "basis_expires_on": NEXT_YEAR,
}
WELCOME = {kind: Facts(NOW, kind, **({} if kind is NOTICE else AGREED)) for kind in LetterKind}

# What is known, the kinds of letters it stops, and in what words.
OBJECTIONS: list[tuple[dict[str, Any], set[LetterKind], Check, str, Verdict]] = [
    ({"erased": True}, EVERYTHING, Check.PERSON, "erased", Verdict.NEVER),
    ({"no_address": True}, EVERYTHING, Check.PERSON, "no_address", Verdict.NEVER),
    ({"bounced": True}, EVERYTHING, Check.PERSON, "bounced", Verdict.NEVER),
    ({"do_not_contact": True}, UNASKED, Check.PERSON, "do_not_contact", Verdict.NEVER),
    ({"basis_withdrawn": True}, UNASKED, Check.BASIS, "withdrawn", Verdict.NEVER),
    ({"basis_given": False}, {FOLLOW_UP, CONTACT, RE_CONSENT}, Check.BASIS, "no_basis", Verdict.NEVER),
    ({"basis_is_consent": False}, {RE_CONSENT}, Check.BASIS, "no_basis", Verdict.NEVER),
    ({"basis_expires_on": NOW.date()}, {FOLLOW_UP, CONTACT, RE_CONSENT}, Check.BASIS, "expired", Verdict.NEVER),
    ({"informed": False}, {FOLLOW_UP, CONTACT}, Check.BASIS, "notice_first", Verdict.NEVER),
    ({"notice_overdue": True}, {FOLLOW_UP, CONTACT}, Check.BASIS, "notice_overdue", Verdict.NEVER),
    ({"already_noticed": True}, {NOTICE}, Check.BASIS, "already_informed", Verdict.NEVER),
    ({"already_asked_to_renew": True}, {RE_CONSENT}, Check.BASIS, "already_asked_to_renew", Verdict.NEVER),
    ({"same_opportunity_asked": True}, {CONTACT}, Check.ALREADY_ASKED, "same_opportunity", Verdict.NEVER),
    ({"same_opportunity_silent": True}, {CONTACT}, Check.ALREADY_ASKED, "silent_on_job", Verdict.NEVER),
    ({"same_step_sent": True}, {CONTACT}, Check.ALREADY_ASKED, "same_step", Verdict.NEVER),
    ({"job_closed": True}, {FOLLOW_UP, CONTACT}, Check.ALREADY_ASKED, "job_closed", Verdict.WAIT),
    ({"same_survey_asked": True}, {CONTACT}, Check.ALREADY_ASKED, "same_survey", Verdict.NEVER),
    ({"same_question_until": TOMORROW}, {CONTACT}, Check.ALREADY_ASKED, "same_question", Verdict.WAIT),
    ({"conversation_with": "Marc"}, {CONTACT}, Check.ALREADY_ASKED, "conversation_open", Verdict.WAIT),
    ({"answer_changed": True}, {FOLLOW_UP, CONTACT, RE_CONSENT}, Check.ANSWERS, "answer_changed", Verdict.NEVER),
    ({"stopped": True}, {FOLLOW_UP, CONTACT, RE_CONSENT}, Check.ANSWERS, "stopped", Verdict.NEVER),
    ({"no_to_this": True}, {FOLLOW_UP, CONTACT, RE_CONSENT}, Check.ANSWERS, "no_to_this", Verdict.NEVER),
    ({"no_until": TOMORROW}, {FOLLOW_UP, CONTACT, RE_CONSENT}, Check.ANSWERS, "no_holds", Verdict.WAIT),
    ({"later_until": TOMORROW}, {FOLLOW_UP, CONTACT, RE_CONSENT}, Check.ANSWERS, "later", Verdict.WAIT),
    ({"paused_until": TOMORROW}, {CONTACT, NOTICE, RE_CONSENT}, Check.RHYTHM, "paused", Verdict.WAIT),
    ({"counted_at": NOW - timedelta(days=29)}, {CONTACT, NOTICE, RE_CONSENT}, Check.RHYTHM, "rhythm", Verdict.WAIT),
]


@pytest.mark.parametrize("kind", LetterKind)
@pytest.mark.parametrize("objection", OBJECTIONS, ids=lambda row: "+".join(row[0]))
def test_the_kind_of_a_letter_alone_says_what_stops_it(kind: LetterKind, objection: Any) -> None:
    known, stops, check, because, verdict = objection
    decision = decide(replace(WELCOME[kind], **known))
    if kind in stops:
        assert (decision.verdict, decision.check, decision.because) == (verdict, check, because)
    else:
        assert decision.verdict is Verdict.GO


@pytest.mark.parametrize("kind", LetterKind)
def test_at_night_only_what_someone_asked_for_leaves_at_once(kind: LetterKind) -> None:
    decision = decide(replace(WELCOME[kind], now=NOW.replace(hour=22)))
    assert decision.verdict is Verdict.GO
    if kind in UNASKED:
        assert (decision.check, decision.because) == (Check.HOURS, "quiet_hours")
        assert decision.until == datetime(2026, 11, 25, 7, 0, tzinfo=UTC)  # 8:00 in Paris
    else:
        assert decision.until is None


def test_someone_informed_and_in_the_pool_gets_no_second_information() -> None:
    assert decide(Facts(NOW, NOTICE, basis_given=True, informed=True)).because == "already_informed"


def test_a_later_ends_on_its_day_where_the_person_lives() -> None:
    said = replace(WELCOME[CONTACT], later_until=TOMORROW, zone="Indian/Reunion")
    until = decide(said).until
    assert until == datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
    assert decide(replace(said, now=until)).verdict is Verdict.GO


def test_someone_free_again_tomorrow_is_told_when_and_by_whom() -> None:
    waiting = decide(replace(WELCOME[CONTACT], counted_at=NOW - timedelta(days=29)))
    assert waiting.until == NOW + timedelta(days=1)
    assert decide(replace(WELCOME[CONTACT], conversation_with="Marc")).params == {"owner": "Marc"}


# A law holds on a busy machine too.
RELAXED = settings(deadline=None)

ZONES = st.sampled_from(
    ["Europe/Paris", "Indian/Reunion", "America/Martinique", "Asia/Kolkata", "America/Santiago", "Australia/Lord_Howe"]
)
# All year, and more often around the nights in which Paris changes its clocks.
YEARS, SPRING, AUTUMN = (
    datetime(2026, 1, 1, tzinfo=UTC),
    datetime(2026, 3, 28, tzinfo=UTC),
    datetime(2026, 10, 24, tzinfo=UTC),
)
MOMENTS = st.one_of(
    st.integers(0, 3 * 365 * 86_400).map(lambda seconds: YEARS + timedelta(seconds=seconds)),
    st.integers(0, 2 * 86_400).map(lambda seconds: SPRING + timedelta(seconds=seconds)),
    st.integers(0, 2 * 86_400).map(lambda seconds: AUTUMN + timedelta(seconds=seconds)),
)
# Over midnight, within the night, within the day, none.
QUIET = st.sampled_from(
    [(time(20), time(8)), (time(22, 30), time(7)), (time(0), time(8)), (time(12), time(14)), (time(0), time(0))]
)
HOLIDAYS = st.sampled_from([frozenset(), frozenset({date(2026, 12, 25), date(2027, 1, 1), date(2026, 3, 30)})])
DAYS = st.one_of(st.none(), st.dates(date(2025, 12, 1), date(2029, 1, 31)))
SOMETIMES = st.sampled_from([False, False, False, True])


@st.composite
def anybody(draw: st.DrawFn) -> Facts:
    """Anything that may be known about anybody, at any moment."""
    quiet_from, quiet_to = draw(QUIET)
    flags = (
        "erased",
        "no_address",
        "bounced",
        "do_not_contact",
        "basis_withdrawn",
        "notice_overdue",
        "already_noticed",
        "already_asked_to_renew",
        "same_opportunity_asked",
        "same_opportunity_silent",
        "same_survey_asked",
        "same_step_sent",
        "job_closed",
        "no_to_this",
        "stopped",
        "answer_changed",
    )
    agreed = {
        "basis_given": draw(st.booleans()),
        "basis_is_consent": draw(st.booleans()),
        "informed": draw(st.booleans()),
    }
    days = ("basis_expires_on", "same_question_until", "no_until", "later_until", "paused_until")
    return Facts(
        now=draw(MOMENTS),
        kind=draw(st.sampled_from(LetterKind)),
        zone=draw(ZONES),
        quiet_from=quiet_from,
        quiet_to=quiet_to,
        holidays=draw(HOLIDAYS),
        conversation_with=draw(st.sampled_from([None, None, "Marc"])),
        counted_at=draw(st.one_of(st.none(), MOMENTS)),
        rhythm_days=draw(st.integers(1, 365)),
        **agreed,
        **{flag: draw(SOMETIMES) for flag in flags},
        **{day: draw(DAYS) for day in days},  # type: ignore[arg-type]
    )


@RELAXED
@given(anybody())
def test_the_gate_always_answers_and_never_with_a_time_that_is_past(facts: Facts) -> None:
    decision = decide(facts)
    match decision.verdict:
        case Verdict.NEVER:
            assert decision.until is None
            assert decision.because
        case Verdict.WAIT:
            assert decision.until is not None
            assert decision.until > facts.now
            assert decision.because
        case Verdict.GO:
            assert decision.until is None or (decision.until > facts.now and decision.check is Check.HOURS)


@RELAXED
@given(anybody(), QUIET, HOLIDAYS)
def test_hours_never_refuse(facts: Facts, quiet: tuple[time, time], holidays: frozenset[date]) -> None:
    elsewhere = replace(facts, quiet_from=quiet[0], quiet_to=quiet[1], holidays=holidays)
    assert decide(facts).verdict is decide(elsewhere).verdict
    assert decide(facts).verdict is Verdict.GO or decide(facts).check is not Check.HOURS


@RELAXED
@given(anybody())
def test_the_first_check_that_objects_has_the_say(facts: Facts) -> None:
    holding = [reason for reason in APPLIES[facts.kind] if reason.holds(facts)]
    decision = decide(facts)
    if holding:
        assert (decision.check, decision.because) == (holding[0].check, holding[0].code)
    else:
        assert (decision.verdict, decision.because) == (Verdict.GO, None)


ORDER = list(Check)
HARMLESS: dict[str, Any] = {
    "erased": False,
    "do_not_contact": False,
    "bounced": False,
    "no_address": False,
    "basis_withdrawn": False,
    "notice_overdue": False,
    "same_opportunity_asked": False,
    "same_step_sent": False,
    "job_closed": False,
    "conversation_with": None,
    "no_to_this": False,
    "no_until": None,
    "later_until": None,
    "stopped": False,
    "counted_at": None,
    "paused_until": None,
}


@RELAXED
@given(anybody(), st.sampled_from(sorted(HARMLESS)))
def test_taking_an_objection_away_never_brings_up_an_earlier_one(facts: Facts, fact: str) -> None:
    before, after = decide(facts), decide(replace(facts, **{fact: HARMLESS[fact]}))
    if before.verdict is Verdict.GO:
        assert after == before
    elif after.verdict is not Verdict.GO:
        assert before.check is not None
        assert after.check is not None
        assert ORDER.index(after.check) >= ORDER.index(before.check)


@RELAXED
@given(anybody())
def test_waiting_as_told_is_worth_it(facts: Facts) -> None:
    """When the time comes that the gate named, that objection is gone."""
    waiting = decide(facts)
    if waiting.verdict is Verdict.WAIT and waiting.because not in {"conversation_open", "job_closed"}:
        assert waiting.until is not None
        assert decide(replace(facts, now=waiting.until)).because != waiting.because


def quiet(instant: datetime, zone: str, hours: tuple[time, time], holidays: frozenset[date]) -> bool:
    """Whether nobody may be written to, told in other words than the rule's own."""
    here = instant.astimezone(ZoneInfo(zone))
    start, end, at = *hours, here.time()
    at_night = (start <= at < end) if start <= end else (at >= start or at < end)
    return at_night or here.isoweekday() == 7 or here.date() in holidays


@RELAXED
@given(MOMENTS, ZONES, QUIET, HOLIDAYS, st.floats(0, 1))
def test_a_letter_leaves_at_the_first_moment_one_may_write(
    now: datetime, zone: str, hours: tuple[time, time], holidays: frozenset[date], part: float
) -> None:
    opens = next_open(now, zone, *hours, holidays)
    assert now <= opens <= now + timedelta(days=5)
    assert not quiet(opens, zone, hours, holidays)
    meanwhile = now + (opens - now) * part
    assert meanwhile == opens or quiet(meanwhile, zone, hours, holidays)
