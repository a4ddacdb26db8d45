from __future__ import annotations

import attrs
import pytest

from builders import URN, a_school, a_world
from ect_registration.domain.school import SchoolStatus, Succession
from ect_registration.domain.sessions import Organisation, Person
from ect_registration.domain.values import Urn
from ect_registration.ports.errors import Unavailable
from ect_registration.use_cases.signing_in.sign_in import admit
from fake_sign_in import COUNCIL, FENWICK, LARKFIELD, FakeSignIn
from unit.use_cases.service import Service

OTHER = a_school(urn=Urn("100002"), name="Fenwick Academy")
HANNAH = FakeSignIn().person


@pytest.fixture
def service():
    """Two schools."""
    return Service.of(a_world(schools=(a_school(), OTHER)))


def _admitted(service, sign_in, person=HANNAH):
    return admit(person, sign_in, service.ports)


def test_school_sign_in_admits_for_every_school_with_the_role(service):
    """By name, each once."""
    twice = Organisation("org-9", "Larkfield School (old entry)", "100001")
    all_of = (LARKFIELD, twice, FENWICK, COUNCIL)
    admission = _admitted(service, FakeSignIn(belongs_to=all_of, role_at=all_of))

    assert (admission.schools, admission.why_not) == ([OTHER, a_school()], "")


def test_the_role_is_asked_for_at_schools_that_we_know_only(service):
    """The others could not use it anyway."""
    elsewhere = Organisation("org-5", "Far Away School", "999999")
    sign_in = FakeSignIn(belongs_to=(COUNCIL, elsewhere, LARKFIELD))
    _admitted(service, sign_in)

    assert sign_in.asked_about == [LARKFIELD]


def test_the_organisation_that_was_chosen_counts_though_it_is_not_listed(service):
    """Somebody was added to it a moment ago."""
    admission = _admitted(service, FakeSignIn(belongs_to=()))

    assert [school.urn for school in admission.schools] == [URN]


@pytest.mark.parametrize(
    ("belongs_to", "role_at", "why_not"),
    [
        ((), (), "no-organisation"),
        ((COUNCIL,), (COUNCIL,), "not-a-school"),
        ((Organisation("org-4", "A", "12"),), (), "not-a-school"),
        ((Organisation("org-4", "A", "999999"),), (), "not-a-school"),
        ((LARKFIELD,), (), "no-role"),
        ((COUNCIL, LARKFIELD), (COUNCIL,), "no-role"),
    ],
)
def test_school_sign_in_says_why_somebody_is_not_let_in(service, belongs_to, role_at, why_not):
    """One of three reasons; the page of each says what to do."""
    nobody = attrs.evolve(HANNAH, organisation=None)
    sign_in = FakeSignIn(belongs_to=belongs_to, role_at=role_at)
    admission = _admitted(service, sign_in, nobody)

    assert (list(admission.schools), admission.why_not) == ([], why_not)


def test_without_an_answer_nobody_is_told_that_they_may_not(service):
    """An outage decides nothing."""
    with pytest.raises(Unavailable):
        _admitted(service, FakeSignIn(out_of_reach=True))


def test_unlimited_users_of_one_school_are_let_in(service):
    """The thousandth as the first; nobody has to be put on a list here."""
    people = [Person(f"user-{n}", f"User {n}", organisation=LARKFIELD) for n in range(1000)]
    sign_in = FakeSignIn()

    assert all(_admitted(service, sign_in, person).schools for person in people)


def _replace(service, *successions):
    def replace(uow):
        for succession in successions:
            closed = attrs.evolve(uow.schools.find(succession.school), status=SchoolStatus.CLOSED)
            uow.schools.save(closed)
            uow.schools.move_records(succession)

    service.do(replace)


def test_users_of_a_school_that_was_replaced_act_for_the_successor(service):
    """`school-replaced`: for 90 days, also where the successor has been replaced since."""
    last = a_school(urn=Urn("100003"), name="Third School")
    service.do(lambda uow: uow.schools.save(last))
    today = service.clock.today()
    _replace(service, Succession(URN, OTHER.urn, today))
    once = _admitted(service, FakeSignIn())
    _replace(service, Succession(OTHER.urn, last.urn, today))
    twice = _admitted(service, FakeSignIn())

    assert (once.schools, once.why_not) == ([OTHER], "")
    assert once.replaced == [Succession(URN, OTHER.urn, today)]
    assert (twice.schools, twice.replaced) == ([last], [Succession(URN, last.urn, today)])


def test_after_90_days_users_of_the_old_organisation_are_refused(service):
    """They are told why."""
    _replace(service, Succession(URN, OTHER.urn, service.clock.today()))
    service.clock.wait(days=91)
    admission = _admitted(service, FakeSignIn())

    assert (admission.schools, admission.why_not) == ([], "school-replaced")


def test_users_with_the_role_at_both_need_no_word(service):
    """Of a school that was replaced too long ago."""
    _replace(service, Succession(URN, OTHER.urn, service.clock.today()))
    service.clock.wait(days=91)
    both = (LARKFIELD, FENWICK)
    admission = _admitted(service, FakeSignIn(belongs_to=both, role_at=both))

    assert (admission.schools, admission.replaced) == ([OTHER], [])


def test_a_school_that_was_replaced_and_reopens_is_its_users_own_again(service):
    """Beside the successor, where its records are, for the rest of the 90 days."""
    _replace(service, Succession(URN, OTHER.urn, service.clock.today()))
    service.do(lambda uow: uow.schools.save(a_school()))
    soon = _admitted(service, FakeSignIn())
    service.clock.wait(days=91)
    later = _admitted(service, FakeSignIn())

    assert {school.urn for school in soon.schools} == {URN, OTHER.urn}
    assert ([school.urn for school in later.schools], later.why_not) == ([URN], "")


def test_schools_that_replaced_each_other_end_no_sign_in(service):
    """A circle that nobody meant leads to one of them."""
    today = service.clock.today()
    _replace(service, Succession(URN, OTHER.urn, today), Succession(OTHER.urn, URN, today))

    assert [school.urn for school in _admitted(service, FakeSignIn()).schools] == [OTHER.urn]
