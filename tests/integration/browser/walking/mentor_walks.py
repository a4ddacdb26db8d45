"""Walks to the pages about mentors."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from urllib.parse import urlsplit

import attrs

from builders import a_training
from ect_registration.domain.school import LeadProvider
from ect_registration.domain.values import Urn
from ect_registration.ports.store import UnitOfWork
from ect_registration.testing.memory.teacher_records import MemoryTeacherRecords
from integration.browser.registering import NUMBER_NEEDED, Registering, searched
from integration.browser.served import Later, Served
from integration.browser.visits import Visit, lead_on

ECT = re.compile(r'"(/school/ects/[0-9a-f-]{36})[?"]')

SCHOOL, NAMED = Urn("900101"), {"name_is_correct": "yes"}
NEEDS_A_MENTOR, STARTS_IN_JANUARY, ALSO_A_MENTOR = "3000501", "3000512", "3000610"
GIVEN_A_MENTOR = "3000506"  # on the page of the mentor
NOBODY_YET, UCL = "3000504", "UCL Institute of Education"
HAS_A_MENTOR, HAS_LEFT = "3000510", "3000503"
FIRST = ("3000601", date(1985, 5, 20))
NO_MORE_TRAINING = ("3000602", date(1982, 9, 9))
HERE_ALREADY = ("3000605", date(1984, 1, 13))
ELSEWHERE = ("3000606", date(1981, 6, 30))
A_MENTOR_ONCE = ("3000611", date(1975, 4, 11))
PROHIBITED = ("3000612", date(1980, 11, 18))
DEACTIVATED = ("3000208", date(1987, 11, 11))
STARTS_ELSEWHERE_IN_MARCH = ("3000614", date(1979, 3, 14))
THEMSELF = ("3000610", date(1993, 10, 31))


def somebody_new(visit: Visit, _: Served) -> None:
    """Found, named, trained by another lead provider, registered; then replaced."""
    visit.sign_in("hannah")
    visit.see(f"{_ect(visit, NEEDS_A_MENTOR)}/mentor")
    mentor = Registering(visit)
    mentor.pick("mentor", "new")
    mentor.follow("The mentor does not have a TRN")
    mentor.back()
    mentor.find(*FIRST)
    mentor.name()
    mentor.email("first.mentor@example.org")
    mentor.press("Choose another lead provider")
    mentor.pick("lead_provider", "Ambition Institute")
    mentor.press("Register and assign this mentor")
    mentor.follow("See this ECT")
    mentor.follow("Change mentor")


def somebody_special(visit: Visit, _: Served) -> None:
    """One who has been a mentor elsewhere, or before; one who gets no more training."""
    visit.sign_in("hannah")
    mentor = _new(visit, STARTS_IN_JANUARY)
    mentor.find(*ELSEWHERE)
    mentor.name("Pepe de la Vega y Wolfeschlegelsteinhausenbergerdorff")
    mentor.pick("same_person", "no")
    mentor.name("José María Fernández de la Vega y Wolfeschlegelsteinhausenbergerdorff")
    mentor.email("j.m.fernandez@example.org")
    mentor.pick("only_here", "yes")
    mentor = _new(visit, STARTS_IN_JANUARY)
    mentor.skip(searched(*A_MENTOR_ONCE), NAMED, {"email": "once@example.org"})
    mentor.type("start_date-year", "")
    mentor.press()
    mentor = _new(visit, STARTS_IN_JANUARY)
    mentor.skip(searched(*NO_MORE_TRAINING), NAMED, {"email": "nomore@example.org"})
    _leave_and_go_on(visit)


def refused(visit: Visit, _: Served) -> None:
    """Whom the rules refuse as a mentor."""
    visit.sign_in("hannah")
    for found in (HERE_ALREADY, PROHIBITED, DEACTIVATED):
        _new(visit, STARTS_IN_JANUARY).skip(searched(*found))
    mentor = _new(visit, STARTS_IN_JANUARY)
    mentor.find(*NUMBER_NEEDED)
    mentor.prove("JY000402A")
    mentor.press("Search again")
    mentor.find(*NUMBER_NEEDED)
    mentor.prove("JY000401A")
    mentor.skip(NAMED, {"email": "z.nowak@aldervale.example.org"})
    _new(visit, STARTS_IN_JANUARY).skip(
        searched(*STARTS_ELSEWHERE_IN_MARCH),
        NAMED,
        {"email": "march@example.org"},
        {"only_here": "yes"},
    )
    _new(visit, ALSO_A_MENTOR).find(*THEMSELF)
    for ect in (HAS_A_MENTOR, HAS_LEFT):
        visit.see(f"{_ect(visit, ect)}/mentor")
    visit.go(f"{_ect(visit, STARTS_IN_JANUARY)}/mentor")
    visit.page.get_by_label("Anil Gunawardena").check()
    visit.press()


def somebody_who_is_here(visit: Visit, _: Served) -> None:
    """Chosen from the list; a lead provider is asked for where the ECT's works no more."""
    visit.sign_in("hannah")
    visit.go(f"{_ect(visit, STARTS_IN_JANUARY)}/mentor")
    visit.page.get_by_label("Clementine Yeboah").check()
    visit.press()
    _leave_and_go_on(visit)
    _meanwhile(visit, STARTS_IN_JANUARY, "Philippa Rookwood")
    visit.press()
    visit.sign_in("isaac")
    visit.go(f"{_ect(visit, '3000513')}/mentor")
    visit.page.locator("input[name='mentor']").first.check()
    visit.press()
    visit.press()
    visit.page.locator("input[name='lead_provider']").first.check()
    visit.press()


