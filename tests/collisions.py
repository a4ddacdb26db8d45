"""Strategies for a small world in which things collide: few people, schools and days."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from builders import DELIVERY_PARTNER, LEAD_PROVIDER, URN
from ect_registration.domain.calendar import AcademicYear, Period
from ect_registration.domain.drafts.saved_journey import JourneyId, SavedJourney
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctAtSchool, EctId, Registration, WorkingPattern
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.people.training import Programme, Training, TrainingId
from ect_registration.domain.school import Pairing, Partnership
from ect_registration.domain.values import Trn, Urn
from strategies import drafts_of_every_kind, known_choices

FEW_TRNS = tuple(Trn(f"700000{number}") for number in range(4))
FEW_URNS = (URN, Urn("100002"))
FEW_EMAILS = tuple(
    Email(f"{name}@example.org") for name in ("zero", "one", "two", "three", "Three", "four")
)
FEW_MOMENTS = tuple(datetime(2025, 9, day, 12, tzinfo=UTC) for day in range(1, 4))
FEW_YEARS = (AcademicYear(2024), AcademicYear(2025))

few_trns = st.sampled_from(FEW_TRNS)
few_urns = st.sampled_from(FEW_URNS)
few_emails = st.sampled_from(FEW_EMAILS)
few_moments = st.sampled_from(FEW_MOMENTS)
few_years = st.sampled_from(FEW_YEARS)
few_days = st.integers(1, 12).map(lambda day: date(2025, 9, day))
few_teachers = st.builds(Teacher, few_trns, st.sampled_from(["Asha Marlowe", "Joan Thackeray"]))


@st.composite
def few_periods(draw: st.DrawFn) -> Period:
    """Within a fortnight, or open-ended."""
    first, last = sorted([draw(few_days), draw(few_days)])
    return Period(first, draw(st.just(last) | st.none()))


few_trainings = st.builds(
    Training,
    st.uuids(version=4).map(TrainingId),
    few_periods(),
    st.just(Programme.PROVIDER_LED),
    few_years,
    st.just(LEAD_PROVIDER),
    st.sampled_from([None, None, DELIVERY_PARTNER]),
    withdrawn=st.sampled_from([False, False, True]),
)
ects = st.builds(
    EctAtSchool,
    st.uuids(version=4).map(EctId),
    few_urns,
    few_teachers,
    few_emails,
    few_periods(),
    st.builds(Registration, few_moments, few_years, known_choices),
    st.sampled_from(WorkingPattern),
    completed=st.booleans(),
    trainings=st.lists(few_trainings, max_size=1).map(tuple),
)
mentors = st.builds(
    MentorAtSchool,
    st.uuids(version=4).map(MentorId),
    few_urns,
    few_teachers,
    few_emails,
    few_periods(),
    st.lists(few_trainings, max_size=1).map(tuple),
)
partnerships = st.builds(
    Partnership,
    few_urns,
    st.just(LEAD_PROVIDER),
    st.sampled_from([DELIVERY_PARTNER, "Causeway Training"]),
    few_years,
)
pairings = st.frozensets(
    st.builds(Pairing, st.just(LEAD_PROVIDER), st.just(DELIVERY_PARTNER), few_years)
)
journeys = st.builds(
    SavedJourney,
    st.uuids(version=4).map(JourneyId),
    few_urns,
    st.sampled_from(["user-1", "user-2"]),
    drafts_of_every_kind,
    few_moments,
)
