"""What is kept about one person, for an operator acting for them. Nothing is written."""

from __future__ import annotations

from collections.abc import Sequence

from ect_registration.domain.records.history import Change
from ect_registration.domain.records.kept_data import Held
from ect_registration.domain.values import Trn
from ect_registration.use_cases.transactions import Ports


def everything_about(trn: Trn, ports: Ports) -> Held:
    """Returns all that is kept, at one moment, under this TRN and every TRN merged with it."""
    with ports.reading() as uow:
        trns = uow.people.trns(trn)
        mentors = uow.mentors.of_people(trns, withdrawn=True)
        return Held(
            trns=trns,
            teachers=uow.teachers.known_as(trns),
            email_addresses=uow.people.email_addresses(trns),
            ects=uow.ects.of_people(trns, withdrawn=True),
            mentors=mentors,
            mentored=[
                ect
                for mentor in mentors
                for ect in uow.mentors.mentored_by(mentor.id, withdrawn=True)
            ],
            mentor_training=uow.mentors.training_history(trns),
            journeys=uow.people.journeys(trns),
            history=uow.people.history(trns),
            refusals=uow.refusals.about(trns),
            trs_lookups=[last for last in map(uow.trs_lookups.last, trns) if last is not None],
            wrong_facts=[attempt for each in trns for attempt in uow.attempts.about(each)],
        )


def history_of(trn: Trn, ports: Ports) -> Sequence[Change]:
    """Returns what happened to this person, at every school, oldest first."""
    with ports.reading() as uow:
        return uow.people.history(uow.people.trns(trn))
