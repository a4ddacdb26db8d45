"""What lead providers may see and report."""

from __future__ import annotations

from collections.abc import Iterable

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.decisions import Allowed, Decision, OurDecision, Policy, Rule
from ect_registration.domain.rules.access import check_school_cannot_register
from ect_registration.domain.school import Partnership, School, TrainingYear

LEAD_PROVIDER_SEES = Rule(
    id="lead-provider-sees",
    says="A lead provider sees the people whose training with it is confirmed, also after it "
    "ends; every school that may register or has anything in that year; and its own expressions "
    "of interest and partnerships.",
    source=Policy("Giving an ECT’s lead provider"),
    details=OurDecision("fields of that training's period, and nothing later but name and TRN"),
    enforced_by=(
        "ect_registration.domain.lead_providers.person.latest_with",
        "ect_registration.use_cases.lead_providers.tokens.admit",
        "ect_registration.use_cases.lead_providers.reading.one_record",
    ),
)

LEAD_PROVIDER_CONFIRMS = Rule(
    id="lead-provider-confirms",
    says="A lead provider reports its partnership with a school that may register or has "
    "training waiting, in a year in which it works with the delivery partner; what waited is "
    "confirmed.",
    source=OurDecision("only the lead provider can say who will deliver the training"),
    enforced_by=(
        "ect_registration.domain.rules.outputs.lead_providers.check_lead_provider_confirms",
        "ect_registration.use_cases.lead_providers.partnerships.report_own_partnership",
    ),
    tells="The partnership cannot be reported: {because}",
)

UPDATED_WHEN_SEEN_TO_CHANGE = Rule(
    id="updated-when-seen-to-change",
    says="The moment of a record's last change belongs to the record as one lead provider sees "
    "it, and moves only when a value in it changes, and not because a day has passed; no change "
    "appears with an earlier moment than one already shown.",
    source=OurDecision("a program that asks for changes since its last one must miss nothing"),
    enforced_by=("ect_registration.use_cases.lead_providers.following.follow",),
)

NO_SUCH_SCHOOL = "there is no such school"
MAY_NOT_REGISTER = "the school may not register ECTs, and no training waits there"
NO_SUCH_PARTNER = "there is no such delivery partner"
NOT_TOGETHER = "the delivery partner does not work with you in that academic year"
EXISTS = "you have a partnership with this school in that academic year"


def check_lead_provider_confirms(
    school: School | None,
    partnership: Partnership,
    training_year: TrainingYear,
    existing: Iterable[Partnership],
    *,
    training_waits: bool,
) -> Decision:
    """Decides whether a lead provider may report this partnership of its own."""
    rule = LEAD_PROVIDER_CONFIRMS
    if school is None:
        return rule.finds_invalid("school_id", because=NO_SUCH_SCHOOL)
    may_register = isinstance(check_school_cannot_register(school), Allowed)
    if not (may_register or training_waits):
        return rule.finds_invalid("school_id", because=MAY_NOT_REGISTER)
    if not _work_together(partnership, training_year):
        return rule.finds_invalid("delivery_partner_id", because=NOT_TOGETHER)
    if any(_same_years(each, partnership) for each in existing):
        return rule.finds_invalid("school_id", because=EXISTS)
    return rule.allows(year=partnership.year.starts_in)


def check_partner_change(partnership: Partnership, training_year: TrainingYear) -> Decision:
    """Decides whether a partnership may have this delivery partner from now on."""
    if _work_together(partnership, training_year):
        return LEAD_PROVIDER_CONFIRMS.allows(year=partnership.year.starts_in)
    return LEAD_PROVIDER_CONFIRMS.finds_invalid("delivery_partner_id", because=NOT_TOGETHER)


def _work_together(partnership: Partnership, training_year: TrainingYear) -> bool:
    return (partnership.lead_provider, partnership.delivery_partner) in training_year.pairs


def _same_years(one: Partnership, other: Partnership) -> bool:
    return (one.lead_provider, one.year) == (other.lead_provider, other.year)


def cohort_of(text: str) -> AcademicYear | None:
    """Returns the academic year that a cohort is named by, such as 2025; None for none."""
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        return None
    year = int(text)
    return AcademicYear(year) if 1900 <= year <= 2100 else None
