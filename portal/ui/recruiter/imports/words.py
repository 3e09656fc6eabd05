"""The closed choices of an import, each with the sentence that explains it."""

from portal.consent.rules import Basis
from portal.imports.fields import LABELS
from portal.imports.mapping import IGNORE
from portal.kit.i18n import N_
from portal.talents.rules import SourceKind

KINDS: dict[SourceKind, str] = {
    SourceKind.ATS_EXPORT: N_("An export of our recruiting software"),
    SourceKind.APPLICATION: N_("They applied for a job here"),
    SourceKind.REFERRAL: N_("Someone recommended them"),
    SourceKind.LINKEDIN: N_("LinkedIn"),
    SourceKind.EVENT: N_("They came to an event"),
    SourceKind.PORTAL: N_("They came by the portal"),
    SourceKind.OTHER: N_("Somewhere else"),
}
BASES: dict[Basis, tuple[str, str]] = {
    Basis.NONE: (
        N_("None yet"),
        N_("Only the first information may go: it says what we hold and asks whether they wish to stay."),
    ),
    Basis.CONSENT: (
        N_("They agreed"),
        N_("Two columns prove it for each person: the day, and the text they agreed to. Without both, no basis."),
    ),
    Basis.LEGITIMATE_INTEREST: (
        N_("Legitimate interest of the house"),
        N_("They must be informed before anything else, and may object at any time."),
    ),
}
NOT_TAKEN = N_("Not taken in")
BECOMES: list[tuple[str, str]] = [(IGNORE, NOT_TAKEN), *((field.value, label) for field, label in LABELS.items())]
# What may be another value in someone already known, beside the fields of a file.
UNITS: dict[str, str] = {
    "email": N_("E-mail address"),
    "phone": N_("Telephone"),
    "first_name": N_("First name"),
    "last_name": N_("Last name"),
    "job_text": N_("Job"),
    "other_jobs": N_("Other jobs"),
    "experience": N_("Experience"),
    "skills": N_("Skills"),
    "languages": N_("Languages"),
    "contracts": N_("Contracts"),
    "salary_floor": N_("Salary floor"),
    "availability": N_("Availability"),
    "place_name": N_("Place of work"),
    "other_places": N_("Other places and regions"),
    "regions": N_("Other places and regions"),
    "radius_km": N_("Distance they would travel"),
    "remote": N_("Remote work"),
    "relocation": N_("Would move house"),
    "interests": N_("Interests"),
    "environments": N_("Environments they like"),
    "refuses": N_("What they do not want"),
    "locale": N_("Language of letters"),
}
