"""The filters, things to do and unfinished registrations of the pages that list people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

import attrs
from flask import url_for

from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.mentor_draft import MentorDraft
from ect_registration.domain.drafts.saved_journey import SavedJourney
from ect_registration.domain.notice import Role, Undelivered, Unreached
from ect_registration.domain.search.ect_needs import Need
from ect_registration.use_cases.journeys.unfinished import Unfinished
from ect_registration.use_cases.school.ects import EctSummary
from ect_registration.use_cases.school.ects_page import EctsPage
from entrypoints.text.dates_in_words import long_date
from entrypoints.web.ects import wording
from entrypoints.web.ects.list_query import Asked, S


@attrs.frozen
class Filter:
    """A link to the people with one status, or to all of them."""

    says: str
    count: int
    address: str
    chosen: bool


def filters(counts: Mapping[S, int], words: Mapping[S, str], asked: Asked[S]) -> Sequence[Filter]:
    """Returns the filter for all people, then one for each status."""
    everybody = Filter("All", sum(counts.values()), asked.with_status(None), asked.status is None)
    return [
        everybody,
        *(
            Filter(said, counts[status], asked.with_status(status), asked.status is status)
            for status, said in words.items()
        ),
    ]


class Follow(StrEnum):
    """Where a thing to do leads."""

    ASSIGN = "choose_mentor.choose"
    ECT = "ects.ect"
    MENTOR = "mentors.mentor"


@attrs.frozen
class TaskLine:
    """One thing to do: a link, and the words around it."""

    link: str
    address: str
    before: str = ""
    after: str = ""


def task_lines(page: EctsPage) -> Sequence[TaskLine]:
    """Returns what the school should do, most urgent first; unfinished registrations come last."""
    lines = [line for to_do in page.to_do for line in _lines(to_do.need, to_do.ects, to_do.more)]
    lines += _mentors_without_address(page.to_tell.unreached)
    lines += [_undelivered(person) for person in page.to_tell.unreached.refused]
    many = len(page.unfinished)
    if many:
        registrations = (
            "1 unfinished registration" if many == 1 else f"{many} unfinished registrations"
        )
        lines.append(TaskLine(f"Continue or discard {registrations}", url_for("ects.unfinished")))
    return lines


def _undelivered(person: Undelivered) -> TaskLine:
    view = Follow.ECT if person.role is Role.ECT else Follow.MENTOR
    return TaskLine(
        person.name,
        url_for(view, id=person.id),
        before="Check the email address of ",
        after=", because we could not deliver emails to it",
    )


def _mentors_without_address(unreached: Unreached) -> Sequence[TaskLine]:
    lines = [
        TaskLine(
            f"Add an email address for {mentor.name}",
            url_for("details.mentor_question", id=mentor.id, what="email"),
            after=", who is a mentor",
        )
        for mentor in unreached.mentors
    ]
    more = unreached.mentors_in_all - len(unreached.mentors)
    if more:
        others = "1 other mentor" if more == 1 else f"{more} other mentors"
        says = f"See {others} {MORE[Need.EMAIL]}"
        lines.append(TaskLine(says, url_for("mentors.mentors")))
    return lines


def _lines(need: Need, ects: Sequence[EctSummary], more: int) -> Sequence[TaskLine]:
    says = SAYS.get(need)
    if says is None:
        return ()
    lines = [says(ect) for ect in ects]
    if more:
        lines.append(TaskLine(*_more(need, more)))
    return lines


def _more(need: Need, more: int) -> tuple[str, str]:
    """Returns the link to the ECTs that are not named, and its address."""
    others = "1 other ECT" if more == 1 else f"{more} other ECTs"
    status = STATUS_WITH.get(need)
    says = MORE[need].format(needs="needs" if more == 1 else "need")
    return f"See {others} {says}", url_for("ects.ects", status=status)


def _assign(ect: EctSummary) -> TaskLine:
    return TaskLine(f"Assign a mentor to {ect.name}", url_for(Follow.ASSIGN, ect=ect.id))


def _gap(ect: EctSummary) -> TaskLine:
    days = " and ".join(wording.days_of_gap(gap) for gap in ect.without_mentor)
    return TaskLine(ect.name, url_for(Follow.ECT, id=ect.id), after=f" has no mentor {days}")


def _confirm(ect: EctSummary) -> TaskLine:
    return TaskLine(
        ect.name,
        url_for(Follow.ECT, id=ect.id),
        before=f"Ask {ect.lead_provider} to confirm the training of ",
        after=f", which started on {long_date(ect.training_started_on)}",
    )


def _email(ect: EctSummary) -> TaskLine:
    address = url_for("details.ect_question", id=ect.id, what="email")
    return TaskLine(f"Add an email address for {ect.name}", address)


SAYS = {
    Need.EMAIL: _email,
    Need.MENTOR: _assign,
    Need.MENTOR_FOR_SOME_DAYS: _gap,
    Need.CONFIRMATION: _confirm,
}
STATUS_WITH = {  # the ECTs with other needs have either status
    Need.MENTOR: "mentor_required",
    Need.MENTOR_FOR_SOME_DAYS: "registered",
}
MORE = {
    Need.EMAIL: "without an email address",
    Need.MENTOR: "who {needs} a mentor",
    Need.MENTOR_FOR_SOME_DAYS: "without a mentor on some days",
    Need.CONFIRMATION: "whose training is not confirmed",
}


def whose(found: Unfinished) -> str:
    """Returns the teacher that a registration is about."""
    corrected = found.draft.name and found.draft.name.corrected
    name = corrected or found.record.name
    whose = f"{name} (TRN {found.trn})" if name else f"TRN {found.trn}"
    return f"{whose}, as a mentor" if found.role is Role.MENTOR else whose


def address_of(journey: SavedJourney) -> str:
    """Returns the address at which a registration goes on."""
    draft = journey.draft
    if isinstance(draft, EctDraft):
        return url_for("register_ect.resume", id=journey.id)
    blueprint = "register_mentor" if isinstance(draft, MentorDraft) else "assign_mentor"
    return url_for(f"{blueprint}.resume", ect=draft.ect, id=journey.id)
