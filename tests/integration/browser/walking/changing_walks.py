"""Walks to the pages that change what was registered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlsplit

from ect_registration.domain.values import Trn, Urn
from integration.browser.registering import Registering, details_of_work, on
from integration.browser.served import Later, Served
from integration.browser.visits import Visit, lead_on
from integration.browser.walking.mentor_walks import HAS_A_MENTOR, HAS_LEFT, SCHOOL

A_MENTOR, NEW_MENTOR = "3000605", "3000601"
HARBOURSIDE = Urn("900108")
COMES_FROM_ELSEWHERE = ("3000501", date(2001, 7, 19))  # from Alder Vale, where they are now
ANOTHER_BODY = "Copperbeech Teaching School Hub"
ECT_CHANGES = (
    ("name", {"name_is_correct": "no", "corrected_name": "Somebody Else"}),
    ("email", {"email": "somebody.else@example.org"}),
    ("working-pattern", {"working_pattern": "part_time"}),
    ("start-date", on("start_date", date(2024, 9, 3))),
    ("appropriate-body", {"appropriate_body": ANOTHER_BODY}),
    ("lead-provider", {"lead_provider": "Ambition Institute"}),
    ("programme", {"programme": "school_led"}),
    ("programme", {"programme": "provider_led"}),
)
MENTOR_CHANGES = (
    ("name", {"name_is_correct": "no", "corrected_name": "Deborah Ashworth-Hill"}),
    ("email", {"email": "deborah.new@example.org"}),
    ("start-date", on("start_date", date(2025, 9, 9))),
    ("lead-provider", {"lead_provider": "Teach First"}),
)
OCTOBER, NOVEMBER = date(2025, 10, 24), date(2025, 11, 7)


def leaving(visit: Visit, served: Served) -> None:
    """Reported, corrected and removed, by an ECT's page and by a mentor's; and too late."""
    visit.sign_in("hannah")
    ect, mentor = _ect(served, HAS_A_MENTOR), _mentor(served, A_MENTOR)
    for page in (f"/school/ects/{ect}", f"/school/mentors/{mentor}"):
        visit.go(page)
        act = Registering(visit)
        act.follow("Report leaving your school")
        _last_day(act, OCTOBER)
        act.press("Report the last day")
        visit.see(f"{page}/leaving")
        _last_day(act, OCTOBER)
        visit.see(f"{page}/leaving")
        _last_day(act, NOVEMBER)
        _meanwhile(visit, page)
        act.press("Report the last day")
        act.press("Report the last day")
        act.follow("Remove last day")
        act.press()
        act.press("Remove the last day")
    visit.go(f"/school/ects/{_ect(served, HAS_LEFT)}/leaving")
    act = Registering(visit)
    _last_day(act, NOVEMBER)


def removing(visit: Visit, served: Served) -> None:
    """A mentor, without another."""
    visit.sign_in("hannah")
    visit.go(f"/school/ects/{_ect(served, HAS_A_MENTOR)}")
    act = Registering(visit)
    act.follow("Remove mentor")
    visit.see(f"/school/ects/{_ect(served, HAS_A_MENTOR)}/mentor/remove")
    _last_day(act, OCTOBER)
    act.press("Remove the mentor")


def details(visit: Visit, served: Served) -> None:
    """Everything that can be changed of an ECT and of a mentor."""
    visit.sign_in("hannah")
    for page, changes in (
        (f"/school/ects/{_ect(served, HAS_A_MENTOR)}", ECT_CHANGES),
        (f"/school/mentors/{_mentor(served, NEW_MENTOR)}", MENTOR_CHANGES),
    ):
        for what, fields in changes:
            _change(visit, page, what, fields)
    visit.see(f"/school/ects/{_ect(served, HAS_LEFT)}/change/email")


def too_late(visit: Visit, served: Served) -> None:
    """Back at a check page a day after the answer was given."""
    visit.sign_in("hannah")
    question = f"/school/ects/{_ect(served, HAS_A_MENTOR)}/change/email"
    with served.but(clock=Later(served.ports.clock, -25)):
        check = visit.post(question, {"email": "never.saved@example.org"})
    visit.see(check, 404)


def _change(visit: Visit, page: str, what: str, fields: Mapping[str, str]) -> None:
    act, question = Registering(visit), f"{page}/change/{what}"
    visit.see(question)
    act.press()
    act.skip(fields, to=question)
    if _last_part(visit) == "same-person":
        act.pick("same_person", "no")
        act.skip(fields, to=question)
        act.pick("same_person", "yes")
    if _last_part(visit) == "lead-provider":
        act.pick("lead_provider", "Teach First")
    if what == "start-date" and "/ects/" in page:  # as if the body were over, and the year another
        check = urlsplit(visit.page.url).path
        visit.see(check.replace("check-answers", "appropriate-body"))
        act.appropriate_body(ANOTHER_BODY)
        visit.see(check.replace("check-answers", "lead-provider"))
        act.pick("lead_provider", "Teach First")
        visit.go(check)
    visit.go(urlsplit(visit.page.url).path)
    visit.press("Save the change")


def _last_part(visit: Visit) -> str:
    """Of the address, whatever error in the page a link has led to."""
    return urlsplit(visit.page.url).path.rpartition("/")[2]


def undoing(visit: Visit, served: Served) -> None:
    """The registration of an ECT by mistake; one brought in cannot be undone."""
    act = Registering(visit)
    act.found("harriet", *COMES_FROM_ELSEWHERE)
    act.skip({"name_is_correct": "yes"}, {}, *details_of_work("new@example.org"))
    act.chosen()
    visit.press("Save ECT details")
    ect = _ect_at(served, COMES_FROM_ELSEWHERE[0], HARBOURSIDE)
    visit.see(f"/school/ects/{ect}")
    act.follow("Undo this registration")
    act.press()
    act.press("Undo this registration")
    visit.sign_in("hannah")
    visit.go(f"/school/ects/{_ect(served, HAS_A_MENTOR)}/undo")
    act.press()
    visit.go(f"/school/mentors/{_mentor(served, NEW_MENTOR)}")
    act.follow("Undo this registration")
    act.press()
    act.press("Undo this registration")


def told(visit: Visit, _: Served) -> None:
    """What other schools did to records of this one, until it is marked as read."""
    visit.sign_in("hannah")
    visit.see("/school/ects")
    lead_on(visit.page.get_by_role("button", name="Mark as read").first)
    visit.look()


def _last_day(act: Registering, day: date) -> None:
    act.type_date("last_day", day)
    act.press()


def _meanwhile(visit: Visit, page: str) -> None:
    """A colleague removes the last day."""
    address = visit.post(f"{page}/leaving/withdraw", {})
    shown = visit.page.context.request.get(visit.address + address).text()
    visit.post(address, {"shown": shown.partition('name="shown" value="')[2].partition('"')[0]})


def _ect(served: Served, trn: str) -> str:
    return _ect_at(served, trn, SCHOOL)


def _ect_at(served: Served, trn: str, school: Urn) -> str:
    with served.ports.reading() as uow:
        periods = uow.ects.of_people([Trn(trn)])
    return str(next(ect.id for ect in periods if ect.school == school))


def _mentor(served: Served, trn: str) -> str:
    with served.ports.reading() as uow:
        periods = uow.mentors.of_people([Trn(trn)])
    return str(next(mentor.id for mentor in periods if mentor.school == SCHOOL))


WALKS = (leaving, removing, details, too_late, undoing, told)
