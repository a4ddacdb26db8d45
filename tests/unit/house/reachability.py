"""Which definitions of the source a command or a page can reach, going by the names in the code.

A definition is a function, a class with its methods, or a constant of a module. One definition
reaches another when it mentions it, by a name of the same module or by an import.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

SRC = Path(__file__).resolve().parents[3] / "src"
ENTRYPOINTS = "entrypoints."

Definition = tuple[str, str]  # module, name


@cache
def reachable() -> frozenset[str]:
    """Returns the dotted names of every definition that an entrypoint reaches."""
    mentions = dict(_mentions())
    waiting = [each for each in mentions if each[0].startswith(ENTRYPOINTS)]
    reached = set(waiting)
    while waiting:
        found = mentions.get(waiting.pop(), frozenset()) - reached
        reached |= found
        waiting += found
    return frozenset(f"{module}.{name}" for module, name in reached)


def _mentions() -> Iterator[tuple[Definition, frozenset[Definition]]]:
    for path in SRC.rglob("*.py"):
        module = ".".join(path.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__")
        tree = ast.parse(path.read_text("utf-8"))
        own = {name for node in tree.body for name in _names_defined_by(node)}
        imported = dict(_imports(tree))
        for node in tree.body:
            found = frozenset(_mentioned(node, module, own, imported))
            for name in _names_defined_by(node) or [""]:
                yield (module, name), found


def _names_defined_by(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    parts = [part for target in targets if target is not None for part in ast.walk(target)]
    return [part.id for part in parts if isinstance(part, ast.Name)]


def _imports(tree: ast.Module) -> Iterator[tuple[str, Definition]]:
    """Yields each imported name, with the module and the name that it stands for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield alias.asname or alias.name, (node.module, alias.name)


def _mentioned(
    node: ast.stmt, module: str, own: set[str], imported: Mapping[str, Definition]
) -> Iterator[Definition]:
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            if part.id in own:
                yield module, part.id
            if part.id in imported:
                yield imported[part.id]
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
            package, name = imported.get(part.value.id, ("", ""))
            yield f"{package}.{name}", part.attr  # where what was imported is a module
