from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import attrs
import pytest

from builders import (
    DELIVERY_PARTNER,
    HUB,
    LEAD_PROVIDER,
    THIS_YEAR,
    TODAY,
    URN,
    a_delivery_partner,
    a_draft,
    a_journey,
    a_lead_provider,
    a_mentor,
    a_pairing,
    a_partnership,
    a_training,
    an_appropriate_body,
    an_ect,
)
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.school import OrganisationId, OrganisationKind
from ect_registration.ports.errors import Contention
from integration.contracts.steps import (
    OTHER_LEAD_PROVIDER,
    keep,
    outcome,
    registered,
    seen,
    taken_on,
)

BODY, PROVIDER, PARTNER = OrganisationKind
NAMES = {BODY: HUB, PROVIDER: LEAD_PROVIDER, PARTNER: DELIVERY_PARTNER}
every_kind = pytest.mark.parametrize("kind", OrganisationKind)
SAVING = {
    BODY: lambda name: (
        lambda uow: uow.offers.save_appropriate_body(an_appropriate_body(name=name))
    ),
    PROVIDER: lambda name: lambda uow: uow.offers.save_lead_provider(a_lead_provider(name=name)),
    PARTNER: lambda name: (
        lambda uow: uow.offers.save_delivery_partner(
            a_delivery_partner(name=name, works_with=frozenset({a_pairing(delivery_partner=name)}))
        )
    ),
}


def _known(store, kind):
    return {each.name: each for each in seen(store, lambda uow: uow.organisations.of_kind(kind))}


def _renaming(store, kind, name, before=None):
    organisation = _known(store, kind)[before or NAMES[kind]]
    return lambda uow: uow.organisations.rename(organisation, name)


@every_kind
def test_an_organisation_keeps_its_id_under_a_new_name(store, kind):
    """The others stay as they are, and so does the order by name."""
    before = _known(store, kind)
    keep(store, _renaming(store, kind, "Aaron"))
    after = _known(store, kind)
    old = before.pop(NAMES[kind])

    assert after == before | {
        "Aaron": attrs.evolve(old, name="Aaron", former_names=(NAMES[kind],))
    }
    assert list(after) == sorted(after)


@every_kind
def test_a_name_is_one_whatever_its_case_accents_and_blanks(store, kind):
    """Saving it in another spelling sets the one that is there."""
    before = _known(store, kind)[NAMES[kind]]
    spelt = f" {NAMES[kind].upper().replace('E', 'É')}"
    keep(store, SAVING[kind](spelt))
    after = _known(store, kind)

    assert NAMES[kind] not in after
    assert after[spelt] == attrs.evolve(before, name=spelt)


@every_kind
def test_a_name_that_another_has_is_refused(store, kind):
    """In whatever spelling; an unknown organisation has no name to change."""
    keep(store, SAVING[kind]("Éire Hub"))
    organisation = attrs.evolve(_known(store, kind)[NAMES[kind]], id=OrganisationId(uuid4()))

    assert outcome(store, _renaming(store, kind, "eire  HUB")) == "conflict"
    assert outcome(store, lambda uow: uow.organisations.rename(organisation, "New")) == "conflict"
    assert NAMES[kind] in _known(store, kind)


@every_kind
def test_a_former_name_belongs_to_the_last_that_had_it(store, kind):
    """It may be taken over, and is the former one of whoever had it last."""
    keep(store, SAVING[kind]("Second"))
    keep(store, _renaming(store, kind, "First"))
    keep(store, _renaming(store, kind, NAMES[kind], before="Second"))
    keep(store, _renaming(store, kind, "Third"))
    known = _known(store, kind)

    assert known["First"].former_names == ()
    assert known["Third"].former_names == tuple(sorted({NAMES[kind], "Second"}))


def test_another_spelling_leaves_no_former_name(store):
    """Both match anyhow."""
    keep(store, _renaming(store, PROVIDER, LEAD_PROVIDER.upper()))

    assert _known(store, PROVIDER)[LEAD_PROVIDER.upper()].former_names == ()


@pytest.fixture
def renamed(store):
    """A store with people and a partnership, in which every organisation was renamed."""
    keep(store, lambda uow: uow.partnerships.add(a_partnership()))
    registered(store, an_ect(trainings=(a_training(delivery_partner=DELIVERY_PARTNER),)))
    taken_on(store, a_mentor(trainings=(a_training(),)))
    for kind in OrganisationKind:
        keep(store, _renaming(store, kind, f"New {kind}"))
    return store


