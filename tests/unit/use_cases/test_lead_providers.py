"""What the programs of lead providers do: sign in, read page by page, and report partnerships."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID, uuid4

import attrs
import pytest

from builders import (
    DELIVERY_PARTNER,
    LEAD_PROVIDER,
    TERM_STARTS,
    THIS_YEAR,
    TODAY,
    a_delivery_partner,
    a_lead_provider,
    a_pairing,
    a_partnership,
    a_school,
    a_trs_person,
    a_world,
)
from ect_registration.domain.calendar import Period, day_before
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.lead_providers.records import Kind, Seen, SeenPartnership
from ect_registration.domain.lead_providers.statuses import TrainingStatus
from ect_registration.domain.lead_providers.tokens import Token, a_year_from
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.records.history import What
from ect_registration.domain.school import DeliveryPartner, OrganisationKind, SchoolStatus
from ect_registration.domain.values import PersonName
from ect_registration.ports.deadline import NEVER, Deadline
from ect_registration.ports.errors import Busy
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.ports.stored.lead_providers import Order, Wanted, WantedSchools
from ect_registration.testing.contract.lead_providers.lead_provider_steps import (
    new_training,
    register_confirmed,
    register_interested,
    register_mentored,
)
from ect_registration.testing.steps import changing_ect, keep
from ect_registration.use_cases.lead_providers.following import follow
from ect_registration.use_cases.lead_providers.partnerships import (
    Report,
    change_own_partnership,
    report_own_partnership,
)
from ect_registration.use_cases.lead_providers.reading import (
    List,
    Page,
    one_record,
    one_school,
    page_of_records,
    page_of_schools,
)
from ect_registration.use_cases.lead_providers.tokens import (
    TooMany,
    admit,
    create_token,
    lead_providers_without_token,
    list_tokens,
    revoke_token,
)
from ect_registration.use_cases.operating.load_world import load_world
from ect_registration.use_cases.operating.person import history_of
from unit.use_cases.service import Service

OTHER_PARTNER = "Causeway Training"
SECRET = "ect_lp_invented"


@pytest.fixture
def service() -> Service:
    """A school, a lead provider and two delivery partners that work with it."""
    pairing = a_pairing(delivery_partner=OTHER_PARTNER)
    other = DeliveryPartner(OTHER_PARTNER, frozenset({pairing}))
    return Service.of(
        a_world(
            schools=(a_school(),),
            lead_providers=(a_lead_provider(),),
            delivery_partners=(a_delivery_partner(), other),
            partnerships=(),
            trs_people=(a_trs_person(),),
        )
    )


def a_token(service: Service, **changes: object) -> Token:
    """Gives the lead provider a token."""
    given = {"lead_provider": LEAD_PROVIDER, "expires_on": None, "secret": SECRET} | changes
    token = create_token(
        str(given["lead_provider"]),
        given["expires_on"],
        str(given["secret"]),
        "operator",
        service.ports,
    )
    assert isinstance(token, Token)
    return token


def the_list(service: Service) -> List:
    """Returns a list that the lead provider's program reads."""
    return List(a_token(service).id, "f" * 64)


def wanted(**changes: object) -> Wanted:
    """Returns what asks for participants."""
    everything = Wanted(lead_provider=LEAD_PROVIDER, kind=Kind.PARTICIPANT, day=TODAY)
    return attrs.evolve(everything, **changes)


def wanted_schools(**changes: object) -> WantedSchools:
    """Returns what asks for schools of this year."""
    this_year = WantedSchools(lead_provider=LEAD_PROVIDER, cohort=THIS_YEAR.starts_in)
    return attrs.evolve(this_year, **changes)


def rename(service: Service, teacher: Teacher, name: str) -> None:
    """Corrects somebody's name, a moment later."""
    service.clock.wait(seconds=1)
    with service.ports.unit_of_work() as uow:
        uow.hold([Hold.EVERYTHING])
        uow.teachers.save(attrs.evolve(teacher, corrected_name=PersonName(name)))
        uow.commit()


