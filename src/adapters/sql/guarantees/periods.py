"""Lists what the database guarantees of periods and their parts."""

from __future__ import annotations

from datetime import date

from adapters.sql.guarantees.guarantee import Guarantee
from adapters.sql.guarantees.probe_rows import (
    APRIL,
    JANUARY,
    MARCH_ENDS,
    NEW_YEARS_EVE,
    OTHER,
    a_change,
    a_mentor,
    a_mentorship,
    a_training,
    an_ect,
    an_organisation,
)
from adapters.sql.tables import offers, people

_BACKWARDS = {"started_on": date(2025, 8, 31), "finished_on": date(2025, 8, 30)}
_BEFORE_TERM = {"started_on": date(2025, 8, 1), "finished_on": date(2025, 8, 31)}

PERIOD_GUARANTEES = (
    Guarantee(
        name="no two overlapping ECT periods of a teacher",
        says="Nobody is an ECT at two schools, or twice at one, on the same day, unless one "
        "of the periods was withdrawn.",
        sqlite=("ect_periods_overlap_on_insert", "ect_periods_overlap_on_update"),
        postgresql=("ex_ect_periods_overlap",),
        violations=(an_ect(OTHER, teacher=-1, school_id=-2, started_on=JANUARY),),
    ),
    Guarantee(
        name="no two overlapping mentor periods of a teacher at a school",
        says="Nobody is a mentor twice at one school on the same day, unless one of the periods "
        "was withdrawn.",
        sqlite=("mentor_periods_overlap_on_insert", "mentor_periods_overlap_on_update"),
        postgresql=("ex_mentor_periods_overlap",),
        violations=(
            a_mentor(OTHER, teacher=-2, started_on=JANUARY),
            a_change(people.mentor_periods, -4, school_id=-1),
        ),
    ),
    Guarantee(
        name="one mentor at a time per ECT",
        says="Two mentorships of an ECT have no day in common, unless one was withdrawn.",
        sqlite=("mentorships_overlap_on_insert", "mentorships_overlap_on_update"),
        postgresql=("ex_mentorships_overlap",),
        violations=(a_mentorship(OTHER, mentor=-3, teacher=-3, started_on=NEW_YEARS_EVE),),
    ),
    Guarantee(
        name="nobody mentors themself",
        says="An ECT is never their own mentor, unless the mentorship was withdrawn.",
        constraints=("ck_mentorships_nobody_mentors_themself",),
        violations=(a_mentorship(OTHER, mentor=-1, teacher=-1),),
    ),
    Guarantee(
        name="ECT and mentor are at the same school",
        says="A mentorship is between two people at one school, and says truly who they are.",
        constraints=(
            "fk_mentorships_ect_period_id_ect_teacher_id_school_id",
            "fk_mentorships_mentor_period_id_mentor_teacher_id_school_id",
        ),
        violations=(
            a_mentorship(OTHER, mentor=-4, teacher=-3),
            a_mentorship(OTHER, mentor=-1, teacher=-2),
        ),
    ),
    Guarantee(
        name="mentorship lies inside both periods",
        says="Nobody mentors or is mentored before they start, after they leave, or in a period "
        "that was withdrawn.",
        sqlite=(
            "mentorships_inside_on_insert",
            "mentorships_inside_on_update",
            "ect_periods_keep_mentorships",
            "mentor_periods_keep_mentorships",
        ),
        postgresql=("mentorships_inside", "ect_periods_keep_parts", "mentor_periods_keep_parts"),
        violations=(
            a_mentorship(OTHER, mentor=-3, teacher=-3, **_BEFORE_TERM),
            a_change(people.mentorships, -1, started_on=date(2025, 8, 31)),
            a_change(people.ect_periods, -1, started_on=date(2025, 9, 2)),
            a_change(people.mentor_periods, -2, finished_on=date(2025, 12, 30)),
            a_change(people.ect_periods, -1, withdrawn=True),
            a_change(people.mentor_periods, -2, withdrawn=True),
        ),
    ),
    Guarantee(
        name="training belongs to exactly one period",
        says="A training is that of an ECT or that of a mentor.",
        constraints=("ck_trainings_of_ect_or_mentor",),
        violations=(
            a_training(OTHER, mentor_period_id=-1),
            a_training(OTHER, ect_period_id=None),
        ),
    ),
    Guarantee(
        name="training lies inside its period",
        says="Nobody is trained before they start, after they leave, or in a period that was "
        "withdrawn.",
        sqlite=(
            "trainings_inside_on_insert",
            "trainings_inside_on_update",
            "ect_periods_keep_trainings",
            "mentor_periods_keep_trainings",
        ),
        postgresql=("trainings_inside", "ect_periods_keep_parts", "mentor_periods_keep_parts"),
        violations=(
            a_training(OTHER, **_BEFORE_TERM),
            a_change(people.trainings, -1, started_on=date(2025, 8, 31)),
            a_change(people.ect_periods, -1, finished_on=date(2026, 3, 30)),
            a_change(people.mentor_periods, -3, withdrawn=True),
        ),
    ),
    Guarantee(
        name="no two overlapping trainings",
        says="Two trainings of one period have no day in common, unless one was withdrawn.",
        sqlite=("trainings_overlap_on_insert", "trainings_overlap_on_update"),
        postgresql=("ex_trainings_overlap_of_ect", "ex_trainings_overlap_of_mentor"),
        violations=(a_training(OTHER, started_on=date(2026, 3, 31)),),
    ),
    Guarantee(
        name="no two overlapping mentor trainings of a teacher",
        says="No mentor has two trainings on the same day, unless one was withdrawn.",
        sqlite=("mentor_trainings_overlap_on_insert", "mentor_trainings_overlap_on_update"),
        postgresql=("ex_trainings_overlap_of_person",),
        violations=(
            a_training(
                OTHER,
                teacher_id=-3,
                school_id=-2,
                ect_period_id=None,
                mentor_period_id=-4,
                started_on=MARCH_ENDS,
                partnership_id=None,
            ),
        ),
    ),
    Guarantee(
        name="first day not after last",
        says="No period ends before it begins, withdrawn ones included.",
        constraints=tuple(
            f"ck_{table}_first_day_not_after_last"
            for table in (
                "appropriate_bodies",
                "ect_periods",
                "mentor_periods",
                "mentorships",
                "trainings",
            )
        ),
        violations=(
            an_organisation(
                offers.appropriate_bodies,
                OTHER,
                kind="national",
                active_from=APRIL,
                active_until=JANUARY,
            ),
            an_ect(OTHER, teacher=-3, **_BACKWARDS),
            a_mentor(OTHER, teacher=-2, **_BACKWARDS),
            a_mentorship(OTHER, mentor=-3, teacher=-3, withdrawn=True, **_BACKWARDS),
            a_training(OTHER, withdrawn=True, **_BACKWARDS),
        ),
    ),
)
