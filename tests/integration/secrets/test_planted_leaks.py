"""The search is worth something: leaks of every kind are planted, and each is found."""

from __future__ import annotations

import pytest

from integration.postgresql import fresh_postgresql_url
from integration.secrets.planted import PLANTED, plant
from integration.secrets.spellings import leaks_in
from integration.secrets.stage import the_service


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def leaks(request, tmp_path_factory):
    """What the search finds on each database."""
    folder = tmp_path_factory.mktemp("planted")
    if request.param == "sqlite":
        with the_service(f"sqlite:///{folder / 'ect.db'}", folder) as stage:
            plant(stage)
            return leaks_in(stage.evidence())
    # On a server of its own: what was planted stays in the files of one.
    with the_service(fresh_postgresql_url(durable=True), folder) as stage:
        plant(stage)
        return leaks_in(stage.evidence())


@pytest.mark.parametrize("kind", PLANTED)
def test_a_planted_leak_is_found(leaks, kind):
    """Where it was planted."""
    where, what = PLANTED[kind]

    assert [leak for leak in leaks if where in leak.where and what in leak.what]
