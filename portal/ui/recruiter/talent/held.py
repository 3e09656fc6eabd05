"""What the form that corrects a profile shows, and what it says is another now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.kit.errors import Refused
from portal.kit.i18n import N_
from portal.talents import jobs, places
from portal.talents.queries import Told, profile
from portal.talents.vocabulary import Availability, Contract, Environment, Interest
from portal.ui.doors import Door
from portal.ui.own_fields import OwnField, own_fields, typed
from portal.ui.picking import PICKED, Pick, picked
from portal.ui.recruiter.talent.profile import signed

NO_SUCH_PLACE = N_("We do not know the place “{place}”. Write a French commune, like “Lyon” or “Saint-Denis (93)”.")
NOT_OF_THIS = N_(
    "The day or the notice written does not go with the availability chosen: choose the one that does, or empty the field."
)
_MANY = {
    "contracts": [contract.value for contract in Contract],
    "interests": [interest.value for interest in Interest],
    "environments": [environment.value for environment in Environment],
    "regions": list[str](),  # known once the communes are read
}
_ONE = (
    "job_text",
    "does",
    "experience",
    "salary_floor",
    "availability",
    "available_from",
    "notice_days",
    "refuses",
    "radius_km",
    "remote",
    "relocation",
)
# Said together: when one is sent, so are the others.
_WHEN = ("availability", "available_from", "notice_days")


@dataclass
class Held:
    """Single values by name, ticked boxes as `name.value`, lists, own fields, and what only they themself may change."""

    single: dict[str, str]
    ticked: list[str]
    locked: list[str]
    picks: dict[str, list[Pick]]
    own: list[OwnField]
    address_proven: bool = False


def read_held(door: Door, talent_id: int) -> Held:
    """Read what stands for one person, as the form shows it."""
    seen = profile(door.session, door.who, talent_id)
    told = seen.told
    single = {name: _text(told[name]) for name in (*_ONE, "place_name")}
    if told["job_code"].value and not single["job_text"]:
        single["job_text"] = jobs.label(told["job_code"].value, "fr")
    return Held(
        single | {"email": seen.email or "", "phone": seen.phone or ""},
        [f"{name}.{value}" for name in _MANY for value in told[name].value or ()],
        [name for name, value in told.items() if value.by == "talent"],
        {name: picked(name, told[name].value or (), door.locale) for name in PICKED},
        own_fields(door.session, seen, door.locale, lambda said: signed(door, said), to_them=False),
        seen.proven_at is not None,
    )


def _text(told: Told) -> str:
    if isinstance(told.value, bool):
        return "yes" if told.value else "no"
    return "" if told.value is None else str(told.value)


def typed_changes(before: Held, form: Mapping[str, Any]) -> dict[str, object]:
    """Return what the form says is another now, as changes of a profile; `form` holds the lists under their names."""
    changes: dict[str, object] = {
        name: str(form[name])
        for name in (*_ONE, "email", "phone")
        if name in form and str(form[name]) != before.single[name]
    }
    changes |= _ticked(before, form) | _picked(before, form) | typed(before.own, form)
    place = str(form.get("place_name", before.single["place_name"])).strip()
    if place != before.single["place_name"]:
        changes["place_code"] = _place(place)
    if changes.keys() & set(_WHEN):
        _refuse_what_would_be_lost(changes, form)
        changes |= {name: str(form[name]) for name in _WHEN if name in form}
    return changes


def _refuse_what_would_be_lost(changes: Mapping[str, object], form: Mapping[str, Any]) -> None:
    """Refuse a day, or a notice, that was written beside an availability that has none."""
    goes_with = {"available_from": Availability.FROM_DATE, "notice_days": Availability.NOTICE}
    if any(changes.get(name) and form.get("availability") != goes_with[name] for name in goes_with):
        raise Refused(NOT_OF_THIS)


def _ticked(before: Held, form: Mapping[str, Any]) -> dict[str, object]:
    changes: dict[str, object] = {}
    for name, values in _MANY.items():
        known = values or list(places.regions())
        now = [value for value in known if form.get(f"{name}.{value}")]
        if name not in before.locked and now != [value for value in known if f"{name}.{value}" in before.ticked]:
            changes[name] = now
    return changes


def _picked(before: Held, form: Mapping[str, Any]) -> dict[str, object]:
    return {
        name: form[name]
        for name in PICKED
        if name in form and name not in before.locked and form[name] != [pick.value for pick in before.picks[name]]
    }


def _place(text: str) -> str:
    if not text:
        return ""
    found = places.match(text)
    if found is None:
        raise Refused(NO_SUCH_PLACE, place=text[:80])
    return found.insee
