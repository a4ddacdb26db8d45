"""The rows of check answers for a mentor, and the steps that change them."""

from __future__ import annotations

from collections.abc import Sequence

from ect_registration.domain.calendar import day_before
from ect_registration.journeys.answers import given
from ect_registration.journeys.engine import Progress
from ect_registration.journeys.identify import asks_same_person
from ect_registration.journeys.mentor_case import MentorCase
from ect_registration.journeys.mentoring_case import MentoringCase
from entrypoints.text.dates_in_words import long_date
from entrypoints.web.ects.wording import WAITING
from entrypoints.web.journeys.rows import NO_NAME, Row, Section
from entrypoints.web.platform.template_globals import academic_year
from entrypoints.web.register_mentor.wording import training_answer


def sections_of(case: MentorCase, progress: Progress[MentorCase]) -> Sequence[Section]:
    """Returns the sections of check answers, in the order of the questions."""
    return (
        Section("The mentor", _person(case)),
        Section("At your school", _school(case, progress)),
        Section("Mentor training", _training(case, progress)),
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


def _school(case: MentorCase, progress: Progress[MentorCase]) -> Sequence[Row]:
    starts = "start-date" if progress.shows("start-date") else None
    only_here = "Yes" if case.only_here else "No"
    only = Row("Mentor only at your school", only_here, "only-here", "only_here")
    mentorship = given(case.mentorship)
    last_day = Row(
        "Mentors the ECT until", long_date(mentorship.finished_on), shown="mentors_until"
    )
    return (
        *((only,) if progress.shows("only-here") else ()),
        Row("Start date as a mentor", long_date(case.start_date), starts, "started_on"),
        Row("ECT to mentor", case.ect.teacher.name, shown="ect"),
        Row("Mentors the ECT from", long_date(mentorship.started_on), shown="mentors_from"),
        *((last_day,) if mentorship.finished_on is not None else ()),
    )


def _training(case: MentorCase, progress: Progress[MentorCase]) -> Sequence[Row]:
    if case.lead_provider is None:
        return (Row("Funded training", training_answer(case), shown="lead_provider"),)
    asked = "lead-provider" if progress.shows("lead-provider") else "training"
    return (
        Row("Funded training", training_answer(case)),
        Row("Academic year", academic_year(case.year_of_training)),
        Row("Lead provider", case.lead_provider, asked, "lead_provider"),
        Row("Delivery partner", case.delivery_partner or WAITING, shown="delivery_partner"),
    )


def what_ends_elsewhere(case: MentorCase) -> Sequence[str]:
    """Returns a sentence for each mentor period that would end at another school."""
    name = case.teacher.name
    return [
        f"{name} will stop mentoring at {case.schools[before.school]}. Their last day there is "
        f"{long_date(after.period.finished_on)}. ECTs they mentor there will need another mentor"
        for before, after in case.ended
    ]


def mentors_replaced(case: MentoringCase) -> Sequence[str]:
    """Returns a sentence for each mentor that this one replaces."""
    starts_on = given(case.mentorship).started_on
    said = []
    for mentorship in case.replaced:
        name = mentorship.mentor_teacher.name
        if mentorship.period.started_on < starts_on:
            last_day = long_date(day_before(starts_on))
            said.append(f"{name} will mentor {case.ect.teacher.name} until {last_day}")
        else:
            said.append(f"{name} will no longer become the mentor of {case.ect.teacher.name}")
    return said