def a_report(service: Service, **changes: object) -> Report:
    """Returns the report of the partnership of the examples, by ids that are seen."""
    reading = the_list(service)
    [school] = page_of_schools(wanted_schools(), Page(), reading, service.ports)
    report = Report(school.id, THIS_YEAR, partner_id(service, DELIVERY_PARTNER))
    return attrs.evolve(report, **changes)


def partner_id(service: Service, name: str) -> UUID:
    """Returns the id of a delivery partner."""
    with service.ports.reading() as uow:
        found = uow.seen.look(wanted(kind=Kind.DELIVERY_PARTNER), 0, 100)
    return next(each.id for each in found if getattr(each.record, "name", None) == name)


def test_who_works_this_year_and_cannot_read_is_known(service: Service) -> None:
    """Until they have a token; an expired or revoked one is none, nor is another provider's."""
    load_world(
        a_world(
            lead_providers=(
                a_lead_provider(),
                a_lead_provider(name="Zenith", years=frozenset({THIS_YEAR})),
                a_lead_provider(name="Former", years=frozenset({THIS_YEAR.plus(-1)})),
            ),
            delivery_partners=(),
            partnerships=(),
        ),
        "loader",
        service.ports,
    )
    before = lead_providers_without_token(service.ports)
    a_token(service, expires_on=day_before(TODAY))
    expired = lead_providers_without_token(service.ports)
    token = a_token(service, secret="another", expires_on=TODAY)
    able = lead_providers_without_token(service.ports)
    revoke_token(token.id, "operator", service.ports)

    assert before == expired == sorted([LEAD_PROVIDER, "Zenith"])
    assert able == ["Zenith"]
    assert lead_providers_without_token(service.ports) == before


def test_a_token_is_given_by_name_or_id_and_lasts_a_year(service: Service) -> None:
    """However the name is written; 29 February ends a year on the 28th."""
    by_name = a_token(service, lead_provider=LEAD_PROVIDER.upper())
    with service.ports.reading() as uow:
        ids = {
            each.name: each.id
            for each in uow.organisations.of_kind(OrganisationKind.LEAD_PROVIDER)
        }
    by_id = a_token(service, lead_provider=str(ids[LEAD_PROVIDER]), secret="another")
    until = a_token(service, expires_on=date(2025, 12, 31), secret="third")

    assert by_name.lead_provider == by_id.lead_provider == LEAD_PROVIDER
    assert by_name.expires_on == date(2026, 9, 9)
    assert until.expires_on == date(2025, 12, 31)
    assert a_year_from(date(2024, 2, 29)) == date(2025, 2, 28)
    assert {token.id for token in list_tokens(service.ports)} == {by_name.id, by_id.id, until.id}


def test_nobody_else_gets_a_token(service: Service) -> None:
    """An unknown name is not valid."""
    outcome = create_token("Nobody", None, SECRET, "operator", service.ports)

    assert isinstance(outcome, Blocked)
    assert (outcome.rule.id, outcome.field) == ("lead-provider-sees", "lead_provider")


def test_a_token_lets_in_until_it_is_used_too_often(service: Service) -> None:
    """After a thousand requests in five minutes it waits for the rest of them."""
    token = a_token(service)
    for _ in range(1000):
        admitted = admit(SECRET, service.ports)
        assert not isinstance(admitted, TooMany)
        assert admitted is not None
        assert admitted.token == token.id
    service.clock.wait(minutes=4)

    assert admit(SECRET, service.ports) == TooMany(60)
    assert admit("another", service.ports) is None
    service.clock.wait(minutes=1)
    assert not isinstance(admit(SECRET, service.ports), TooMany)


def test_a_token_is_revoked_once(service: Service) -> None:
    """It stands in history, with who did it."""
    token = a_token(service)
    revoked = [revoke_token(token.id, "operator", service.ports) for _ in range(2)]

    assert revoked == [True, False]
    assert admit(SECRET, service.ports) is None


