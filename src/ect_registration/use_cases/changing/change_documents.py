"""Changes of an ECT or a mentor in one document: only the keys given change, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.change_draft import EctChangeDraft, MentorChangeDraft
from ect_registration.domain.drafts.ect_draft import NameAnswer
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctId, WorkingPattern
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.training import Programme
from ect_registration.domain.rules.access import unknown_school
from ect_registration.domain.rules.mentors.mentor import MENTOR_START_DATE
from ect_registration.domain.rules.registering.start_date import START_DATE_RANGE
from ect_registration.domain.values import PersonName, Urn, parse_date
from ect_registration.use_cases.changing.change_ect import change_ect, look_at_ect_change
from ect_registration.use_cases.changing.change_mentor import (
    change_mentor,
    look_at_mentor_change,
)
from ect_registration.use_cases.changing.change_outcomes import EctChange, MentorChange
from ect_registration.use_cases.registering.documents import (
    PERSON_CHECKS,
    SAME_PERSON,
    Answers,
    Check,
    Keys,
    as_it_is,
    read,
    same_person,
)
from ect_registration.use_cases.registering.ect_document import KEYS as REGISTRATION_KEYS
from ect_registration.use_cases.transactions import Actor, Ports, Tells

# Keys of documents, each with the step of a change that it answers.
STEPS = {
    "corrected_name": "name",
    "email": "email",
    "working_pattern": "working-pattern",
    "start_date": "start-date",
    "appropriate_body": "appropriate-body",
    "programme": "programme",
    "lead_provider": "lead-provider",
}
_PERSON: Mapping[str, Check] = {
    key: PERSON_CHECKS[key] for key in ("school", "corrected_name", "email")
}

ECT_CHANGE_KEYS = Keys(
    required=("school",),
    confirmations=(SAME_PERSON,),
    order=("school", "corrected_name", SAME_PERSON, *list(STEPS)[1:]),
    checks={
        **_PERSON,
        **{
            key: REGISTRATION_KEYS.checks[key]
            for key in (
                "working_pattern",
                "start_date",
                "appropriate_body",
                "programme",
                "lead_provider",
            )
        },
    },
)
MENTOR_CHANGE_KEYS = Keys(
    required=("school",),
    confirmations=(SAME_PERSON,),
    order=("school", "corrected_name", SAME_PERSON, "email", "start_date", "lead_provider"),
    checks={
        **_PERSON,
        "start_date": lambda typed, _: parse_date(typed, MENTOR_START_DATE.id),
        "lead_provider": as_it_is,
    },
)


def change_ect_by(
    id: EctId,
    document: object,
    user: str,
    ports: Ports,
    *,
    dry_run: bool = False,
    tells: Tells = Tells.NOBODY,
    reason: str | None = None,
) -> EctChange | Blocked:
    """Changes what a document says of an ECT. Raises InvalidRequest for one that is not right."""
    answers = ECT_CHANGE_KEYS.read(document, ports.clock.today())
    texts = answers.texts
    changes = EctChangeDraft(
        ect=id,
        asked=_asked(answers),
        name=NameAnswer(read(PersonName.parse, texts.get("corrected_name"))),
        same_person=same_person(answers),
        email=read(Email.parse, texts.get("email")),
        start_date=read(_day(START_DATE_RANGE.id), texts.get("start_date")),
        working_pattern=read(WorkingPattern, texts.get("working_pattern")),
        appropriate_body=texts.get("appropriate_body"),
        programme=read(Programme, texts.get("programme")),
        lead_provider=texts.get("lead_provider"),
    )
    actor = Actor(user, Urn.parse(answers.required("school")), tells, reason)
    unknown = _unknown_school(actor, ports)
    if unknown is not None:
        return unknown
    use = look_at_ect_change if dry_run else change_ect
    return use(changes, actor, ports)


def change_mentor_by(
    id: MentorId,
    document: object,
    user: str,
    ports: Ports,
    *,
    dry_run: bool = False,
    tells: Tells = Tells.NOBODY,
    reason: str | None = None,
) -> MentorChange | Blocked:
    """Changes what a document says of a mentor. Raises InvalidRequest for one not right."""
    answers = MENTOR_CHANGE_KEYS.read(document, ports.clock.today())
    texts = answers.texts
    changes = MentorChangeDraft(
        mentor=id,
        asked=_asked(answers),
        name=NameAnswer(read(PersonName.parse, texts.get("corrected_name"))),
        same_person=same_person(answers),
        email=read(Email.parse, texts.get("email")),
        start_date=read(_day(MENTOR_START_DATE.id), texts.get("start_date")),
        lead_provider=texts.get("lead_provider"),
    )
    actor = Actor(user, Urn.parse(answers.required("school")), tells, reason)
    unknown = _unknown_school(actor, ports)
    if unknown is not None:
        return unknown
    use = look_at_mentor_change if dry_run else change_mentor
    return use(changes, actor, ports)


def _asked(answers: Answers) -> frozenset[str]:
    """Returns the steps that the keys answer; a null answers only for the name in TRS."""
    given = (
        key
        for key, text in answers.texts.items()
        if key in STEPS and (text is not None or key == "corrected_name")
    )
    return frozenset(STEPS[key] for key in given)


def _day(rule: str) -> Callable[[str], date]:
    return lambda typed: parse_date(typed, rule)


def _unknown_school(actor: Actor, ports: Ports) -> Blocked | None:
    with ports.reading() as uow:
        known = uow.schools.find(actor.school) is not None
    return None if known else unknown_school()
