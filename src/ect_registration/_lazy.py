"""Public names of a package that are imported when they are first asked for."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping, Sequence

Names = list[str]


def importing(
    package: str, names_by_module: Mapping[str, str]
) -> tuple[Names, Callable[[str], object], Callable[[], Sequence[str]]]:
    """Return ``__all__``, ``__getattr__`` and ``__dir__`` of a package.

    A module is given by its path inside the package, its names with blanks between them.
    """
    homes = {name: module for module, names in names_by_module.items() for name in names.split()}

    def get(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value: object = getattr(importlib.import_module(f"{package}.{homes[name]}"), name)
        setattr(sys.modules[package], name, value)  # from now on without this function
        return value

    names = sorted(homes)
    return names, get, lambda: sorted({*names, *vars(sys.modules[package])})
