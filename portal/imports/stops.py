"""“Do not write to me”, in the words of exports: which columns say it, in which direction, and what their cells say. Pure.

It wins over every other reading of a column. A name is read in any spelling, French or English; where a name alone leaves it
open, its cells may settle it, and where they do not, it is asked (`Column.UNCLEAR`).
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz

from portal.imports.cells.days import is_day
from portal.kit.fold import fold


class Column(StrEnum):
    """What a column says of being written to."""

    STOP = "stop"  # a yes, a cross, a day, a word: they asked not to be
    AGREED = "agreed"  # a no is a refusal, a yes proves nothing by itself
    UNCLEAR = "unclear"  # nobody can tell which of the two


class Says(StrEnum):
    """What one cell says."""

    STOP = "stop"
    OVER = "over"  # a consent that has ended
    YES = "yes"
    NOTHING = "nothing"
    UNKNOWN = "unknown"


def _any(listed: str, **named: str) -> str:
    """Return one pattern of many, one a line; <NAME> stands for another list."""
    lines = [line.strip() for line in listed.splitlines() if line.strip()]
    told = "|".join(lines)
    for name, other in named.items():
        told = told.replace(f"<{name}>", other)
    return told


# What is done to a person, by those who write.
_REACH = _any(r"""
    (?:re ?)?contact\w*|rappel\w*|(?:re ?)?sollicit\w*|(?:re ?)?appel\w*|ecri\w*|envo\w*|e ?mail\w*|mail\w*|relanc\w*
    demarch\w*|joindre|joint|derang\w*|prospect\w*|sms|telephon\w*|communi\w*|newsletter\w*|courriel\w*|courrier\w*
    importun\w*|approch\w*|recev\w*|recoi\w*|inviter|adresser|diffus\w*|spam\w*|message\w*|notifi\w*|publipost\w*
""")
_TOUCH = _any(r"""
    (?:re ?)?contact\w*|call\w*|e ?mail\w*|mail\w*|text|sms|disturb|reach\w*|solicit\w*|phone|market\w*|message\w*
    approach\w*|write|written|send|bother|spam\w*|newsletter\w*|communicat\w*|notif\w*
""")
_DATA = _any(r"""
    rgpd|gdpr|contact\w*|mails?|e mails?|emails?|emailing|consent\w*|prospect\w*|sollicit\w*|demarch\w*|communi\w*
    newsletter\w*|sms|d etre \w+|donnees
""")
_GONE = _any(r"""
    suppression|effacement|oubli|retrait|desinscription|anonymisation|deletion|erasure|removal|delete|remove|forget
""")
_WILL = _any(r"""
    accept\w*|accord\w*|autoris\w*|souhait\w*|peut|peu?t on|peux|ok|oui|d accord|veut|voulez|aime\w*|consen\w*|permission
    permi\w+|agree\w*|allow\w*|may|can|could|happy|wish\w*|want\w*|willing
""")
# Names that mean *do not*, wherever they stand in a column's name.
_STOPS = re.compile(_any(r"""
    \bn ?e? ?(?:\w+ ){0,4}?(?:pas|plus|jamais|point)\b(?: \w+){0,4}? (?:<REACH>)\b
    ^(?:pas|plus|jamais|aucun|stop|sans|fin|arret|interdi\w+|desactiv\w+|bloqu\w+|exclu\w*)(?: \w+){0,2}? (?:<REACH>)\b
    \b(?:do|does|should|must|did|to|can)(?: not|n t| nt) (?:\w+ ){0,3}?(?:<TOUCH>)\b
    \b(?:dont|don t|doesn t|never|cannot|not to be|no longer) (?:\w+ ){0,3}?(?:<TOUCH>)\b
    \bno (?:more )?(?:further )?(?:<TOUCH>)\b|\b(?:asked|wish\w*|want\w*|request\w*|prefer\w*) (?:no|not)\b
    \bstop\b(?! (?:gap|motion))|\bstopp(?:e|ee|ed)\b
    \b(?:black|block|deny|stop|suppression|exclusion|repoussoir)s? ?list\w*|\bblacklist\w*|\bblack liste\w*|\bblocklist\w*
    \bliste (?:noire|d opposition|d exclusion|repoussoir|de desinscri\w+)
    \bopt(?:ed|s|e)? ?out\b|\boptedout\b|\boptout\w*|\bunsub\w*|\bun subscri\w+|\bdesinscri\w*|\bdes inscri\w*
    \bdesabonn\w*|\bdes abonn\w*|\brefus\w*(?: \w+)?? (?:<DATA>)|\b(?:<DATA>) refus\w*
    \bconsent\w*(?: \w+)? (?:refus\w*|retir\w*|revo\w*|withdrawn|denied)
    \b(?:retrait|revocation|withdrawal|refusal|denial)(?: \w+){0,2} consent\w*|\bwithdr\w+ consent\w*
    \bopposition\w*\b|\bopposee?s?\b|\bs oppose\b|\bobject(?:s|ed|ion)\b|\bdroit d oppo\w*
    \b(?:<GONE>)(?: \w+){0,3} (?:demand\w*|exerc\w*|request\w*|asked|souhait\w*)
    \b(?:demand\w*|request\w*)(?: \w+){0,2} (?:<GONE>)|\bdroit (?:a l )?(?:oubli|effacement)
    \bright to (?:be forgotten|erasure|object)|\bforget me\b|\bplease (?:remove|delete)\b|\bremove me\b
    \bbloctel\b|\brobinson\b|\bdnc\b|\bdnd\b|\bdne\b|\bnpc\b|\bspam complaint\w*|\bmarked as spam\b|\bcomplain(?:ed|t)\b
