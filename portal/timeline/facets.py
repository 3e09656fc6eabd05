"""The closed words that stand inside sentences about the past.

The features that own these words stand above; what is written on a timeline outlives their enums, so the words for it
are kept here by their stored value. A test compares them with the enums of today.
"""

from datetime import date, datetime

from portal.kit.i18n import N_

ANSWERS = {"yes": N_("yes"), "more_info": N_("more info"), "no": N_("no"), "later": N_("later")}
REASONS = {
    "too_far": N_("too far"),
    "salary": N_("salary"),
    "timing": N_("timing"),
    "project": N_("project"),
    "contract": N_("contract"),
    "other": N_("another reason"),
}
QUESTIONS = {
    "still_looking": N_("still looking?"),
    "opportunity": N_("does this job interest you?"),
    "digest": N_("the job in brief"),
    "slots": N_("two times to meet"),
    "survey": N_("an experience survey"),
}
LETTERS = {
    "info": N_("information"),
    "question_still_looking": N_("the question “still looking?”"),
    "question_opportunity": N_("a question about a job"),
    "digest": N_("the job in brief"),
    "slots": N_("two times to meet"),
    "survey": N_("an experience survey"),
    "thanks_for_no": N_("thanks for their answer"),
    "booked": N_("the appointment"),
    "moved": N_("the appointment moved"),
    "reminder": N_("the reminder of the appointment"),
    "cancelled": N_("the cancelled appointment"),
    "called_off": N_("the appointment called off"),
    "talk_off_job_closed": N_("the appointment called off with its job"),
    "talk_called_off": N_("the appointment called off by another answer"),
    "erased": N_("the confirmation of the erasure"),
    "by_hand": N_("written by hand"),
    "job_closed_news": N_("that a job is closed"),
    "new_link": N_("a new link"),
    "first_information": N_("the first information on their data"),
    "invitation": N_("an invitation to work here"),
    "sign_in": N_("a sign-in link"),
    "prove_address": N_("whether an address is theirs"),
    "address_changed": N_("that their address was changed"),
    "address_returned": N_("that a change of address was taken back"),
    "address_taken": N_("that someone asked to use their address"),
    "agreement_changed": N_("that what they agreed to has changed"),
    "consent_receipt": N_("what they said yes to"),
    "consent_undone": N_("that a yes said in their name is undone"),
    "made_one": N_("that two files are one"),
}
SOURCES = {
    "application": N_("application"),
    "portal": N_("portal"),
    "referral": N_("referral"),
    "linkedin": N_("LinkedIn"),
    "event": N_("event"),
    "ats_export": N_("ATS export"),
    "other": N_("other source"),
}
PURPOSES = {"pool": N_("staying in the pool"), "survey": N_("surveys"), "event": N_("events")}
FIELDS = {
    "email": N_("e-mail address"),
    "phone": N_("telephone"),
    "first_name": N_("first name"),
    "last_name": N_("name"),
    "address_form": N_("form of address"),
    "locale": N_("language"),
    "zone": N_("time zone"),
    "job_text": N_("job"),
    "other_jobs": N_("other jobs"),
    "does": N_("what they do"),
    "experience": N_("experience"),
    "skills": N_("skills"),
    "languages": N_("languages"),
    "contracts": N_("contracts"),
    "interests": N_("interests"),
    "environments": N_("environments"),
    "salary_floor": N_("salary floor"),
    "availability": N_("availability"),
    "available_from": N_("available from"),
    "notice_days": N_("notice"),
    "refuses": N_("what they do not want"),
    "place_name": N_("place of work"),
    "other_places": N_("other places of work"),
    "radius_km": N_("radius"),
    "regions": N_("regions"),
    "remote": N_("remote work"),
    "relocation": N_("moving house"),
    "rhythm_days": N_("rhythm"),
    "paused_until": N_("pause"),
}


def moment_of(value: object) -> datetime | None:
    """Return the instant a document holds as text."""
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        return None


def date_of(value: object) -> date | None:
    """Return the day a document holds as text."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
