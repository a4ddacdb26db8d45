"""What a partnership does to people's training, with a line in the history of each person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from ect_registration.domain.decisions import Evidence
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.school import Partnership
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.offers import TrainedPerson


@attrs.frozen
class Followed:
    """How many trainings follow a partnership by now, and a line for each person concerned."""

    number: int = 0
    lines: Sequence[Change] = ()


def confirm_waiting(
    partnership: Partnership, line: Change, today: date, uow: UnitOfWork
) -> Followed:
    """Confirms what waits for a partnership. Who did it, when and why is as in ``line``."""
    people = uow.partnerships.confirm_waiting(partnership, today)
    after = {**_named(partnership), "delivery_partner": partnership.delivery_partner}
    lines = [
        _told(person, What.PARTNERSHIP_REPORTED, {}, after, partnership, line)
        for person in dict.fromkeys(people)
    ]
    return Followed(len(people), lines)


def release(partnership: Partnership, line: Change, today: date, uow: UnitOfWork) -> Followed:
    """Lets training wait again whose partnership has ended; ``line`` is as for confirming."""
    people = uow.partnerships.release(partnership, today)
    before = {**_named(partnership), "delivery_partner": partnership.delivery_partner}
    lines = [
        _told(person, What.PARTNERSHIP_ENDED, before, {}, partnership, line)
        for person in dict.fromkeys(people)
    ]
    return Followed(len(people), lines)


def delivered_by_another(
    partnership: Partnership, line: Change, uow: UnitOfWork
) -> Sequence[Change]:
    """Returns the history of people to whose training this gives another delivery partner.

    It is read before the partnership is written; ``line`` is as for confirming.
    """
    after: Evidence = {"delivery_partner": partnership.delivery_partner}
    return [
        _told(
            person,
            What.PARTNERSHIP_CHANGED,
            {**_named(partnership), "delivery_partner": person.delivery_partner},
            after,
            partnership,
            line,
        )
        for person in dict.fromkeys(uow.partnerships.confirmed_otherwise(partnership))
    ]


def _named(partnership: Partnership) -> Evidence:
    return {"lead_provider": partnership.lead_provider, "year": partnership.year.starts_in}


def _told(
    person: TrainedPerson,
    what: What,
    before: Evidence,
    after: Evidence,
    partnership: Partnership,
    line: Change,
) -> Change:
    """Returns a line about this person, in the history of the partnership's school."""
    return attrs.evolve(
        line,
        school=partnership.school,
        what=what,
        trn=person.trn,
        about=person.period,
        before=before,
        after=after,
    )
