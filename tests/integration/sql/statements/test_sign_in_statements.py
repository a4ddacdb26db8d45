"""Signing in asks a database as little for a trust of many schools as for one school."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import attrs
import pytest

from adapters.sql.store import SqlStore
from bench.registration import recorded
from builders import a_school, a_world
from ect_registration.domain.school import School, SchoolStatus, Succession
from ect_registration.domain.sessions import Organisation
from ect_registration.domain.values import Urn
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.operating.look_up import look_up
from ect_registration.use_cases.signing_in.sessions import begin_session, schools_of
from ect_registration.use_cases.signing_in.sign_in import Admission, admit
from ect_registration.use_cases.transactions import Ports
from fake_sign_in import HANNAH, FakeSignIn
from integration.sql.databases import new_database
from integration.web.foundation import ports_on

SCHOOLS = [a_school(urn=Urn(f"{100001 + n}"), name=f"School {n:02}") for n in range(60)]


@pytest.fixture(params=["sqlite", "postgresql"])
def trust(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ports]:
    """Sixty schools in a database: the first nine were replaced, each by the school after it."""
    with closing(SqlStore.at(new_database(request.param, tmp_path))) as store:
        ports = ports_on(store, a_world(schools=SCHOOLS))
        with ports.unit_of_work() as uow:
            uow.hold([Hold.EVERYTHING])
            for old, new in pairwise(SCHOOLS[:10]):
                uow.schools.save(attrs.evolve(old, status=SchoolStatus.CLOSED))
                uow.schools.move_records(Succession(old.urn, new.urn, ports.clock.today()))
            uow.commit()
        yield ports


def _admitted(schools: Sequence[School], ports: Ports) -> Admission:
    theirs = [Organisation(f"org-{each.urn}", each.name, each.urn.digits) for each in schools]
    person = attrs.evolve(HANNAH, organisation=theirs[0])
    return admit(person, FakeSignIn(person, theirs, theirs), ports)


def test_a_trust_signs_in_with_as_few_statements_as_one_school(trust: Ports) -> None:
    """One finds the schools, and one what has taken the place of any of them."""
    with recorded() as alone:
        _admitted(SCHOOLS[20:21], trust)
    with recorded() as together:
        admission = _admitted(SCHOOLS[20:], trust)

    assert (len(admission.schools), len(alone), len(together)) == (40, 2, 2)


def test_replaced_schools_are_followed_together(trust: Ports) -> None:
    """However many they are, each step from replaced schools to the next takes one statement."""
    with recorded() as statements:
        admission = _admitted(SCHOOLS[7:9] + SCHOOLS[20:], trust)

    latest = SCHOOLS[9].urn
    assert [(each.school, each.successor) for each in admission.replaced] == [
        (SCHOOLS[7].urn, latest),
        (SCHOOLS[8].urn, latest),
    ]
    assert len(statements) == 4


def test_the_choice_of_a_school_takes_one_statement(trust: Ports) -> None:
    """All of the user's schools are read at once."""
    session = begin_session(HANNAH, SCHOOLS[::-1], "1" * 64, trust)
    with recorded() as statements:
        schools = schools_of(session, trust)

    assert ([each.urn for each in schools], len(statements)) == (sorted(session.schools), 1)


def test_an_operator_looks_up_many_schools_in_few_statements(trust: Ports) -> None:
    """What has taken the place of the schools found is looked for together."""
    with recorded() as statements:
        found = look_up("School", "operator", trust)

    assert (len(found.schools), len(statements)) == (60, 3)
