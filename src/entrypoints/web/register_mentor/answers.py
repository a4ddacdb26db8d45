"""The rows of check answers for a mentor, and the steps that change them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ect_registration.domain.rules.check_answers import AssignmentPreview, MentorPreview
from ect_registration.domain.rules.mentors.mentor_training import TrainingThen
from ect_registration.domain.rules.mentors.replacement import MentorReplaced
from ect_registration.journeys.engine import Progress
from ect_registration.journeys.identify import asks_same_person
from ect_registration.journeys.mentor_case import AssignmentCase, MentorCase
from ect_registration.journeys.mentoring_case import MentoringCase
from entrypoints.text.dates_in_words import long_date
from entrypoints.web.ects.wording import WAITING, days_of_gap
from entrypoints.web.journeys.rows import NO_NAME, Row, Section
from entrypoints.web.platform.template_globals import academic_year
from entrypoints.web.register_mentor.wording import training_answer

Shown = AssignmentPreview | MentorPreview
NONE = "None"


def sections_of(
    case: MentorCase, progress: Progress[MentorCase], shown: MentorPreview
) -> Sequence[Section]:
    """Returns the sections of check answers, in the order of the questions."""
    return (
        Section("The mentor", _person(case)),
        Section("At your school", _school(case, progress, shown)),
        Section("Mentor training", _training(case, progress, shown)),
    )


def sections_of_change(
    case: AssignmentCase,
    progress: Progress[AssignmentCase],
    shown: AssignmentPreview,
    choosing: str,
) -> Sequence[Section]:
    """Returns the sections for a mentor who takes over; ``choosing`` asks for another one."""
    mentor = Row("New mentor", shown.name, shown="name", address=choosing)
    return (
        Section(
            "The early career teacher (ECT) and their mentors",
            (*_ect(case, shown), mentor, *_days(case, shown)),
        ),
        Section("Mentor training", _training(case, progress, shown)),
    )


def _person(case: MentorCase) -> Sequence[Row]:
    on_record = Row("Name on the teacher record", case.record.name or NO_NAME, shown="trs_name")
    same_person = Row("Same person as on the teacher record", "Yes", "same-person")
    return (
        Row("TRN", case.record.trn.digits),
        Row("Name", case.teacher.name, "name", "name"),
        *((on_record,) if case.teacher.corrected_name is not None else ()),
        *((same_person,) if asks_same_person(case) else ()),
        Row("Email address", case.email.address, "email", "email"),
    )


def _school(
    case: MentorCase, progress: Progress[MentorCase], shown: MentorPreview
) -> Sequence[Row]:
    starts = "start-date" if progress.shows("start-date") else None
    only_here = "Yes" if case.only_here else "No"
    only = Row("Mentor only at your school", only_here, "only-here", "only_here")
    return (
        *((only,) if progress.shows("only-here") else ()),
        Row("Start date as a mentor", long_date(case.start_date), starts, "started_on"),
        *_ect(case, shown),
        *_days(case, shown),
    )


def _ect(case: MentoringCase, shown: Shown) -> Sequence[Row]:
    """Returns the ECT and, where a mentor takes over, their mentor now with the last day."""
    nobody = (Row("Mentor now", NONE, shown="replaces"),) if case.draft.replace else ()
    mentors = [_replaced(each, case.today) for each in shown.replaces] or nobody
    return (Row("ECT to mentor", shown.ect, shown="ect"), *mentors)


def _replaced(mentor: MentorReplaced, today: date) -> Row:
    first_day = mentor.started_on
    says = "Mentor now" if first_day <= today else "Next mentor"
    if mentor.finished_on is None:
        cancelled = (
            f"{mentor.name}, whose assignment from {long_date(first_day)} will be cancelled"
        )
        return Row(says, cancelled, shown="replaces")
    return Row(says, f"{mentor.name} until {long_date(mentor.finished_on)}", shown="replaces")


def _days(case: MentoringCase, shown: Shown) -> Sequence[Row]:
    """Returns from when until when the mentor mentors the ECT, and who is without one when."""
    until = Row("Mentors the ECT until", long_date(shown.mentors_until), shown="mentors_until")
    days = " and ".join(map(days_of_gap, shown.without_mentor)) or NONE
    without = Row("Days without a mentor", days[:1].upper() + days[1:], shown="without_mentor")
    return (
        Row("Mentors the ECT from", long_date(shown.mentors_from), shown="mentors_from"),
        *((until,) if shown.mentors_until is not None else ()),
        *((without,) if case.draft.replace or shown.without_mentor else ()),
    )


def _training(
    case: MentoringCase, progress: Progress[MentorCase] | Progress[AssignmentCase], shown: Shown
) -> Sequence[Row]:
    answer = training_answer(case, shown)
    if shown.training is not TrainingThen.BEGINS:
        parts = "training lead_provider delivery_partner"
        return (Row("Funded training", answer, shown=parts),)
    asked = "lead-provider" if progress.shows("lead-provider") else "training"
    return (
        Row("Funded training", answer, shown="training"),
        Row("Academic year", academic_year(case.year_of_training)),
        Row("Lead provider", shown.lead_provider or "", asked, "lead_provider"),
        Row("Delivery partner", shown.delivery_partner or WAITING, shown="delivery_partner"),
    )


def what_ends_elsewhere(case: MentorCase) -> Sequence[str]:
    """Returns a sentence for each mentor period that would end at another school."""
    name = case.teacher.name
    return [
        f"{name} will stop mentoring at {case.schools[before.school]}. Their last day there is "
        f"{long_date(after.period.finished_on)}. ECTs they mentor there will need another mentor"
        for before, after in case.ended
    ]
