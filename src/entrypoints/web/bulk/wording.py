"""The words that pages use for the rows of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.rules.check_answers import DECIDED_AGAIN, Preview
from ect_registration.domain.rules.identifying.limits import TOO_MANY_ATTEMPTS
from ect_registration.domain.rules.registering.programme import what_happens_next
from ect_registration.use_cases.bulk.rows import RowOutcome, RowResult, ShownRow
from entrypoints.text.bulk_report import message_of
from entrypoints.text.dates_in_words import long_date
from entrypoints.web.ects.wording import PATTERNS, SCHOOL_LED
from entrypoints.web.platform.errors import free_again_on

CHANGED_SINCE = (
    "The teacher’s record has been closed or merged since you uploaded the file. Ask the teacher "
    "for their current TRN"
)
FIELDS = {
    "trn": "TRN",
    "date_of_birth": "Date of birth",
    "national_insurance_number": "National Insurance number",
    "appropriate_body": "Appropriate body",
}


def registered(number: int, shown: Preview) -> Mapping[str, object]:
    """Returns what a page shows of a row that would be registered."""
    return {
        "number": number,
        "name": shown.name,
        "email": shown.email,
        "started_on": long_date(shown.started_on),
        "working_pattern": PATTERNS[shown.working_pattern],
        "appropriate_body": shown.appropriate_body,
        "training": _training(shown),
        "transfer": bool(shown.ends_elsewhere),
    }


def _training(shown: Preview) -> str:
    if shown.lead_provider is None:
        return SCHOOL_LED
    if shown.delivery_partner is None:
        return f"{shown.lead_provider}, waiting for them to confirm"
    return f"{shown.lead_provider} with {shown.delivery_partner}"


def left_out(result: RowResult) -> Mapping[str, object]:
    """Returns what a page shows of a row that is not registered."""
    why_not = result.why_not
    message = "" if why_not is None else message_of(why_not)
    field = None if why_not is None else why_not.field
    if isinstance(why_not, Blocked) and why_not.rule is TOO_MANY_ATTEMPTS:
        again = free_again_on(why_not)
        message = f"Not looked up yet. You have tried too many times. You can try again on {again}"
    if isinstance(why_not, Blocked) and why_not.rule is DECIDED_AGAIN:
        message = CHANGED_SINCE
    return {
        "number": result.number,
        "trn": result.trn,
        "name": result.trs_name,
        "field": field and FIELDS.get(field, field.replace("_", " ").capitalize()),
        "message": message,
        "rule": rule_of(result),
    }


def rule_of(result: RowResult) -> str | None:
    """Returns the rule that refuses a row, if one does."""
    rule = None if result.why_not is None else result.why_not.rule
    return rule if rule is None or isinstance(rule, str) else rule.id


def told(rows: Sequence[ShownRow]) -> Sequence[str]:
    """Returns what happens next, for each lead provider once, sorted."""
    shown = [each.preview for each in rows]
    told = {what_happens_next(each.lead_provider, each.delivery_partner) for each in shown}
    return sorted(each for each in told if each is not None)


def done(results: Sequence[RowResult]) -> str:
    """Returns what was done, for a banner."""
    new = sum(each.word is RowOutcome.REGISTERED for each in results)
    before = sum(each.word is RowOutcome.DONE_BEFORE for each in results)
    said = [f"The details of {_ects(new)} have been saved"] if new else []
    if not (new or before):
        said.append("No details have been saved")
    if before:
        said.append(f"The details of {_ects(before)} were saved before")
    if new:
        said.append("Assign a mentor to complete each registration")
    return ". ".join(said)


def _ects(number: int) -> str:
    return "1 ECT" if number == 1 else f"{number} ECTs"
