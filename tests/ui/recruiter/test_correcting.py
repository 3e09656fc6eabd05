"""What the form that corrects a profile takes for another value now."""

import pytest

from portal.kit.errors import Refused
from portal.ui.recruiter.talent.held import _ONE, Held, typed_changes

BEFORE = Held(dict.fromkeys((*_ONE, "place_name", "email", "phone"), ""), [], [], {}, [])


@pytest.mark.parametrize("beside", [{"available_from": "2027-03-02"}, {"notice_days": "30"}])
@pytest.mark.parametrize("availability", ["", "now", "not_looking"])
def test_a_day_or_a_notice_beside_an_availability_that_has_none_is_refused_not_lost(
    availability: str, beside: dict[str, str]
) -> None:
    with pytest.raises(Refused):
        typed_changes(BEFORE, {"availability": availability} | beside)


@pytest.mark.parametrize(
    "form",
    [
        {"availability": "from_date", "available_from": "2027-03-02"},
        {"availability": "notice", "notice_days": "30"},
        {"availability": "now", "available_from": "", "notice_days": ""},
    ],
)
def test_what_goes_with_the_availability_is_taken_together(form: dict[str, str]) -> None:
    assert typed_changes(BEFORE, form) == form


def test_a_day_that_stood_there_does_not_stand_in_the_way_of_another_availability() -> None:
    before = Held(BEFORE.single | {"availability": "from_date", "available_from": "2027-03-02"}, [], [], {}, [])
    form = {"availability": "now", "available_from": "2027-03-02"}
    assert typed_changes(before, form) == form
