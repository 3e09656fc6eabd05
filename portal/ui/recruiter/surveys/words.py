"""The kinds of questions, and the score, each with the sentence that explains it."""

from portal.kit.i18n import N_

KINDS: dict[str, str] = {
    "nps": N_("Recommendation, 0 to 10"),
    "scale": N_("Scale, 1 to 5"),
    "choice": N_("One choice of several"),
    "text": N_("Free words"),
}
FORMULA = N_("cNPS = share of 9 and 10 minus share of 0 to 6, from −100 to 100.")
