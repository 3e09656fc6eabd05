"""Words that stand on a page before any data does: in the person's language, wherever a string may stand."""

import json

import reflex as rx

from portal.kit.i18n import LOCALES, say
from portal.ui.session import Language

# Every msgid a page asked for in this process: a test compares them with the catalogues.
ASKED: set[str] = set()


def word(sentence: str) -> rx.Var[str]:
    """Return `sentence` (an English msgid) as a Var that follows the person's language.

    Any other language than ours, such as the tests' pseudo-language, reads English in ⟦ ⟧.
    """
    ASKED.add(sentence)
    told = {locale: say(locale, sentence) for locale in LOCALES}
    locale = Language.locale
    return rx.Var(
        f"({json.dumps(told, ensure_ascii=False)}[{locale}] ?? {json.dumps(f'⟦{sentence}⟧', ensure_ascii=False)})",
        _var_type=str,
        _var_data=locale._get_all_var_data(),  # noqa: SLF001 - how a Var says which State it follows
    ).to(str)
