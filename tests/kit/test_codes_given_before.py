"""A house that comes up from before: the codes its rules and people know are never given again, and people are found."""

from contextlib import closing

import sqlalchemy as sa

from portal.kit import migrate
from portal.kit.db import Database
from portal.kit.embedded import Urls
from portal.segments.pool import pool_page
from portal.talents import custom_fields
from portal.talents.custom import Choice
from portal.talents.models import CustomField
from portal.talents.rules import FieldKind
from portal.timeline.who import Role
from tests.cast import NOW
from tests.people import staff, talent

ASKED = '{"kind": "field", "field": %d, "test": "one_of", "one_of": ["south"]}'
ASKING = '{"kind": "all", "of": [{"kind": "none", "of": [' + ASKED + "]}]}"


def test_codes_that_rules_and_people_know_are_kept_and_everyone_is_found(database: Urls) -> None:
    with closing(Database(database.app)) as house, house.work() as session:
        boss = staff(session, "Ada", Role.ADMIN)
        zones = [("Nord", "North"), ("Est", "East")]
        zone = custom_fields.add_field(session, boss, FieldKind.CHOICE, "Zone", "Area", zones, now=NOW)
        talent(session, "Marie O'Connor", phone="+33687654321", custom={zone.key: "west"})
        old = sa.text(
            "INSERT INTO segment (name, owner_id, rule, created_at, updated_at) VALUES ('Sud', :me, :rule, :now, :now)"
        )
        session.execute(old, {"me": boss.id, "rule": ASKING % zone.id, "now": NOW})
    migrate.downgrade(database.owner, "0027")
    migrate.upgrade(database.owner)
    with closing(Database(database.app)) as house, house.work() as session:
        row = session.get_one(CustomField, zone.id)
        assert sorted(row.codes) == ["east", "north", "south", "west"]
        changed = custom_fields.change_field(
            session, boss, zone.id, name_fr="Zone", name_en="Area", choices=[*zone.choices, Choice("", "Sud", "South")],
            recruiters_edit=True, talent_may=zone.talent_may, now=NOW,
        )  # fmt: skip
        assert changed.choices[-1].code == "south_2"
        for typed in ("06 87 65 43 21", "oconnor"):
            assert [one.name for one in pool_page(session, boss, typed, now=NOW)[0]] == ["Marie O'Connor"]
