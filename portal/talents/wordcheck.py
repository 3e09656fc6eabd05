"""The word check beside a free note: only what bears on the job may be written down (labour code, L.1221-6).

A hint, never a refusal. Words that also name trades are left out on purpose ("santé", "enfants", "gros œuvre"): a hint that
cries wolf is soon read by nobody.
"""

import re
from dataclasses import dataclass

from portal.kit.fold import fold
from portal.kit.i18n import N_
from portal.talents.protected import Ground

HINTS: dict[Ground, str] = {
    Ground.HEALTH: N_("“{word}” speaks of health or disability: note only what bears on the job (labour code, L.1221-6)."),
    Ground.FAMILY: N_("“{word}” speaks of family or pregnancy: note only what bears on the job (labour code, L.1221-6)."),
    Ground.ORIGIN: N_("“{word}” speaks of origin or nationality: note only what bears on the job (labour code, L.1221-6)."),
    Ground.RELIGION: N_("“{word}” speaks of religion: note only what bears on the job (labour code, L.1221-6)."),
    Ground.POLITICS: N_("“{word}” speaks of political opinions: note only what bears on the job (labour code, L.1221-6)."),
    Ground.UNION: N_("“{word}” speaks of union activities: note only what bears on the job (labour code, L.1221-6)."),
    Ground.LOOKS: N_("“{word}” speaks of looks: note only what bears on the job (labour code, L.1221-6)."),
    Ground.AGE: N_("“{word}” speaks of age: note only what bears on the job (labour code, L.1221-6)."),
    Ground.ORIENTATION: N_("“{word}” speaks of private life: note only what bears on the job (labour code, L.1221-6)."),
    Ground.MEANS: N_("“{word}” speaks of private means: note only what bears on the job (labour code, L.1221-6)."),
}  # fmt: skip

# Folded; one expression a line or separated by "|"; a final * takes any ending.
_WORDS: dict[Ground, str] = {
    Ground.HEALTH: """
        malade|malades|maladie|maladies|maladif*|cancer|depression|depressif|depressive|burn out|burnout|diabete|diabetique
        |epilep*|handicap|handicape*|rqth|cotorep|invalidite|arret maladie|arrets maladie|probleme de sante
        |problemes de sante|souci de sante|soucis de sante|mal de dos|alcoolique|alcoolisme|sida|seropositi*|sante fragile|autiste
        |sick|sickness|illness|ill health|disease|disabled|disability|depressed|health issue|health issues|health problem
        |health problems|back pain|alcoholic|wheelchair|autistic|fauteuil roulant
        """,
    Ground.FAMILY: """
        est marie|mariee|divorce|divorcee|celibataire|veuf|veuve|pacse*|enceinte|grossesse|conge maternite|conge parental
        |conge paternite|mere de famille|pere de famille|mere celibataire|maman|son mari|sa femme|son epouse|son conjoint
        |a des enfants|ses enfants|sans enfant|sans enfants|un enfant|deux enfants|trois enfants|vie de famille
        |married|divorced|widow*|pregnant|pregnancy|maternity leave|paternity leave|single mother|single mum|her husband
        |his wife|has kids|has children|her kids|his kids|her children|his children|no children|two children|no kids
        """,
    Ground.ORIGIN: """
        etranger|etrangere|immigre*|d origine|nationalite|maghrebin*|africain*|asiatique|antillais*|gitan*|noir de peau
        |accent prononce|fort accent|gros accent|son accent|couleur de peau
        |foreigner|immigrant|nationality|ethnic*|strong accent|thick accent|skin colour|skin color|african|arab
        """,
    Ground.RELIGION: """
        musulman*|catholique*|juif|juive|juifs|juives|chretien*|protestant*|bouddhiste|porte le voile|voilee|ramadan|croyant*
        |pratiquante|pratiquant|priere|religieux|religieuse|religion
        |muslim|jewish|catholic|hijab|headscarf|prays|religious|believer
        """,
    Ground.POLITICS: """
        de gauche|de droite|extreme droite|extreme gauche|militant|militante|parti politique|opinions politiques|vote pour
        |left wing|right wing|far right|far left|political views|activist
        """,
    Ground.UNION: """
        syndicat|syndicats|syndical|syndicale|syndique*|syndicaliste*|cgt|cfdt|greviste*
        |trade union|union member|union rep|unionised|unionized|shop steward
        """,
    Ground.LOOKS: """
        obese|obesite|surpoids|trop gros|trop grosse|tres gros|tres grosse|moche|laid|laide|jolie|joli garcon|beau garcon
        |belle femme|belle fille|maigre|tatoue*|tatouage*|physique agreable|physique ingrat|mal habille*
        |overweight|obesity|too fat|ugly|good looking|unattractive|tattoo*
        """,
    Ground.AGE: """
        trop vieux|trop vieille|trop age|trop agee|trop jeune|proche de la retraite|bientot a la retraite|pres de la retraite
        |too old|too young|close to retirement|near retirement
        """,
    Ground.ORIENTATION: """
        homosexuel*|gay|lesbienne*|bisexuel*|transgenre*|homosexual|lesbian|bisexual|transgender
        """,
    Ground.MEANS: """
        surendett*|interdit bancaire|au rsa|touche le rsa|in debt|bankrupt
        """,
}


@dataclass(frozen=True, slots=True)
class Flag:
    """A word or expression to reconsider: where it stands in the text, and the msgid to say with `word`."""

    start: int
    end: int
    word: str
    ground: Ground

    @property
    def sentence(self) -> str:
        """Return the msgid; fill it with `word`."""
        return HINTS[self.ground]


def check(text: str) -> tuple[Flag, ...]:
    """Return what had better not be noted, in reading order; the longest expression wins."""
    words = [(found.start(), found.end(), fold(found[0])) for found in _WORD.finditer(text)]
    flags: list[Flag] = []
    at = 0
    while at < len(words):
        size, ground = _longest(words, at)
        if ground is not None:
            start, end = words[at][0], words[at + size - 1][1]
            flags.append(Flag(start, end, text[start:end], ground))
        at += size
    return tuple(flags)


def _longest(words: list[tuple[int, int, str]], at: int) -> tuple[int, Ground | None]:
    """Return how many words the expression beginning here takes, and its ground; (1, None) where there is none."""
    for size in range(min(_MOST, len(words) - at), 0, -1):
        said = " ".join(word for _, _, word in words[at : at + size])
        ground = _EXACT.get(said) or next((g for stem, g in _STEMS if size == 1 and said.startswith(stem)), None)
        if ground is not None:
            return size, ground
    return 1, None


# A run of letters: the apostrophe cuts, so that "d'origine" reads as two words.
_WORD = re.compile(r"[^\W\d_]+")
_EXPRESSIONS = [
    (" ".join(expression.split()), ground) for ground, listed in _WORDS.items() for expression in listed.split("|")
]
_EXACT = {expression: ground for expression, ground in _EXPRESSIONS if not expression.endswith("*")}
_STEMS = [(expression[:-1], ground) for expression, ground in _EXPRESSIONS if expression.endswith("*")]
_MOST = max(expression.count(" ") + 1 for expression in _EXACT)
