"""Writing a registration that every rule allowed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

import attrs

from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Decision, Evidence
from ect_registration.domain.notice import Happening, Role
from ect_registration.domain.people.ect import EctAtSchool, EctId, Registration
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.people.training import Training, TrainingId
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.outputs.notices import Subject
from ect_registration.domain.rules.periods.previous_school import (
    TRANSFER_ENDS_PREVIOUS,
    ended_by_transfer,
)
from ect_registration.journeys.ect_case import EctCase
from ect_registration.journeys.identify import asks_same_person, is_same_person
from ect_registration.journeys.person_case import PersonCase
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.merged_trns import keep_merge
from ect_registration.use_cases.notifying.announcing import announce_end
from ect_registration.use_cases.notifying.write import Telling, telling_of
from ect_registration.use_cases.operating.partnerships import begun, partnership_line
from ect_registration.use_cases.transactions import Actor, NewId, Ports


@attrs.frozen
class Signature:
    """Who writes, when, under which rules, and who is told."""

    actor: str
    at: datetime
    rules: tuple[str, ...]
    telling: Telling
    reason: str | None = None  # of an operator who acts for the school

    def on(self, changes: Iterable[Change]) -> Sequence[Change]:
        """Returns lines of history with the reason, if there is one, on each of them."""
        if self.reason is None:
            return list(changes)
        return [
            attrs.evolve(change, after={**change.after, "reason": self.reason})
            for change in changes
        ]


def signature_of(actor: Actor, decisions: Sequence[Decision], ports: Ports) -> Signature:
    """Returns who writes now, under the rules of these decisions."""
    rules = tuple(decision.rule.id for decision in decisions)
    telling = telling_of(actor, ports)
    return Signature(actor.user, ports.clock.stamp(), rules, telling, actor.reason)


def write_registration(
    case: EctCase,
    signature: Signature,
    uow: UnitOfWork,
    new_id: NewId,
    *,
    id: EctId | None = None,
) -> EctAtSchool:
    """Writes teacher, ended periods, partnership carried over, new period, history and notices."""
    write_person(case, signature, uow)
    ect = new_ect(case, signature.at, new_id, id=id)
    elsewhere = ended_by_transfer(case.periods, case.start_date, case.today, ect.id)
    ended = [
        line
        for before, after in elsewhere
        for line in _end_elsewhere(before, after, signature, uow, new_id)
    ]
    carried = _carry_partnership(case, signature, uow)
    uow.emails.claim(case.email, ect.teacher.trn, case.today)
    uow.ects.add(ect)
    uow.history.add(signature.on([registration_line(case, ect, signature), *carried, *ended]))
    tell_of_registration(ect, signature, uow)
    return ect


def tell_of_registration(ect: EctAtSchool, signature: Signature, uow: UnitOfWork) -> None:
    """Writes the notices of a registration, after its record was written."""
    subject = Subject(Role.ECT, ect.id, ect.school)
    signature.telling.tell(Happening.REGISTERED, subject, uow)


def write_person(case: PersonCase, signature: Signature, uow: UnitOfWork) -> None:
    """Saves the person with the names to show, under the TRN that TRS kept."""
    record = case.record
    known: Collection[Teacher] = case.known
    if record.merged_from is not None:
        keep_merge(record, signature.actor, signature.at, uow)
        known = uow.teachers.known_as(record.trns)  # one may have moved
    write_names(case.teacher, known, uow)


def write_names(teacher: Teacher, known: Collection[Teacher], uow: UnitOfWork) -> None:
    """Saves the names to show of a person.

    Known under another TRN as well, they are shown by the same correction there.
    """
    others = (each for each in known if each.trn != teacher.trn)
    corrected = (
        attrs.evolve(
            each,
            trs_name=each.trs_name or teacher.trs_name,
            corrected_name=teacher.corrected_name,
            facts=teacher.facts,
            trs_name_changed_since=False,
        )
        for each in others
    )
    saved = [(each, each.facts, each.trs_name_changed_since) for each in known]
    for named in (teacher, *corrected):
        if (named, named.facts, named.trs_name_changed_since) not in saved:
            uow.teachers.save(named)


def _end_elsewhere(
    before: EctAtSchool,
    after: EctAtSchool,
    signature: Signature,
    uow: UnitOfWork,
    new_id: NewId,
) -> Iterator[Change]:
    """Ends a period elsewhere; its school is told if it ends sooner than it did."""
    uow.ects.change(before, after)
    if before.period == after.period:
        return
    announce_end(after, signature.at, new_id, uow)
    yield Change(
        at=signature.at,
        actor=signature.actor,
        school=before.school,
        what=What.ECT_TRANSFERRED,
        rules=(TRANSFER_ENDS_PREVIOUS.id,),
        trn=before.teacher.trn,
        about=before.id,
        before={"finished_on": last_day_of(before.period)},
        after={"finished_on": last_day_of(after.period)},
    )


def last_day_of(period: Period) -> str | None:
    """Returns a period's last day as history writes it; None without one."""
    return period.finished_on.isoformat() if period.finished_on else None


def _carry_partnership(case: EctCase, signature: Signature, uow: UnitOfWork) -> Sequence[Change]:
    """Brings an earlier year's partnership into the expected year, if that is what was reused."""
    reused = case.reused
    if reused is None or reused.carried_from is None:
        return ()
    carried = attrs.evolve(reused.carried_from, year=case.expected_year)
    line = partnership_line(carried, signature.actor, signature.at)
    return begun(carried, line, case.today, uow).lines


def new_ect(case: EctCase, at: datetime, new_id: NewId, *, id: EctId | None = None) -> EctAtSchool:
    """Returns the record that a case comes to, with this id if it was given one before."""
    period = Period(case.start_date)
    return EctAtSchool(
        id=id or EctId(new_id()),
        school=case.school.urn,
        teacher=case.teacher,
        email=case.email,
        period=period,
        registration=Registration(at, case.expected_year, case.choices),
        working_pattern=case.draft.working_pattern,
        trainings=(_training(case, period, TrainingId(new_id())),),
    )


def _training(case: EctCase, period: Period, id: TrainingId) -> Training:
    return Training(
        id=id,
        period=period,
        programme=case.programme,
        year=case.expected_year,
        lead_provider=case.choices.lead_provider,
        delivery_partner=case.delivery_partner,
    )


def same_person_said(case: PersonCase) -> Evidence:
    """Returns the yes to "is this the same person?", for history, where it was asked."""
    return {"same_person": is_same_person(case)} if asks_same_person(case) else {}


def registration_line(case: EctCase, ect: EctAtSchool, signature: Signature) -> Change:
    """Returns the line of history of a registration."""
    names: Evidence = {teacher.trn.digits: teacher.name for teacher in case.known}
    return Change(
        at=signature.at,
        actor=signature.actor,
        school=ect.school,
        what=What.ECT_REGISTERED,
        rules=signature.rules,
        trn=ect.teacher.trn,
        about=ect.id,
        before=names,
        after={
            "trs_name": ect.teacher.trs_name,
            "name": ect.teacher.name,
            **same_person_said(case),
            "email": case.email.address,
            "started_on": ect.period.started_on.isoformat(),
            "working_pattern": ect.working_pattern,
            "expected_training_start_year": case.expected_year.starts_in,
            "appropriate_body": case.choices.appropriate_body,
            "programme": case.programme,
            "lead_provider": case.choices.lead_provider,
            "delivery_partner": case.delivery_partner,
        },
    )
