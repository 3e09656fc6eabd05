"""What happened, told in the reader's language: one sentence a kind, with who did it.

Every kind that is ever recorded stands here; a test finds those that do not. `{by}` is the actor: "by Claire", "by the
person themself", "by you", "by the house".
"""

from collections.abc import Callable, Mapping
from typing import Any

from portal.kit.i18n import N_, day, moment, say, short_day
from portal.kit.zones import named, same_clock
from portal.timeline.facets import ANSWERS, FIELDS, LETTERS, PURPOSES, QUESTIONS, REASONS, SOURCES, date_of, moment_of
from portal.timeline.queries import Event

_Names = Mapping[int, str]

KINDS: dict[str, str] = {
    # who they are and where they came from
    "imported": N_("Taken into the pool {by} (source: {source}, collected on {collected})"),
    "import_updated": N_("Brought up to date by an import {by} (source: {source}): {fields}"),
    "import_undone": N_("Import no. {import} undone {by}"),
    "doubt_merged": N_("A doubtful line of a file was found to be about this person, {by}"),
    "people_made_one": N_("Found to be the same person as somebody else in the pool, {by}: from now on one person"),
    "people_parted": N_("A decision about somebody alike in the pool was taken back {by}"),
    "doubt_two": N_("Told apart from someone alike, {by}"),
    "doubt_taken_back": N_("A decision about a doubtful line was taken back {by}"),
    "profile_changed": N_("Changed {by}: {fields}"),
    "profile_corrected": N_("Corrected {by}: {fields}"),
    "profile_confirmed": N_("Confirmed what we know, {by}"),
    "note_written": N_("Note written {by}"),
    "note_changed": N_("Note changed {by}"),
    "note_deleted": N_("Note deleted {by}"),
    "tagged": N_("Tag put on {by}"),
    "untagged": N_("Tag taken off {by}"),
    "erased": N_("Everything about the person erased, {by}"),
    "never_informed": N_("Everything about the person erased: nobody had informed them in time"),
    "signed_in": N_("Signed in"),
    # their address
    "address_proposed": N_("Another e-mail address proposed {by}: it counts once it is proven from there"),
    "address_proposed_anew": N_("Yet another e-mail address proposed {by}, in place of the one that waited"),
    "address_proposal_withdrawn": N_("The proposal of another e-mail address was taken back {by}"),
    "address_not_proven": N_("Another e-mail address was not proven in time: it is forgotten"),
    "address_changed": N_("E-mail address changed: the new one was proven {by}"),
    "address_taken_back": N_("E-mail address put back {by}, from the one of before: the change was not theirs"),
    "address_left_aside": N_("Another e-mail address left aside {by}: theirs is their own word"),
    # letters
    "letter_sent": N_("Letter sent: {letter}"),
    "letter_settled": N_("Letter dealt with {by}: {letter}"),
    "letter_sent_again": N_("Nobody knew whether a letter had arrived: sent once more {by}: {letter}"),
    "address_refused": N_("Their address was refused: no letter goes there any more"),
    "address_distrusted": N_("Their address was marked as taking no letters, {by}"),
    "address_trusted": N_("Their address is written to again, {by}"),
    # asking and answering
    "answered": N_("Answered “{answer}” {by}, to “{question}”"),
    "gave_reason": N_("Gave the reason of the no: {reason}, {by}"),
    "asked_for_new_link": N_("Asked for a new link, {by}"),
    "wrote": N_("Message received, written {by}"),
    # conversation
    "conversation_opened": N_("Conversation opened with {owner}"),
    "conversation_taken_over": N_("Conversation taken over by {owner}, from {before}"),
    "conversation_closed": N_("Conversation closed {by}"),
    "conversation_idle": N_("Conversation ended: nobody had said a word in it for a long time"),
    "dealt_with": N_("Marked as dealt with {by}"),
    "waits_again": N_("Put back in the inbox {by}"),
    "follow_ups_stopped": N_("Automatic follow-ups stopped {by}"),
    "follow_ups_resumed": N_("Automatic follow-ups allowed again {by}"),
    "survey_answered": N_("Answered an experience survey, {by}"),
    "survey_answer_changed": N_("Changed their answers to an experience survey, {by}"),
    # slots
    "slot_booked": N_("Meeting booked for {starts_at}, {by}"),
    "booking_moved": N_("Meeting moved to {starts_at}, {by}"),
    "booking_cancelled": N_("Meeting cancelled {by}"),
    "neither_slot": N_("Neither of the two times suited, said {by}"),
    "task_find_a_time": N_("To do: find a time together"),
    "task_owed_times": N_("To do: they were told that times to meet were coming, and got none"),
    "task_owed_offer": N_("To do: they were told that the offer was coming, and did not get it"),
    # chains
    "enrolled": N_("Entered launch no. {launch}"),
    "chain_written": N_("Chain written {by}"),
    "chain_saved": N_("New version of a chain saved {by}"),
    "chain_renamed": N_("Chain renamed {by}"),
    "chain_archived": N_("Chain put away {by}"),
    "chain_brought_back": N_("Chain brought back {by}"),
    "launched": N_("Launch no. {launch} started {by}"),
    "launch_paused": N_("Launch no. {launch} paused {by}"),
    "launch_resumed": N_("Launch no. {launch} resumed {by}"),
    "launch_stopped": N_("Launch no. {launch} stopped {by}"),
    "launch_taken_up": N_("Launch no. {launch} taken up again {by}"),
    "launch_corrected": N_("Launch no. {launch}: letters still to leave follow version {version} of the chain, {by}"),
    # consent
    "consent_given": N_("Consent given {by} ({purpose}, text no. {version})"),
    "consent_renewed": N_("Consent renewed {by} ({purpose}, text no. {version})"),
    "consent_withdrawn": N_("Consent withdrawn {by} ({purposes})"),
    "consent_undone": N_("A consent given in their name was undone {by}: it was not them ({purpose})"),
    "withdrew": N_("Asked us to stop writing, {by}: everything on its way was cancelled"),
    "stopped_by_file": N_(
        "A file taken in {by} says that they asked not to be written to: everything on its way was cancelled"
    ),
    "file_stop_taken_back": N_("What a file said of not writing to them was taken back {by}"),
    "evidence_erased": N_("Personal part of the consent proofs erased {by}"),
    # the house
    "staff_invited": N_("A member of staff was invited {by}"),
    "staff_disabled": N_("The access of a member of staff was closed {by}"),
    "staff_role_changed": N_("The role of a member of staff followed their identity provider"),
    "entry_refused": N_("Someone was not let in"),
    "emergency_link_made": N_("An emergency sign-in link was made {by}"),
    "tag_renamed": N_("Tag renamed {by}"),
    "tags_joined": N_("Two tags made one {by}"),
    "tag_deleted": N_("Tag deleted {by}"),
    "pool_exported": N_("Pool exported {by}: {people} people"),
    "field_added": N_("Field of the house’s own added {by}"),
    "field_changed": N_("Field of the house’s own changed {by}"),
    "fields_ordered": N_("Fields of the house’s own put in order {by}"),
    "field_archived": N_("Field of the house’s own put away {by}"),
    "field_brought_back": N_("Field of the house’s own brought back {by}"),
    "name_cleared": N_("A false alarm on a name was cleared {by}"),
    "segment_saved": N_("Segment saved {by}"),
    "segment_renamed": N_("Segment renamed {by}"),
    "segment_archived": N_("Segment put away {by}"),
    "segment_brought_back": N_("Segment brought back {by}"),
    "opportunity_opened": N_("Opportunity opened {by}"),
    "opportunity_changed": N_("Opportunity changed {by}"),
    "opportunity_closed": N_("Opportunity closed {by}"),
    "opportunity_opened_again": N_("Opportunity opened again {by}"),
    "slots_offered": N_("Times offered {by}"),
    "slot_withdrawn": N_("An offered time was taken back {by}"),
    "survey_created": N_("Survey created {by}"),
    "survey_changed": N_("Survey changed {by}"),
    "survey_closed": N_("Survey closed {by}"),
    "survey_opened_again": N_("Survey opened again {by}"),
}
# Said instead where the reader of the event knows the tag's name (`words`).
_OF_A_TAG = {
    "tagged": N_("Tag “{tag}” put on {by}"),
    "untagged": N_("Tag “{tag}” taken off {by}"),
}
# What asks something of a person.
OWED = ("task_owed_times", "task_owed_offer")
TO_DO = frozenset({"task_find_a_time", *OWED})
_UNKNOWN = N_("Something happened that this version has no words for, {by}")


