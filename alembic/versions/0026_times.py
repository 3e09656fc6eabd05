"""Talks that are moved and reminded of, a link of their own, how late one may be booked; the clock of who works overseas.

Revision ID: 0026
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

PURPOSES = ("sign_in", "answer", "slots", "survey", "consent", "unsubscribe", "address")


# As `portal.talents.zones` has it at this revision.
OVERSEAS = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
}
ISLANDS = dict.fromkeys(("98718", "98723", "98731", "98746", "98756", "98757"), "Pacific/Marquesas")
ISLANDS |= {"98719": "Pacific/Gambier", "97123": "America/St_Barthelemy", "97127": "America/Marigot"}
# Whoever works overseas lives by the clock there, unless somebody said another.
OVER_THERE = sa.text(
    """
    UPDATE talent
       SET zone = there.zone,
           said = said || jsonb_build_object('zone', jsonb_build_object(
               'by', 'place', 'on', coalesce(said #>> '{place_code,on}', collected_on::text)))
      FROM (SELECT id, coalesce(CAST(:islands AS jsonb) ->> place_code, CAST(:overseas AS jsonb) ->> left(place_code, 3))
                       AS zone
              FROM talent WHERE place_code LIKE '97%' OR place_code LIKE '98%') there
     WHERE there.id = talent.id AND there.zone IS NOT NULL AND erased_at IS NULL AND NOT said ? 'zone'
    """
)


def upgrade() -> None:
    told = {"islands": json.dumps(ISLANDS), "overseas": json.dumps(OVERSEAS)}
    op.get_bind().execute(OVER_THERE, told)
    op.add_column("house", sa.Column("notice_hours", sa.Integer(), nullable=False, server_default="2"))
    op.alter_column("house", "notice_hours", server_default=None)
    op.add_column("booking", sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("booking", sa.Column("reminder_id", sa.Uuid(), nullable=True))
    _purposes(*PURPOSES, "booking")


def downgrade() -> None:
    op.execute(
        "UPDATE talent SET zone = 'Europe/Paris', said = said - 'zone' WHERE said #>> '{zone,by}' IN ('place', 'browser')"
    )
    op.execute("DELETE FROM letter_link WHERE purpose = 'booking'")
    _purposes(*PURPOSES)
    op.drop_column("booking", "reminder_id")
    op.drop_column("booking", "moved_at")
    op.drop_column("house", "notice_hours")


def _purposes(*values: str) -> None:
    op.drop_constraint(op.f("ck_letter_link_linkpurpose"), "letter_link", type_="check")
    told = ", ".join(f"'{value}'" for value in values)
    op.create_check_constraint(op.f("ck_letter_link_linkpurpose"), "letter_link", f"purpose IN ({told})")
