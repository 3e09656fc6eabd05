"""No English sentence reaches a French reader."""

import pytest

from portal.kit.i18n import _catalogue
from portal.ui import pages, shell
from portal.ui.words import ASKED, word

# The same in both languages.
ALIKE = {"Vivier"}


@pytest.fixture(scope="module", autouse=True)
def _drawn() -> None:
    pages.load()
    for one in pages.every().values():
        shell.frame(one, pages.rail())


def test_every_word_of_every_page_has_its_french() -> None:
    missing = sorted(ASKED - _catalogue("fr").keys() - ALIKE)
    assert not missing, "\n".join(f'msgid "{sentence}"' for sentence in missing)


def test_a_word_can_stand_in_an_attribute() -> None:
    assert "⟦Search⟧" in str(word("Search"))
    assert "Rechercher" in str(word("Search"))
