"""Accents written twice over, "PrÃ©nom" for "Prénom": UTF-8 that some program took for Windows' and saved as UTF-8 again."""

import re

from portal.kit.i18n import N_

MENDED = N_("Accents had been written twice over (“Ã©” for “é”), and were mended. Lines concerned: {count}.")

# What Windows shows for the bytes that follow the first one of a letter in UTF-8.
_SECOND = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_TWICE = re.compile(f"[ÃÂÅ][{_SECOND}]|â[€‚„][{_SECOND}]|ï»¿")
# "à" ends with a space that does not break: most programs made a plain one of it.
_LONE = re.compile(r"Ã(?= )(?= [ \w])")


def mended(text: str) -> str:
    """Return `text` with such letters as they were meant; any other text as it is."""
    if "Ã" not in text and "Â" not in text and "â" not in text and "Å" not in text:
        return text
    return _LONE.sub("à", _TWICE.sub(_meant, text)) if _TWICE.search(text) else text


def _meant(found: re.Match[str]) -> str:
    try:
        return b"".join(map(_byte, found[0])).decode()
    except UnicodeDecodeError:
        return found[0]


def _byte(letter: str) -> bytes:
    return bytes([ord(letter)]) if ord(letter) < 256 else letter.encode("cp1252")
