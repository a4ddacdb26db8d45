"""What organisations are called, and which one a name means."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ect_registration.domain.decisions import Decision, OurDecision, Rule
from ect_registration.domain.school import LONGEST_TITLE, Organisation
from ect_registration.domain.text import has_controls, is_blank, is_control, name_key

ORGANISATIONS_KEEP_THEIR_IDENTITY = Rule(
    id="organisations-keep-their-identity",
    says="A lead provider, delivery partner or appropriate body stays the same one under a new "
    "name; names are unique, and matched, without regard to case, accents and blanks, and a "
    "former name still matches while it is free.",
    source=OurDecision("organisations change their names, and what schools chose must not change"),
    enforced_by=(
        "ect_registration.domain.rules.operating.organisations.name_meant",
        "ect_registration.domain.rules.operating.organisations.check_new_name",
        "ect_registration.use_cases.operating.organisations.rename_in",
        "database: one organisation per name",
    ),
    tells="Enter another name: {taken_by} has this one",
)


def name_meant(typed: str, names: Collection[str], former_names: Iterable[tuple[str, str]]) -> str:
    """Returns the present name of the organisation that was meant, or what was typed.

    Present names come first; a former name, given with the present one, counts if it is free.
    Text with characters that may never be stored means nothing.
    """
    if typed in names or any(is_control(c) and not is_blank(c) for c in typed):
        return typed
    meant = {name_key(former): now for former, now in former_names}
    meant |= {name_key(name): name for name in names}
    return meant.get(name_key(typed), typed)


def name_meant_among(typed: str, organisations: Collection[Organisation]) -> str:
    """Returns the present name of the one among these that was meant, or what was typed."""
    return name_meant(
        typed,
        {organisation.name for organisation in organisations},
        [(former, each.name) for each in organisations for former in each.former_names],
    )


def check_new_name(
    name: str, organisation: Organisation, organisations: Iterable[Organisation]
) -> Decision:
    """Decides on a name for this one among the organisations of its kind.

    A former name of another may be taken: from then on it means this one.
    """
    rule = ORGANISATIONS_KEEP_THEIR_IDENTITY
    if not 1 <= len(name) <= LONGEST_TITLE or has_controls(name):
        return rule.finds_invalid("name", f"Enter a name of 1 to {LONGEST_TITLE} characters")
    key = name_key(name)
    for other in organisations:
        if other.id != organisation.id and name_key(other.name) == key:
            return rule.refuses(field="name", taken_by=other.name)
    return rule.allows()
