"""Walks to the pages for what is refused, and for what goes wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from urllib.parse import urlsplit

import attrs

from ect_registration.domain.reference.tables import ReferenceKind
from ect_registration.domain.school import LeadProvider
from ect_registration.ports.deadline import NEVER, Deadline
from ect_registration.ports.errors import Unavailable
from ect_registration.ports.store import BeginReading, UnitOfWork
from ect_registration.testing.memory.teacher_records import MemoryTeacherRecords
from entrypoints.web.platform.environment.maintenance_settings import Maintenance
from integration.browser.mentoring import MARGUERITE, ZOFIA, Mentoring
from integration.browser.registering import HUB, NUMBER_NEEDED, TODAY, Registering, searched
from integration.browser.served import Later, NoToday, NoTrs, Served
from integration.browser.visits import Visit, lead_on
from integration.browser.walking import signing_walk

ISTIP = "Independent Schools Teacher Induction Panel (ISTIP)"
ANYBODY = ("3000102", date(2001, 2, 28))
ANOTHER = ("3000103", date(2000, 2, 29))
NOBODY_KNOWS = ("3000207", date(1996, 6, 6))  # an induction status that is new
LEFT_ANOTHER_SCHOOL = ("3000505", date(2001, 1, 31))
STOPS = (
    ("owen", "3999999", date(1999, 1, 31)),
    ("owen", "3000201", date(1990, 3, 14)),
    ("owen", "3000202", date(1988, 7, 30)),
    ("owen", "3000204", date(1979, 12, 25)),
    ("owen", "3000205", date(1991, 1, 19)),
    ("hannah", "3000501", date(2001, 7, 19)),
    ("hannah", "3000502", date(1998, 12, 12)),
)


def stopping(visit: Visit, _: Served) -> None:
    """Whom, and where, the rules refuse."""
    ect = Registering(visit)
    for user, trn, born_on in STOPS:
        ect.found(user, trn, born_on)
    visit.sign_in("duncan")
    visit.see("/school/register-ect")
    visit.sign_in("owen")
    ect.start()
    ect.find(*NOBODY_KNOWS)
    ect.press("Try again")
    ect.found("owen", *NUMBER_NEEDED)
    ect.prove("JY000402A")
    ect.found("owen", *LEFT_ANOTHER_SCHOOL)
    ect.name()
    ect.press()
    ect.email("z.nowak@aldervale.example.org")
    ect.press("Enter a different email address")
    ect.email("b.angstrom@example.org")
    for day in (date(2025, 9, 5), date(2026, 9, 1)):
        ect.start_date(day)
        ect.press("Change the start date")


def overtaken(visit: Visit, served: Served) -> None:
    """What was right when it was answered, and is not any more when it is submitted."""
    ect = Registering(visit)
    ect.found("owen", *ANYBODY)
    ect.details("s.llewelyn@example.org")
    ect.chosen()
    with served.but(clock=Later(served.ports.clock, 1), teacher_records=MemoryTeacherRecords(())):
        ect.press("Save ECT details")
    ect.visit.page.go_back()
    with served.but(clock=Later(served.ports.clock, 1), teacher_records=NoTrs()):
        ect.press("Save ECT details")
    ect.press("Try again")
    served.do(lambda uow: uow.offers.save_lead_provider(LeadProvider("Teach First")))
    ect.press("Save ECT details")
    ect.press("Select a lead provider")
    ect.pick("lead_provider", "Ambition Institute")
    served.do(lambda uow: _close(uow, HUB))
    ect.press("Save ECT details")
    ect.found("celia", *ANOTHER)
    ect.details("another@example.org")
    ect.chosen(ISTIP, {"programme": "school_led"})
    served.do(lambda uow: _close(uow, ISTIP))
    ect.press("Save ECT details")


def _close(uow: UnitOfWork, name: str) -> None:
    body = next(body for body in uow.offers.appropriate_bodies() if body.name == name)
    uow.offers.save_appropriate_body(attrs.evolve(body, active_until=date(2025, 8, 31)))


def in_trouble(visit: Visit, served: Served) -> None:
    """Pages for what goes wrong."""
    visit.sign_in("owen")
    for path, status in (("/no/such/page", 404), ("/sign-out", 405)):
        visit.see(path, status)
    visit.see("/school/register-ect/00000000-0000-4000-8000-000000000000", 404)
    _tricked(visit)
    ect = Registering(visit)
    ect.start()
    asking = visit.page.url
    ect.type("trn", "1" * 70_000)
    ect.press()
    visit.page.goto(asking)
    with served.but(teacher_records=NoTrs()):
        ect.find(*ANOTHER)
    ect.press("Try again")
    with served.but(clock=NoToday(served.ports.clock)):
        visit.see("/school/ects", 500)
    with served.but(reading=_raising(Unavailable("database"))):
        visit.see("/school/ects", 503)
    _in_maintenance(visit, served)


def _in_maintenance(visit: Visit, served: Served) -> None:
    """While it is not known for how long, and while it is."""
    for until in (None, datetime(2099, 12, 1, 18, tzinfo=UTC)):
        settings = attrs.evolve(served.settings, maintenance=Maintenance(until))
        with served.as_if(settings=settings):
            visit.see("/school/ects", 503)


def _tricked(visit: Visit) -> None:
    """By another site, to post something of its own."""
    form = f'<form method="post" action="{visit.address}/demo/today"><button>Win</button></form>'
    visit.page.route(
        "http://elsewhere.example/",
        lambda route: route.fulfill(body=form, content_type="text/html"),
    )
    visit.page.goto("http://elsewhere.example/")
    visit.press("Win")


def too_often(visit: Visit, _: Served) -> None:
    """One TRN too many times."""
    visit.sign_in("kezia")
    ect = Registering(visit)
    ect.start()
    asking = urlsplit(visit.page.url).path
    for _attempt in range(6):
        visit.post(asking, searched("3999998", date(1999, 1, 31)))
    visit.go(asking)
    ect.find("3999998", date(1999, 1, 31))
    ect.press("Go back to the question")


def too_late(visit: Visit, _: Served) -> None:
    """Pages that were open while somebody signed in again, or out, in another tab."""
    ect = Registering(visit)
    ect.found("owen", *ANOTHER)
    ect.name()
    visit.page.context.clear_cookies()
    ect.email("somebody@example.org")
    visit.sign_in("owen")
    visit.go("/school/ects/unfinished")
    lead_on(visit.page.locator("main").get_by_role("link", name="Continue registering").first)
    ect.type("email", "somebody@example.org")
    visit.sign_in("owen")
    ect.press()
    visit.sign_in("owen")
    visit.sign_out()
    visit.see("/cookies")
    visit.sign_out()


def _raising(error: Exception) -> BeginReading:
    def reading(deadline: Deadline = NEVER) -> UnitOfWork:
        raise error

    return reading


def on_closed_days(visit: Visit, served: Served) -> None:
    """Somebody was found, and then nobody can be registered; then it is open again."""
    found = (
        partial(Registering(visit).found, "owen", *ANYBODY),
        partial(Mentoring(visit).search, ZOFIA, *MARGUERITE),
    )
    for find in found:
        find()
        stopped = urlsplit(visit.page.url).path.rpartition("/")[0] + "/stopped"
        served.do(partial(_registering_closed, is_closed=True))
        visit.see(stopped)
        served.do(partial(_registering_closed, is_closed=False))


def _registering_closed(uow: UnitOfWork, *, is_closed: bool) -> None:
    row = {"from": TODAY, "to": TODAY, "message": None, "active": is_closed}
    uow.reference.save(ReferenceKind.CLOSED_DAYS, [row])


WALKS = (
    *(stopping, in_trouble, too_often, on_closed_days, too_late),
    *(signing_walk.signing_in, overtaken, signing_walk.replaced),
)
