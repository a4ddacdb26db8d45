"""Which appropriate bodies, programmes and lead providers an ECT may have."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.decisions import Allowed, Decision, OurDecision, Policy, Rule
from ect_registration.domain.people.training import Programme, TrainingState
from ect_registration.domain.school import (
    AppropriateBody,
    BodyKind,
    Partnership,
    School,
    SchoolType,
    TrainingYear,
)

BODIES = Policy(
    "Giving an ECT’s appropriate body when the school isn’t reusing previous programme details"
)

APPROPRIATE_BODY_STATE_FUNDED = Rule(
    id="appropriate-body-state-funded",
    says="A state-funded school chooses among the teaching school hubs active on the later of "
    "registration day and start date.",
    source=BODIES,
    details=OurDecision("a hub's last active day still counts; local authorities never do"),
    enforced_by=("ect_registration.domain.rules.registering.programme.check_appropriate_body",),
    tells="Select an appropriate body from the list",
)

APPROPRIATE_BODY_INDEPENDENT = Rule(
    id="appropriate-body-independent",
    says="An independent school with section 41 funding may also choose a national body, the "
    "Independent Schools Teacher Induction Panel (ISTIP).",
    source=BODIES,
    enforced_by=("ect_registration.domain.rules.registering.programme.check_appropriate_body",),
    tells="Select an appropriate body from the list",
)

TRAINING_PROGRAMME = Rule(
    id="training-programme",
    says="Training is provider-led or school-led; school-led asks nothing more.",
    source=Policy("Giving an ECT’s training programme"),
    enforced_by=(
        "ect_registration.domain.people.training.Programme",
        "ect_registration.journeys.register_ect.REGISTER_ECT",
    ),
    tells="Select if the training programme is provider-led or school-led",
)

LEAD_PROVIDER_NOT_AVAILABLE = Rule(
    id="lead-provider-not-available",
    says="Provider-led training needs a lead provider that works in the expected training start "
    "year.",
    source=Policy("Giving an ECT’s lead provider"),
    enforced_by=("ect_registration.domain.rules.registering.programme.check_lead_provider",),
    tells="Select a lead provider from the list for the {year} academic year",
)

CONFIRMED_OR_INTEREST = Rule(
    id="confirmed-or-interest",
    says="With a partnership of the school, lead provider and year training is confirmed; "
    "without one it is an expression of interest until the partnership is reported.",
    source=OurDecision("only the lead provider can say who will deliver the training"),
    enforced_by=(
        "ect_registration.domain.rules.registering.programme.partnership_with",
        "database: one partnership per school, lead provider and year",
    ),
)

TOLD_WHAT_HAPPENS = Rule(
    id="told-what-happens",
    says="For a provider-led ECT the school is told that the details go to the lead provider, "
    "so that it need not contact it separately; before the lead provider has confirmed, that it "
    "sees the school's choice and gets the details when it confirms.",
    source=Policy("Giving an ECT’s lead provider"),
    details=OurDecision("a lead provider sees only people whose training it has confirmed"),
    enforced_by=("ect_registration.domain.rules.registering.programme.what_happens_next",),
    tells="We will pass the ECT’s details on to {lead_provider}, who will contact your school. "
    "You do not need to contact them separately",
)
WHEN_THEY_CONFIRM = (
    "We will pass the ECT’s details on to {lead_provider} when they confirm that they work with "
    "your school. They can already see that your school has chosen them. You do not need to "
    "contact them separately"
)


def appropriate_body_rule(school: School) -> Rule:
    """Returns the rule on appropriate bodies for this kind of school."""
    if school.type is SchoolType.INDEPENDENT:
        return APPROPRIATE_BODY_INDEPENDENT
    return APPROPRIATE_BODY_STATE_FUNDED


def bodies_on_offer(
    school: School, bodies: Iterable[AppropriateBody], registered_on: date, start_date: date
) -> tuple[str, ...]:
    """Returns the names of the bodies to choose from, sorted."""
    day = max(registered_on, start_date)
    kinds = {BodyKind.TEACHING_SCHOOL_HUB}
    if school.type is SchoolType.INDEPENDENT and school.section_41:
        kinds.add(BodyKind.NATIONAL)
    return tuple(sorted(b.name for b in bodies if b.kind in kinds and b.is_active(day)))


def check_appropriate_body(
    rule: Rule, chosen: str, offered: Collection[str], known: Collection[str]
) -> Decision:
    """Refuses a known body that is not offered, and finds an unknown name invalid."""
    if chosen in offered:
        return rule.allows(offered=len(offered))
    if chosen in known:
        return rule.refuses(field="appropriate_body", offered=len(offered))
    return rule.finds_invalid("appropriate_body", offered=len(offered))


def check_training_programme(programme: Programme) -> Allowed:
    """Allows both programmes, and puts the choice on record."""
    return TRAINING_PROGRAMME.allows(programme=programme.value)


def check_lead_provider(chosen: str, training_year: TrainingYear) -> Decision:
    """Refuses a known provider that is not offered, and finds an unknown name invalid."""
    rule, year = LEAD_PROVIDER_NOT_AVAILABLE, str(training_year.year)
    offered = len(training_year.lead_providers)
    if chosen in training_year.lead_providers:
        return rule.allows(year=year, offered=offered)
    if chosen in training_year.all_lead_providers:
        return rule.refuses(field="lead_provider", year=year, offered=offered)
    return rule.finds_invalid("lead_provider", year=year, offered=offered)


def partnership_with(
    partnerships: Iterable[Partnership], lead_provider: str, year: AcademicYear
) -> Partnership | None:
    """Returns the school's only partnership with this lead provider in this year, if any."""
    for partnership in partnerships:
        if partnership.lead_provider == lead_provider and partnership.year == year:
            return partnership
    return None


def check_confirmed_or_interest(
    lead_provider: str | None, delivery_partner: str | None
) -> Allowed:
    """Returns an allowed decision with the state of the training as evidence."""
    if lead_provider is None:
        state = TrainingState.SCHOOL_LED
    elif delivery_partner is None:
        state = TrainingState.EXPRESSION_OF_INTEREST
    else:
        state = TrainingState.CONFIRMED
    return CONFIRMED_OR_INTEREST.allows(training=state.value)


def what_happens_next(lead_provider: str | None, delivery_partner: str | None) -> str | None:
    """Returns what check answers and confirmation say; None for a school-led ECT.

    Without a delivery partner the lead provider has not confirmed yet.
    """
    if lead_provider is None:
        return None
    confirmed = delivery_partner is not None
    told = TOLD_WHAT_HAPPENS.tells if confirmed else WHEN_THEY_CONFIRM
    return told.format(lead_provider=lead_provider)