def taking_over(visit: Visit, _: Served) -> None:
    """A mentor of the school takes over from another; a change is shown before it is saved."""
    visit.sign_in("hannah")
    question = f"{_ect(visit, GIVEN_A_MENTOR)}/mentor?change=yes"
    visit.see(question)
    visit.page.locator("input[name='mentor']").first.check()
    visit.press()
    if visit.page.get_by_role("button", name="Continue").count():
        visit.press()
    visit.page.eval_on_selector("input[name='shown']", "field => { field.value = ''; }")
    visit.press("Change the mentor")  # which shows it again, as it did not come from the page
    visit.press("Change the mentor")


def from_the_mentors_page(visit: Visit, _: Served) -> None:
    """For an ECT who has a mentor: the journey says whom the new one would replace."""
    visit.sign_in("hannah")
    visit.see("/school/mentors/register?search=nobody")
    visit.go("/school/mentors")
    visit.press("Register a mentor")
    visit.page.get_by_label("Mei Tanaka").check()
    visit.press()


def of_a_school(visit: Visit, _: Served) -> None:
    """The mentors of a school, one by one, and some with ECTs to mentor."""
    for user in ("owen", "hannah"):
        visit.sign_in(user)
        visit.see("/school/mentors")
    visit.see("/school/mentors?search=nobody")
    _assign(visit, "Deborah Ashworth", "Aoife Ní", "Choose another lead provider")
    visit.page.locator("input[name='lead_provider']").first.check()
    visit.press("Assign this mentor")
    _assign(visit, "Tobias Grünewald", "Esther Abramowitz", "Continue and assign")
    _assign(visit, "Anil Gunawardena", "Mei Tanaka")
    visit.go("/school/mentors?search=Featherby")
    lead_on(visit.page.get_by_role("link", name="Rosalind Featherby", exact=True))
    visit.see(f"{urlsplit(visit.page.url).path}/assign")


def overtaken(visit: Visit, served: Served) -> None:
    """What was right when it was answered, and is not any more when it is submitted."""
    visit.sign_in("hannah")
    mentor = _new(visit, NOBODY_YET)
    mentor.skip(searched("3000604", date(1990, 7, 7)), NAMED, {"email": "late@example.org"}, {})
    with served.but(clock=Later(served.ports.clock, 1), teacher_records=MemoryTeacherRecords(())):
        mentor.press("Register and assign this mentor")
    mentor = _new(visit, NOBODY_YET)
    mentor.skip(searched("3000102", date(2001, 2, 28)), NAMED, {"email": "later@example.org"})
    mentor.press("Choose another lead provider")
    mentor.pick("lead_provider", UCL)
    served.do(lambda uow: uow.offers.save_lead_provider(LeadProvider(UCL)))
    mentor.press("Register and assign this mentor")
    visit.go(f"{_ect(visit, NOBODY_YET)}/mentor")
    visit.page.get_by_label("Clementine Yeboah").check()
    visit.press()
    served.do(_train)
    _leave_and_go_on(visit)
    visit.press("Assign this mentor")


def _train(uow: UnitOfWork) -> None:
    """Clementine, by a lead provider who came first."""
    mentor = next(m for m in uow.mentors.at_school(SCHOOL) if m.teacher.name.startswith("Clem"))
    training = a_training(period=mentor.period, lead_provider="Ambition Institute")
    uow.mentors.change(mentor, attrs.evolve(mentor, trainings=(training,)))


def _assign(visit: Visit, mentor: str, ect: str, *buttons: str) -> None:
    visit.go("/school/mentors")
    lead_on(visit.page.get_by_role("link", name=mentor, exact=True))
    visit.look()
    visit.press("Assign ECTs to this mentor")
    visit.page.get_by_label(ect).check()
    visit.press("Assign this mentor")
    for button in buttons:
        visit.press(button)


def _new(visit: Visit, ect: str) -> Registering:
    """A journey to somebody new, for the ECT with this TRN."""
    mentor = Registering(visit)
    mentor.skip({"mentor": "new"}, to=f"{_ect(visit, ect)}/mentor")
    return mentor


def _leave_and_go_on(visit: Visit) -> None:
    """By the address of the journey itself."""
    visit.see(urlsplit(visit.page.url).path.rpartition("/")[0])


def _meanwhile(visit: Visit, ect: str, mentor: str) -> None:
    """In another tab the ECT is given somebody else."""
    choice = f"{_ect(visit, ect)}/mentor"
    listed = visit.page.request.get(visit.address + choice).text()
    here = re.search(rf'value="([^"]+)"[^>]*>\s*<label[^>]*>\s*{mentor}', listed)
    assert here is not None
    visit.post(visit.post(choice, {"mentor": here[1]}), {})


def _ect(visit: Visit, trn: str) -> str:
    found = visit.page.request.get(f"{visit.address}/school/ects?search={trn}").text()
    return ECT.findall(found)[0]


WALKS: tuple[Callable[[Visit, Served], None], ...] = (
    somebody_new,
    somebody_special,
    refused,
    of_a_school,
    somebody_who_is_here,
    taking_over,
    from_the_mentors_page,
    overtaken,
)
