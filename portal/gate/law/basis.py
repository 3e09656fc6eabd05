"""Check 2: a legal ground (GDPR 6, 7, 13, 14, 21).

A letter wants consent given and not expired, or a legitimate interest whose notice was shown. The first information and
asking again near an end want a reason of their own to go, and go once.
"""

from portal.gate.law.reason import Act, Ends, Reason
from portal.gate.rules import Check, Facts
from portal.kit.i18n import N_
from portal.postbox.rules import LetterKind

# GDPR 14(3)(a): within one month; a record nobody informed by then is blocked. 31 days is the longest month.
NOTICE_DAYS = 31


def _no_ground(facts: Facts) -> bool:
    """Nothing was given; and asking again takes a consent that ends."""
    renewable = facts.basis_is_consent and facts.basis_expires_on is not None
    return not facts.basis_given or (facts.kind is LetterKind.RE_CONSENT and not renewable)


_WITHDRAWN = Reason(
    code="withdrawn",
    check=Check.BASIS,
    ends=Ends.THEM,
    holds=lambda facts: facts.basis_withdrawn,
    sql="c.standing = 'withdrawn'",
    to_staff=N_("They withdrew their agreement. Only they can give it again, on their page."),
    to_them=N_("You withdrew your agreement."),
    short=N_("withdrew their agreement"),
    one=N_("agreement withdrawn"),
    bar=N_("Nothing more goes to them, unless they agree again themselves."),
)
_NOTICE_OVERDUE = Reason(
    code="notice_overdue",
    check=Check.BASIS,
    ends=Ends.NOTHING,
    holds=lambda facts: facts.notice_overdue,
    sql="NOT informed AND t.source_kind <> ALL (:from_the_person) AND t.created_at < :notice_from",
    to_staff=N_("They were not informed within a month of our having their data: no letter may go any more."),
    to_them=N_("We did not inform you in time that we hold your data: we may no longer write to you."),
    short=N_("not informed within a month"),
    one=N_("was not informed within the month"),
    bar=N_("They were not informed in time: nothing more goes to them and their records will be deleted."),
)
_NO_BASIS = Reason(
    code="no_basis",
    check=Check.BASIS,
    ends=Ends.THEM,
    holds=_no_ground,
    sql="c.standing IS DISTINCT FROM 'given'",
    to_staff=N_("There is no legal ground to write to them: they have agreed to nothing yet."),
    to_them=N_("You have not agreed to our letters."),
    short=N_("no valid legal ground"),
    bar=N_("Only the first information may go to them; it asks whether they wish to stay. Or let them go."),
    act=Act.INFORM,
)
_EXPIRED = Reason(
    code="expired",
    check=Check.BASIS,
    ends=Ends.THEM,
    holds=lambda facts: facts.basis_expires_on is not None and facts.basis_expires_on <= facts.today,
    sql="c.expires_on <= today",
    to_staff=N_("Their agreement has expired. Only they can renew it, on their page."),
    to_them=N_("Your agreement has expired."),
    short=N_("their agreement has expired"),
    bar=N_("Only they can renew it, from their space."),
)
_NOTICE_FIRST = Reason(
    code="notice_first",
    check=Check.BASIS,
    ends=Ends.US,
    holds=lambda facts: not facts.informed,
    sql="NOT informed",
    to_staff=N_("They must be informed first that we hold their data, and where it comes from."),
    to_them=N_("We must first tell you that we hold your data, and where it comes from."),
    short=N_("must be informed first"),
    bar=N_("The first information goes to them before anything else."),
    act=Act.INFORM,
)
_ALREADY_INFORMED = Reason(
    code="already_informed",
    check=Check.BASIS,
    ends=Ends.NOTHING,
    holds=lambda facts: facts.already_noticed or (facts.basis_given and facts.informed),
    to_staff=N_("They have been informed already: it is done once."),
    to_them=N_("You have been informed already."),
    short=N_("informed already"),
)
_ALREADY_ASKED_TO_RENEW = Reason(
    code="already_asked_to_renew",
    check=Check.BASIS,
    ends=Ends.NOTHING,
    holds=lambda facts: facts.already_asked_to_renew,
    to_staff=N_("They have been asked to renew already: it is asked once before an expiry."),
    to_them=N_("We have asked you already whether you want to renew your agreement."),
    short=N_("asked to renew already"),
)

BASIS = (_WITHDRAWN, _NOTICE_OVERDUE, _NO_BASIS, _EXPIRED, _NOTICE_FIRST)
# The first information goes once a person, and only while it is owed.
NOTICE = (_WITHDRAWN, _ALREADY_INFORMED)
# Asking again goes once an expiry, only before it, never after a withdrawal.
RENEWAL = (_WITHDRAWN, _NO_BASIS, _EXPIRED, _ALREADY_ASKED_TO_RENEW)