def test_a_page_after_the_first_shows_no_later_moment(service: Service) -> None:
    """What changed meanwhile is shown again, with its own moment, by the next question."""
    people = [register_confirmed(service.store, number) for number in (1, 2)]
    reading, newest = the_list(service), None
    [first] = page_of_records(wanted(), Page(1, 1), reading, service.ports)
    for each in people:
        rename(service, each.teacher, "Another Name")
    [second] = page_of_records(wanted(), Page(2, 1), reading, service.ports)
    newest = max(first.updated_at, second.updated_at)
    again = page_of_records(wanted(updated_since=newest), Page(), reading, service.ports)

    assert second.updated_at == first.updated_at
    assert {each.id for each in again} == {first.id, second.id}
    assert all(each.updated_at > newest for each in again)


def test_what_is_looked_at_again_and_is_the_same_keeps_its_moment(service: Service) -> None:
    """A mentor is looked at again when their ECT changes."""
    mentor = register_mentored(service.store)
    asked = wanted(kind=Kind.UNFUNDED_MENTOR)
    before = page_of_records(asked, Page(), the_list(service), service.ports)
    with service.ports.reading() as uow:
        [ect] = uow.mentors.mentored_by(mentor.id)
    rename(service, ect.teacher, "Another Name")
    follow(service.ports)

    with service.ports.reading() as uow:
        assert uow.seen.look(asked, 0, 10) == before


def test_pages_by_their_latest_change_leave_nobody_out(service: Service) -> None:
    """Who moves to the end meanwhile makes room, so that pages overlap."""
    people = []
    for number in (1, 2, 3):
        service.clock.wait(seconds=1)
        people.append(register_confirmed(service.store, number))
        follow(service.ports)
    reading, asked = the_list(service), wanted(order=Order.UPDATED)
    first = page_of_records(asked, Page(1, 1), reading, service.ports)
    rename(service, people[0].teacher, "Another Name")
    others = [
        seen
        for number in (2, 3)
        for seen in page_of_records(asked, Page(number, 1), reading, service.ports)
    ]

    assert len({seen.id for seen in [*first, *others]}) >= 2
    assert page_of_records(asked, Page(9, 1), List(reading.token, "e" * 64), service.ports) == []


def test_who_leaves_a_narrowed_list_makes_nobody_else_be_left_out(service: Service) -> None:
    """Here somebody whose training is withdrawn after the first page was read."""
    people = []
    for number in (1, 2, 3):
        service.clock.wait(seconds=1)
        people.append(register_confirmed(service.store, number))
        follow(service.ports)
    reading = the_list(service)
    asked = wanted(training_status=TrainingStatus.ACTIVE)
    [first] = page_of_records(asked, Page(1, 1), reading, service.ports)
    ended = tuple(attrs.evolve(each, withdrawn=True) for each in people[0].trainings)
    keep(service.store, changing_ect(people[0], attrs.evolve(people[0], trainings=ended)))
    later = [
        seen.id
        for number in (2, 3)
        for seen in page_of_records(asked, Page(number, 1), reading, service.ports)
    ]

    assert first.id not in later
    assert len(set(later)) == 2


def test_who_vanishes_from_a_list_makes_nobody_else_be_left_out(service: Service) -> None:
    """Here somebody whose address was taken after the first page was read."""
    people = []
    for number in (1, 2, 3):
        service.clock.wait(seconds=1)
        people.append(register_confirmed(service.store, number))
        follow(service.ports)
    reading = the_list(service)
    page_of_records(wanted(), Page(1, 1), reading, service.ports)
    keep(service.store, changing_ect(people[0], attrs.evolve(people[0], email=None)))
    later = {
        seen.id
        for number in (2, 3)
        for seen in page_of_records(wanted(), Page(number, 1), reading, service.ports)
    }

    assert len(later) == 2


