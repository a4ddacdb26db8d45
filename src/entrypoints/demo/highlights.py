"""The five things to try first in the demo: who does them, with which answers, and what to see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

import attrs

from ect_registration.domain.drafts.ect_draft import EctDraft, NameAnswer, ReuseAnswer
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import WorkingPattern
from ect_registration.domain.people.training import Programme
from ect_registration.domain.values import Trn
from ect_registration.domain.world import World


class Ends(StrEnum):
    """The page that a click ends at."""

    REGISTRATION = "registration"  # wherever its rules let it get
    UNFINISHED = "unfinished"  # the registrations to go on with
    ECTS = "ects"
    MENTOR = "mentor"  # the choice of ECTs for one mentor
    OUTAGE = "outage"  # of TRS, on a search


@attrs.frozen
class Registration:
    """One ECT to register, and every answer about them. Who they are stands in the world."""

    trn: str
    email: str
    start_date: date = date(2025, 9, 1)
    stops_at: str = "check-answers"

    @property
    def draft(self) -> EctDraft:
        """Returns the answers, as a journey keeps them."""
        return EctDraft(
            name=NameAnswer(),
            registered_before_seen=True,
            email=Email.parse(self.email),
            start_date=self.start_date,
            working_pattern=WorkingPattern.FULL_TIME,
            reuse=ReuseAnswer(wanted=False),
            appropriate_body="Amber Moor Teaching School Hub",
            programme=Programme.PROVIDER_LED,
            lead_provider="Teach First",
        )


@attrs.frozen
class Click:
    """One button: who it signs in, what it fills in, and where it ends."""

    id: str
    button: str
    user: str
    ends: Ends
    see: str  # what to look at there
    registrations: Sequence[Registration] = ()
    mentor: str = ""
    ects: Sequence[str] = ()  # for the mentor, by TRN
    trs_out_of_reach: bool = False

    @property
    def trns(self) -> Sequence[str]:
        """Returns the TRN of every person it is about."""
        return [each.trn for each in self.registrations] + [
            *self.ects,
            *([self.mentor] if self.mentor else []),
        ]

    def is_possible_in(self, world: World) -> bool:
        """Says whether all the people it needs are in the world: users may load their own."""
        users = {user.id for user in world.users}
        people = {person.trn for person in world.trs_people if person.date_of_birth}
        return self.user in users and {Trn(trn) for trn in self.trns} <= people


@attrs.frozen
class Highlight:
    """One thing to try: what it shows, and a button, maybe a second one for afterwards."""

    says: str
    clicks: Sequence[Click]


HIGHLIGHTS: Sequence[Highlight] = (
    Highlight(
        "An ECT moves to your school. See what each school is shown.",
        (
            Click(
                "transfer",
                "Transfer an ECT",
                "hannah",
                Ends.REGISTRATION,
                "‘What happens next’ names the last day at the other school. Save the ECT’s"
                " details, then select ‘See the other school’ under ‘Five things to try’",
                [
                    Registration(
                        "3000504", "l.venkataramanan@aldervale.example.org", date(2025, 9, 15)
                    )
                ],
            ),
            Click(
                "other-school",
                "See the other school",
                "harriet",
                Ends.ECTS,
                "This is the school that the ECT leaves. Once the transfer is saved, this page"
                " tells the school about it",
            ),
        ),
    ),
    Highlight(
        "Register two ECTs in two tabs. Their answers never mix.",
        (
            Click(
                "two-tabs",
                "Use two tabs",
                "owen",
                Ends.UNFINISHED,
                "Open each ‘Continue’ link in its own tab, and save both ECTs’ details. If you"
                " open the same one twice, it is only saved once",
                [
                    Registration("3000102", "first.tab@example.org"),
                    Registration("3000103", "second.tab@example.org"),
                ],
            ),
        ),
    ),
    Highlight(
        "The Teaching Record System (TRS) does not respond. No answers are lost.",
        (
            Click(
                "outage",
                "Search without TRS",
                "owen",
                Ends.OUTAGE,
                "Select ‘Try again’: the TRN is still there. To go on, bring TRS back at the top"
                " of the page, then search for TRN 3000109, born 10 9 1997",
                [Registration("3000109", "without.trs@example.org")],
                trs_out_of_reach=True,
            ),
            Click(
                "found-before",
                "Register without TRS",
                "owen",
                Ends.REGISTRATION,
                "TRS does not respond now. We found this ECT before, so you can register them",
                [Registration("3000105", "found.before@example.org")],
                trs_out_of_reach=True,
            ),
        ),
    ),
    Highlight(
        "Assign one mentor to three ECTs: all of them or none.",
        (
            Click(
                "three-ects",
                "Assign three ECTs",
                "hannah",
                Ends.MENTOR,
                "Three ECTs are selected. Assign them to see that all three have this mentor",
                mentor="3000605",
                ects=("3000305", "3000501", "3000511"),
            ),
        ),
    ),
    Highlight(
        "Enter a start date that a rule refuses. See the rule and its source.",
        (
            Click(
                "refusal",
                "See a refusal",
                "hannah",
                Ends.REGISTRATION,
                "This page refuses the start date. The rule is named below",
                [
                    Registration(
                        "3000505",
                        "b.angstrom@aldervale.example.org",
                        date(2025, 9, 5),
                        stops_at="stopped",
                    )
                ],
            ),
        ),
    ),
)
CLICKS = {click.id: click for highlight in HIGHLIGHTS for click in highlight.clicks}


def highlights_of(world: World) -> Sequence[Highlight]:
    """Returns what can be tried in this world."""
    return [
        highlight
        for highlight in HIGHLIGHTS
        if all(click.is_possible_in(world) for click in highlight.clicks)
    ]
