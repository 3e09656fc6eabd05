"""What the editor does behind a door: read a chain, begin one, save it, put it away."""

import json
from dataclasses import dataclass
from typing import Any

from portal.chains import actions, editing, queries
from portal.chains.steps import KINDS
from portal.chains.templates import TEMPLATES
from portal.kit.errors import NotFound
from portal.kit.i18n import N_, ago, moment, say, say_n
from portal.ui.doors import Door

NAMES = {
    "still_looking": N_("Still looking?"),
    "similar_opportunity": N_("Similar opportunity"),
    "thank_you": N_("Thank-you letter"),
}
SAVED = N_("Version {number} is saved. People on the way keep theirs.")
RENAMED = N_("The chain has its new name.")
UNCHANGED = N_("Nothing has changed since version {number}.")
PUT_AWAY = N_("{name} is put away. What was launched goes on.")
_MOST_STEPS = 60


@dataclass
class VersionRow:
    """One version in words."""

    number: int
    told: str
    when: str
    exactly: str
    people: str
    now: bool


def read(door: Door, chain_id: int) -> dict[str, Any]:
    chain = queries.chain_for(door.session, door.who, chain_id)
    newest = chain.versions[0]
    draft = json.dumps(newest.definition)
    return {
        "name": chain.name,
        "here": str(chain.id),
        "version": say(door.locale, N_("Version {number}"), number=newest.number),
        "archived": chain.archived,
        "versions": [_version_row(door, one, newest.number) for one in chain.versions],
        "_draft": draft,
        "_kept": draft,
        "_kept_name": chain.name,
    }


def _version_row(door: Door, one: queries.VersionRow, newest: int) -> VersionRow:
    people = say_n(door.locale, "{count} person on the way", "{count} people on the way", one.on_the_way)
    launched = say_n(door.locale, "{count} launch", "{count} launches", one.launches)
    return VersionRow(
        number=one.number,
        told=say(door.locale, N_("Version {number}, by {author}"), number=one.number, author=one.author),
        when=ago(door.locale, one.created_at, door.zone, door.now),
        exactly=moment(door.locale, one.created_at, door.zone, door.now),
        people=f"{launched} · {people}" if one.launches else say(door.locale, N_("never launched")),
        now=one.number == newest,
    )


def earlier(door: Door, chain_id: int, number: int) -> dict[str, Any]:
    for one in queries.chain_for(door.session, door.who, chain_id).versions:
        if one.number == number:
            return editing.kept(one.definition)
    raise NotFound


def begun(door: Door, template: str) -> dict[str, Any]:
    name = say(door.locale, NAMES[template]) if template in NAMES else ""
    draft = json.dumps(TEMPLATES.get(template) or editing.blank())
    nothing = {"here": "", "version": "", "archived": False, "versions": []}
    return nothing | {"name": name, "_draft": draft, "_kept": draft, "_kept_name": name}


def put_in(draft: dict[str, Any], kind: str, after: str) -> str | None:
    if kind not in KINDS or len(draft["steps"]) >= _MOST_STEPS:
        return None
    step = editing.find(draft, after)
    if step is None or editing.ends(step):
        others = [one["key"] for one in draft["steps"] if not editing.ends(one)]
        after = others[-1] if others else ""
    return editing.add(draft, kind, after)


def save(door: Door, chain_id: int, name: str, draft: dict[str, Any]) -> tuple[int, str]:
    if not chain_id:
        version = actions.create(door.session, door.who, name, draft, now=door.now)
        return version.chain_id, say(door.locale, SAVED, number=version.number)
    before = queries.chain_for(door.session, door.who, chain_id)
    actions.rename(door.session, door.who, chain_id, name, now=door.now)
    version = actions.save(door.session, door.who, chain_id, draft, now=door.now)
    if version.number != before.versions[0].number:
        return chain_id, say(door.locale, SAVED, number=version.number)
    return chain_id, say(door.locale, UNCHANGED if before.name == name.strip() else RENAMED, number=version.number)


def put_away(door: Door, chain_id: int) -> str:
    actions.archive(door.session, door.who, chain_id, now=door.now)
    return say(door.locale, PUT_AWAY, name=queries.chain_for(door.session, door.who, chain_id).name)
