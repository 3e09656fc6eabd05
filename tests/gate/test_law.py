"""A reason of the gate stands once: each row says all there is to say of it, and nobody else names it."""

import re
from itertools import chain

import pytest

from portal.access.models import House
from portal.gate.law import APPLIES, LAW, numbers
from portal.gate.law.reason import Act, Ends, Reason
from portal.gate.rules import Check
from portal.kit.i18n import say
from portal.postbox.rules import LetterKind
from portal.segments.reachable import Bucket
from portal.ui.recruiter.segment.counting import kind_of
from scripts.named_in import PORTAL, named_in

each_reason = pytest.mark.parametrize("reason", LAW.values(), ids=LAW)
# Words of the law that are also words of something else: a state of a letter, an answer, a standing…
SHARED = {"erased", "withdrawn", "expired", "stopped", "later", "paused", "rhythm"}


def test_two_reasons_never_share_a_code() -> None:
    rows = set(chain.from_iterable(APPLIES.values()))
    assert len(rows) == len(LAW)
    assert set(APPLIES) == set(LetterKind)


@each_reason
def test_a_reason_is_told_to_staff_to_the_person_and_in_a_few_words(reason: Reason) -> None:
    for sentence in (reason.to_staff, reason.to_them, reason.short, reason.one or reason.short):
        told = {locale: say(locale, sentence, until="", on="", owner="") for locale in ("fr", "en")}
        assert all(told.values())
        assert told["fr"] != told["en"]


@each_reason
def test_what_may_hold_a_segment_back_has_its_sql_and_its_bar(reason: Reason) -> None:
    bars = reason in APPLIES[LetterKind.CONTACT] and reason.check is not Check.HOURS
    assert bool(reason.sql) is bars
    assert bool(reason.bar) is bars
    for locale in ("fr", "en"):
        assert not re.search(r"[{}]", Bucket(reason, (1,)).note(locale, House()))
    assert not bars or say("fr", reason.bar, **numbers(House())) != say("en", reason.bar, **numbers(House()))


@each_reason
def test_time_ends_what_has_a_day_and_nothing_else(reason: Reason) -> None:
    assert (reason.ends is Ends.TIME) is (reason.until is not None)


@each_reason
def test_a_bar_is_drawn_as_waiting_where_the_gate_says_wait_and_nowhere_else(reason: Reason) -> None:
    assert (kind_of(Bucket(reason, (1,))) == "waits") is (reason.until is not None)


def test_a_survey_asked_already_is_not_drawn_as_if_time_mended_it() -> None:
    assert kind_of(Bucket(LAW["same_survey"], (1,))) == ""


def test_whoever_said_no_comes_back_after_as_many_days_as_the_house_says() -> None:
    held = Bucket(LAW["no_holds"], (1,))
    assert held.note("en", House(no_holds_days=90)) == "They come back by themselves, 90 days after their no."
    assert held.note("fr", House(no_holds_days=90)) == "Ils reviennent d’eux-mêmes, 90 jours après leur non."


def test_what_one_press_does_for_all_is_offered_where_it_helps() -> None:
    offered = {code: reason.act for code, reason in LAW.items() if reason.act}
    assert offered == {
        "no_basis": Act.INFORM,
        "notice_first": Act.INFORM,
        "conversation_open": Act.TAKE_OVER,
    }


def test_a_reason_is_named_in_its_row_alone() -> None:
    """Whoever needs to tell one from another asks the row: what ends it, what a press does."""
    codes = set(LAW) - SHARED
    naming = {str(file.relative_to(PORTAL)): named for file, named in named_in(codes).items()}
    # A letter whose answer was changed is cancelled for the reason the gate would give.
    assert naming.pop("replies/actions.py") == {"answer_changed"}
    assert all(file.startswith("gate/law/") for file in naming)
    assert sorted(chain.from_iterable(naming.values())) == sorted(codes)
