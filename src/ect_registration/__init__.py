"""Register early career teachers: rules, journeys and use cases, without a framework.

The public names are here: ``from ect_registration import Trn, register_ect``. Each is imported
when it is first asked for, so importing the package costs next to nothing. ``__init__.pyi`` tells
editors and type checkers the names.
"""

from ect_registration._lazy import importing

__version__ = "0.2.0"

_NAMES_BY_MODULE = {
    "domain.statistics.counting": "Area CountedEct",
    "domain.values": "InvalidValue NationalInsuranceNumber PersonName Trn Urn",
    "domain.email": "Email",
    "domain.calendar": "AcademicYear Period",
    "domain.decisions": "Allowed Blocked Decision Kind OurDecision Policy Rule",
    "domain.catalogue": "CATALOGUE rule_named",
    "domain.school": (
        "AppropriateBody BodyKind ClosedDays DeliveryPartner LeadProvider Offer Organisation "
        "OrganisationId OrganisationKind Pairing Partnership ProviderYear School SchoolStatus "
        "SchoolRecords SchoolType Succession TrainingYear"
    ),
    "domain.gias.extract": "Extract",
    "domain.gias.links": "Link Successions",
    "domain.people.ect": "EctAtSchool EctId KnownEct Registration WorkingPattern",
    "domain.people.endings": "Cause End Extent",
    "domain.people.effects": "Effect Part",
    "domain.people.funding": "Funding FundingNeed",
    "domain.people.mentor": "KnownMentor MentorAtSchool MentorPast MentorTrainingHistory",
    "domain.people.mentorship": "MentorId Mentorship MentorshipId",
    "domain.people.teacher": "InductionStatus NoMatch Search Teacher TeacherRecord TrsFacts",
    "domain.people.training": "Programme ProgrammeChoices Training TrainingId TrainingState",
    "domain.drafts.change_draft": "EctChangeDraft MentorChangeDraft",
    "domain.drafts.ect_draft": "EctDraft NameAnswer ReuseAnswer SamePersonAnswer",
    "domain.drafts.mentor_draft": "AssignmentDraft MentorDraft",
    "domain.drafts.saved_journey": "JourneyId SavedJourney",
    "domain.lead_providers.records": "SeenSchool",
    "domain.lead_providers.schools": "SchoolFacts SchoolSeen",
    "domain.lead_providers.statuses": "TrainingStatus",
    "domain.lead_providers.tokens": "Token TokenId",
    "domain.notice": "Happening KeptNotice Message Notice NoticeId NoticeState Recipient Role",
    "domain.records.announcement": "Announced Announcement AnnouncementId ToTell Unread",
    "domain.records.history": "Change What",
    "domain.records.history_chain": "Chain Head Link",
    "domain.records.kept_data": "Held",
    "domain.records.refusal": "Refusal RefusalsCounted RefusedPerson",
    "domain.records.trs_lookup": "TrsLookup",
    "domain.search.ect_needs": "EctsInNeed Need needs_of",
    "domain.search.ect_search": "EctsFound EctsWanted SearchWords ShownStatus",
    "domain.search.mentor_search": (
        "Mentored MentorsFound MentorStatus MentorsWanted mentor_status_of"
    ),
    "domain.attempts": "Attempt Attempted AttemptId",
    "domain.reference.columns": "Column ColumnType",
    "domain.reference.tables": "Difference ReferenceKind ReferenceTable",
    "domain.sessions": "Person Session SessionId",
    "domain.world": (
        "DemoUser InvalidWorld OpenYear TrsPerson World WorldEct WorldMentor WorldMentorship"
    ),
    "domain.rules.access": (
        "WhyNot check_registration_closed check_school_cannot_register check_school_sign_in"
    ),
    "domain.rules.school_year.changing": (
        "check_corrected_overlap check_details_can_change check_not_after_last_day"
    ),
    "domain.rules.check_answers": ("AssignmentPreview MentorPreview Preview check_saved_as_shown"),
    "domain.rules.periods.duplicates": (
        "check_already_completed_here check_already_in_progress_here"
    ),
    "domain.rules.registering.eligibility": (
        "check_induction_exempt check_induction_failed check_induction_passed "
        "check_prohibited_from_teaching check_qts_not_needed check_unknown_induction_status"
    ),
    "domain.rules.identifying.email": "check_email_in_use",
    "domain.rules.school_year.following": "Concern",
    "domain.rules.school_year.funding": "FundedTraining funding_of",
    "domain.rules.identifying.identity": (
        "check_age check_details_do_not_match check_trn_not_found"
    ),
    "domain.policy": "FIGURES Figure Limit",
    "domain.rules.outputs.lead_providers": "check_lead_provider_confirms check_partner_change",
    "domain.rules.identifying.limits": "check_limit check_too_many_attempts has_expired is_stale",
    "domain.rules.periods.leaving": "check_leaving",
    "domain.rules.mentors.removal": "check_mentor_removed",
    "domain.rules.mentors.replacement": "MentorReplaced mentors_replaced",
    "domain.rules.mentors.mentor": (
        "check_corrected_mentor_start check_mentor_already_here check_mentor_elsewhere "
        "check_mentor_start_date needs_corrected_mentor_start "
        "check_only_here_leaves_a_day check_own_mentor ended_elsewhere range_of_mentor_starts"
    ),
    "domain.rules.mentors.mentor_training": (
        "MentorTraining NotFunded TrainingThen check_funded_mentor_training "
        "check_mentor_lead_provider check_one_open_mentor_training check_school_led_ect_mentor "
        "mentor_training_year open_training_of why_not_funded"
    ),
    "domain.rules.mentors.mentoring": (
        "check_mentor_now_or_later check_mentorship_dates check_no_day_in_common "
        "check_one_mentor_at_a_time mentorship_period"
    ),
    "domain.rules.identifying.name": (
        "check_name_confirmed_or_corrected check_name_same_person correction_of is_another_name"
    ),
    "domain.rules.outputs.notices": "Subject notices_of receipt_of_upload",
    "domain.rules.operating.operators": "check_operator_is_named check_reason_given",
    "domain.rules.operating.organisations": "check_new_name name_meant",
    "domain.rules.periods.previous_school": (
        "check_ect_start_date_range check_ect_transfer_too_far_ahead check_overlaps_previous "
        "check_registered_before check_transfer_ends_previous ended_by_transfer "
        "latest_elsewhere"
    ),
    "domain.rules.registering.programme": (
        "appropriate_body_rule bodies_on_offer check_appropriate_body "
        "check_confirmed_or_interest check_lead_provider check_training_programme "
        "partnership_with"
    ),
    "domain.rules.operating.refusals": "check_refusals_kept",
    "domain.rules.registering.reuse": "ReusableChoices Reuse reusable_choices",
    "domain.rules.operating.schools": (
        "Fate Outlook check_acting_for_successor check_few_close check_goes_on "
        "check_has_closed check_last_day_of_school check_mentors_of_both what_becomes_of "
        "what_becomes_of_ends"
    ),
    "domain.rules.registering.start_date": (
        "check_cannot_register_yet check_expected_training_start_year check_start_date_range "
        "expected_training_start_year range_of_start_dates"
    ),
    "domain.rules.periods.status": "AtSchool Status at_school days_without_mentor status_of",
    "domain.rules.outputs.statistics": "counted period_that_counts",
    "domain.rules.periods.transfer": "check_transfer_too_far_ahead possible_starts",
    "domain.rules.school_year.undoing": (
        "check_ect_registered_by_mistake check_mentor_registered_by_mistake"
    ),
    "journeys.engine": "Gate Note Progress Step amend settle walk",
    "journeys.ect_case": "EctCase",
    "journeys.mentor_case": "AssignmentCase MentorCase",
    "journeys.change_case": "EctChangeCase MentorChangeCase",
    "journeys.change_ect": "CHANGE_ECT",
    "journeys.change_mentor": "CHANGE_MENTOR",
    "journeys.register_ect": "REGISTER_ECT",
    "journeys.register_mentor": "ASSIGN_MENTOR REGISTER_MENTOR",
    "use_cases.transactions": "Actor Ports Tells transact",
    "use_cases.registering.register_ect": "Checked check_ect register_ect",
    "use_cases.registering.register_mentor": "register_mentor",
    "use_cases.registering.assign_mentor": "assign_mentor",
    "use_cases.bulk.bring_in": "BroughtIn RecordRow bring_in",
    "use_cases.bulk.register_many": "register_many",
    "use_cases.bulk.rows": "DoneBefore FileRow RowOutcome RowResult",
    "use_cases.registering.documents": "InvalidRequest",
    "use_cases.registering.outcomes": "Assigned Registered",
    "use_cases.changing.change_documents": "change_ect_by change_mentor_by",
    "use_cases.changing.change_ect": "change_ect look_at_ect_change walk_ect_change",
    "use_cases.changing.change_mentor": "change_mentor look_at_mentor_change walk_mentor_change",
    "use_cases.changing.change_outcomes": "EctChange MentorChange",
    "use_cases.changing.removing_mentor": "Removal look_at_removing_mentor remove_mentor",
    "use_cases.changing.undo.undo_plans": "Undoing",
    "use_cases.changing.undo.undoing": (
        "look_at_undoing_ect look_at_undoing_mentor undo_ect undo_mentor"
    ),
    "use_cases.notifying.announcing": "mark_as_read",
    "use_cases.changing.leaving": (
        "EctLeaving MentorLeaving look_at_ect_leaving look_at_mentor_leaving report_ect_leaving "
        "report_mentor_leaving"
    ),
    "use_cases.journeys.unfinished": "Unfinished unfinished",
    "use_cases.school.ects": "EctSummary list_ects show_ect",
    "use_cases.school.ect_details": "EctDetails ect_in_detail",
    "use_cases.school.ects_page": "EctsPage page_of_ects",
    "use_cases.school.mentors": "MentorSummary list_mentors",
    "use_cases.school.mentors_page": "MentorDetails MentorsPage mentor_in_detail page_of_mentors",
    "use_cases.school.choose_mentor": "MentorQuestion choose_mentor",
    "use_cases.school.assign_several_ects": "assign_several choose_ects",
    "use_cases.notifying.send": "Run send_notices",
    "use_cases.operating.load_world": "Loaded load_world",
    "use_cases.operating.load_mentor_training": "load_mentor_training",
    "use_cases.operating.partnerships": "Reported report_partnership",
    "use_cases.operating.reference.change": "change_reference",
    "use_cases.operating.reference.given": "GivenRow InvalidReference RowMistake",
    "use_cases.operating.reference.show": "prepare_year reference_rows",
    "use_cases.operating.look_up": "Found look_up record_looking_up",
    "use_cases.operating.reports": "Correction Counted corrected_names merges_left outcomes",
    "use_cases.gias.import_schools": "Imported LeftForPeople import_schools",
    "use_cases.gias.closing": "end_school",
    "use_cases.gias.moving": "Moved move_school",
    "use_cases.gias.moving_some": "move_some",
    "use_cases.operating.person": "everything_about",
    "use_cases.operating.purge": "purge",
    "use_cases.operating.statistics": "funding_statistics_of statistics_of",
    "use_cases.operating.verify_history": "Verified verify_history",
    "ports.deadline": "NEVER Deadline",
    "ports.stored.following": "Concerned TrsLookups",
    "ports.stored.holds": "Hold Holding",
    "ports.store": "BeginReading BeginWriting UnitOfWork",
    "ports.stored.lead_providers": "ApiTokens SeenRecords WantedSchools",
    "ports.notices": "Notifier Outbox Refused",
    "ports.stored.lookups": "FoundPeriod Lookups",
    "ports.stored.many_ects": "ManyEcts OfferToSchool SchoolAndYear",
    "ports.stored.offers": "Organisations Partnerships ProgrammeOffers Schools TrainedPerson",
    "ports.stored.reference": "ReferenceRows",
    "ports.stored.people": "Ects Emails Mentors People Teachers",
    "ports.stored.records": "History Journeys",
    "ports.stored.sessions": "Sessions",
    "ports.stored.statistics": "Statistics",
    "ports.stored.announcements": "Announcements",
    "ports.stored.refusals": "Refusals",
    "ports.stored.attempts": "Attempts",
    "ports.teacher_records": "TeacherRecords",
    "ports.clock": "Clock",
    "ports.errors": "Busy Conflict Contention NotShown Rejected Unavailable Unstorable",
}

__all__, __getattr__, __dir__ = importing(__name__, _NAMES_BY_MODULE)
