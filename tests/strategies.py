"""Every Hypothesis strategy, by the name of what it gives."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from builders import DELIVERY_PARTNER, HUB, LEAD_PROVIDER, URN
from ect_registration.domain.calendar import AcademicYear, Period
from ect_registration.domain.decisions import Evidence
from ect_registration.domain.drafts.ect_draft import (
    EctDraft,
    NameAnswer,
    ReuseAnswer,
    SamePersonAnswer,
)
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.drafts.saved_journey import JourneyId, SavedJourney
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctAtSchool, EctId, Registration, WorkingPattern
from ect_registration.domain.people.mentor import MentorAtSchool, MentorTrainingHistory
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.teacher import (
    InductionStatus,
    NoMatch,
    Search,
    Teacher,
    TeacherRecord,
)
from ect_registration.domain.people.training import (
    Programme,
    ProgrammeChoices,
    Training,
    TrainingId,
)
from ect_registration.domain.policy import LONGEST_NAME
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.registering.reuse import ReusableChoices
from ect_registration.domain.school import (
    AppropriateBody,
    BodyKind,
    LeadProvider,
    Partnership,
    School,
    SchoolStatus,
    SchoolType,
)
from ect_registration.domain.text import holds_a_name, without_controls
from ect_registration.domain.values import (
    NationalInsuranceNumber,
    PersonName,
    Trn,
    Urn,
)
from ect_registration.domain.world import TrsPerson

DIGITS = "0123456789"
LOCAL_PART = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+/=?^_`{|}~-"

# Text with a format

trns = st.text(DIGITS, min_size=7, max_size=7).map(Trn)
urns = st.text(DIGITS, min_size=5, max_size=7).map(Urn)


@st.composite
def emails(draw: st.DrawFn) -> Email:
    """Addresses of every allowed shape, in mixed case, some with international names."""
    dotted = st.lists(st.text(LOCAL_PART, min_size=1, max_size=12), min_size=1, max_size=3)
    label = st.sampled_from(["example", "Alpha-School", "x1", "mañana", "ŠKOLA", "bücher", "a"])
    top_level = st.sampled_from(["org", "SCH.uk", "ac.uk", "xn--p1ai"])
    labels = draw(st.lists(label, min_size=1, max_size=3))
    return Email(f"{'.'.join(draw(dotted))}@{'.'.join([*labels, draw(top_level)])}")


national_insurance_numbers = st.from_regex(
    r"(AB|CE|GH|JK|PR|TW|YZ|ZA)[0-9]{6}[ABCD]",
    fullmatch=True,
    alphabet=st.characters(codec="ascii"),
).map(NationalInsuranceNumber)

# What a person or an organisation may be called: any script, nothing unprintable.
_printable = st.characters(
    exclude_categories=["Cc", "Cs"],
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
)
person_names = st.builds(
    lambda seen, rest: PersonName(without_controls(seen + rest)),
    st.characters(categories=["L", "N"]).filter(holds_a_name),
    st.text(_printable, max_size=LONGEST_NAME.value - 1),
)
names = st.text(_printable, min_size=1, max_size=LONGEST_NAME.value)

# Time

days = st.dates(date(2000, 1, 1), date(2050, 12, 31))
moments = st.datetimes(
    datetime(2020, 1, 1),  # noqa: DTZ001 (Hypothesis adds the zone)
    datetime(2035, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
academic_years = st.integers(2000, 2050).map(AcademicYear)


@st.composite
def periods(draw: st.DrawFn, first_days: st.SearchStrategy[date] = days) -> Period:
    """Finished and open-ended ones, of one day and of many."""
    started_on = draw(first_days)
    return Period(started_on, draw(st.none() | st.dates(started_on, date(2052, 12, 31))))


@st.composite
def periods_within(draw: st.DrawFn, whole: Period) -> Period:
    """Any part of the whole, the whole included."""
    latest = whole.finished_on or date(2052, 12, 31)
    started_on = draw(st.dates(whole.started_on, latest))
    finished_on = st.dates(started_on, latest)
    return Period(started_on, draw(finished_on if whole.finished_on else st.none() | finished_on))


# Schools and what they choose from

schools = st.builds(
    School,
    urns,
    names,
    st.sampled_from(SchoolType),
    st.booleans(),
    st.sampled_from(SchoolStatus),
    st.booleans(),
    st.none() | days,
    st.none() | days,
    st.none() | names,
    st.none() | names,
    st.none() | names,
)


@st.composite
def appropriate_bodies(draw: st.DrawFn) -> AppropriateBody:
    """Of every kind, active for ever or for a while."""
    first, last = sorted([draw(days), draw(days)])
    return AppropriateBody(
        draw(names),
        draw(st.sampled_from(BodyKind)),
        active_from=draw(st.none() | st.just(first)),
        active_until=draw(st.none() | st.just(last)),
    )


lead_providers = st.builds(LeadProvider, names, st.frozensets(academic_years, max_size=4))

programme_choices = st.one_of(
    st.builds(
        ProgrammeChoices, st.none() | names, st.just(Programme.PROVIDER_LED), st.none() | names
    ),
    st.builds(ProgrammeChoices, st.none() | names, st.none() | st.just(Programme.SCHOOL_LED)),
)
# Of bodies and providers that a furnished store knows.
known_choices = st.one_of(
    st.builds(
        ProgrammeChoices,
        st.none() | st.just(HUB),
        st.just(Programme.PROVIDER_LED),
        st.just(LEAD_PROVIDER),
    ),
    st.builds(
        ProgrammeChoices, st.none() | st.just(HUB), st.none() | st.just(Programme.SCHOOL_LED)
    ),
)
partnerships = st.builds(Partnership, urns, names, names, academic_years)
reusable_choices = st.builds(
    ReusableChoices, programme_choices, st.none() | names, st.none() | partnerships
)

# People

teachers = st.builds(Teacher, trns, names, st.none() | person_names)
teacher_records = st.builds(
    TeacherRecord,
    trns,
    names,
    st.sampled_from(InductionStatus),
    prohibited=st.booleans(),
    has_qts=st.booleans(),
    merged_from=st.none() | trns,
)
searches = st.builds(Search, trns, teacher_records | st.sampled_from(NoMatch), moments)
trs_people = st.builds(
    TrsPerson,
    trns,
    names,
    names,
    st.just("") | names,
    date_of_birth=st.none() | st.dates(date(1930, 1, 1), date(2005, 12, 31)),
    national_insurance_number=st.none() | national_insurance_numbers,
    state=st.sampled_from(["active", "deactivated"]),
    induction_status=st.sampled_from(["None", "RequiredToComplete", "InProgress", "Pending"]),
    qts_from=st.none() | days,
    alert_categories=st.lists(
        st.sampled_from(["Prohibition from teaching", "Restriction"]), max_size=2
    ).map(tuple),
)

# Records of a furnished store: its school, body, lead provider and delivery partner

registrations = st.builds(Registration, moments, academic_years, known_choices)


@st.composite
def trainings(draw: st.DrawFn, whole: Period) -> Training:
    """School-led, waiting and confirmed ones, standing inside the whole or withdrawn."""
    id = TrainingId(draw(st.uuids(version=4)))
    withdrawn = draw(st.booleans())
    period = draw(periods() if withdrawn else periods_within(whole))
    if draw(st.booleans()):
        return Training(
            id, period, Programme.SCHOOL_LED, draw(academic_years), withdrawn=withdrawn
        )
    partner = draw(st.none() | st.just(DELIVERY_PARTNER))
    year = AcademicYear(2025) if partner else draw(academic_years)
    return Training(
        id, period, Programme.PROVIDER_LED, year, LEAD_PROVIDER, partner, withdrawn=withdrawn
    )


@st.composite
def ects(draw: st.DrawFn) -> EctAtSchool:
    """Without mentorships: those need a mentor who is saved."""
    period = draw(periods())
    return EctAtSchool(
        id=EctId(draw(st.uuids(version=4))),
        school=URN,
        teacher=draw(teachers),
        email=draw(st.none() | emails()),
        period=period,
        registration=draw(registrations),
        working_pattern=draw(st.none() | st.sampled_from(WorkingPattern)),
        completed=draw(st.booleans()),
        trainings=tuple(draw(st.lists(trainings(period), max_size=1))),
    )


@st.composite
def mentors(draw: st.DrawFn) -> MentorAtSchool:
    """At the furnished school."""
    period = draw(periods())
    return MentorAtSchool(
        id=MentorId(draw(st.uuids(version=4))),
        school=URN,
        teacher=draw(teachers),
        email=draw(st.none() | emails()),
        period=period,
        trainings=tuple(draw(st.lists(trainings(period), max_size=1))),
    )


evidence: st.SearchStrategy[Evidence] = st.dictionaries(
    names,
    names | st.integers(-(2**53), 2**53) | st.booleans() | st.none(),
    max_size=4,
)
changes = st.builds(
    Change,
    moments,
    names,
    st.none() | st.just(URN),
    st.sampled_from(What),
    st.lists(st.sampled_from(["email-in-use", "trn-not-found", "leaving"]), max_size=3).map(tuple),
    st.none() | trns,
    st.none() | st.uuids(),
    evidence,
    evidence,
)

# Journeys

# What a form brings is UTF-8, so a half of a surrogate pair never gets this far.
anything_typed = st.text(st.characters(codec="utf-8"), max_size=40)
drafts = st.builds(
    EctDraft,
    search=st.none() | searches,
    name=st.none() | st.builds(NameAnswer, st.none() | person_names),
    same_person=st.none() | st.builds(SamePersonAnswer, st.booleans(), st.none() | names),
    registered_before_seen=st.none() | st.booleans(),
    email=st.none() | emails(),
    start_date=st.none() | days,
    working_pattern=st.none() | st.sampled_from(WorkingPattern),
    reuse=st.none() | st.builds(ReuseAnswer, st.booleans(), st.none() | reusable_choices),
    appropriate_body=st.none() | anything_typed,
    programme=st.none() | st.sampled_from(Programme),
    lead_provider=st.none() | anything_typed,
)
ect_ids = st.uuids(version=4).map(EctId)
mentor_ids = st.uuids(version=4).map(MentorId)
mentor_drafts = st.builds(
    MentorDraft,
    ect_ids,
    replace=st.booleans(),
    search=st.none() | searches,
    name=st.none() | st.builds(NameAnswer, st.none() | person_names),
    same_person=st.none() | st.builds(SamePersonAnswer, st.booleans(), st.none() | names),
    email=st.none() | emails(),
    only_here=st.none() | st.booleans(),
    start_date=st.none() | days,
    another_provider=st.none() | st.booleans(),
    lead_provider=st.none() | anything_typed,
)
assignment_drafts = st.builds(
    AssignmentDraft,
    ect_ids,
    mentor_ids,
    replace=st.booleans(),
    another_provider=st.none() | st.booleans(),
    lead_provider=st.none() | anything_typed,
)
drafts_of_every_kind = drafts | mentor_drafts | assignment_drafts
training_histories = st.builds(
    MentorTrainingHistory, trns, st.booleans(), st.none() | days, st.none() | days
)
journeys = st.builds(
    SavedJourney, st.uuids(version=4).map(JourneyId), st.just(URN), names, drafts, moments
)
