"""What rules refused is kept beside the answer: whom, where, when and by which rule."""

from __future__ import annotations

import attrs
import pytest

from builders import ECT_TRN, MENTOR_TRN, TODAY, URN, a_mentor, a_school, a_teacher, an_ect
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.email import Email
from ect_registration.domain.notice import Role
from ect_registration.domain.records.refusal import Refusal, RefusedPerson
from ect_registration.domain.values import Trn, Urn
from ect_registration.ports.deadline import NEVER, Deadline
from ect_registration.ports.errors import Conflict, Contention, Unavailable
from ect_registration.use_cases.bulk.on_a_page import foresee, register_as_shown
from ect_registration.use_cases.bulk.register_many import register_many
from ect_registration.use_cases.operating.person import everything_about
from ect_registration.use_cases.operating.refusals import keep_refusals, refusals_since
from ect_registration.use_cases.registering.register_mentor import register_mentor
from unit.use_cases.bulk.test_bulk import BRAMS, rows_of
from unit.use_cases.mentoring import a_provider_led_ect, the_new_mentor
from unit.use_cases.service import ACTOR, USER
from unit.use_cases.town import ANOTHER_DAY, NOBODY, NUMBER, PASSED, PROHIBITED

WRONG_DAY = {"date_of_birth": str(ANOTHER_DAY)}
NUMBER_ASKED = Refusal(TODAY, "date-of-birth-differs", Role.ECT)


def kept(service):
    """Return what is kept of persons."""
    return list(refusals_since(TODAY, service.ports))


def counted(service):
    """Return how often each rule is counted."""
    with service.ports.reading() as uow:
        return {each.rule: each.number for each in uow.refusals.counted_since(TODAY)}


def a_refusal(rule, trn=ECT_TRN, role=Role.ECT):
    """Return a refusal of today, at the school, which the user met."""
    return Refusal(TODAY, rule, role, RefusedPerson(trn, URN, USER))


@pytest.fixture
def taken(service):
    """Ask for an address that another person has, which a rule refuses."""
    other = a_teacher(trn=Trn("1000009"))
    service.has_ect(an_ect(teacher=other, email=Email("asha.marlowe@example.org")))


def test_a_refused_document_is_kept_once_a_day(service, taken):
    """However often it is given."""
    for _ in range(2):
        assert isinstance(service.register(email="asha.marlowe@example.org"), Blocked)

    assert kept(service) == [a_refusal("email-in-use")]
    assert counted(service) == {"email-in-use": 1}


def test_a_refusal_is_part_of_what_is_kept_about_the_person(service, taken):
    """Also of somebody who was never registered."""
    service.register(email="asha.marlowe@example.org")
    held = everything_about(ECT_TRN, service.ports)

    assert (held.refusals, held.is_nothing) == ([a_refusal("email-in-use")], False)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"trn": str(PASSED)}, "induction-passed"),
        ({"trn": str(PROHIBITED)}, "prohibited-from-teaching"),
        ({"trn": str(NOBODY)}, "trn-not-found"),
    ],
)
def test_a_refusal_by_induction_or_without_a_proof_only_counts(service, changes, rule):
    """Each time."""
    for _ in range(2):
        service.register(**changes)

    assert (kept(service), counted(service)) == ([], {rule: 2})


@pytest.mark.parametrize("changes", [{}, {"email": None}, {"start_date": "2019-09-01"}])
def test_what_is_not_refused_is_not_kept(service, changes):
    """Done, or to be corrected."""
    service.register(**{key: value for key, value in changes.items() if value is not None})

    assert (kept(service), counted(service)) == ([], {})


def test_checking_keeps_nothing(service, taken):
    """Nothing at all is written then."""
    service.check(email="asha.marlowe@example.org", national_insurance_number=NUMBER.characters)

    assert counted(service) == {}


@pytest.mark.parametrize("number", [None, NUMBER.characters])
def test_a_national_insurance_number_that_is_called_for_is_counted(service, number):
    """Whether it was given at once or not."""
    service.register(**WRONG_DAY, national_insurance_number=number)

    assert counted(service) == {NUMBER_ASKED.rule: 1}


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_mentor_who_is_refused_is_kept(service, dry_run):
    """Not by a dry run."""
    ect = service.has_ect(a_provider_led_ect())
    service.has_mentor(a_mentor())
    register_mentor(the_new_mentor(ect), USER, service.ports, dry_run=dry_run)
    refused = a_refusal("mentor-already-here", MENTOR_TRN, Role.MENTOR)

    assert kept(service) == ([] if dry_run else [refused])


def test_a_mentor_who_is_not_found_only_counts(service):
    """No proof, no person."""
    ect = service.has_ect(a_provider_led_ect())
    register_mentor(the_new_mentor(ect) | {"trn": str(NOBODY)}, USER, service.ports)

    assert (kept(service), counted(service)) == ([], {"trn-not-found": 1})


@pytest.mark.parametrize("dry_run", [True, False])
def test_rows_of_a_file_that_are_refused_are_kept(service, taken, dry_run):
    """Not by a dry run."""
    rows = rows_of({"email": "asha.marlowe@example.org"}, BRAMS, {"trn": str(NOBODY)})
    list(register_many(rows, USER, service.ports, dry_run=dry_run))

    assert kept(service) == ([] if dry_run else [a_refusal("email-in-use")])
    assert counted(service) == ({} if dry_run else {"email-in-use": 1, "trn-not-found": 1})


def test_rows_on_a_page_that_are_refused_are_kept(service, taken):
    """When they are shown, and when they are refused after all."""
    rows = rows_of({"email": "asha.marlowe@example.org"}, BRAMS, WRONG_DAY | {"trn": "1000001"})
    foreseen = foresee(rows, ACTOR, service.ports)
    shown = [each.shown for each in foreseen if each.shown is not None]
    brams = shown[0].row.record.trn
    service.has_ect(an_ect(teacher=a_teacher(trn=Trn("1000008")), email=Email(BRAMS["email"])))
    register_as_shown(shown, ACTOR, service.ports)

    assert kept(service) == [a_refusal("email-in-use"), a_refusal("email-in-use", brams)]
    assert counted(service) == {"email-in-use": 2, NUMBER_ASKED.rule: 1}


@pytest.mark.parametrize(
    "error", [Unavailable("database", "gone"), Contention("busy"), Conflict("a school")]
)
def test_a_store_that_cannot_take_it_fails_no_answer(service, error):
    """It is tried once, for a moment."""
    waited = []

    def failing(deadline=NEVER):
        waited.append(deadline.left())
        raise error

    ports = attrs.evolve(service.ports, unit_of_work=failing)

    assert keep_refusals([NUMBER_ASKED], ports) is False
    assert (len(waited), waited[0] <= 1) == (1, True)


def test_a_page_with_a_deadline_keeps_it_as_well(service):
    """As of a request, whose ports have one already."""
    ports = service.ports.within(Deadline.after(5))

    assert keep_refusals([NUMBER_ASKED], ports) is True


def test_nothing_to_keep_asks_nothing_of_the_store(service):
    """Nor does a school that is not known keep the others out."""
    service.do(lambda uow: uow.schools.save(a_school()))
    nowhere = Refusal(TODAY, "email-in-use", Role.ECT, RefusedPerson(ECT_TRN, Urn("999999"), USER))

    assert keep_refusals([], service.ports) is True
    assert keep_refusals([nowhere], service.ports) is False