def told(event: Event, locale: str, zone: str, *, staff: _Names, to_them: bool = False) -> str:
    """Return the sentence of one event; `staff` names members of staff by id, `to_them` when the person reads it."""
    sentence = _OF_A_TAG[event.kind] if "tag" in event.words else KINDS.get(event.kind, _UNKNOWN)
    filled = {name: fill(event, locale, zone, staff) for name, fill in _FILLS.items() if f"{{{name}}}" in sentence}
    return say(locale, sentence, by=actor(event, locale, staff=staff, to_them=to_them), **filled)


def actor(event: Event, locale: str, *, staff: _Names, to_them: bool = False) -> str:
    """Return "by Claire", "by the person themself" ("by you" to them), "by the house"."""
    if event.theirs:
        return say(locale, N_("by you") if to_them else N_("by the person themself"))
    name = staff.get(event.actor_id) if event.actor_kind == "staff" and event.actor_id is not None else None
    return say(locale, N_("by {name}"), name=name) if name else say(locale, N_("by the house"))


def _word(words: Mapping[str, str], name: str) -> Callable[[Event, str, str, _Names], str]:
    def fill(event: Event, locale: str, _zone: str, _staff: _Names) -> str:
        return _named(locale, words, event.params.get(name))

    return fill


def _words(words: Mapping[str, str], name: str) -> Callable[[Event, str, str, _Names], str]:
    def fill(event: Event, locale: str, _zone: str, _staff: _Names) -> str:
        return ", ".join(_named(locale, words, each) for each in event.params.get(name, ()))

    return fill