def test_schools_are_read_page_by_page(service: Service) -> None:
    """In any order, and one by its id."""
    reading = the_list(service)
    [school] = page_of_schools(wanted_schools(), Page(), reading, service.ports)
    asked = wanted_schools(order=Order.UPDATED)
    page_of_schools(asked, Page(1, 1), reading, service.ports)
    service.clock.wait(seconds=1)
    with service.ports.unit_of_work() as uow:
        uow.hold([Hold.REFERENCE_DATA])
        uow.schools.save(a_school(name="Larkfield Primary School"))
        uow.commit()
    [again] = page_of_schools(asked, Page(2, 1), reading, service.ports)

    assert (again.name, again.updated_at) == ("Larkfield Primary School", school.updated_at)
    [school] = page_of_schools(wanted_schools(), Page(), reading, service.ports)
    assert one_school(LEAD_PROVIDER, 2025, school.id, service.ports) == school
    assert one_school(LEAD_PROVIDER, 2025, uuid4(), service.ports) is None


def test_a_list_before_anything_was_shown_has_no_moment() -> None:
    """It is empty, and nothing is kept of it."""
    service = Service.of(
        a_world(
            schools=(),
            lead_providers=(),
            delivery_partners=(),
            partnerships=(),
            appropriate_bodies=(),
            trs_people=(),
        )
    )
    found = page_of_records(wanted(), Page(), List(uuid4(), "f" * 64), service.ports)

    assert found == []


def test_a_partnership_is_reported_and_changed(service: Service) -> None:
    """It is seen at once; the same delivery partner again changes nothing."""
    seen = report_own_partnership(a_report(service), LEAD_PROVIDER, service.ports)
    assert isinstance(seen, Seen)
    other = partner_id(service, OTHER_PARTNER)
    changed = change_own_partnership(seen.id, other, LEAD_PROVIDER, service.ports)
    again = change_own_partnership(seen.id, other, LEAD_PROVIDER, service.ports)

    assert isinstance(changed, Seen)
    assert isinstance(changed.record, SeenPartnership)
    assert (changed.id, changed.record.delivery_partner) == (seen.id, other)
    assert again == changed == one_record(LEAD_PROVIDER, Kind.PARTNERSHIP, seen.id, service.ports)


def test_who_is_trained_under_a_partnership_has_it_in_their_history(service: Service) -> None:
    """Confirmed, and given another delivery partner, by the lead provider."""
    report = a_report(service)
    ect = register_interested(service.store)
    seen = report_own_partnership(report, LEAD_PROVIDER, service.ports)
    assert isinstance(seen, Seen)
    other = partner_id(service, OTHER_PARTNER)
    for _ in range(2):
        change_own_partnership(seen.id, other, LEAD_PROVIDER, service.ports)
    lines = history_of(ect.teacher.trn, service.ports)

    assert [(line.what, line.actor, line.about) for line in lines] == [
        (What.PARTNERSHIP_REPORTED, LEAD_PROVIDER, ect.id),
        (What.PARTNERSHIP_CHANGED, LEAD_PROVIDER, ect.id),
    ]
    assert [line.rules for line in lines] == [
        ("confirmed-or-interest",),
        ("lead-provider-confirms",),
    ]
    assert (lines[1].before["delivery_partner"], lines[1].after) == (
        DELIVERY_PARTNER,
        {"delivery_partner": OTHER_PARTNER},
    )


@pytest.mark.parametrize(("last_day", "waits"), [(day_before(TODAY), False), (TODAY, True)])
def test_what_has_ended_does_not_wait_at_a_closed_school(
    service: Service, last_day: date, *, waits: bool
) -> None:
    """The partnership is refused, as at a closed school where nobody is interested."""
    report = a_report(service)
    training = new_training(period=Period(TERM_STARTS, last_day))
    register_interested(service.store, trainings=(training,))
    keep(service.store, lambda uow: uow.schools.save(a_school(status=SchoolStatus.CLOSED)))

    outcome = report_own_partnership(report, LEAD_PROVIDER, service.ports)

    assert isinstance(outcome, Seen) == waits
    if isinstance(outcome, Blocked):
        assert outcome.field == "school_id"


