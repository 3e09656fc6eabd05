"""No pattern of the house takes longer than in proportion to what it is given, however hostile that is.

A stranger's form, a header, a cell of a file: whoever writes it may have read our patterns. One that tries the same
letters in several ways stops the whole process, for `re` lets nothing else run meanwhile.
"""

import ast
import importlib
import json
import pkgutil
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import portal
from portal.settings import PROJECT

METHODS = ("search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split")
Case = tuple[str, "re.Pattern[Any]", str]
# Seconds of CPU for all of them; a pattern given up takes two.
ENOUGH = 240


def modules() -> list[Any]:
    names = [found.name for found in pkgutil.walk_packages(portal.__path__, "portal.")]
    return [importlib.import_module(name) for name in names if not name.endswith("__main__")]


def patterns_of(value: Any) -> Iterator["re.Pattern[Any]"]:
    """The patterns a name of a module stands for: one, or those of a table."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from patterns_of(each)
    elif isinstance(value, list | tuple | frozenset):
        for each in value:
            yield from patterns_of(each)


def uses(tree: ast.AST) -> dict[str, set[str]]:
    """How each name is read in one file: `_WORD.search(…)`."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in METHODS:
            found.setdefault(node.value.id, set()).add(node.attr)
    return found


def compiled() -> list[Case]:
    """Every pattern that stands in a module, with each way it is read; all ways where that cannot be told."""
    owners: dict[int, tuple[str, re.Pattern[Any]]] = {}
    how: dict[int, set[str]] = {}
    for module in modules():
        used = uses(ast.parse(Path(module.__file__).read_text()))
        for name, value in vars(module).items():
            for each in patterns_of(value):
                owners.setdefault(id(each), (f"{module.__name__}.{name}", each))
                how.setdefault(id(each), set()).update(used.get(name, set()))
    return [(name, each, method) for key, (name, each) in owners.items() for method in sorted(how[key]) or ("findall",)]


def inline() -> tuple[list[Case], list[str]]:
    """Patterns given to `re` where they are used; and those that are made there, which nobody can look at beforehand."""
    written, made = [], []
    for path in sorted((PROJECT / "portal").rglob("*.py")):
        tree = ast.parse(path.read_text())
        inside = {id(n) for f in ast.walk(tree) if isinstance(f, FUNCTIONS) for n in ast.walk(f)}
        for node in ast.walk(tree):
            if id(node) not in inside or not is_call_of_re(node):
                continue
            place = f"{path.relative_to(PROJECT)}:{node.lineno}"
            if isinstance(node.args[0], ast.Constant):
                flags = re.IGNORECASE if "IGNORECASE" in ast.unparse(node) else re.NOFLAG
                written.append((place, re.compile(node.args[0].value, flags), node.func.attr))
            else:
                made.append(place)
    return written, made


FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def is_call_of_re(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in {*METHODS, "compile"}
    )


def grown(cases: list[Case]) -> list[str]:
    """What the process that tries them found; it is stopped should one of them never come back."""
    told = [
        (name, each.pattern.decode("latin-1") if is_bytes else each.pattern, is_bytes, each.flags, method)
        for name, each, method in cases
        for is_bytes in [isinstance(each.pattern, bytes)]
    ]
    done = subprocess.run(
        [sys.executable, "-m", "tests.patterns.growth"],
        cwd=PROJECT,
        input=json.dumps(told),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (ENOUGH, ENOUGH)),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


@pytest.mark.slow
def test_no_pattern_takes_longer_than_in_proportion_to_a_hostile_text() -> None:
    written, made = inline()
    if made:
        pytest.fail(
            "\n".join(["Name these patterns in their module, so that they can be tried:", *made]), pytrace=False
        )
    cases = [*compiled(), *written]
    assert len(cases) > 100
    if slow := grown(cases):
        pytest.fail("\n".join(slow), pytrace=False)


# What stood in the house once, or nearly: never to come back, and what this test must see.
@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"/(?:[A-Za-z0-9_~.-]+/?)*", "fullmatch"),
        (r"\s+\([^()]*\)", "sub"),
        (r"\d\s*\+?\s*(?:a\s*\d\s*)?\+?\s*ans", "search"),
        (r"<row\b[^>]*?\br=\"(\d+)\"", "findall"),
        (r"<si\b[^>]*>.*?</si>", "finditer"),
        (r"[,;]+(?![^(]*\))", "split"),
        (r"(?:a|a)*b", "match"),
        (r"(?:\w+\s?)+$", "match"),
        (r".*-.*-.*!", "fullmatch"),
    ],
)
def test_a_pattern_that_tries_the_same_letters_twice_is_seen(pattern: str, method: str) -> None:
    assert len(grown([("it", re.compile(pattern), method)])) == 1


@pytest.mark.parametrize("pattern", [r"\w+", r"[a-z]+ \d+", r"(?:[a-z]+(?:-[a-z]+)*)?", r"\s+$"])
def test_a_pattern_that_goes_through_a_text_once_is_let_be(pattern: str) -> None:
    assert grown([("it", re.compile(pattern), "fullmatch")]) == []


def test_every_way_a_pattern_is_read_is_tried() -> None:
    tried = {(name.rpartition(".")[2], method) for name, _, method in compiled()}
    assert {("_OWN_PATH", "fullmatch"), ("_CUTS", "finditer"), ("_CONTRACT_WORDS", "findall")} <= tried
