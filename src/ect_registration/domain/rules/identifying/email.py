"""Email addresses: they must be well formed, and not in use by another person."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ect_registration.domain.decisions import Decision, OurDecision, Policy, Rule
from ect_registration.domain.values import Trn

EMAILS = Policy("Giving an ECT’s email address")

EMAIL_FORMAT = Rule(
    id="email-format",
    says="An email address has the correct format.",
    source=EMAILS,
    details=OurDecision("GOV.UK Notify sends our emails, so its published rules decide"),
    enforced_by=("ect_registration.domain.email.Email",),
    tells="Enter an email address in the correct format, like name@example.com",
)

EMAIL_IN_USE = Rule(
    id="email-in-use",
    says="An email address is not in use on an open ECT or mentor period of a different person.",
    source=EMAILS,
    details=OurDecision("compared without case; the page never says who uses it or where"),
    enforced_by=(
        "ect_registration.domain.rules.identifying.email.check_email_in_use",
        "database: one holder of an email address",
    ),
    tells="This email address is already used by another person. Enter a different email address",
)

EMAIL_CAN_CHANGE = Rule(
    id="email-can-change",
    says="An ECT's email address can be changed later, under the same rules.",
    source=EMAILS,
    enforced_by=("ect_registration.use_cases.changing.change_ect.change_ect",),
)

EMAIL_IN_USE_UNDER_LOAD = Rule(
    id="email-in-use-under-load",
    says="No two people get one email address, however many submissions arrive at once.",
    source=OurDecision("a check before writing is not enough when two processes check together"),
    enforced_by=("database: one holder of an email address",),
)


def check_email_in_use(holders: Iterable[Trn], person: Collection[Trn]) -> Decision:
    """Refuses an address that another person has in an open period; one's own may be reused."""
    others = sum(holder not in person for holder in holders)
    if others:
        return EMAIL_IN_USE.refuses(field="email", other_people=others)
    return EMAIL_IN_USE.allows(other_people=others)
