"""Giving ECTs a mentor at the terminal, by TRN: the ids are looked up as a program would."""

from __future__ import annotations

from typing import Any

import attrs

from integration.cli.mentor_town import BORN_ON, CLOSED, HERE, MAYA, NEW, NOOR, THERE
from integration.cli.terminal import Ran, ect

Document = dict[str, Any]


@attrs.frozen
class Desk:
    """Somebody at a terminal, on one day."""

    settings: dict[str, str]

    def on(self, today: str) -> Desk:
        """The same on another day."""
        return Desk(self.settings | {"ECT_TODAY": today})

    def listed(self, what: str, school: str = HERE) -> list[Document]:
        """The ECTs or the mentors of a school."""
        rows: list[Document] = ect(
            what, "--school", school, "--format", "json", **self.settings
        ).json
        return rows

    def one(self, what: str, trn: str, school: str = HERE) -> Document:
        """The period of that person that was listed last."""
        return [row for row in self.listed(what, school) if row["trn"] == trn][-1]

    def id_of(self, what: str, trn: str) -> str:
        """Their id, at whichever school they are."""
        for school in (HERE, THERE, CLOSED):
            for row in self.listed(what, school):
                if row["trn"] == trn:
                    return str(row["id"])
        raise AssertionError(trn)

    def a_mentor(self, ect_trn: str = MAYA, **changes: Any) -> Document:
        """A new one for an ECT; a key that becomes ``...`` is left out."""
        document = {
            "school": HERE,
            "ect": self.id_of("ects", ect_trn),
            "trn": NEW,
            "date_of_birth": BORN_ON,
            "national_insurance_number": None,
            "corrected_name": None,
            "email": "new.mentor@example.org",
            "only_here": None,
            "start_date": None,
            "lead_provider": None,
            "replace": False,
        }
        return {key: value for key, value in (document | changes).items() if value is not ...}

    def an_assignment(
        self, ect_trn: str = MAYA, mentor_trn: str = NOOR, **changes: Any
    ) -> Document:
        """A mentor from here for an ECT."""
        document = {
            "school": HERE,
            "ect": self.id_of("ects", ect_trn),
            "mentor": self.id_of("mentors", mentor_trn),
            "lead_provider": None,
            "replace": False,
        }
        return {key: value for key, value in (document | changes).items() if value is not ...}

    def register(self, ect_trn: str = MAYA, *options: str, **changes: Any) -> Ran:
        """Register a new mentor and assign them."""
        document = self.a_mentor(ect_trn, **changes)
        return ect("register-mentor", "--from", "-", *options, stdin=document, **self.settings)

    def assign(
        self, ect_trn: str = MAYA, mentor_trn: str = NOOR, *options: str, **changes: Any
    ) -> Ran:
        """Assign a mentor from here."""
        document = self.an_assignment(ect_trn, mentor_trn, **changes)
        return ect("assign-mentor", "--from", "-", *options, stdin=document, **self.settings)


def came_to(ran: Ran) -> tuple[int, str, str | None, str | None]:
    """Exit status, outcome, rule and field."""
    answer = ran.json
    return ran.status, answer["outcome"], answer.get("rule"), answer.get("field")
