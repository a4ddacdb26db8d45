"""Lists what the database guarantees of people, partnerships, addresses and history."""

from __future__ import annotations

import sqlalchemy as sa

from adapters.sql.guarantees.guarantee import Guarantee
from adapters.sql.guarantees.probe_rows import (
    CHAIN,
    OTHER,
    START,
    a_change,
    a_claim,
    a_line_of_history,
    a_mentor,
    a_partnership,
    a_teacher,
    a_training,
    address,
    an_ect,
    an_organisation,
)
from adapters.sql.tables import offers, people
from adapters.sql.tables.columns import METADATA
from adapters.sql.tables.records import history, history_heads
from ect_registration.domain.text import name_key

_claim = sa.update(people.email_claims).where(people.email_claims.c.email_key == address(-1))
_head = sa.update(history_heads).where(history_heads.c.chain == CHAIN)

RECORD_GUARANTEES = (
    Guarantee(
        name="one teacher per TRN",
        says="No two teachers have the same TRN.",
        constraints=("uq_teachers_trn",),
        violations=(a_teacher(OTHER, "trn_1"),),
    ),
    Guarantee(
        name="one holder of an email address",
        says="One person holds an address, and another gets it only once they no longer use it.",
        constraints=("pk_email_claims",),
        sqlite=(
            "email_claims_taken_over",
            "email_claims_needed",
            "email_claims_stay",
            "ect_periods_claim_on_insert",
            "ect_periods_claim_on_update",
            "mentor_periods_claim_on_insert",
            "mentor_periods_claim_on_update",
        ),
        postgresql=(
            "email_claims_taken_over",
            "email_claims_needed",
            "ect_periods_claim",
            "mentor_periods_claim",
        ),
        violations=(
            a_claim(-1),
            _claim.values(teacher_id=-2, taken_on=START),
            _claim.values(email_key=address(OTHER)),
            sa.delete(people.email_claims).where(people.email_claims.c.teacher_id == -1),
            an_ect(OTHER, teacher=-3, email_key=address(-1)),
            a_mentor(OTHER, teacher=-2, school_id=-2, email_key=address(-1)),
            a_change(people.ect_periods, -1, email_key=address(OTHER)),
            a_change(people.mentor_periods, -2, email_key=address(OTHER)),
        ),
    ),
    Guarantee(
        name="one organisation per name",
        says="No two lead providers, delivery partners or appropriate bodies have one name, "
        "whatever its case, accents and blanks.",
        constraints=tuple(
            f"uq_{table}_name_key"
            for table in ("appropriate_bodies", "delivery_partners", "lead_providers")
        ),
        violations=tuple(
            an_organisation(table, OTHER, name_key=name_key("Made up (-1)"))
            for table in (offers.delivery_partners, offers.lead_providers)
        ),
    ),
    Guarantee(
        name="lead provider and delivery partner pairs exist for the year",
        says="A partnership is with two who have worked together in its year.",
        constraints=("fk_partnerships_lead_provider_id_delivery_partner_id_year",),
        violations=(a_partnership(OTHER, lead_provider=-2, delivery_partner=-1),),
    ),
    Guarantee(
        name="one partnership per school, lead provider and year",
        says="A school has one delivery partner at most for a lead provider and a year.",
        constraints=("uq_partnerships_school_id_lead_provider_id_year",),
        violations=(a_partnership(OTHER, lead_provider=-1, delivery_partner=-2),),
    ),
    Guarantee(
        name="confirmed training has the partnership that confirms it",
        says="The partnership of a training is one of its own school, lead provider and year.",
        constraints=("fk_trainings_partnership_id_school_id_lead_provider_id_year",),
        violations=(
            a_training(OTHER, year=2024),
            a_training(OTHER, lead_provider_id=-2),
            a_training(
                OTHER, teacher_id=-3, school_id=-2, ect_period_id=None, mentor_period_id=-4
            ),
        ),
    ),
    Guarantee(
        name="history is append-only",
        says="What was written to history is never changed nor removed.",
        sqlite=("history_not_updated", "history_not_deleted", "history_not_replaced"),
        postgresql=("history_append_only",),
        violations=(
            a_change(history, -1, actor="somebody else"),
            sa.delete(history).where(history.c.id == -1),
        ),
        sqlite_violations=(a_line_of_history(-1, number=2).prefix_with("OR REPLACE"),),
        postgresql_violations=(sa.text("TRUNCATE history"),),
    ),
    Guarantee(
        name="history is chained",
        says="Every line of history follows the newest of its chain, and heads never go back.",
        constraints=("uq_history_chain_number", "pk_history_heads"),
        sqlite=("history_chained", "history_heads_go_on", "history_heads_stay"),
        postgresql=("history_chained", "history_heads_go_on", "history_heads_stay"),
        violations=(
            a_line_of_history(OTHER, number=3),
            _head.values(number=0),
            _head.values(chain="other"),
            sa.delete(history_heads).where(history_heads.c.chain == CHAIN),
        ),
        postgresql_violations=(sa.text("TRUNCATE history_heads"),),
    ),
    Guarantee(
        name="foreign keys",
        says="Every reference leads to a row that is there.",
        constraints=tuple(
            str(key.name)
            for table in METADATA.sorted_tables
            for key in sorted(table.foreign_key_constraints, key=lambda key: str(key.name))
        ),
        violations=(
            an_ect(OTHER, teacher=-3, school_id=OTHER),
            sa.delete(offers.schools).where(offers.schools.c.id == -1),
        ),
    ),
)