""", REACH=_REACH, TOUCH=_TOUCH, DATA=_DATA, GONE=_GONE))  # fmt: skip
# The other way round: a *no* here is the refusal.
_AGREED = re.compile(_any(r"""
    \b(?:<WILL>)\b(?: \w+){0,6}? (?:<REACH>|<TOUCH>)\b
    \b(?:<REACH>|<TOUCH>) (?:autoris\w*|accept\w*|possible|ok|permi\w*|allowed|permission|consent\w*)
    \bcontactable\b|\brecontactable\b|\bopt(?:ed|s)? ?in\b|\boptin\w*|\bsubscri(?:bed|ber)\b|\bsubscription status\b
    \babonnee?s?\b|\bnewsletters?\b|\bmailing list\b|\binscrit\w* (?:a la )?newsletter|\bconsent\w*\b
    \b(?:rgpd|gdpr|cnil) (?:ok|accept\w*|accord\w*|valid\w*|agree\w*|signe\w*)
    \b(?:accord|acceptation|accepte|validation|agreement|approval) (?:rgpd|gdpr|cnil|donnees)
    \baccepte (?:les )?(?:conditions|traitement|conservation|politique)\w*
    \b(?:conservation|traitement) (?:des |de ses |de mes )?donnees\b
""", WILL=_WILL, REACH=_REACH, TOUCH=_TOUCH))  # fmt: skip
# Close to either, and nothing of itself: asked, unless its cells say it.
_MAYBE = re.compile(r"\b(?:" + _any(r"""
    rgpd|gdpr|cnil|optin|opt|mailings?|e ?mailing|prospection|sollicitations?|demarchage|contact (?:status|preference\w*)
    statut (?:de |du )?contact|preference\w* (?:de |d )?(?:contact|communication)\w*|communication preference\w*|a supprimer
    liste rouge|a contacter|to contact|recontacter|a recontacter|a rappeler|relancer|a relancer|privacy|vie privee|marketing
    bloque\w*|blocked|banned|banni\w*
""") + r")\b")  # fmt: skip
# Not the person's own wish: somebody else's calls, a link, a reason of ours, a day to come.
_ELSE = re.compile(r"\b(?:" + _any(r"""
    employeur|employer|reference\w*|lien|link|url|token|href|motif de refus|refus candidat|placer|recruter|embaucher|hire|rehire
    jour|prefere\w*|preferred|canal|moyen|horaire\w*|urgence|emergency|recruteur|recruiter|manager
""") + r")\b")  # fmt: skip
_LIMITED = re.compile(r"\b(?:avant|before|jusqu\w*|until|matin|soir|week ?end|apres|after|heures?|lundi|vendredi)\b")
_SPELT = (
    "ne pas contacter", "ne plus contacter", "ne pas recontacter", "ne pas rappeler", "ne pas appeler", "ne plus solliciter",
    "ne pas solliciter", "do not contact", "do not call", "do not email", "unsubscribed", "blacklist", "liste noire",
    "desinscrit", "desabonne", "droit d opposition", "opted out",
)  # fmt: skip
_TOGETHER = re.compile(_any(r"""
    ^ne(?:pas|plus|jamais)(?:re)?(?:contact|rappel|appel|sollicit|ecri|envoy|mail|email|relanc|demarch)\w*$
    ^donot(?:re)?(?:contact|call|e?mail|disturb)\w*$
