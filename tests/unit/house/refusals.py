"""Finds in the code, without running it, by which rules a gate refuses and who calls a rule."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

import ect_registration.domain.rules
from ect_registration.domain.decisions import Rule
from ect_registration.journeys.engine import Gate, Journey

ROOT = Path(__file__).resolve().parents[3]
PROJECT = "ect_registration"
RULES = ect_registration.domain.rules
# The position of the words in a call of each way to block.
POSITION_OF_WORDS = {"refuses": 0, "finds_invalid": 1, "needs": 1, "cannot_tell": 99}


def modules_of_rules() -> list[ModuleType]:
    """Returns every module in the package of the rules."""
    found = pkgutil.walk_packages(RULES.__path__, f"{RULES.__name__}.")
    return [importlib.import_module(module.name) for module in found]


def rules_by_constant() -> dict[str, Rule]:
    """Returns every rule that is written down, by the name of its constant."""
    return {
        name: value
        for module in modules_of_rules()
        for name, value in vars(module).items()
        if isinstance(value, Rule)
    }


def refused_by(journey: Journey) -> set[str]:
    """Returns the ids of the rules by which the gates of a journey can refuse."""
    return {id for item in journey if isinstance(item, Gate) for id in _refused_by_gate(item)}


def _refused_by_gate(gate: Gate) -> Iterator[str]:
    for function in reached(gate.check):
        for call in _calls(function):
            if call.func.attr == "refuses":
                rule = function.__globals__.get(ast.unparse(call.func.value))
                yield rule.id if isinstance(rule, Rule) else gate.rule.id


def fields_found_invalid(journey: Journey) -> set[str]:
    """Returns the fields whose answers the gates of a journey can find invalid."""
    gates = [item for item in journey if isinstance(item, Gate)]
    return {
        str(argument.value)
        for gate in gates
        for function in reached(gate.check)
        for call in _calls(function)
        for argument in call.args[:1]
        if call.func.attr == "finds_invalid" and isinstance(argument, ast.Constant)
    }


def reached(start: FunctionType) -> list[FunctionType]:
    """Returns the project's functions that a call of this one may come to, lambdas left out."""
    found, waiting = {start}, [start]
    while waiting:
        called = set(_called(waiting.pop())) - found
        found |= called
        waiting.extend(called)
    return [function for function in found if function.__name__ != "<lambda>"]


def _called(function: FunctionType) -> Iterator[FunctionType]:
    names = {name for code in _codes(function.__code__) for name in code.co_names}
    own = function.__globals__
    modules = [own[name] for name in names if isinstance(own.get(name), ModuleType)]
    spaces = [own, *(vars(each) for each in modules if each.__name__.startswith(PROJECT))]
    for value in (space.get(name) for space in spaces for name in names):
        if isinstance(value, FunctionType) and value.__module__.startswith(PROJECT):
            yield value


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _calls(function: FunctionType) -> Iterator[ast.Call]:
    """Returns the calls of methods that stand in a function."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node


def blocking_without_words() -> set[str]:
    """Returns the ids of the rules that block somewhere in their own words, not in a call's."""
    rules, found = rules_by_constant(), set()
    for node in (node for tree in source_trees() for node in ast.walk(tree)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            position = POSITION_OF_WORDS.get(node.func.attr)
            rule = rules.get(ast.unparse(node.func.value).rpartition(".")[2])
            if rule and position is not None and len(node.args) <= position:
                found.add(rule.id)
    return found


def used_names() -> set[str]:
    """Returns every name that the code of the project uses, definitions and imports left out."""
    nodes = (node for tree in source_trees() for node in ast.walk(tree))
    return {
        node.id if isinstance(node, ast.Name) else node.attr
        for node in nodes
        if isinstance(node, ast.Name | ast.Attribute)
    }


def source_trees() -> list[ast.Module]:
    """Returns the syntax tree of every module in src."""
    return [ast.parse(path.read_text("utf-8")) for path in (ROOT / "src").rglob("*.py")]
