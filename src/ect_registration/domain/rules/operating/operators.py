"""What holds for the people who run the service, and for the reference data that they change."""

from __future__ import annotations

from ect_registration.domain.decisions import Decision, OurDecision, Rule

OPERATOR = "operator"  # how the names of those who run the service begin in history

REFERENCE_CHANGES = Rule(
    id="reference-changes",
    says="Only the rows and columns that are given change, every change can be previewed and is "
    "kept in history with who made it, nothing that a record needs is deleted, and ending a "
    "partnership turns its open trainings into expressions of interest.",
    source=OurDecision("a file about one thing must never change another"),
    enforced_by=(
        "ect_registration.use_cases.operating.reference.change.change_reference",
        "ect_registration.use_cases.operating.reference.partnership_effects.follow",
    ),
)

OPERATOR_IS_NAMED = Rule(
    id="operator-is-named",
    says="In production, operators give their name to change something or look a person up at the "
    "command line, and history keeps it with the account they used; to do a school’s work they "
    "give the reason too, and the school sees “Support”.",
    source=OurDecision("an account may be shared, and history has to say who did what, and why"),
    enforced_by=(
        "ect_registration.domain.rules.operating.operators.check_operator_is_named",
        "ect_registration.domain.rules.operating.operators.check_reason_given",
        "ect_registration.use_cases.operating.look_up.record_looking_up",
    ),
    tells="Say who you are, with --as NAME or the setting ECT_OPERATOR",
)

WITHOUT_A_REASON = "Say why you do this for the school: --reason TEXT"


def check_operator_is_named(name: str | None, *, in_production: bool) -> Decision:
    """Decides whether a command may write for a person who gave this name, or none."""
    if name is None and in_production:
        return OPERATOR_IS_NAMED.needs("as")
    return OPERATOR_IS_NAMED.allows(named=name is not None)


def check_reason_given(reason: str | None, *, in_production: bool) -> Decision:
    """Decides whether a command may do a school's work for this reason, or for none."""
    if reason is None and in_production:
        return OPERATOR_IS_NAMED.needs("reason", WITHOUT_A_REASON)
    return OPERATOR_IS_NAMED.allows(reason=reason is not None)
