"""Somebody who gives an ECT a mentor in a browser, each page checked on the way."""

from __future__ import annotations

from datetime import date

import attrs

from integration.browser.registering import Registering, searched

ZOFIA = "Zofia Nowak"  # provider-led with Teach First, at the school of Hannah
AOIFE = "Aoife Ní Dhomhnaill"  # at the same school
OLUWASEUN = "Oluwaseun Hartley"  # school-led, at the same school
MARGUERITE = ("3000601", date(1985, 5, 20))  # never a mentor
COMPLETED = ("3000603", date(1978, 2, 17))  # has had mentor training
JOSE_MARIA = ("3000606", date(1981, 6, 30))  # a mentor at Harbourside
DEBORAH = ("3000605", date(1984, 1, 13))  # a mentor here


@attrs.define
class Mentoring(Registering):
    """One ECT at a time, found on the ECTs page."""

    def ask(self, ect: str) -> None:
        """Who the mentor will be, from the prompt beside the ECT."""
        self.visit.go(f"/school/ects?search={ect.partition(' ')[0]}")
        self.follow(f"Assign a mentor to {ect}")

    def choose_by_name(self, mentor: str) -> None:
        """One of those who are here, or somebody new."""
        self.visit.page.get_by_label(mentor).check()
        self.press()

    def search(self, ect: str, trn: str, born_on: date) -> None:
        """As far as a new mentor who was looked for."""
        self.visit.sign_in("hannah")
        self.ask(ect)
        self.skip({"mentor": "new"}, searched(trn, born_on))
