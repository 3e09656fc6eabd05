"""Text folded for comparing what people typed: no case, no accents, no punctuation."""

import re
import unicodedata

# Letters that Unicode does not decompose, but that many keyboards do without.
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
# Everything that is neither letter nor digit, in any script; and the apostrophe that Unicode counts among the letters.
_GAPS = re.compile(r"[\W_\u02b9-\u02bf]+")


def fold(text: str) -> str:
    """Return `text` in small unaccented words with one space between them.

    Two spellings of one name or place fold alike: "Saint-Étienne" and "SAINT  ETIENNE" both give "saint etienne",
    "L'Œuvre" gives "l oeuvre". Letters of other scripts and digits are kept. What holds neither folds to "".
    """
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _GAPS.sub(" ", text.casefold().translate(_LIGATURES)).strip()
