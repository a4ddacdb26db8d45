"""The wheels are built once for all tests of a process."""

from __future__ import annotations

import pytest

from integration.packaging.wheels import PROJECTS, build


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory):
    """Return the folder of all wheels."""
    folder = tmp_path_factory.mktemp("dist")
    for project in PROJECTS:
        built = build(project, folder)
        assert built.returncode == 0, built.stderr
    return folder
