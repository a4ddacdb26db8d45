"""The library's public names: what `from ect_registration import …` offers."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from inspect import signature
from pathlib import Path
from types import FunctionType
from typing import NewType, TypeVar, get_args, get_type_hints

import pytest

import ect_registration
import ect_registration.testing

SRC = Path(ect_registration.__file__).parent
PACKAGES = [ect_registration, ect_registration.testing]
PROTOCOLS = [
    value
    for name in ect_registration.__all__
    if getattr(value := getattr(ect_registration, name), "_is_protocol", False)
]
# Words that say too little without their module, whose lists of lead providers they are about.
NAMED_IN_THEIR_MODULE = {
    "ect_registration.domain.lead_providers.person": {"Person"},
    "ect_registration.domain.lead_providers.records": {"Kind", "Seen"},
    "ect_registration.ports.stored.lead_providers": {
        "Admission",
        "Shown",
        "Waiting",
        "Wanted",
    },
}
RULES = sorted((SRC / "domain" / "rules").rglob("*.py"))


def stub_of(package):
    """Return what a package's stub imports: names with the modules that they come from."""
    tree = ast.parse(Path(package.__file__).with_suffix(".pyi").read_text("utf-8"))
    return {
        alias.asname: node.module
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.asname == alias.name
    }


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_every_public_name_is_what_the_stub_says(package):
    """Type checkers read the stub, Python the table: a name that is in one only is a mistake."""
    stub = stub_of(package)
    folder = f"src/{package.__name__.replace('.', '/')}"

    assert sorted(stub) == package.__all__, (
        f"the names in {folder}/__init__.py and {folder}/__init__.pyi differ"
    )
    for name, module in stub.items():
        assert getattr(package, name) is getattr(importlib.import_module(module), name)


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_public_names_are_listed(package):
    """Editors complete them, and `import *` brings them."""
    brought = {}
    exec(f"from {package.__name__} import *", brought)

    assert set(package.__all__) <= set(dir(package))
    assert set(package.__all__) <= set(brought)


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_a_name_that_is_not_public_is_an_attribute_error(package):
    """The message names the package and the name, as Python's own does."""
    with pytest.raises(AttributeError, match=f"'{package.__name__}' has no attribute 'nothing'"):
        package.nothing  # noqa: B018


@pytest.mark.parametrize("path", RULES, ids=lambda path: str(path.relative_to(SRC)))
def test_every_rule_is_public(path):
    """A function that checks a rule can be imported from the library itself."""
    checks = {
        node.name
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("check_")
    }

    assert sorted(checks - set(ect_registration.__all__)) == [], (
        "add the check to src/ect_registration/__init__.py and src/ect_registration/__init__.pyi"
    )


def in_signatures_of(protocol: type) -> Iterator[object]:
    """Yields what is ours in the attributes, arguments, defaults and results of a protocol."""
    hints = [*get_type_hints(protocol).values()]
    for method in vars(protocol).values():
        function = getattr(method, "fget", method)
        if isinstance(function, FunctionType):
            hints += get_type_hints(function).values()
            yield from (
                each.default
                for each in signature(function).parameters.values()
                if type(each.default).__module__.startswith("ect_registration.")
            )
    while hints:
        hint = hints.pop()
        hints += [each for each in get_args(hint) if not isinstance(each, TypeVar)]
        if isinstance(hint, type | NewType) and hint.__module__.startswith("ect_registration."):
            yield hint


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda protocol: protocol.__name__)
def test_what_a_public_protocol_names_is_public(protocol):
    """Who writes a store has to be able to annotate it, and to make what it returns."""
    public = {id(getattr(ect_registration, name)) for name in ect_registration.__all__}
    hidden = {
        f"{each.__module__}: {getattr(each, '__name__', each)}"
        for each in in_signatures_of(protocol)
        if id(each) not in public
        and getattr(each, "__name__", "") not in NAMED_IN_THEIR_MODULE.get(each.__module__, set())
    }

    assert sorted(hidden) == [], (
        "add it to src/ect_registration/__init__.py and src/ect_registration/__init__.pyi"
    )


def test_importing_the_library_is_cheap():
    """Nothing else is loaded before a name is asked for, and then only what it needs."""
    program = (
        "import sys, ect_registration\n"
        "def loaded(): return [n for n in sys.modules if n.startswith('ect_registration.')]\n"
        "print(loaded(), 'attrs' in sys.modules)\n"
        "from ect_registration import Trn\n"
        "print('ect_registration.domain.values' in loaded(), len(loaded()) < 10)\n"
    )
    command = [sys.executable, "-c", program]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)

    assert ran.stdout.splitlines() == ["['ect_registration._lazy'] False", "True True"]
