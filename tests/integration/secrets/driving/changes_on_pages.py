"""Pages of a school year after registration, beside people whose facts are marked."""

from __future__ import annotations

import re
from html import unescape

import attrs

from ect_registration.domain.values import Trn
from entrypoints.web.platform.context import KEY
from entrypoints.web.platform.environment.maintenance_settings import Maintenance
from integration.cli.town import OMAR
from integration.secrets.driving.drives import drive
from integration.secrets.driving.mentors_on_pages import HERE, mentoring
from integration.secrets.stage import Stage
from integration.web.registering import a_date

WRONG = ("?", "31.2")  # what is typed in a box that is not for a fact is shown again
SHOWN = re.compile(r'name="shown" value="([^"]+)"')


def _pages(stage: Stage) -> tuple[str, str]:
    with stage.store.ports.reading() as uow:
        ect, mentor = uow.ects.of_people([Trn(OMAR)])[0], uow.mentors.of_people([Trn(HERE)])[0]
    return f"/school/ects/{ect.id}", f"/school/mentors/{mentor.id}"


@drive
def changes_on_pages(stage: Stage) -> None:
    """Email addresses and start dates, wrong and right."""
    client, token = (visitor := mentoring(stage, OMAR)).client, visitor.token
    for page in _pages(stage):
        for typed in WRONG:
            for answer in (
                {"email": typed},
                a_date("start_date", typed, typed, typed),
            ):
                what = "email" if "email" in answer else "start-date"
                data = {"csrf_token": token, **answer}
                assert client.post(f"{page}/change/{what}", data=data).status_code == 422
        data = {"csrf_token": token, "email": f"{page.split('/')[2]}@changed.example"}
        answered = client.post(f"{page}/change/email", data=data)
        assert answered.status_code == 303
        check = client.get(answered.location)
        assert check.status_code == 200
        shown = SHOWN.search(check.text)
        data = {"csrf_token": token, "shown": unescape(shown[1]) if shown else ""}
        client.post(answered.location, data=data)


@drive
def ends_on_pages(stage: Stage) -> None:
    """Last days, a mentor removed, a registration undone: asked for, shown, and not confirmed."""
    client, token = (visitor := mentoring(stage, OMAR)).client, visitor.token
    ect, mentor = _pages(stage)
    for address in (f"{ect}/leaving", f"{mentor}/leaving", f"{ect}/mentor/remove"):
        client.get(address)
        for typed in WRONG:
            data = {"csrf_token": token, **a_date("last_day", typed, typed, typed)}
            assert client.post(address, data=data).status_code == 422
        data = {"csrf_token": token, **a_date("last_day", 31, 7, 2026)}
        client.get(client.post(address, data=data).location or "/")
    for address in (f"{ect}/leaving/withdraw", f"{ect}/undo", f"{mentor}/undo"):
        client.get(address)
        answered = client.post(address, data={"csrf_token": token})
        client.get(answered.location or "/")
    for path in ("/help", "/api", "/school/ects/unfinished"):
        page = client.get(path)
        assert page.status_code == 200
    for address in re.findall(r'"(/school/ects/unfinished/[^"]*/discard)"', page.text)[:1]:
        assert client.get(address).status_code == 200


@drive
def comes_back_to_a_check_page(stage: Stage) -> None:
    """A day after the answer was given."""
    client, token = (visitor := mentoring(stage, OMAR)).client, visitor.token
    data = {"csrf_token": token, "email": "later@changed.example"}
    check = client.post(f"{_pages(stage)[0]}/change/email", data=data).location or "/"
    stage.clock.wait(hours=25)
    late = mentoring(stage, OMAR).client
    assert late.get(check).status_code == 404


@drive
def comes_during_maintenance(stage: Stage) -> None:
    """Whatever is posted."""
    client, token = (visitor := mentoring(stage, OMAR)).client, visitor.token
    before = stage.app.extensions[KEY]
    maintained = attrs.evolve(before.settings, maintenance=Maintenance(None))
    stage.app.extensions[KEY] = attrs.evolve(before, settings=maintained)
    for typed in WRONG:
        data = {"csrf_token": token, "email": typed}
        assert client.post("/school/register-ect", data=data).status_code == 503
    stage.app.extensions[KEY] = before
