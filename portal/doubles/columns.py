"""What names a person, column by column, and what becomes of it when two rows are found to be one person.

A test fails for a column that names a person and stands nowhere here.
"""

# Moves to the row that stays. The second column tells rows apart; where a person can have but one of each, the third
# says of what, and a second one stays behind, out of sight.
MOVES: dict[str, tuple[str, str, str | None]] = {
    "source": ("talent_id", "id", None),
    "note": ("talent_id", "id", None),
    "address_change": ("talent_id", "id", None),
    "held_back": ("talent_id", "id", None),
    "talent_tag": ("talent_id", "tag_id", "tag_id"),
    "import_change": ("talent_id", "import_id", "import_id"),
    "ask": ("talent_id", "id", None),
    "conversation": ("talent_id", "id", None),
    "message": ("talent_id", "id", None),
    "hold": ("talent_id", "id", None),
    "booking": ("talent_id", "id", None),
    "enrolment": ("talent_id", "id", "launch_id"),
    "survey_response": ("talent_id", "id", "survey_id"),
    # An answer pressed in an old letter counts for the one who stays.
    "letter_link": ("talent_id", "id", None),
    # Who was folded into the one who goes.
    "talent": ("merged_into", "id", None),
}
# Moves too, by the database itself: the app's role may not rewrite what happened (migration 0016).
HISTORY = ("letter", "gate_decision", "timeline_event", "ledger_evidence")
# Stays, and why.
STAYS = {
    "consent.talent_id": "the stricter of both stands: see portal.consent.joining",
    "web_session.talent_id": "they are signed out, and come in again as the one who stays",
    "doubt.talent_id": "read as the one who stays: see talents.identity.goes_on_as",
    "doubt.other_id": "read as the one who stays",
}