"""))  # fmt: skip
_MISSPELT = 88.0

_NO = frozenset("non no n false faux 0 off nein nope".split())  # noqa: SIM905
_NOT_OPPOSED = _NO | {
    "aucun",
    "aucune",
    "none",
    "rien",
    "never",
    "jamais",
    "subscribed",
    "abonne",
    "abonnee",
    "inscrit",
    "inscrite",
    "opt in",
    "optin",
    "opted in",
    "contactable",
    "accepte",
    "acceptee",
    "agreed",
    "accord",
    "autorise",
    "autorisee",
    "allowed",
    "not opted out",
    "actif",
    "active",
    "sans opposition",
    "pas d opposition",
    "aucune opposition",
    "non oppose",
    "non opposee",
    "0 0",
    "non concerne",
}
_PLAIN_YES = frozenset(["oui", "yes", "true", "vrai", "1", "o", "y", "x", "ok", "on", "v"]) | {"1 0"}
_YES = _PLAIN_YES | {
    "accepte",
    "acceptee",
    "accepted",
    "accord",
    "agreed",
    "given",
    "granted",
    "donne",
    "donnee",
    "consented",
    "consentie",
    "approved",
    "valid",
    "valide",
    "validee",
    "actif",
    "active",
    "subscribed",
    "abonne",
    "abonnee",
    "optin",
    "allowed",
    "autorise",
    "autorisee",
    "signed",
    "signe",
    "coche",
    "checked",
    "received",
    "recu",
    "opt in",
    "opted in",
    "consent given",
    "en cours",
    "en vigueur",
}
_REFUSED = re.compile(r"\b(?:" + _any(r"""
    refus\w*|denied|deny|declin\w*|withdr\w*|retire\w*|retrait|revo\w*|oppos\w*|object\w*|opt(?:ed)? ?out|optout|unsub\w*
    desinscri\w*|desabonn\w*|blacklist\w*|reject\w*|rejet\w*|stop|ne (?:souhaite|veut|desire) (?:pas|plus)|pas d accord
    not (?:given|granted|agreed|accepted|consented|allowed)|non (?:accepte\w*|consenti\w*|accorde\w*|donne\w*|autorise\w*)
    disagree\w*|ko|interdit\w*|forbidden
""") + r")\b")  # fmt: skip
_OVER = re.compile(r"\b(?:" + _any(r"""
    expir\w*|perim\w*|caduc\w*|echu\w*|termine\w*|ended|over|lapsed|outdated|depass\w*|obsolete|a renouveler|to renew
    plus valable|no longer valid|invalid\w*
""") + r")\b")  # fmt: skip
_PENDING = re.compile(r"\b(?:" + _any(r"""
    attente|pending|requested|request sent|sent|envoye\w*|demande\w*|not requested|unknown|inconnu\w*|a demander
""") + r")\b")  # fmt: skip
# A whole cell, wherever it stands, that can say nothing else.
_ASK = _any(r"""
    (?:re)?contact\w*|rappel\w*|(?:re)?sollicit\w*|appel\w*|ecri\w*|relanc\w*|demarch\w*|derang\w*|prospect\w*
""")
_WHOLE = re.compile(r"(?:(?:candidat\w*|contact|personne|statut) )?(?:" + _any(r"""
    ne (?:souhaite|veut|desire)? ?(?:pas|plus|jamais)(?: \w+){0,3} (?:<ASK>)(?: \w+)?
    (?:plus|pas) de (?:contact|mails?|emails?|courriels?|sollicitations?)
    ne (?:pas|plus) (?:lui )?envoyer (?:\w+ ){0,3}(?:mails?|emails?|courriels?|messages?|sms)
    do not (?:contact|call|e ?mail|mail|disturb|solicit|write|reach out|text)(?: \w+)?
    don t (?:contact|call|e ?mail|mail)|no (?:more )?(?:contact|emails?|mails?)|never contact
    blacklist\w*|black listed?|black list|liste noire|sur liste noire|opt(?:ed)? ?out|optout|unsubscribed
    desinscrit\w*|desabonn\w*|oppos\w+ (?:rgpd|gdpr|au contact|exercee?)|droit d opposition(?: exerce)?
    refus (?:rgpd|gdpr|de contact|d etre (?:re)?contacte\w*)
    suppression demandee|demande (?:de suppression|d effacement)(?: rgpd)?
    consent(?:ement)? (?:refus\w*|retir\w*|withdrawn|denied)
    gdpr (?:deletion|erasure) request\w*|dnc|stop (?:contact|mails?|rgpd|sms|pub)
