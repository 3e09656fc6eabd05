"""Languages someone speaks: the language itself, and a level of the European framework (CEFR) where one is said."""

import re
from functools import lru_cache

from portal.kit.fold import fold

LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
_NAMES = {
    "fr": "francais francaise french", "en": "anglais anglaise english", "es": "espagnol spanish castillan espanol",
    "de": "allemand german deutsch", "it": "italien italian italiano", "pt": "portugais portuguese", "ar": "arabe arabic",
    "nl": "neerlandais dutch hollandais", "zh": "chinois chinese mandarin", "ja": "japonais japanese",
    "ru": "russe russian", "pl": "polonais polish", "ro": "roumain romanian", "tr": "turc turkish", "el": "grec greek",
    "uk": "ukrainien ukrainian", "cs": "tcheque czech", "hu": "hongrois hungarian", "sv": "suedois swedish",
    "da": "danois danish", "no": "norvegien norwegian", "fi": "finnois finnish", "bg": "bulgare bulgarian",
    "sr": "serbe serbian", "hr": "croate croatian", "sq": "albanais albanian", "he": "hebreu hebrew",
    "fa": "persan persian farsi", "hi": "hindi", "ur": "ourdou urdu", "ta": "tamoul tamil", "ko": "coreen korean",
    "vi": "vietnamien vietnamese", "th": "thai thailandais", "wo": "wolof",
    "ca": "catalan", "eu": "basque", "br": "breton", "co": "corse corsican", "hy": "armenien armenian",
    "ka": "georgien georgian", "sk": "slovaque slovak", "sl": "slovene slovenian", "lt": "lituanien lithuanian",
}  # fmt: skip
_CODES = {name: code for code, names in _NAMES.items() for name in (code, *names.split())}
del _CODES["no"]  # it says that there is none, sooner than Norwegian
_ALONE = re.compile(r"[a-z]{2}(?: [a-f][12])?")  # "it" and "en" are words too: a code counts only by itself
# Said of a language without saying how well in the framework's terms. Whose mother tongue it is, is no one's business.
_SILENT = re.compile(
    r"\b(?:niveau|level|langue|language|maternelle|mother tongue|native|natif|native speaker|speaker|cecrl?|cefr|"
    r"tb|et|and|en|in|d|de|du|l|le|la)\b"
)
_CUTS = re.compile(r"[,;|\n•·]| [/+&–-] |/(?=\s*[^\W\d_]{3})")
_LEVEL = re.compile(r"\b([abc][12])\b")


@lru_cache(maxsize=20_000)
def read_languages(text: str) -> tuple[tuple[str, ...], str]:
    """Return ("en:C1", "es") and the words left over for "English C1, espagnol notions", "notions" being left over.

    "TOEIC 850" names a test, "courant" no level of the framework: neither is turned into one.
    """
    if len(text) > 300:
        return (), text
    found: dict[str, str] = {}
    over: list[str] = []
    for part in filter(None, (part.strip(" ()[].:-–") for part in _CUTS.split(text))):
        codes, levels, rest = _part(part)
        if not codes:
            over.append(part)
            continue
        for code in codes:
            found[code] = max(found.get(code, ""), levels[0] if len(levels) == 1 else "")
        if rest or len(levels) > 1:
            over.append(part if len(levels) > 1 else rest)
    return tuple(f"{code}:{level}" if level else code for code, level in found.items()), ", ".join(over)


def _part(part: str) -> tuple[list[str], list[str], str]:
    """Return the codes and levels in one part, and its other words."""
    folded = fold(part)
    words = folded.split()
    single = _ALONE.fullmatch(folded) is not None
    codes = [_CODES[word] for word in words if word in _CODES and (len(word) > 2 or single)]
    levels = [level.upper() for level in _LEVEL.findall(folded)]
    named = {word for word in words if word in _CODES and (len(word) > 2 or single)}
    bare = " ".join(word for word in words if word not in named and not _LEVEL.fullmatch(word))
    rest = " ".join(_SILENT.sub(" ", bare).split())
    if re.search(r"\b(?:pas|non|no|not|sans|aucun)\b", folded) and not single:
        return [], [], part
    return codes, levels, rest
