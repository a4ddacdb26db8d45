from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from adapters.sql.store import SqlStore
from bench.registration import recorded
from bench.served import filled, served
from crowds import FIRST, crowd
from ect_registration.domain.world import World
from integration.sql.databases import new_database
from integration.web.foundation import ports_on
from integration.web.school import School

AN_ECT = UUID(int=FIRST)
ADDRESSES = {
    "/school/ects": 4,  # and two about registrations to be continued, where there are any
    "/school/ects?page=2": 3,
    "/school/ects?search=teacher+100&status=mentor_required": 3,
    "/school/ects?status=left": 2,
    f"/school/ects/{AN_ECT}": 2,
    f"/school/ects/{uuid4()}": 1,
    "/school/ects.csv": 4,  # it is counted as well: there are limits
}


def _a_school(store: SqlStore) -> School:
    return School.of(ports_on(store, World()))


def _statements(url: str, here: int, elsewhere: int) -> dict[str, int]:
    """How many each address takes, with so many ECTs in the database."""
    counts = {}
    with closing(SqlStore.at(url)) as store:
        crowd(store, here, elsewhere)
        client = _a_school(store).user()
        for address in ADDRESSES:
            with recorded() as statements:
                client.get(address)
            counts[address] = _of_the_page(statements)
    return counts


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_first_page_with_registrations_to_be_continued_takes_six(
    kind: str, tmp_path: Path
) -> None:
    """The page with everything that a school is to do asks for the most, and takes six."""
    database = filled(new_database(kind, tmp_path), here=25, elsewhere=0)
    with served(database) as (_, client), recorded() as statements:
        page = client.get("/school/ects").text

    assert "unfinished" in page
    assert len(statements) == 6


def _of_the_page(statements: Sequence[Sequence[Any]]) -> int:
    """Without the one that says who is signed in."""
    about_the_page = [text for text, *_ in statements if "FROM sessions" not in text]

    assert len(statements) - len(about_the_page) == 1
    return len(about_the_page)


@pytest.mark.parametrize(
    ("kind", "here", "elsewhere"),
    [("sqlite", 25, 0), ("sqlite", 400, 20_000), ("postgresql", 25, 0), ("postgresql", 400, 600)],
)
def test_statements_do_not_grow_with_the_number_of_ects(
    kind: str, here: int, elsewhere: int, tmp_path: Path
) -> None:
    """Six a page at most, however many there are here and elsewhere."""
    counts = _statements(new_database(kind, tmp_path), here, elsewhere)

    holding = {"/school/ects.csv": 5} if kind == "postgresql" else {}  # the counter of the limit

    assert counts == ADDRESSES | holding
    assert max(counts.values()) <= 6


def test_a_page_too_far_takes_no_more_than_six(tmp_path: Path) -> None:
    """It is looked for twice: where it was asked for, and where the last one is."""
    with closing(SqlStore.at(new_database("sqlite", tmp_path))) as store:
        crowd(store, 45)
        client = _a_school(store).user()
        with recorded() as statements:
            page = client.get("/school/ects?page=999").text

    assert "Showing 41 to 45 of 45 ECTs" in page
    assert _of_the_page(statements) <= 6