def test_what_was_registered_has_the_new_names(renamed):
    """Choices, trainings and partnerships refer to the organisation."""
    [ect] = seen(renamed, lambda uow: uow.ects.at_school(URN))
    [mentor] = seen(renamed, lambda uow: uow.mentors.at_school(URN))
    [partnership] = seen(renamed, lambda uow: uow.partnerships.of_school(URN))
    chosen, [trained], [training] = ect.registration.choices, ect.trainings, mentor.trainings

    assert {
        chosen.lead_provider,
        trained.lead_provider,
        training.lead_provider,
        partnership.lead_provider,
    } == {"New lead_provider"}
    assert {trained.delivery_partner, partnership.delivery_partner} == {"New delivery_partner"}
    assert chosen.appropriate_body == "New appropriate_body"


def test_a_body_that_was_changed_to_has_its_new_name(store):
    """It stands beside the choices of the registration."""
    ect = an_ect(changed_body=None)
    registered(store, ect)
    known = seen(store, lambda uow: uow.ects.find(ect.id))
    keep(store, lambda uow: uow.ects.change(known, attrs.evolve(known, changed_body=HUB)))
    for kind in OrganisationKind:
        keep(store, _renaming(store, kind, f"New {kind}"))

    assert seen(store, lambda uow: uow.ects.find(ect.id)).changed_body == "New appropriate_body"


def test_what_is_on_offer_has_the_new_names_and_knows_the_former_ones(renamed):
    """In one look."""
    offer = seen(renamed, lambda uow: uow.offers.to_school(URN, THIS_YEAR))

    assert ("New lead_provider", "New delivery_partner") in offer.year.pairs
    assert "New lead_provider" in offer.year.lead_providers & offer.year.all_lead_providers
    assert offer.year.former_lead_providers == {(LEAD_PROVIDER, "New lead_provider")}
    assert [body.name for body in offer.bodies] == ["New appropriate_body"]
    assert offer.former_bodies == {(HUB, "New appropriate_body")}


def test_the_renamed_can_be_saved_and_chosen_under_their_new_names(renamed):
    """Everything that is written finds them."""
    keep(
        renamed,
        lambda uow: uow.offers.save_lead_provider(a_lead_provider(name="New lead_provider")),
        lambda uow: uow.partnerships.confirm_waiting(
            a_partnership(
                lead_provider="New lead_provider", delivery_partner="New delivery_partner"
            ),
            TODAY,
        ),
    )
    [mentor] = seen(renamed, lambda uow: uow.mentors.at_school(URN))

    assert mentor.trainings[0].delivery_partner == "New delivery_partner"


ECT, MENTOR = EctId(uuid4()), MentorId(uuid4())


@pytest.mark.parametrize(
    "draft",
    [
        a_draft(),
        MentorDraft(ECT, another_provider=True, lead_provider=LEAD_PROVIDER),
        AssignmentDraft(ECT, MENTOR, another_provider=True, lead_provider=LEAD_PROVIDER),
    ],
    ids=lambda draft: type(draft).__name__,
)
def test_answers_name_who_was_chosen_as_they_are_called_now(store, draft):
    """Of every kind of journey; they may be kept and renamed again."""
    journey = a_journey(draft=draft)
    keep(store, lambda uow: uow.journeys.add(journey))
    keep(store, _renaming(store, PROVIDER, "New"), _renaming(store, BODY, "New body"))
    found = seen(store, lambda uow: uow.journeys.find(journey.id))
    keep(store, lambda uow: uow.journeys.save(found))
    keep(store, _renaming(store, PROVIDER, "Newer", before="New"))
    again = seen(store, lambda uow: uow.journeys.find(journey.id))

    names = {"lead_provider": "New"}
    if hasattr(draft, "appropriate_body"):
        names["appropriate_body"] = "New body"
    assert found.draft == attrs.evolve(draft, **names)
    assert again.draft == attrs.evolve(found.draft, lead_provider="Newer")


def test_of_two_who_rename_to_one_name_at_once_one_is_refused(store):
    """Each found it free."""
    start = Barrier(2)
    renamings = [
        _renaming(store, PROVIDER, "Brightwater", before=before)
        for before in (LEAD_PROVIDER, OTHER_LEAD_PROVIDER)
    ]

    def rename(renaming):
        start.wait()
        try:
            return outcome(store, renaming)
        except Contention:
            return outcome(store, renaming)

    with ThreadPoolExecutor(2) as threads:
        outcomes = sorted(threads.map(rename, renamings))

    assert outcomes == ["conflict", "kept"]
    assert len(_known(store, PROVIDER)) == 2