def _named(locale: str, words: Mapping[str, str], value: Any) -> str:  # noqa: ANN401 - what a JSON document holds
    if isinstance(value, Mapping):  # what the house itself named, in both languages
        return str(value.get(locale) or value.get("en") or "…")
    return say(locale, words[value]) if value in words else str(value or "…")


def _member(name: str) -> Callable[[Event, str, str, _Names], str]:
    def fill(event: Event, locale: str, _zone: str, staff: _Names) -> str:
        return staff.get(event.params.get(name, 0)) or say(locale, N_("a colleague"))

    return fill


def _letter(event: Event, locale: str, _zone: str, _staff: _Names) -> str:
    return _named(locale, LETTERS, event.params.get("template"))


def _starts_at(event: Event, locale: str, zone: str, _staff: _Names) -> str:
    at, told = moment_of(event.params.get("starts_at")), "…"
    if at is None:
        return told
    told = moment(locale, at, zone, event.at)
    apart = (other for other in event.params.get("zones", ()) if not same_clock(zone, other, at))
    return named(locale, told, at, zone, next(apart, zone))


def _collected(event: Event, locale: str, _zone: str, _staff: _Names) -> str:
    on = date_of(event.params.get("collected_on"))
    return short_day(locale, on) if on else day(locale, event.at)


_FILLS: dict[str, Callable[[Event, str, str, _Names], str]] = {
    "source": _word(SOURCES, "source_kind"),
    "collected": _collected,
    "fields": _words(FIELDS, "fields"),
    "letter": _letter,
    "answer": _word(ANSWERS, "answer"),
    "question": _word(QUESTIONS, "question"),
    "reason": _word(REASONS, "reason"),
    "owner": _member("owner"),
    "before": _member("before"),
    "starts_at": _starts_at,
    "launch": _word({}, "launch"),
    "import": _word({}, "import_id"),
    "purpose": _word(PURPOSES, "purpose"),
    "purposes": _words(PURPOSES, "purposes"),
    "version": _word({}, "version"),
    "people": _word({}, "people"),
    "tag": lambda event, _locale, _zone, _staff: str(event.words["tag"]),
}
