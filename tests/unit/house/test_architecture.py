"""What the core may know, and how large its parts may grow."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SRC = ROOT / "src"
CORE = SRC / "ect_registration"

LONGEST_MODULE = 300
LONGEST_FUNCTION = 40
MOST_MODULES_IN_A_FOLDER = 15

# Clock, chance, files, network, processes, logs: the domain takes facts as arguments.
SIDE_EFFECTS = {
    "asyncio", "contextvars", "getpass", "glob", "http", "io", "locale", "logging",
    "multiprocessing", "os", "pathlib", "platform", "random", "secrets", "shutil", "socket",
    "sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading", "time", "urllib", "warnings",
    "zoneinfo",
}  # fmt: skip
CALLED_ON_A_CLOCK = {"now", "today", "utcnow", "fromtimestamp"}
MADE_BY_CHANCE = {"uuid1", "uuid4"}
FRAMEWORKS = ("sqlalchemy", "flask", "click", "httpx", "cattrs")


def _modules(folder: Path) -> list[object]:
    paths = sorted(folder.rglob("*.py"))
    return [pytest.param(path, id=str(path.relative_to(SRC))) for path in paths]


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _imports(tree: ast.Module) -> Iterator[str]:
    """Dotted names, down to what is imported; a relative one begins with a dot."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from (f"{module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", _modules(CORE))
def test_the_core_knows_attrs_and_the_standard_library_only(path: Path) -> None:
    """No framework, no adapter, no entrypoint: the rules can be used anywhere."""
    suite = CORE / "testing" / "contract"
    allowed = sys.stdlib_module_names | {"attrs", "ect_registration"}
    if suite in path.parents:
        allowed |= {"pytest"}  # the suite for stores is run by pytest
    imported = {name.split(".")[0] for name in _imports(_tree(path))}

    assert imported <= allowed


@pytest.mark.parametrize("path", _modules(CORE / "domain"))
def test_the_domain_knows_the_domain_only(path: Path) -> None:
    """Neither ports nor use cases nor the journey, which all depend on it."""
    ours = {name for name in _imports(_tree(path)) if name.startswith("ect_registration")}

    assert all(name.startswith("ect_registration.domain.") for name in ours)


@pytest.mark.parametrize("path", _modules(CORE / "domain"))
def test_the_domain_knows_no_clock_chance_file_network_or_log(path: Path) -> None:
    """Facts arrive as arguments, today too."""
    tree = _tree(path)
    imported = set(_imports(tree))
    called = {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }

    assert not {name.split(".")[0] for name in imported} & SIDE_EFFECTS
    assert not {name.split(".")[-1] for name in imported} & MADE_BY_CHANCE
    assert not called & (CALLED_ON_A_CLOCK | MADE_BY_CHANCE)


@pytest.mark.parametrize("path", _modules(SRC))
def test_a_module_stays_short(path: Path) -> None:
    """A file over 300 lines needs splitting."""
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", _modules(SRC))
def test_a_function_stays_short(path: Path) -> None:
    """One over 40 lines does more than one thing; a migration is a list of one kind of thing."""
    long = [
        node.name
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]

    assert long == [] or "migrations" in path.parts


@pytest.mark.parametrize("tree", ["src", "tests", "tools"])
def test_a_folder_shows_what_it_is_for(tree: str) -> None:
    """A folder of more than 15 modules needs folders in it; revisions of the schema are a list."""
    folders = Counter(
        path.parent.relative_to(ROOT)
        for path in (ROOT / tree).rglob("*.py")
        if path.name not in {"__init__.py", "conftest.py"} and path.parent.name != "versions"
    )
    full = {
        str(folder): count for folder, count in folders.items() if count > MOST_MODULES_IN_A_FOLDER
    }

    assert full == {}


def test_importing_the_core_loads_no_framework() -> None:
    """A fresh interpreter that imports every module of the core has attrs and no more."""
    names = [
        ".".join(path.relative_to(SRC).with_suffix("").parts)
        for path in sorted(CORE.rglob("*.py"))
        if path.name != "__init__.py"
    ]
    program = f"import sys, {', '.join(names)}; print(*sys.modules)"

    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()

    assert set(names) <= set(loaded)
    assert not set(FRAMEWORKS) & {name.split(".")[0] for name in loaded}