@pytest.mark.parametrize("wrong", [{"school": uuid4()}, {"delivery_partner": uuid4()}])
def test_a_partnership_of_unknown_ids_is_not_reported(
    service: Service, wrong: dict[str, object]
) -> None:
    """The answer names the one."""
    outcome = report_own_partnership(a_report(service, **wrong), LEAD_PROVIDER, service.ports)

    assert isinstance(outcome, Blocked)
    assert outcome.field == f"{next(iter(wrong))}_id"


def test_a_partnership_that_the_rule_refuses_is_not_reported(service: Service) -> None:
    """In a year in which the pair does not work together."""
    report = a_report(service, year=THIS_YEAR.plus(3))
    outcome = report_own_partnership(report, LEAD_PROVIDER, service.ports)

    assert isinstance(outcome, Blocked)
    assert outcome.rule.id == "lead-provider-confirms"


def test_a_partnership_is_not_given_to_a_partner_that_does_not_work_with_it(
    service: Service,
) -> None:
    """Nor to one that nobody knows; and there must be a partnership."""
    seen = report_own_partnership(a_report(service), LEAD_PROVIDER, service.ports)
    assert isinstance(seen, Seen)
    with service.ports.unit_of_work() as uow:
        uow.hold([Hold.EVERYTHING])
        uow.offers.save_delivery_partner(DeliveryPartner(OTHER_PARTNER))
        uow.commit()
    with service.ports.reading() as uow:
        partners = {
            each.name: each.id
            for each in uow.organisations.of_kind(OrganisationKind.DELIVERY_PARTNER)
        }

    for partner in (partners[OTHER_PARTNER], uuid4()):
        outcome = change_own_partnership(seen.id, partner, LEAD_PROVIDER, service.ports)
        assert isinstance(outcome, Blocked)
        assert outcome.field == "delivery_partner_id"
    assert change_own_partnership(uuid4(), uuid4(), LEAD_PROVIDER, service.ports) is None


def test_what_ends_while_it_is_changed_is_not_there(service: Service) -> None:
    """The last look before the change finds no partnership any more."""
    seen = report_own_partnership(a_report(service), LEAD_PROVIDER, service.ports)
    assert isinstance(seen, Seen)
    partner = partner_id(service, OTHER_PARTNER)

    @contextmanager
    def then_it_ends(deadline: Deadline = NEVER) -> Iterator[UnitOfWork]:
        with service.ports.reading(deadline) as uow:
            looks.append(uow)
            yield uow
        if len(looks) == 2:  # whether something changed, and what the lead provider sees
            service.store.state.ended_partnerships.add(a_partnership())

    looks: list[UnitOfWork] = []
    ports = attrs.evolve(service.ports, reading=then_it_ends)
    assert change_own_partnership(seen.id, partner, LEAD_PROVIDER, ports) is None


def test_what_is_kept_and_cannot_be_shown_yet_is_busy(service: Service) -> None:
    """While another goes on following, the caller is told to come again."""
    report = a_report(service)
    stuck = attrs.evolve(service.ports, reading=_without_following(service))

    with pytest.raises(Busy):
        report_own_partnership(report, LEAD_PROVIDER, stuck)


def _without_following(service: Service):
    """Returns readers that find nothing that changed, and no record."""

    @attrs.frozen
    class Blind:
        unit: object

        def __enter__(self):
            uow = self.unit.__enter__()
            uow.seen = _Nothing(uow.seen)
            return uow

        def __exit__(self, *error: object) -> None:
            self.unit.__exit__(*error)

    return lambda *given, **named: Blind(service.ports.reading(*given, **named))


@attrs.frozen
class _Nothing:
    """Finds nothing that changed."""

    seen: object

    def is_behind(self) -> bool:
        """Nothing is."""
        return False

    def find(self, *_: object) -> None:
        """Nothing is found."""
