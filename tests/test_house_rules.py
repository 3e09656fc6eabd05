"""The rules of the house that a linter does not know. Each failure says why the rule is there."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from portal import settings

PROJECT = settings.PROJECT
PORTAL = PROJECT / "portal"
UI = PORTAL / "ui"
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_HANDLER = 300, 40, 20
SIGNPOST = re.compile(r"`(portal/[\w/]+\.py):(\w+)`")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def sources(folder: Path = PORTAL) -> list[Path]:
    return sorted(folder.rglob("*.py"))


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def found(path: Path, node: ast.AST, what: str) -> str:
    return f"{path.relative_to(PROJECT)}:{getattr(node, 'lineno', 1)} {what}"


def refuse(places: list[str], reason: str) -> None:
    if places:
        pytest.fail("\n".join([reason, *places]), pytrace=False)


def length(node: Function) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def name_of(node: ast.expr) -> str:
    """The last word of `a.b.c`, `c` or `c(...)`."""
    match node:
        case ast.Attribute(attr=word) | ast.Name(id=word):
            return word
        case ast.Call(func=inner) | ast.Subscript(value=inner):
            return name_of(inner)
        case _:
            return ""


def test_only_the_unit_of_work_commits() -> None:
    refuse(
        [
            found(path, node, f".{node.func.attr}(")
            for path in sources()
            if path != PORTAL / "kit" / "db.py"
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
        ],
        "One act is one transaction: whoever commits in the middle leaves half an act behind when the rest fails. "
        "Leave it to the unit of work in portal/kit/db.py.",
    )


def test_no_file_is_longer_than_one_can_read_at_once() -> None:
    refuse(
        [
            found(path, ast.Module(), f"{lines} lines")
            for path in [*sources(), *sources(PROJECT / "tests")]
            if (lines := len(path.read_text().splitlines())) > LONGEST_FILE
        ],
        f"Past {LONGEST_FILE} lines nobody holds a file in mind: make it a package of the same name, split by verb.",
    )


def test_no_function_is_longer_than_a_screen() -> None:
    refuse(
        [
            found(path, node, f"{node.name}: {length(node)} lines")
            for path in sources()
            for node in ast.walk(parsed(path))
            if isinstance(node, Function) and length(node) > LONGEST_FUNCTION
        ],
        f"A function longer than {LONGEST_FUNCTION} lines does several things: name them and call them.",
    )


def states() -> Iterator[tuple[Path, ast.ClassDef]]:
    """Every class of portal/ui that inherits a Reflex State, or that names itself one."""
    bases = {"State", "ComponentState", "BaseState", "SharedState", "Room", *rooms()}
    for path in sources(UI):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ClassDef) and any(name_of(base) in bases for base in node.bases):
                yield path, node


@cache
def rooms() -> frozenset[str]:
    """The names of the classes that stand behind the door, however many steps behind it."""
    classes = [n for p in sources(UI) for n in ast.walk(parsed(p)) if isinstance(n, ast.ClassDef)]
    known = {"Room"}
    while new := {c.name for c in classes if c.name not in known and any(name_of(b) in known for b in c.bases)}:
        known |= new
    return frozenset(known)


def test_every_state_stands_behind_the_door() -> None:
    refuse(
        [found(path, node, node.name) for path, node in states() if node.name not in rooms()],
        "Any browser can call any handler of any State, so a State that does not inherit portal.ui.doors.Room "
        "is open to everyone.",
    )


def declares_audience(node: ast.ClassDef) -> bool:
    written = any(keyword.arg == "audience" for keyword in node.keywords)
    for line in node.body:
        targets = (
            line.targets if isinstance(line, ast.Assign) else [line.target] if isinstance(line, ast.AnnAssign) else []
        )
        written = written or any(name_of(target) == "audience" for target in targets)
    return written


def test_every_state_says_who_may_call_it() -> None:
    classes = {n.name: n for p in sources(UI) for n in ast.walk(parsed(p)) if isinstance(n, ast.ClassDef)}

    def declared(node: ast.ClassDef) -> bool:
        above = [classes[name_of(b)] for b in node.bases if name_of(b) in classes and name_of(b) != "Room"]
        return declares_audience(node) or any(declared(one) for one in above)

    refuse(
        [found(path, node, node.name) for path, node in states() if node.name != "Room" and not declared(node)],
        "The central door refuses a State without an audience; say `audience=` where the class is made, "
        "so that the reader knows it too.",
    )


def test_a_handler_only_translates() -> None:
    refuse(
        [
            found(path, node, f"{state.name}.{node.name}: {length(node)} lines")
            for path, state in states()
            for node in state.body
            if isinstance(node, Function) and length(node) > LONGEST_HANDLER
        ],
        f"A handler past {LONGEST_HANDLER} lines decides something; decisions belong to a feature's actions, "
        "where they can be tried without a browser.",
    )


def test_nobody_waits_with_a_door_open() -> None:
    refuse(
        [
            found(path, inside, "await inside `with … door …`")
            for path in sources()
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.With) and any("door" in ast.unparse(i.context_expr).lower() for i in node.items)
            for inside in ast.walk(node)
            if isinstance(inside, ast.Await | ast.AsyncFor | ast.AsyncWith)
        ],
        "A door holds a transaction: waiting for the network inside keeps rows locked for everybody else.",
    )


def test_signposts_lead_somewhere() -> None:
    index = PROJECT / "docs" / "what-happens.md"
    text = index.read_text() if index.exists() else ""
    refuse(
        [f"{file}:{function}" for file, function in SIGNPOST.findall(text) if not defines(PROJECT / file, function)],
        "docs/what-happens.md is where a newcomer begins: a signpost that leads nowhere costs them the morning.",
    )


def defines(path: Path, name: str) -> bool:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return path.exists() and any(isinstance(n, kinds) and n.name == name for n in ast.walk(parsed(path)))


def test_the_manual_knows_every_setting() -> None:
    manual = (PROJECT / "docs" / "operating.md").read_text()
    refuse(
        [row for row in map(settings.row, settings.TABLE) if row not in manual],
        "An operator reads docs/operating.md, not the code. These rows are missing from its table:",
    )
