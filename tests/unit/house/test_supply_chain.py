"""What the service is made of is known, locked by its sums, and may be used."""

from __future__ import annotations

import json
import re
import tomllib

import attrs
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import ect_registration
from sbom import bill_of, licences_of
from supply_chain import ROOT, Component, components, locked

PARTS = components()
PROJECTS = ("pyproject.toml", "service/pyproject.toml", "simulator/pyproject.toml")
REQUIREMENTS = sorted(path.name for path in (ROOT / "requirements").glob("*.txt"))


def project_of(file):
    """Return the table [project] of a pyproject.toml."""
    return tomllib.loads((ROOT / file).read_text("utf-8"))["project"]


def read(file):
    """Return the text of a requirements file."""
    return (ROOT / "requirements" / file).read_text("utf-8")


@pytest.mark.parametrize("file", REQUIREMENTS)
def test_every_requirement_is_locked_by_its_sum(file):
    """What is fetched is what was looked at."""
    text = read(file)
    named = re.findall(r"^[A-Za-z0-9]", text, re.MULTILINE)
    found = locked(file)

    assert len(found) == len(named) > 0
    assert [one.name for one in found if not one.sums] == []


def test_what_is_shipped_is_locked_to_what_is_tested():
    """Version by version."""
    assert [one for one in locked("runtime.txt") if one not in locked("dev.txt")] == []


def test_what_is_built_here_is_in_no_lock():
    """The library and the simulator are on no index, so no sum could be known beforehand."""
    ours = {project_of(file)["name"] for file in PROJECTS}

    assert [one.name for file in REQUIREMENTS for one in locked(file) if one.name in ours] == []
    assert [file for file in REQUIREMENTS if "-e " in read(file) or "file:" in read(file)] == []


def test_all_that_the_projects_need_is_locked():
    """The service's dependencies, and through it the library's."""
    needed = {
        canonicalize_name(Requirement(text).name)
        for file in PROJECTS
        for text in project_of(file)["dependencies"]
    }
    ours = {project_of(file)["name"] for file in PROJECTS}

    assert needed - ours <= {one.name for one in locked("runtime.txt")}


def test_all_projects_have_one_version():
    """They are released together, and need each other in that version."""
    version = project_of(PROJECTS[0])["version"]
    pins = [
        text
        for file in PROJECTS
        for text in project_of(file)["dependencies"]
        if text.startswith("ect-")
    ]

    assert {project_of(file)["version"] for file in PROJECTS} == {version}
    assert pins == [f"ect-registration=={version}"] * 2
    assert ect_registration.__version__ == version


def test_every_npm_package_is_locked_by_its_sum():
    """The same for what pages are made of."""
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]

    assert [path for path, about in packages.items() if path and "integrity" not in about] == []


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.purl)
def test_every_licence_is_accepted(part):
    """A new one is a decision: see ``ACCEPTED``."""
    assert part.may_be_used


@pytest.mark.parametrize(
    ("licence", "accepted"),
    [
        ("MIT", True),
        ("Apache-2.0 OR GPL-3.0-only", True),
        ("MIT AND PSF-2.0", True),
        ("MIT AND GPL-3.0-only", False),
        ("AGPL-3.0-only", False),
        ("unknown", False),
    ],
)
def test_a_licence_is_accepted_in_all_its_parts(licence, accepted):
    """Or in one of its alternatives."""
    assert Component("pypi", "x", "1", licence, shipped=True).may_be_used is accepted


def test_the_bill_names_every_package_once():
    """With version, sums, licence, and whether it is shipped."""
    bill = bill_of(PARTS)
    references = [component["bom-ref"] for component in bill["components"]]
    shipped = {c["name"] for c in bill["components"] if c["scope"] == "required"}

    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert len(references) == len(set(references)) == len(PARTS) > 60
    assert {"flask", "sqlalchemy", "attrs", "govuk-frontend"} <= shipped
    assert not {"pytest", "axe-core", "hypothesis"} & shipped
    assert all(component["hashes"] for component in bill["components"])
    assert {edge["ref"] for edge in bill["dependencies"]} > set(references)
    assert {on for edge in bill["dependencies"] for on in edge["dependsOn"]} <= set(references)


def test_the_same_parts_make_the_same_bill():
    """So that two bills can be compared; another version makes another."""
    later = [attrs.evolve(PARTS[0], version="999"), *PARTS[1:]]

    assert bill_of(PARTS) == bill_of(list(PARTS))
    assert bill_of(PARTS)["serialNumber"] != bill_of(later)["serialNumber"]


def test_the_list_of_licences_begins_with_what_is_shipped():
    """People look at those first."""
    rows = licences_of(PARTS).splitlines()[4:]
    shipped = [row.endswith("| yes |") for row in rows]

    assert len(rows) == len(PARTS)
    assert shipped == sorted(shipped, reverse=True)
