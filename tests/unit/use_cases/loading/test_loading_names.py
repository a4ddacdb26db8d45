from __future__ import annotations

import pytest

from builders import (
    ECT_TRN,
    HUB,
    LEAD_PROVIDER,
    a_lead_provider,
    a_partnership,
    an_appropriate_body,
    choices,
)
from ect_registration.domain.school import OrganisationKind
from ect_registration.domain.world import InvalidWorld
from ect_registration.use_cases.operating.load_world import Loaded
from unit.use_cases.peopled import a_world_ect, load
from unit.use_cases.renaming import NEW, OLD_NAMES, PROVIDER, of_kind, rename
from unit.use_cases.town import UNHEARD_OF


def test_loading_an_older_world_finds_the_organisations_under_their_former_names(service):
    """One organisation stays one, and keeps its new name."""
    load(service)
    ids = {kind: {each.id for each in of_kind(service, kind).values()} for kind in OLD_NAMES}
    for kind in OrganisationKind:
        rename(service, kind, f"New {kind}")
    loaded = load(service, partnerships=(a_partnership(),))

    assert loaded == Loaded(0, 0, 0)
    assert ids == {kind: {each.id for each in of_kind(service, kind).values()} for kind in ids}
    assert service.register(trn="1000002", email="b@example.org").ect.lead_provider == (
        "New lead_provider"
    )


def test_a_world_may_spell_names_as_it_likes(service):
    """Rows and what refers to them."""
    loaded = load(
        service,
        appropriate_bodies=(an_appropriate_body(name=HUB.lower()),),
        lead_providers=(a_lead_provider(name=LEAD_PROVIDER.upper()),),
        ects=(
            a_world_ect(
                choices=choices(appropriate_body=HUB.upper(), lead_provider=LEAD_PROVIDER.lower())
            ),
        ),
    )
    [ect] = service.ects_of(ECT_TRN)

    assert loaded == Loaded(1, 1, 1)
    assert ect.registration.choices == choices()


@pytest.mark.parametrize(
    ("part", "rows"),
    [
        (
            "lead_providers",
            (a_lead_provider(name=LEAD_PROVIDER), a_lead_provider(name=NEW)),
        ),
        (
            "lead_providers",
            (a_lead_provider(name=UNHEARD_OF), a_lead_provider(name=UNHEARD_OF.upper())),
        ),
    ],
    ids=["a former name beside the present one", "two spellings of a new name"],
)
def test_two_rows_for_one_organisation_are_a_mistake(service, part, rows):
    """Nobody could say which of them counts."""
    rename(service, PROVIDER)
    with pytest.raises(InvalidWorld) as raised:
        load(service, **{part: rows})

    assert raised.value.path == "lead_providers[1].name"
    assert raised.value.problem.startswith("Remove one: lead_providers[0] is the same")
