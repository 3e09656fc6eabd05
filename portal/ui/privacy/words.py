"""The closed words of consents and of the gate, as the data protection officer reads them."""

from portal.consent.rules import Act, Basis, Purpose
from portal.gate.rules import Verdict
from portal.kit.i18n import N_
from portal.postbox.rules import LetterKind

ACTS = {
    Act.GIVEN: N_("Agreed"),
    Act.RENEWED: N_("Agreed again"),
    Act.WITHDRAWN: N_("Took back"),
    Act.OBJECTED: N_("Objected"),
    Act.IMPORTED_EVIDENCE: N_("Agreement brought by a file"),
    Act.LEGITIMATE_INTEREST: N_("Taken in on legitimate interest"),
    Act.NOTICE_SHOWN: N_("Was informed"),
    Act.ERASED: N_("Erased"),
    Act.LIFTED: N_("Objection of a file taken back"),
}
PURPOSES = {
    Purpose.POOL: N_("Pool"),
    Purpose.SURVEY: N_("Surveys"),
    Purpose.EVENT: N_("Events"),
}
BASES = {
    Basis.CONSENT: N_("consent"),
    Basis.LEGITIMATE_INTEREST: N_("legitimate interest"),
    Basis.NONE: N_("no basis"),
}
INTERFACES = {
    "portal": N_("their page"),
    "link": N_("link of a letter"),
    "letter": N_("letter"),
    "unsubscribe": N_("unsubscribe"),
    "import": N_("import"),
    "cli": N_("command line"),
    "demo": N_("demo"),
    "system": N_("the house"),
}
VERDICTS = {Verdict.GO: N_("Leaves"), Verdict.WAIT: N_("Waits"), Verdict.NEVER: N_("Never")}
KINDS = {
    LetterKind.SECURITY: N_("Security"),
    LetterKind.SERVICE: N_("Service"),
    LetterKind.FOLLOW_UP: N_("Follow-up"),
    LetterKind.CONTACT: N_("Letter of ours"),
    LetterKind.NOTICE: N_("First information"),
    LetterKind.RE_CONSENT: N_("Renewal"),
}
EVERY = N_("All")
