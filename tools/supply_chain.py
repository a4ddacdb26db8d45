"""What the service is made of: every locked package that is installed, with sums and licence."""

from __future__ import annotations

import base64
import importlib.metadata
import json
import re
from collections.abc import Iterator
from importlib.metadata import PackageMetadata
from pathlib import Path

import attrs
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LOCKED = re.compile(
    r"^([A-Za-z0-9._-]+)==([^ \\]+)(?: ; (.*?))?(?: \\\n(?:    --hash=.*\n?)+)?$", re.MULTILINE
)
SUM = re.compile(r"--hash=sha256:([0-9a-f]{64})")

# Where a package names no licence by its SPDX identifier: what its own words come to.
IN_WORDS = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}
# Whoever runs or changes the service may do so under each of these. The last two ask that changes
# to the package itself are given on: we change none.
ACCEPTED = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "MIT",
    "MIT-0",
    "PSF-2.0",
    "Unlicense",
    "Zlib",
    "MPL-2.0",
    "LGPL-3.0-only",
}


@attrs.frozen(order=True)
class Component:
    """One package. ``needs`` are the names of others; what only builds or tests is not shipped."""

    kind: str  # of package URLs: pypi or npm
    name: str
    version: str
    licence: str
    shipped: bool
    sums: tuple[tuple[str, str], ...] = ()
    needs: tuple[str, ...] = ()

    @property
    def purl(self) -> str:
        """Its package URL."""
        return f"pkg:{self.kind}/{self.name}@{self.version}"

    @property
    def may_be_used(self) -> bool:
        """Whether each part of its licence is accepted, or of alternatives one."""
        alternatives = re.split(r"\bOR\b", self.licence)
        return any(_names(alternative) <= ACCEPTED for alternative in alternatives)


def _names(expression: str) -> set[str]:
    return {name.strip(" ()") for name in re.split(r"\bAND\b|\bWITH\b", expression)}


def components() -> list[Component]:
    """Everything that is locked and installed here, sorted."""
    return sorted([*_of_python(), *_of_npm()])


@attrs.frozen
class Locked:
    """One line of a requirements file."""

    name: str
    version: str
    here: bool  # whether it is for this platform and this Python
    sums: tuple[tuple[str, str], ...]


def locked(file: str) -> list[Locked]:
    """As a requirements file has them; some packages are there in several versions."""
    text = (ROOT / "requirements" / file).read_text("utf-8")
    return [
        Locked(
            name=canonicalize_name(found[1]),
            version=found[2],
            here=found[3] is None or Marker(found[3]).evaluate(),
            sums=tuple(("SHA-256", digest) for digest in SUM.findall(found[0])),
        )
        for found in LOCKED.finditer(text)
    ]


def _of_python() -> Iterator[Component]:
    shipped = {one.name for one in locked("runtime.txt")}
    for one in locked("dev.txt"):
        if not one.here:
            continue
        about = importlib.metadata.metadata(one.name)
        if about["Version"] != one.version:
            raise RuntimeError(f"{one.name} {about['Version']} is not the locked {one.version}")
        licence, ships = licence_of(about), one.name in shipped
        yield Component("pypi", one.name, one.version, licence, ships, one.sums, _needs(about))


def licence_of(about: PackageMetadata) -> str:
    """Its SPDX identifiers, from wherever the package says so."""
    expression, words = about.get("License-Expression"), about.get("License") or ""
    classified = [
        text.rpartition(" :: ")[2]
        for text in about.get_all("Classifier") or []
        if text.startswith("License :: OSI")
    ]
    if expression:
        return str(expression)
    if words in ACCEPTED or words in IN_WORDS:
        return IN_WORDS.get(words, words)
    return " AND ".join(IN_WORDS.get(text, text) for text in classified) or "unknown"


def _needs(about: PackageMetadata) -> tuple[str, ...]:
    """What it needs here, without extras."""
    needed = [Requirement(text) for text in about.get_all("Requires-Dist") or []]
    return tuple(
        sorted(
            {
                canonicalize_name(requirement.name)
                for requirement in needed
                if requirement.marker is None or requirement.marker.evaluate({"extra": ""})
            }
        )
    )


def _of_npm() -> Iterator[Component]:
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    for path, about in lock["packages"].items():
        if not path:
            continue
        algorithm, _, digest = about["integrity"].partition("-")
        sums = (("SHA-" + algorithm[3:], base64.b64decode(digest).hex()),)
        name = path.rpartition("node_modules/")[2]
        shipped = not about.get("dev", False)
        yield Component(
            "npm", name, about["version"], about.get("license", "unknown"), shipped, sums
        )
