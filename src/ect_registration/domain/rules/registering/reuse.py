"""Decides whether the school may reuse what it chose for the ECT it registered last."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import attrs

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.decisions import Allowed, OurDecision, Policy, Rule
from ect_registration.domain.people.ect import Registration
from ect_registration.domain.people.training import Programme, ProgrammeChoices
from ect_registration.domain.rules.registering.programme import partnership_with
from ect_registration.domain.school import Partnership, TrainingYear

REUSE = Policy("Reusing previous programme details when registering an ECT")

REUSE_OFFERED = Rule(
    id="reuse-offered",
    says="A school that registered an ECT before is offered its previous choices, if they are all "
    "still valid.",
    source=REUSE,
    details=OurDecision(
        "previous is what the latest registration chose; changes since do not count"
    ),
    enforced_by=("ect_registration.domain.rules.registering.reuse.reusable_choices",),
    tells="There are no previous programme choices to reuse. Enter the appropriate body",
)

REUSE_PARTNERSHIP_THIS_YEAR = Rule(
    id="reuse-partnership-this-year",
    says="With a partnership for the expected training start year, appropriate body, programme, "
    "lead provider and its delivery partner are shown.",
    source=REUSE,
    details=OurDecision(
        "a partnership counts as most recently used when its lead provider is the one chosen "
        "then; this year's wins, also when its delivery partner is another"
    ),
    enforced_by=("ect_registration.domain.rules.registering.reuse.reusable_choices",),
)

REUSE_PARTNERSHIP_EARLIER_YEAR = Rule(
    id="reuse-partnership-earlier-year",
    says="Without a partnership for the expected training start year, the newest one of an "
    "earlier year is shown with appropriate body, programme and lead provider, and is carried "
    "into that year.",
    source=REUSE,
    enforced_by=(
        "ect_registration.domain.rules.registering.reuse.reusable_choices",
        "ect_registration.use_cases.registering.write_ect.write_registration",
    ),
)

REUSE_WITHOUT_PARTNERSHIP = Rule(
    id="reuse-without-partnership",
    says="Without any partnership, appropriate body, programme and any lead provider are shown; a "
    "delivery partner is never asked for.",
    source=REUSE,
    enforced_by=("ect_registration.domain.rules.registering.reuse.reusable_choices",),
)

REUSE_NOT_VALID = Rule(
    id="reuse-not-valid",
    says="Previous choices are not offered when the body, the lead provider or its work with the "
    "delivery partner is no longer available.",
    source=REUSE,
    enforced_by=("ect_registration.domain.rules.registering.reuse.reusable_choices",),
    tells="Your previous programme choices can no longer be used. Enter the appropriate body",
)

REUSE_ANSWER = Rule(
    id="reuse-answer",
    says="Yes goes straight to check answers; no asks appropriate body, programme and lead "
    "provider again and carries nothing over.",
    source=REUSE,
    enforced_by=("ect_registration.journeys.register_ect.REGISTER_ECT",),
    tells="Select yes if you want to use your school’s previous programme choices",
)


@attrs.frozen
class ReusableChoices:
    """What is saved if the school reuses its previous choices."""

    choices: ProgrammeChoices
    delivery_partner: str | None = None
    carried_from: Partnership | None = None  # the partnership of an earlier year to carry over


@attrs.frozen
class Reuse:
    """The previous choices that are offered, if any, and the decision of the rule."""

    decision: Allowed
    offered: ReusableChoices | None = None


def reusable_choices(
    previous: Registration | None,
    bodies_offered: Collection[str],
    training_year: TrainingYear,
    partnerships: Iterable[Partnership],
) -> Reuse:
    """Decides on the choices of the school's latest registration, for an expected year."""
    if previous is None or None in (previous.choices.appropriate_body, previous.choices.programme):
        return Reuse(REUSE_OFFERED.allows(offered=False))
    choices = previous.choices
    if choices.appropriate_body not in bodies_offered:
        return _not_valid("appropriate_body")
    if choices.programme is Programme.SCHOOL_LED:
        return _offered(REUSE_WITHOUT_PARTNERSHIP, ReusableChoices(choices))
    if choices.lead_provider not in training_year.lead_providers:
        return _not_valid("lead_provider")
    return _provider_led(choices, choices.lead_provider, training_year, tuple(partnerships))


def _provider_led(
    choices: ProgrammeChoices,
    lead_provider: str,
    training_year: TrainingYear,
    partnerships: tuple[Partnership, ...],
) -> Reuse:
    """Reuses the expected year's partnership, or else an earlier year's; never a later one."""
    this_year = partnership_with(partnerships, lead_provider, training_year.year)
    latest = this_year or _newest_before(training_year.year, lead_provider, partnerships)
    if latest is None:
        return _offered(REUSE_WITHOUT_PARTNERSHIP, ReusableChoices(choices))
    if (lead_provider, latest.delivery_partner) not in training_year.pairs:
        return _not_valid("delivery_partner")
    if this_year:
        return _offered(
            REUSE_PARTNERSHIP_THIS_YEAR, ReusableChoices(choices, latest.delivery_partner)
        )
    return _offered(
        REUSE_PARTNERSHIP_EARLIER_YEAR,
        ReusableChoices(choices, latest.delivery_partner, carried_from=latest),
    )


def _newest_before(
    year: AcademicYear, lead_provider: str, partnerships: Iterable[Partnership]
) -> Partnership | None:
    earlier = [p for p in partnerships if p.lead_provider == lead_provider and p.year < year]
    return max(earlier, key=lambda partnership: partnership.year, default=None)


def _offered(rule: Rule, reusable: ReusableChoices) -> Reuse:
    carried = reusable.carried_from.year.starts_in if reusable.carried_from else None
    return Reuse(rule.allows(offered=True, carried_from=carried), reusable)


def _not_valid(what: str) -> Reuse:
    return Reuse(REUSE_NOT_VALID.allows(offered=False, no_longer_available=what))
