from __future__ import annotations

import attrs
import pytest

from builders import (
    ECT_TRN,
    HUB,
    LEAD_PROVIDER,
    URN,
    a_partnership,
)
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.school import OrganisationKind
from ect_registration.use_cases.operating.partnerships import report_partnership
from ect_registration.use_cases.operating.reference.given import InvalidReference
from unit.use_cases.renaming import NEW, OLD_NAMES, PARTNER, PROVIDER, of_kind, rename
from unit.use_cases.service import USER
from unit.use_cases.town import THIS_YEAR_ONLY

every_kind = pytest.mark.parametrize("kind", OrganisationKind)


def _changes(service) -> list[Change]:
    return [c for c in service.store.state.history if c.actor == USER and c.school is None]


@every_kind
def test_organisations_keep_their_identity_under_a_new_name(service, kind):
    """The id stays, and the name that it had is kept beside the new one."""
    before = of_kind(service, kind)[OLD_NAMES[kind]]
    rename(service, kind)

    assert OLD_NAMES[kind] not in of_kind(service, kind)
    assert of_kind(service, kind)[NEW] == attrs.evolve(
        before, name=NEW, former_names=(OLD_NAMES[kind],)
    )


@every_kind
def test_a_new_name_is_a_line_of_history(service, kind):
    """Of no school: who, when, which one, what it was and what it became."""
    before = of_kind(service, kind)[OLD_NAMES[kind]]
    rename(service, kind)
    [change] = _changes(service)

    assert (change.what, change.about, dict(change.before), dict(change.after), change.rules) == (
        What.ORGANISATION_RENAMED,
        before.id,
        {"kind": kind.value, "name": OLD_NAMES[kind]},
        {"name": NEW},
        ("organisations-keep-their-identity",),
    )


def test_nothing_is_written_where_nothing_is_to_change(service):
    """The name that it has already."""
    before = of_kind(service, PROVIDER)
    rename(service, PROVIDER, LEAD_PROVIDER)

    assert (of_kind(service, PROVIDER), _changes(service)) == (before, [])


def test_a_new_spelling_is_no_former_name(service):
    """Both match all the same."""
    rename(service, PROVIDER, LEAD_PROVIDER.upper())

    assert of_kind(service, PROVIDER)[LEAD_PROVIDER.upper()].former_names == ()


def test_a_name_that_another_has_is_refused(service):
    """It stays what it was called."""
    with pytest.raises(InvalidReference, match=f"another name: {THIS_YEAR_ONLY} has this one"):
        rename(service, PROVIDER, THIS_YEAR_ONLY.upper())

    assert LEAD_PROVIDER in of_kind(service, PROVIDER)


def test_a_former_name_means_the_one_that_had_it_last(service):
    """Once it was taken over, it is no name of the first any more."""
    rename(service, PROVIDER)
    rename(service, PROVIDER, LEAD_PROVIDER, before=THIS_YEAR_ONLY)
    taken = service.check(lead_provider=LEAD_PROVIDER).outcome.ect.lead_provider
    rename(service, PROVIDER, "A third name")
    after = service.check(lead_provider=LEAD_PROVIDER).outcome.ect.lead_provider
    names = of_kind(service, PROVIDER)

    assert (taken, after) == (LEAD_PROVIDER, "A third name")
    assert names["A third name"].former_names == (LEAD_PROVIDER, THIS_YEAR_ONLY)
    assert names[NEW].former_names == ()


def test_everybody_registered_is_shown_with_the_new_names(service):
    """Last year's as well: choices, training, partnership."""
    report_partnership(a_partnership(), USER, service.ports)
    service.register()
    for kind in OrganisationKind:
        rename(service, kind, f"New {kind}")
    [ect] = service.ects_of(ECT_TRN)
    chosen = ect.registration.choices

    assert (chosen.appropriate_body, chosen.lead_provider) == (
        "New appropriate_body",
        "New lead_provider",
    )
    assert (ect.training.lead_provider, ect.training.delivery_partner) == (
        "New lead_provider",
        "New delivery_partner",
    )
    with service.store.reading() as uow:
        [partnership] = uow.partnerships.of_school(URN)
    assert (partnership.lead_provider, partnership.delivery_partner) == (
        "New lead_provider",
        "New delivery_partner",
    )


@pytest.mark.parametrize("spell", [str, str.upper, lambda name: name.replace(" ", "  ")])
def test_a_document_may_use_a_former_name_or_another_spelling(service, spell):
    """What is saved and shown is the present name."""
    rename(service, PROVIDER)
    registered = service.register(lead_provider=spell(LEAD_PROVIDER), appropriate_body=spell(HUB))

    assert registered.ect.lead_provider == NEW
    assert registered.ect.registration.choices.appropriate_body == HUB


def test_a_partnership_may_be_reported_under_former_names(service):
    """It is the one that is there."""
    report_partnership(a_partnership(), USER, service.ports)
    rename(service, PROVIDER)
    rename(service, PARTNER, "New partner")
    again = report_partnership(a_partnership(), USER, service.ports)
    spelt = a_partnership(lead_provider=NEW.upper(), delivery_partner="new  partner")

    now = a_partnership(lead_provider=NEW, delivery_partner="New partner")
    assert (again.partnership, report_partnership(spelt, USER, service.ports).partnership) == (
        now,
        now,
    )
