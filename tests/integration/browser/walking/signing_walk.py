"""A walk in by way of DfE Sign-in, and out."""

from __future__ import annotations

import attrs
from playwright.sync_api import Route

from ect_registration.domain.school import SchoolStatus
from ect_registration.domain.sessions import Organisation
from ect_registration.domain.values import Urn
from ect_registration.ports.sign_in import Attempt
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.gias.moving import Moved, move_school
from fake_sign_in import COUNCIL, HANNAH, FakeSignIn
from integration.browser.served import Served
from integration.browser.visits import Visit

SCHOOLS = (
    Organisation("org-1", "Alder Vale Primary School", "900101"),
    Organisation("org-2", "Beacon Hill Academy", "900102"),
)
CLOSED = (Organisation("org-8", "Harbourside School", "900108"),)


def signing_in(visit: Visit, served: Served) -> None:
    """By way of DfE Sign-in: with two schools, with none, with no luck; and out again."""
    visit.page.context.clear_cookies()
    provider = ThereAndBack(belongs_to=SCHOOLS, role_at=SCHOOLS)
    with served.as_if(sign_in=provider):
        visit.see("/sign-in")
        visit.page.locator("input[name='school']").first.check()
        visit.press()
        visit.page.route("**/sign-out", _and_no_further)
        visit.sign_out()
        visit.page.unroute("**/sign-out")
        provider.role_at = ()
        for organisations in ((), (COUNCIL,), SCHOOLS):
            provider.belongs_to = organisations
            provider.person = attrs.evolve(HANNAH, organisation=None)
            visit.page.context.clear_cookies()
            visit.see("/sign-in", 403)
        visit.page.context.clear_cookies()
        visit.see("/sign-in/callback", 400)
        provider.out_of_reach = True
        visit.see("/sign-in", 503)


def replaced(visit: Visit, served: Served) -> None:
    """From a school whose place another has taken: they are told, and work for that one."""
    served.do(_closing)
    outcome = move_school(Urn("900108"), Urn("900101"), "operator:walk", served.ports)
    assert isinstance(outcome, Moved)
    visit.page.context.clear_cookies()
    with served.as_if(sign_in=ThereAndBack(belongs_to=CLOSED, role_at=CLOSED)):
        visit.see("/sign-in")
    assert visit.page.url.endswith("/school-replaced/900108")


def _closing(uow: UnitOfWork) -> None:
    school = uow.schools.find(Urn("900108"))
    assert school is not None
    uow.schools.save(attrs.evolve(school, status=SchoolStatus.CLOSED))


@attrs.define
class ThereAndBack(FakeSignIn):
    """DfE Sign-in without pages of its own."""

    sign_out: str | None = "/signed-out"

    def begin(self) -> tuple[str, Attempt]:
        """Straight back."""
        _, attempt = super().begin()
        return f"/sign-in/callback?state={attempt.state}&code=good", attempt


def _and_no_further(route: Route) -> None:
    """The page would lead on by itself, too soon to be looked at."""
    answer = route.fetch(max_redirects=0)
    headers = {name: text for name, text in answer.headers.items() if name != "refresh"}
    route.fulfill(response=answer, headers=headers)
