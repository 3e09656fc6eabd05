"""Which files name a word: `python scripts/named_in.py [--under FOLDER] WORD…`; a count, then each file with the words it names.

A word is named where it stands in the code as a whole string, so that "later" in a sentence is no mention of it.
"""

import ast
import sys
from pathlib import Path

PORTAL = Path(__file__).resolve().parents[1] / "portal"


def named_in(words: set[str], folder: Path = PORTAL) -> dict[Path, set[str]]:
    """Return the Python files that name any of these words, and which."""
    found = {file: words & strings(file) for file in sorted(folder.rglob("*.py"))}
    return {file: named for file, named in found.items() if named}


def strings(file: Path) -> set[str]:
    """Return every string that stands in a file's code."""
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def main(*words: str) -> None:
    """Tell how many files name these words, and which."""
    under, words = (Path(words[1]), words[2:]) if words[:1] == ("--under",) else (PORTAL, words)
    found = named_in(set(words), under)
    print(len(found))
    for file, named in found.items():
        print(file.relative_to(under), *sorted(named))


if __name__ == "__main__":
    main(*sys.argv[1:])
