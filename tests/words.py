"""Every sentence of the house a person may read, found in the code and the templates."""

import ast
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

PORTAL = Path(__file__).parent.parent / "portal"
# Which arguments of which call are sentences (msgids).
CALLS = {"say": (1,), "say_n": (1, 2), "N_": (0,), "word": (0,), "Refused": (0,), "t": (0,)}


def sentences() -> Iterator[tuple[str, str]]:
    """Yield each sentence with the place it stands."""
    for file in sorted(PORTAL.rglob("*.py")):
        yield from in_code(file.read_text(encoding="utf-8"), str(file.relative_to(PORTAL)))
    for file in sorted(PORTAL.rglob("templates/*.html")):
        yield from in_template(file.read_text(encoding="utf-8"), str(file.relative_to(PORTAL)))


def in_code(source: str, where: str) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (name := _name(node.func)) in CALLS:
            for index in CALLS[name]:
                if index < len(node.args):
                    yield from _constants(node.args[index], f"{where}:{node.lineno}")


def in_template(source: str, where: str) -> Iterator[tuple[str, str]]:
    for call in Environment(autoescape=True).parse(source).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "t" and call.args:
            first = call.args[0]
            if isinstance(first, nodes.Const):
                yield str(first.value), where


def _name(function: ast.expr) -> str:
    return (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )


def _constants(argument: ast.expr, where: str) -> Iterator[tuple[str, str]]:
    """A sentence, or a choice between sentences."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value, where
    elif isinstance(argument, ast.IfExp):
        yield from _constants(argument.body, where)
        yield from _constants(argument.orelse, where)
