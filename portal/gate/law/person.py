"""Check 1: can they be written to at all?"""

from portal.gate.law.reason import Ends, Reason
from portal.gate.rules import Check
from portal.kit.i18n import N_

# All that holds back what someone asked for: a "stop" does not silence that.
DELIVERABLE = (
    Reason(
        code="erased",
        check=Check.PERSON,
        ends=Ends.NOTHING,
        holds=lambda facts: facts.erased,
        sql="t.erased_at IS NOT NULL",
        to_staff=N_("They asked to be erased: nothing of them is left to write to."),
        to_them=N_("You asked us to erase everything."),
        short=N_("erased"),
        one=N_("record erased"),
        bar=N_("Nothing is left of them but the proof."),
    ),
    Reason(
        code="no_address",
        check=Check.PERSON,
        ends=Ends.US,
        holds=lambda facts: facts.no_address,
        sql="t.email IS NULL",
        to_staff=N_("We have no e-mail address of theirs. Add one to their profile to write."),
        to_them=N_("We have no e-mail address of yours."),
        short=N_("no e-mail address"),
        bar=N_("Add an e-mail address on their page."),
    ),
    Reason(
        code="bounced",
        check=Check.PERSON,
        ends=Ends.US,
        holds=lambda facts: facts.bounced,
        sql="t.bounced_at IS NOT NULL",
        to_staff=N_(
            "Their address does not take letters. Correct it on their profile, or write there again if it is right."
        ),
        to_them=N_("Your address sent our letters back."),
        short=N_("their address bounces"),
        bar=N_("Correct their address on their page; or, if the server was wrong, write there again."),
    ),
)
PERSON = (
    Reason(
        code="do_not_contact",
        check=Check.PERSON,
        ends=Ends.NOTHING,
        holds=lambda facts: facts.do_not_contact,
        sql="t.do_not_contact_at IS NOT NULL",
        to_staff=N_("They asked never to be contacted."),
        to_them=N_("You asked us never to contact you."),
        short=N_("asked never to be contacted"),
        one=N_("wishes no contact at all"),
        bar=N_("Nothing more goes to them."),
    ),
    Reason(
        code="stop_to_decide",
        check=Check.PERSON,
        ends=Ends.US,
        holds=lambda facts: facts.stop_to_decide,
        sql="EXISTS (SELECT FROM held_back h WHERE h.talent_id = t.id)",
        to_staff=N_(
            "A file may say that they asked not to be written to. Decide it, under the doubts or beside that import, "
            "and until then nobody writes to them."
        ),
        to_them=N_("A list may say that you asked us not to write: until we know, nobody writes to you."),
        short=N_("may have asked not to be written to"),
        bar=N_("Decide whether a file is about them, or what its column means; until then nothing goes to them."),
    ),
    *DELIVERABLE,
)