""", ASK=_ASK) + ")")  # fmt: skip
_HINT = re.compile(_any(r"""
    n[e'’ ]++\w*\s*(?:pas|plus)|do not|don.t|no (?:more )?(?:contact|e?-?mail)|never|plus de|pas de|black|noire|opt|unsub
    d[ée]s(?:inscr|abonn)|oppos|refus|suppression|effacement|consent|gdpr|rgpd|dnc|stop
"""), re.IGNORECASE)  # fmt: skip


@lru_cache(maxsize=2_000)
def of_name(column: str) -> Column | None:
    """Return what a column's folded name says of being written to; None where it speaks of something else."""
    if not column or _ELSE.search(column):
        return None
    if _STOPS.search(column) or _TOGETHER.match(column.replace(" ", "")) or _misspelt(column):
        both = re.search(r"\bopt ?in\b", column) is not None
        return Column.UNCLEAR if both or _LIMITED.search(column) else Column.STOP
    if _AGREED.search(column):
        return Column.AGREED
    return Column.UNCLEAR if _MAYBE.search(column) else None


def _misspelt(column: str) -> bool:
    return (
        len(column) > 7 and not _AGREED.search(column) and any(fuzz.ratio(column, each) >= _MISSPELT for each in _SPELT)
    )


def settled(column: Column, cells: Sequence[str]) -> Column | None:
    """Return what a column says, its first cells read; None for one that holds no yes, no or day, and so says nothing here."""
    if column is not Column.UNCLEAR:
        return column
    said = {cell: fold(cell) for cell in cells if cell.strip()}
    if not said:
        return None
    words = {each for each in said.values() if each not in _NO and each not in _PLAIN_YES}
    spoken = {each for each in words if _REFUSED.search(each) or each in _YES}
    if spoken and len(words) == len(set(said.values())):
        return Column.AGREED  # the cells say it in words: “Refusé”, “opt-in”
    answers = sum(each in _NO or each in _PLAIN_YES or is_day(cell) for cell, each in said.items())
    return Column.UNCLEAR if answers * 2 >= len(said) or spoken else None


@lru_cache(maxsize=20_000)
def opposed(cell: str) -> Says:
    """Return what a cell below “do not write to me” says: whatever is no plain no is a yes."""
    said = fold(cell)
    if said in _NOT_OPPOSED or cell.strip() in {"☐", "✗", "✘", "❌"}:
        return Says.NOTHING
    return Says.STOP


@lru_cache(maxsize=20_000)
def agreed(cell: str) -> Says:
    """Return what a cell below “they agreed” says."""
    said = fold(cell)
    if said in _NO or cell.strip() in {"✗", "✘", "❌", "☐"}:
        return Says.STOP
    if said in _YES or is_day(cell) or cell.strip() in {"✓", "✔", "☑", "✅"}:
        return Says.YES
    for pattern, meant in ((_PENDING, Says.NOTHING), (_OVER, Says.OVER), (_REFUSED, Says.STOP)):
        if pattern.search(said) and not (meant is Says.NOTHING and _REFUSED.search(said)):
            return meant
    return Says.UNKNOWN


def speaks(cells: Sequence[str]) -> int | None:
    """Return the place of a cell that says “do not write to me” all by itself, whatever its column is about."""
    joined = "\x1f".join(cells)
    if not _HINT.search(joined):
        return None
    return next((place for place, cell in enumerate(cells) if 3 <= len(cell) <= 80 and _says_it(cell)), None)


@lru_cache(maxsize=20_000)
def _says_it(cell: str) -> bool:
    return _HINT.search(cell) is not None and _WHOLE.fullmatch(fold(cell)) is not None
