from ect_registration.domain.attempts import (
    Attempt as Attempt,
)
from ect_registration.domain.attempts import (
    Attempted as Attempted,
)
from ect_registration.domain.attempts import (
    AttemptId as AttemptId,
)
from ect_registration.domain.calendar import (
    AcademicYear as AcademicYear,
)
from ect_registration.domain.calendar import (
    Period as Period,
)
from ect_registration.domain.catalogue import (
    CATALOGUE as CATALOGUE,
)
from ect_registration.domain.catalogue import (
    rule_named as rule_named,
)
from ect_registration.domain.decisions import (
    Allowed as Allowed,
)
from ect_registration.domain.decisions import (
    Blocked as Blocked,
)
from ect_registration.domain.decisions import (
    Decision as Decision,
)
from ect_registration.domain.decisions import (
    Kind as Kind,
)
from ect_registration.domain.decisions import (
    OurDecision as OurDecision,
)
from ect_registration.domain.decisions import (
    Policy as Policy,
)
from ect_registration.domain.decisions import (
    Rule as Rule,
)
from ect_registration.domain.drafts.change_draft import (
    EctChangeDraft as EctChangeDraft,
)
from ect_registration.domain.drafts.change_draft import (
    MentorChangeDraft as MentorChangeDraft,
)
from ect_registration.domain.drafts.ect_draft import (
    EctDraft as EctDraft,
)
from ect_registration.domain.drafts.ect_draft import (
    NameAnswer as NameAnswer,
)
from ect_registration.domain.drafts.ect_draft import (
    ReuseAnswer as ReuseAnswer,
)
from ect_registration.domain.drafts.ect_draft import (
    SamePersonAnswer as SamePersonAnswer,
)
from ect_registration.domain.drafts.mentor_draft import (
    AssignmentDraft as AssignmentDraft,
)
from ect_registration.domain.drafts.mentor_draft import (
    MentorDraft as MentorDraft,
)
from ect_registration.domain.drafts.saved_journey import (
    JourneyId as JourneyId,
)
from ect_registration.domain.drafts.saved_journey import (
    SavedJourney as SavedJourney,
)
from ect_registration.domain.email import (
    Email as Email,
)
from ect_registration.domain.gias.extract import (
    Extract as Extract,
)
from ect_registration.domain.gias.links import (
    Successions as Successions,
)
from ect_registration.domain.lead_providers.records import (
    SeenSchool as SeenSchool,
)
from ect_registration.domain.lead_providers.schools import (
    SchoolFacts as SchoolFacts,
)
from ect_registration.domain.lead_providers.schools import (
    SchoolSeen as SchoolSeen,
)
from ect_registration.domain.lead_providers.statuses import (
    TrainingStatus as TrainingStatus,
)
from ect_registration.domain.lead_providers.tokens import (
    Token as Token,
)
from ect_registration.domain.lead_providers.tokens import (
    TokenId as TokenId,
)
from ect_registration.domain.notice import (
    Happening as Happening,
)
from ect_registration.domain.notice import (
    KeptNotice as KeptNotice,
)
from ect_registration.domain.notice import (
    Message as Message,
)
from ect_registration.domain.notice import (
    Notice as Notice,
)
from ect_registration.domain.notice import (
    NoticeId as NoticeId,
)
from ect_registration.domain.notice import (
    NoticeState as NoticeState,
)
from ect_registration.domain.notice import (
    Recipient as Recipient,
)
from ect_registration.domain.notice import (
    Role as Role,
)
from ect_registration.domain.people.ect import (
    EctAtSchool as EctAtSchool,
)
from ect_registration.domain.people.ect import (
    EctId as EctId,
)
from ect_registration.domain.people.ect import (
    KnownEct as KnownEct,
)
from ect_registration.domain.people.ect import (
    Registration as Registration,
)
from ect_registration.domain.people.ect import (
    WorkingPattern as WorkingPattern,
)
from ect_registration.domain.people.effects import (
    Effect as Effect,
)
from ect_registration.domain.people.effects import (
    Part as Part,
)
from ect_registration.domain.people.endings import (
    Cause as Cause,
)
from ect_registration.domain.people.endings import (
    End as End,
)
from ect_registration.domain.people.endings import (
    Extent as Extent,
)
from ect_registration.domain.people.funding import (
    Funding as Funding,
)
from ect_registration.domain.people.funding import (
    FundingNeed as FundingNeed,
)
from ect_registration.domain.people.mentor import (
    KnownMentor as KnownMentor,
)
from ect_registration.domain.people.mentor import (
    MentorAtSchool as MentorAtSchool,
)
from ect_registration.domain.people.mentor import (
    MentorPast as MentorPast,
)
from ect_registration.domain.people.mentor import (
    MentorTrainingHistory as MentorTrainingHistory,
)
from ect_registration.domain.people.mentorship import (
    MentorId as MentorId,
)
from ect_registration.domain.people.mentorship import (
    Mentorship as Mentorship,
)
from ect_registration.domain.people.mentorship import (
    MentorshipId as MentorshipId,
)
from ect_registration.domain.people.teacher import (
    InductionStatus as InductionStatus,
)
from ect_registration.domain.people.teacher import (
    NoMatch as NoMatch,
)
from ect_registration.domain.people.teacher import (
    Search as Search,
)
from ect_registration.domain.people.teacher import (
    Teacher as Teacher,
)
from ect_registration.domain.people.teacher import (
    TeacherRecord as TeacherRecord,
)
from ect_registration.domain.people.teacher import (
    TrsFacts as TrsFacts,
)
from ect_registration.domain.people.training import (
    Programme as Programme,
)
from ect_registration.domain.people.training import (
    ProgrammeChoices as ProgrammeChoices,
)
from ect_registration.domain.people.training import (
    Training as Training,
)
from ect_registration.domain.people.training import (
    TrainingId as TrainingId,
)
from ect_registration.domain.people.training import (
    TrainingState as TrainingState,
)
from ect_registration.domain.policy import (
    FIGURES as FIGURES,
)
from ect_registration.domain.policy import (
    Figure as Figure,
)
from ect_registration.domain.policy import (
    Limit as Limit,
)
from ect_registration.domain.records.announcement import (
    Announced as Announced,
)
from ect_registration.domain.records.announcement import (
    Announcement as Announcement,
)
from ect_registration.domain.records.announcement import (
    AnnouncementId as AnnouncementId,
)
from ect_registration.domain.records.announcement import (
    ToTell as ToTell,
)
from ect_registration.domain.records.announcement import (
    Unread as Unread,
)
from ect_registration.domain.records.history import (
    Change as Change,
)
from ect_registration.domain.records.history import (
    What as What,
)
from ect_registration.domain.records.history_chain import (
    Chain as Chain,
)
from ect_registration.domain.records.history_chain import (
    Head as Head,
)
from ect_registration.domain.records.history_chain import (
    Link as Link,
)
from ect_registration.domain.records.kept_data import (
    Held as Held,
)
from ect_registration.domain.records.refusal import (
    Refusal as Refusal,
)
from ect_registration.domain.records.refusal import (
    RefusalsCounted as RefusalsCounted,
)
from ect_registration.domain.records.refusal import (
    RefusedPerson as RefusedPerson,
)
from ect_registration.domain.records.trs_lookup import (
    TrsLookup as TrsLookup,
)
from ect_registration.domain.reference.columns import (
    Column as Column,
)
from ect_registration.domain.reference.columns import (
    ColumnType as ColumnType,
)
from ect_registration.domain.reference.tables import (
    Difference as Difference,
)
from ect_registration.domain.reference.tables import (
    ReferenceKind as ReferenceKind,
)
from ect_registration.domain.reference.tables import (
    ReferenceTable as ReferenceTable,
)
from ect_registration.domain.rules.access import (
    WhyNot as WhyNot,
)
from ect_registration.domain.rules.access import (
    check_registration_closed as check_registration_closed,
)
from ect_registration.domain.rules.access import (
    check_school_cannot_register as check_school_cannot_register,
)
from ect_registration.domain.rules.access import (
    check_school_sign_in as check_school_sign_in,
)
from ect_registration.domain.rules.check_answers import (
    AssignmentPreview as AssignmentPreview,
)
from ect_registration.domain.rules.check_answers import (
    MentorPreview as MentorPreview,
)
from ect_registration.domain.rules.check_answers import (
    Preview as Preview,
)
from ect_registration.domain.rules.check_answers import (
    check_saved_as_shown as check_saved_as_shown,
)
from ect_registration.domain.rules.identifying.email import (
    check_email_in_use as check_email_in_use,
)
from ect_registration.domain.rules.identifying.identity import (
    check_age as check_age,
)
from ect_registration.domain.rules.identifying.identity import (
    check_details_do_not_match as check_details_do_not_match,
)
from ect_registration.domain.rules.identifying.identity import (
    check_trn_not_found as check_trn_not_found,
)
from ect_registration.domain.rules.identifying.limits import (
    check_limit as check_limit,
)
from ect_registration.domain.rules.identifying.limits import (
    check_too_many_attempts as check_too_many_attempts,
)
from ect_registration.domain.rules.identifying.limits import (
    has_expired as has_expired,
)
from ect_registration.domain.rules.identifying.limits import (
    is_stale as is_stale,
)
from ect_registration.domain.rules.identifying.name import (
    check_name_confirmed_or_corrected as check_name_confirmed_or_corrected,
)
from ect_registration.domain.rules.identifying.name import (
    check_name_same_person as check_name_same_person,
)
from ect_registration.domain.rules.identifying.name import (
    correction_of as correction_of,
)
from ect_registration.domain.rules.identifying.name import (
    is_another_name as is_another_name,
)
from ect_registration.domain.rules.mentors.mentor import (
    check_corrected_mentor_start as check_corrected_mentor_start,
)
from ect_registration.domain.rules.mentors.mentor import (
    check_mentor_already_here as check_mentor_already_here,
)
from ect_registration.domain.rules.mentors.mentor import (
    check_mentor_elsewhere as check_mentor_elsewhere,
)
from ect_registration.domain.rules.mentors.mentor import (
    check_mentor_start_date as check_mentor_start_date,
)
from ect_registration.domain.rules.mentors.mentor import (
    check_only_here_leaves_a_day as check_only_here_leaves_a_day,
)
from ect_registration.domain.rules.mentors.mentor import (
    check_own_mentor as check_own_mentor,
)
from ect_registration.domain.rules.mentors.mentor import (
    ended_elsewhere as ended_elsewhere,
)
from ect_registration.domain.rules.mentors.mentor import (
    needs_corrected_mentor_start as needs_corrected_mentor_start,
)
from ect_registration.domain.rules.mentors.mentor import (
    range_of_mentor_starts as range_of_mentor_starts,
)
from ect_registration.domain.rules.mentors.mentor_training import (
    MentorTraining as MentorTraining,
)
from ect_registration.domain.rules.mentors.mentor_training import (
    NotFunded as NotFunded,
)
from ect_registration.domain.rules.mentors.mentor_training import (
    TrainingThen as TrainingThen,
)
from ect_registration.domain.rules.mentors.mentor_training import (
    check_funded_mentor_training as check_funded_mentor_training,
)
from ect_registration.domain.rules.mentors.mentor_training import (
    check_mentor_lead_provider as check_mentor_lead_provider,
)
from ect_registration.domain.rules.mentors.mentor_training import (
    check_one_open_mentor_training as check_one_open_mentor_training,
)
from ect_registration.domain.rules.mentors.mentor_training import (
    check_school_led_ect_mentor as check_school_led_ect_mentor,
)
from ect_registration.domain.rules.mentors.mentor_training import (
    mentor_training_year as mentor_training_year,
)
from ect_registration.domain.rules.mentors.mentor_training import (
    open_training_of as open_training_of,
)
from ect_registration.domain.rules.mentors.mentor_training import (
    why_not_funded as why_not_funded,
)
from ect_registration.domain.rules.mentors.mentoring import (
    check_mentor_now_or_later as check_mentor_now_or_later,
)
from ect_registration.domain.rules.mentors.mentoring import (
    check_mentorship_dates as check_mentorship_dates,
)
from ect_registration.domain.rules.mentors.mentoring import (
    check_no_day_in_common as check_no_day_in_common,
)
from ect_registration.domain.rules.mentors.mentoring import (
    check_one_mentor_at_a_time as check_one_mentor_at_a_time,
)
from ect_registration.domain.rules.mentors.mentoring import (
    mentorship_period as mentorship_period,
)
from ect_registration.domain.rules.mentors.removal import (
    check_mentor_removed as check_mentor_removed,
)
from ect_registration.domain.rules.mentors.replacement import (
    MentorReplaced as MentorReplaced,
)
from ect_registration.domain.rules.mentors.replacement import (
    mentors_replaced as mentors_replaced,
)
from ect_registration.domain.rules.operating.operators import (
    check_operator_is_named as check_operator_is_named,
)
from ect_registration.domain.rules.operating.operators import (
    check_reason_given as check_reason_given,
)
from ect_registration.domain.rules.operating.organisations import (
    check_new_name as check_new_name,
)
from ect_registration.domain.rules.operating.organisations import (
    name_meant as name_meant,
)
from ect_registration.domain.rules.operating.refusals import (
    check_refusals_kept as check_refusals_kept,
)
from ect_registration.domain.rules.operating.schools import (
    Fate as Fate,
)
from ect_registration.domain.rules.operating.schools import (
    Outlook as Outlook,
)
from ect_registration.domain.rules.operating.schools import (
    check_acting_for_successor as check_acting_for_successor,
)
from ect_registration.domain.rules.operating.schools import (
    check_few_close as check_few_close,
)
from ect_registration.domain.rules.operating.schools import (
    check_goes_on as check_goes_on,
)
from ect_registration.domain.rules.operating.schools import (
    check_has_closed as check_has_closed,
)
from ect_registration.domain.rules.operating.schools import (
    check_last_day_of_school as check_last_day_of_school,
)
from ect_registration.domain.rules.operating.schools import (
    check_mentors_of_both as check_mentors_of_both,
)
from ect_registration.domain.rules.operating.schools import (
    what_becomes_of as what_becomes_of,
)
from ect_registration.domain.rules.operating.schools import (
    what_becomes_of_ends as what_becomes_of_ends,
)
from ect_registration.domain.rules.outputs.lead_providers import (
    check_lead_provider_confirms as check_lead_provider_confirms,
)
from ect_registration.domain.rules.outputs.lead_providers import (
    check_partner_change as check_partner_change,
)
from ect_registration.domain.rules.outputs.notices import (
    Subject as Subject,
)
from ect_registration.domain.rules.outputs.notices import (
    notices_of as notices_of,
)
from ect_registration.domain.rules.outputs.notices import (
    receipt_of_upload as receipt_of_upload,
)
from ect_registration.domain.rules.outputs.statistics import (
    counted as counted,
)
from ect_registration.domain.rules.outputs.statistics import (
    period_that_counts as period_that_counts,
)
from ect_registration.domain.rules.periods.duplicates import (
    check_already_completed_here as check_already_completed_here,
)
from ect_registration.domain.rules.periods.duplicates import (
    check_already_in_progress_here as check_already_in_progress_here,
)
from ect_registration.domain.rules.periods.leaving import (
    check_leaving as check_leaving,
)
from ect_registration.domain.rules.periods.previous_school import (
    check_ect_start_date_range as check_ect_start_date_range,
)
from ect_registration.domain.rules.periods.previous_school import (
    check_ect_transfer_too_far_ahead as check_ect_transfer_too_far_ahead,
)
from ect_registration.domain.rules.periods.previous_school import (
    check_overlaps_previous as check_overlaps_previous,
)
from ect_registration.domain.rules.periods.previous_school import (
    check_registered_before as check_registered_before,
)
from ect_registration.domain.rules.periods.previous_school import (
    check_transfer_ends_previous as check_transfer_ends_previous,
)
from ect_registration.domain.rules.periods.previous_school import (
    ended_by_transfer as ended_by_transfer,
)
from ect_registration.domain.rules.periods.previous_school import (
    latest_elsewhere as latest_elsewhere,
)
from ect_registration.domain.rules.periods.status import (
    AtSchool as AtSchool,
)
from ect_registration.domain.rules.periods.status import (
    Status as Status,
)
from ect_registration.domain.rules.periods.status import (
    at_school as at_school,
)
from ect_registration.domain.rules.periods.status import (
    days_without_mentor as days_without_mentor,
)
from ect_registration.domain.rules.periods.status import (
    status_of as status_of,
)
from ect_registration.domain.rules.periods.transfer import (
    check_transfer_too_far_ahead as check_transfer_too_far_ahead,
)
from ect_registration.domain.rules.periods.transfer import (
    possible_starts as possible_starts,
)
from ect_registration.domain.rules.registering.eligibility import (
    check_induction_exempt as check_induction_exempt,
)
from ect_registration.domain.rules.registering.eligibility import (
    check_induction_failed as check_induction_failed,
)
from ect_registration.domain.rules.registering.eligibility import (
    check_induction_passed as check_induction_passed,
)
from ect_registration.domain.rules.registering.eligibility import (
    check_prohibited_from_teaching as check_prohibited_from_teaching,
)
from ect_registration.domain.rules.registering.eligibility import (
    check_qts_not_needed as check_qts_not_needed,
)
from ect_registration.domain.rules.registering.eligibility import (
    check_unknown_induction_status as check_unknown_induction_status,
)
from ect_registration.domain.rules.registering.programme import (
    appropriate_body_rule as appropriate_body_rule,
)
from ect_registration.domain.rules.registering.programme import (
    bodies_on_offer as bodies_on_offer,
)
from ect_registration.domain.rules.registering.programme import (
    check_appropriate_body as check_appropriate_body,
)
from ect_registration.domain.rules.registering.programme import (
    check_confirmed_or_interest as check_confirmed_or_interest,
)
from ect_registration.domain.rules.registering.programme import (
    check_lead_provider as check_lead_provider,
)
from ect_registration.domain.rules.registering.programme import (
    check_training_programme as check_training_programme,
)
from ect_registration.domain.rules.registering.programme import (
    partnership_with as partnership_with,
)
from ect_registration.domain.rules.registering.reuse import (
    ReusableChoices as ReusableChoices,
)
from ect_registration.domain.rules.registering.reuse import (
    Reuse as Reuse,
)
from ect_registration.domain.rules.registering.reuse import (
    reusable_choices as reusable_choices,
)
from ect_registration.domain.rules.registering.start_date import (
    check_cannot_register_yet as check_cannot_register_yet,
)
from ect_registration.domain.rules.registering.start_date import (
    check_expected_training_start_year as check_expected_training_start_year,
)
from ect_registration.domain.rules.registering.start_date import (
    check_start_date_range as check_start_date_range,
)
from ect_registration.domain.rules.registering.start_date import (
    expected_training_start_year as expected_training_start_year,
)
from ect_registration.domain.rules.registering.start_date import (
    range_of_start_dates as range_of_start_dates,
)
from ect_registration.domain.rules.school_year.changing import (
    check_corrected_overlap as check_corrected_overlap,
)
from ect_registration.domain.rules.school_year.changing import (
    check_details_can_change as check_details_can_change,
)
from ect_registration.domain.rules.school_year.changing import (
    check_not_after_last_day as check_not_after_last_day,
)
from ect_registration.domain.rules.school_year.following import (
    Concern as Concern,
)
from ect_registration.domain.rules.school_year.funding import (
    FundedTraining as FundedTraining,
)
from ect_registration.domain.rules.school_year.funding import (
    funding_of as funding_of,
)
from ect_registration.domain.rules.school_year.undoing import (
    check_ect_registered_by_mistake as check_ect_registered_by_mistake,
)
from ect_registration.domain.rules.school_year.undoing import (
    check_mentor_registered_by_mistake as check_mentor_registered_by_mistake,
)
from ect_registration.domain.school import (
    AppropriateBody as AppropriateBody,
)
from ect_registration.domain.school import (
    BodyKind as BodyKind,
)
from ect_registration.domain.school import (
    ClosedDays as ClosedDays,
)
from ect_registration.domain.school import (
    DeliveryPartner as DeliveryPartner,
)
from ect_registration.domain.school import (
    LeadProvider as LeadProvider,
)
from ect_registration.domain.school import (
    Offer as Offer,
)
from ect_registration.domain.school import (
    Organisation as Organisation,
)
from ect_registration.domain.school import (
    OrganisationId as OrganisationId,
)
from ect_registration.domain.school import (
    OrganisationKind as OrganisationKind,
)
from ect_registration.domain.school import (
    Pairing as Pairing,
)
from ect_registration.domain.school import (
    Partnership as Partnership,
)
from ect_registration.domain.school import (
    ProviderYear as ProviderYear,
)
from ect_registration.domain.school import (
    School as School,
)
from ect_registration.domain.school import (
    SchoolRecords as SchoolRecords,
)
from ect_registration.domain.school import (
    SchoolStatus as SchoolStatus,
)
from ect_registration.domain.school import (
    SchoolType as SchoolType,
)
from ect_registration.domain.school import (
    Succession as Succession,
)
from ect_registration.domain.school import (
    TrainingYear as TrainingYear,
)
from ect_registration.domain.search.ect_needs import (
    EctsInNeed as EctsInNeed,
)
from ect_registration.domain.search.ect_needs import (
    Need as Need,
)
from ect_registration.domain.search.ect_needs import (
    needs_of as needs_of,
)
from ect_registration.domain.search.ect_search import (
    EctsFound as EctsFound,
)
from ect_registration.domain.search.ect_search import (
    EctsWanted as EctsWanted,
)
from ect_registration.domain.search.ect_search import (
    SearchWords as SearchWords,
)
from ect_registration.domain.search.ect_search import (
    ShownStatus as ShownStatus,
)
from ect_registration.domain.search.mentor_search import (
    Mentored as Mentored,
)
from ect_registration.domain.search.mentor_search import (
    MentorsFound as MentorsFound,
)
from ect_registration.domain.search.mentor_search import (
    MentorStatus as MentorStatus,
)
from ect_registration.domain.search.mentor_search import (
    MentorsWanted as MentorsWanted,
)
from ect_registration.domain.search.mentor_search import (
    mentor_status_of as mentor_status_of,
)
from ect_registration.domain.sessions import (
    Person as Person,
)
from ect_registration.domain.sessions import (
    Session as Session,
)
from ect_registration.domain.sessions import (
    SessionId as SessionId,
)
from ect_registration.domain.statistics.counting import (
    Area as Area,
)
from ect_registration.domain.statistics.counting import (
    CountedEct as CountedEct,
)
from ect_registration.domain.values import (
    InvalidValue as InvalidValue,
)
from ect_registration.domain.values import (
    NationalInsuranceNumber as NationalInsuranceNumber,
)
from ect_registration.domain.values import (
    PersonName as PersonName,
)
from ect_registration.domain.values import (
    Trn as Trn,
)
from ect_registration.domain.values import (
    Urn as Urn,
)
from ect_registration.domain.world import (
    DemoUser as DemoUser,
)
from ect_registration.domain.world import (
    InvalidWorld as InvalidWorld,
)
from ect_registration.domain.world import (
    OpenYear as OpenYear,
)
from ect_registration.domain.world import (
    TrsPerson as TrsPerson,
)
from ect_registration.domain.world import (
    World as World,
)
from ect_registration.domain.world import (
    WorldEct as WorldEct,
)
from ect_registration.domain.world import (
    WorldMentor as WorldMentor,
)
from ect_registration.domain.world import (
    WorldMentorship as WorldMentorship,
)
from ect_registration.journeys.change_case import (
    EctChangeCase as EctChangeCase,
)
from ect_registration.journeys.change_case import (
    MentorChangeCase as MentorChangeCase,
)
from ect_registration.journeys.change_ect import (
    CHANGE_ECT as CHANGE_ECT,
)
from ect_registration.journeys.change_mentor import (
    CHANGE_MENTOR as CHANGE_MENTOR,
)
from ect_registration.journeys.ect_case import (
    EctCase as EctCase,
)
from ect_registration.journeys.engine import (
    Gate as Gate,
)
from ect_registration.journeys.engine import (
    Note as Note,
)
from ect_registration.journeys.engine import (
    Progress as Progress,
)
from ect_registration.journeys.engine import (
    Step as Step,
)
from ect_registration.journeys.engine import (
    amend as amend,
)
from ect_registration.journeys.engine import (
    settle as settle,
)
from ect_registration.journeys.engine import (
    walk as walk,
)
from ect_registration.journeys.mentor_case import (
    AssignmentCase as AssignmentCase,
)
from ect_registration.journeys.mentor_case import (
    MentorCase as MentorCase,
)
from ect_registration.journeys.register_ect import (
    REGISTER_ECT as REGISTER_ECT,
)
from ect_registration.journeys.register_mentor import (
    ASSIGN_MENTOR as ASSIGN_MENTOR,
)
from ect_registration.journeys.register_mentor import (
    REGISTER_MENTOR as REGISTER_MENTOR,
)
from ect_registration.ports.clock import (
    Clock as Clock,
)
from ect_registration.ports.deadline import (
    NEVER as NEVER,
)
from ect_registration.ports.deadline import (
    Deadline as Deadline,
)
from ect_registration.ports.errors import (
    Busy as Busy,
)
from ect_registration.ports.errors import (
    Conflict as Conflict,
)
from ect_registration.ports.errors import (
    Contention as Contention,
)
from ect_registration.ports.errors import (
    NotShown as NotShown,
)
from ect_registration.ports.errors import (
    Rejected as Rejected,
)
from ect_registration.ports.errors import (
    Unavailable as Unavailable,
)
from ect_registration.ports.errors import (
    Unstorable as Unstorable,
)
from ect_registration.ports.notices import (
    Notifier as Notifier,
)
from ect_registration.ports.notices import (
    Outbox as Outbox,
)
from ect_registration.ports.notices import (
    Refused as Refused,
)
from ect_registration.ports.store import (
    BeginReading as BeginReading,
)
from ect_registration.ports.store import (
    BeginWriting as BeginWriting,
)
from ect_registration.ports.store import (
    UnitOfWork as UnitOfWork,
)
from ect_registration.ports.stored.announcements import (
    Announcements as Announcements,
)
from ect_registration.ports.stored.attempts import (
    Attempts as Attempts,
)
from ect_registration.ports.stored.following import (
    Concerned as Concerned,
)
from ect_registration.ports.stored.following import (
    TrsLookups as TrsLookups,
)
from ect_registration.ports.stored.holds import (
    Hold as Hold,
)
from ect_registration.ports.stored.holds import (
    Holding as Holding,
)
from ect_registration.ports.stored.lead_providers import (
    ApiTokens as ApiTokens,
)
from ect_registration.ports.stored.lead_providers import (
    SeenRecords as SeenRecords,
)
from ect_registration.ports.stored.lead_providers import (
    WantedSchools as WantedSchools,
)
from ect_registration.ports.stored.lookups import (
    FoundPeriod as FoundPeriod,
)
from ect_registration.ports.stored.lookups import (
    Lookups as Lookups,
)
from ect_registration.ports.stored.many_ects import (
    ManyEcts as ManyEcts,
)
from ect_registration.ports.stored.many_ects import (
    OfferToSchool as OfferToSchool,
)
from ect_registration.ports.stored.many_ects import (
    SchoolAndYear as SchoolAndYear,
)
from ect_registration.ports.stored.offers import (
    Organisations as Organisations,
)
from ect_registration.ports.stored.offers import (
    Partnerships as Partnerships,
)
from ect_registration.ports.stored.offers import (
    ProgrammeOffers as ProgrammeOffers,
)
from ect_registration.ports.stored.offers import (
    Schools as Schools,
)
from ect_registration.ports.stored.offers import (
    TrainedPerson as TrainedPerson,
)
from ect_registration.ports.stored.people import (
    Ects as Ects,
)
from ect_registration.ports.stored.people import (
    Emails as Emails,
)
from ect_registration.ports.stored.people import (
    Mentors as Mentors,
)
from ect_registration.ports.stored.people import (
    People as People,
)
from ect_registration.ports.stored.people import (
    Teachers as Teachers,
)
from ect_registration.ports.stored.records import (
    History as History,
)
from ect_registration.ports.stored.records import (
    Journeys as Journeys,
)
from ect_registration.ports.stored.reference import (
    ReferenceRows as ReferenceRows,
)
from ect_registration.ports.stored.refusals import (
    Refusals as Refusals,
)
from ect_registration.ports.stored.sessions import (
    Sessions as Sessions,
)
from ect_registration.ports.stored.statistics import (
    Statistics as Statistics,
)
from ect_registration.ports.teacher_records import (
    TeacherRecords as TeacherRecords,
)
from ect_registration.use_cases.bulk.bring_in import (
    BroughtIn as BroughtIn,
)
from ect_registration.use_cases.bulk.bring_in import (
    RecordRow as RecordRow,
)
from ect_registration.use_cases.bulk.bring_in import (
    bring_in as bring_in,
)
from ect_registration.use_cases.bulk.register_many import (
    register_many as register_many,
)
from ect_registration.use_cases.bulk.rows import (
    DoneBefore as DoneBefore,
)
from ect_registration.use_cases.bulk.rows import (
    FileRow as FileRow,
)
from ect_registration.use_cases.bulk.rows import (
    RowOutcome as RowOutcome,
)
from ect_registration.use_cases.bulk.rows import (
    RowResult as RowResult,
)
from ect_registration.use_cases.changing.change_documents import (
    change_ect_by as change_ect_by,
)
from ect_registration.use_cases.changing.change_documents import (
    change_mentor_by as change_mentor_by,
)
from ect_registration.use_cases.changing.change_ect import (
    change_ect as change_ect,
)
from ect_registration.use_cases.changing.change_ect import (
    look_at_ect_change as look_at_ect_change,
)
from ect_registration.use_cases.changing.change_ect import (
    walk_ect_change as walk_ect_change,
)
from ect_registration.use_cases.changing.change_mentor import (
    change_mentor as change_mentor,
)
from ect_registration.use_cases.changing.change_mentor import (
    look_at_mentor_change as look_at_mentor_change,
)
from ect_registration.use_cases.changing.change_mentor import (
    walk_mentor_change as walk_mentor_change,
)
from ect_registration.use_cases.changing.change_outcomes import (
    EctChange as EctChange,
)
from ect_registration.use_cases.changing.change_outcomes import (
    MentorChange as MentorChange,
)
from ect_registration.use_cases.changing.leaving import (
    EctLeaving as EctLeaving,
)
from ect_registration.use_cases.changing.leaving import (
    MentorLeaving as MentorLeaving,
)
from ect_registration.use_cases.changing.leaving import (
    look_at_ect_leaving as look_at_ect_leaving,
)
from ect_registration.use_cases.changing.leaving import (
    look_at_mentor_leaving as look_at_mentor_leaving,
)
from ect_registration.use_cases.changing.leaving import (
    report_ect_leaving as report_ect_leaving,
)
from ect_registration.use_cases.changing.leaving import (
    report_mentor_leaving as report_mentor_leaving,
)
from ect_registration.use_cases.changing.removing_mentor import (
    Removal as Removal,
)
from ect_registration.use_cases.changing.removing_mentor import (
    look_at_removing_mentor as look_at_removing_mentor,
)
from ect_registration.use_cases.changing.removing_mentor import (
    remove_mentor as remove_mentor,
)
from ect_registration.use_cases.changing.undo.undo_plans import (
    Undoing as Undoing,
)
from ect_registration.use_cases.changing.undo.undoing import (
    look_at_undoing_ect as look_at_undoing_ect,
)
from ect_registration.use_cases.changing.undo.undoing import (
    look_at_undoing_mentor as look_at_undoing_mentor,
)
from ect_registration.use_cases.changing.undo.undoing import (
    undo_ect as undo_ect,
)
from ect_registration.use_cases.changing.undo.undoing import (
    undo_mentor as undo_mentor,
)
from ect_registration.use_cases.gias.closing import (
    end_school as end_school,
)
from ect_registration.use_cases.gias.import_schools import (
    Imported as Imported,
)
from ect_registration.use_cases.gias.import_schools import (
    LeftForPeople as LeftForPeople,
)
from ect_registration.use_cases.gias.import_schools import (
    import_schools as import_schools,
)
from ect_registration.use_cases.gias.moving import (
    Moved as Moved,
)
from ect_registration.use_cases.gias.moving import (
    move_school as move_school,
)
from ect_registration.use_cases.gias.moving_some import (
    move_some as move_some,
)
from ect_registration.use_cases.journeys.unfinished import (
    Unfinished as Unfinished,
)
from ect_registration.use_cases.journeys.unfinished import (
    unfinished as unfinished,
)
from ect_registration.use_cases.notifying.announcing import (
    mark_as_read as mark_as_read,
)
from ect_registration.use_cases.notifying.send import (
    Run as Run,
)
from ect_registration.use_cases.notifying.send import (
    send_notices as send_notices,
)
from ect_registration.use_cases.operating.load_mentor_training import (
    load_mentor_training as load_mentor_training,
)
from ect_registration.use_cases.operating.load_world import (
    Loaded as Loaded,
)
from ect_registration.use_cases.operating.load_world import (
    load_world as load_world,
)
from ect_registration.use_cases.operating.look_up import (
    Found as Found,
)
from ect_registration.use_cases.operating.look_up import (
    look_up as look_up,
)
from ect_registration.use_cases.operating.look_up import (
    record_looking_up as record_looking_up,
)
from ect_registration.use_cases.operating.partnerships import (
    Reported as Reported,
)
from ect_registration.use_cases.operating.partnerships import (
    report_partnership as report_partnership,
)
from ect_registration.use_cases.operating.person import (
    everything_about as everything_about,
)
from ect_registration.use_cases.operating.purge import (
    purge as purge,
)
from ect_registration.use_cases.operating.reference.change import (
    change_reference as change_reference,
)
from ect_registration.use_cases.operating.reference.given import (
    GivenRow as GivenRow,
)
from ect_registration.use_cases.operating.reference.given import (
    InvalidReference as InvalidReference,
)
from ect_registration.use_cases.operating.reference.given import (
    RowMistake as RowMistake,
)
from ect_registration.use_cases.operating.reference.show import (
    prepare_year as prepare_year,
)
from ect_registration.use_cases.operating.reference.show import (
    reference_rows as reference_rows,
)
from ect_registration.use_cases.operating.reports import (
    Correction as Correction,
)
from ect_registration.use_cases.operating.reports import (
    Counted as Counted,
)
from ect_registration.use_cases.operating.reports import (
    corrected_names as corrected_names,
)
from ect_registration.use_cases.operating.reports import (
    merges_left as merges_left,
)
from ect_registration.use_cases.operating.reports import (
    outcomes as outcomes,
)
from ect_registration.use_cases.operating.statistics import (
    funding_statistics_of as funding_statistics_of,
)
from ect_registration.use_cases.operating.statistics import (
    statistics_of as statistics_of,
)
from ect_registration.use_cases.operating.verify_history import (
    Verified as Verified,
)
from ect_registration.use_cases.operating.verify_history import (
    verify_history as verify_history,
)
from ect_registration.use_cases.registering.assign_mentor import (
    assign_mentor as assign_mentor,
)
from ect_registration.use_cases.registering.documents import (
    InvalidRequest as InvalidRequest,
)
from ect_registration.use_cases.registering.outcomes import (
    Assigned as Assigned,
)
from ect_registration.use_cases.registering.outcomes import (
    Registered as Registered,
)
from ect_registration.use_cases.registering.register_ect import (
    Checked as Checked,
)
from ect_registration.use_cases.registering.register_ect import (
    check_ect as check_ect,
)
from ect_registration.use_cases.registering.register_ect import (
    register_ect as register_ect,
)
from ect_registration.use_cases.registering.register_mentor import (
    register_mentor as register_mentor,
)
from ect_registration.use_cases.school.assign_several_ects import (
    assign_several as assign_several,
)
from ect_registration.use_cases.school.assign_several_ects import (
    choose_ects as choose_ects,
)
from ect_registration.use_cases.school.choose_mentor import (
    MentorQuestion as MentorQuestion,
)
from ect_registration.use_cases.school.choose_mentor import (
    choose_mentor as choose_mentor,
)
from ect_registration.use_cases.school.ect_details import (
    EctDetails as EctDetails,
)
from ect_registration.use_cases.school.ect_details import (
    ect_in_detail as ect_in_detail,
)
from ect_registration.use_cases.school.ects import (
    EctSummary as EctSummary,
)
from ect_registration.use_cases.school.ects import (
    list_ects as list_ects,
)
from ect_registration.use_cases.school.ects import (
    show_ect as show_ect,
)
from ect_registration.use_cases.school.ects_page import (
    EctsPage as EctsPage,
)
from ect_registration.use_cases.school.ects_page import (
    page_of_ects as page_of_ects,
)
from ect_registration.use_cases.school.mentors import (
    MentorSummary as MentorSummary,
)
from ect_registration.use_cases.school.mentors import (
    list_mentors as list_mentors,
)
from ect_registration.use_cases.school.mentors_page import (
    MentorDetails as MentorDetails,
)
from ect_registration.use_cases.school.mentors_page import (
    MentorsPage as MentorsPage,
)
from ect_registration.use_cases.school.mentors_page import (
    mentor_in_detail as mentor_in_detail,
)
from ect_registration.use_cases.school.mentors_page import (
    page_of_mentors as page_of_mentors,
)
from ect_registration.use_cases.transactions import (
    Actor as Actor,
)
from ect_registration.use_cases.transactions import (
    Ports as Ports,
)
from ect_registration.use_cases.transactions import (
    Tells as Tells,
)
from ect_registration.use_cases.transactions import (
    transact as transact,
)

__version__: str
