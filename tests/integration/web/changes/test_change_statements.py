"""Questions and check pages of changes ask the database little."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from adapters.sql.store import SqlStore
from bench.registration import recorded
from builders import NOW, a_mentor, a_mentorship, a_training
from integration.sql.databases import new_database
from integration.web.changes.test_changing import CHANGES
from integration.web.changes.test_leaving import _post
from integration.web.foundation import ports_on
from integration.web.registering import a_date
from integration.web.school import School, somebody
from unit.use_cases.town import CLOSING_HUB, THIS_YEAR_ONLY, town

MOST = 6
LEAVES = a_date("last_day", 24, 10, 2025)
OF_ECTS: Mapping[str, Mapping[str, object]] = {
    **{f"change/{what}": answer for what, answer in CHANGES.items()},
    "change/appropriate-body": {"appropriate_body": CLOSING_HUB},
    "leaving": LEAVES,
    "mentor/remove": LEAVES,
    "undo": {},
}
OF_MENTORS: Mapping[str, Mapping[str, object]] = {
    "change/name": {"name_is_correct": "no", "corrected_name": "Joan Quinn"},
    "change/email": {"email": "joan.quinn@example.org"},
    "change/start-date": a_date("start_date", 2, 9, 2025),
    "change/lead-provider": {"lead_provider": THIS_YEAR_ONLY},
    "leaving": LEAVES,
    "undo": {},
}


@pytest.fixture(params=["sqlite", "postgresql"])
def school(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[School]:
    """In a database, with everything that there is to choose from."""
    with closing(SqlStore.at(new_database(request.param, tmp_path))) as store:
        yield School.of(ports_on(store, town()))


def test_changes_take_six_statements_a_page(school: School) -> None:
    """Every question and check page is asked for, of an ECT with a mentor and of the mentor."""
    joan = school.has_mentor(a_mentor(trainings=(a_training(),), registered_at=NOW))
    asha = somebody(1, mentorships=(a_mentorship(joan),), trainings=(a_training(),))
    school.has(asha)
    user, taken = school.user(), dict[str, int]()
    pages = {f"/school/ects/{asha.id}/{path}": answer for path, answer in OF_ECTS.items()}
    pages |= {f"/school/mentors/{joan.id}/{path}": answer for path, answer in OF_MENTORS.items()}
    for question, answer in pages.items():
        taken[question] = _taken(user, question)
        taken[f"after {question}"] = _taken(user, _post(user, question, **answer).location)

    assert {page: count for page, count in taken.items() if count > MOST} == {}


def _taken(user: FlaskClient, page: str) -> int:
    """How many statements a page takes, the second time that it is looked at."""
    assert user.get(page).status_code == 200, page
    with recorded() as statements:
        user.get(page)
    return len(statements)
