"""Pages that are closed for maintenance, while operators work on the database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import attrs
import pytest

from adapters.system_clock import FixedDayClock
from builders import TODAY
from ect_registration.ports.errors import Unavailable
from entrypoints.settings.config import SettingsError, read_settings
from entrypoints.web.information.health_checks import HealthChecks
from entrypoints.web.platform.environment.maintenance_settings import Maintenance
from entrypoints.web.platform.environment.settings import read_web_settings
from entrypoints.web.serving.server import open_service
from integration.web.foundation import KEY, OVER_HTTP, an_app

RIGHT = {"ECT_SECRET_KEY": KEY, "ECT_BASE_URL": "https://ect.example/"}
PAGES = ("/", "/school/ects", "/sign-in", "/cookies", "/no/such/page")


def _closed(until: datetime | None = None, **options):
    settings = attrs.evolve(OVER_HTTP, maintenance=Maintenance(until))
    return an_app(settings, **options).test_client()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_page_says_that_the_service_is_closed(page: str, method: str) -> None:
    """Whoever is signed in, and whatever they send."""
    answer = _closed().open(page, method=method)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "300")
    assert "You will be able to use the service later." in answer.text


def test_the_page_says_until_when() -> None:
    """On the clocks of the United Kingdom; browsers and programs are told the seconds."""
    now = FixedDayClock(TODAY).now()
    answer = _closed(now + timedelta(hours=3, seconds=30)).get("/")

    assert "You will be able to use the service from" in answer.text
    assert abs(int(answer.headers["Retry-After"]) - 3 * 3600) < 60


def test_when_that_has_passed_no_time_is_promised() -> None:
    """It takes longer than was thought."""
    answer = _closed(datetime(2020, 1, 1, tzinfo=UTC)).get("/")

    assert "use the service later" in answer.text
    assert answer.headers["Retry-After"] == "300"


def test_programs_are_told_as_json() -> None:
    """What asks for JSON cannot read a page."""
    answer = _closed().get("/school/ects", headers={"Accept": "application/json"})

    assert (answer.status_code, answer.json) == (503, {"status": "maintenance", "until": None})


def test_programs_of_lead_providers_are_told_in_their_shape() -> None:
    """With when to try again; their page of documentation is a page as every other."""
    client = _closed()
    answer, page = client.get("/api/v3/participants/ects"), client.get("/api")
    seconds = answer.headers["Retry-After"]

    assert answer.status_code == page.status_code == 503
    assert answer.json == {
        "errors": [
            {
                "title": "Not available",
                "detail": f"Nothing was changed. Try again in {seconds} seconds",
            }
        ]
    }
    assert page.content_type.startswith("text/html")


def test_the_page_has_its_style_sheet_meanwhile() -> None:
    """Its files are served as ever."""
    client = _closed()
    sheet = client.get("/").text.partition('<link rel="stylesheet" href="')[2].partition('"')[0]

    assert client.get(sheet).status_code == 200


def test_a_closed_server_lives_and_takes_requests() -> None:
    """A balancer that took every server out would show a page of its own in place of ours."""

    def broken() -> None:
        raise Unavailable("database", "upgraded just now")

    client = _closed(checks=HealthChecks(broken, broken))
    live, ready = client.get("/health/live"), client.get("/health/ready")

    assert (live.status_code, live.json) == (200, {"status": "live"})
    assert (ready.status_code, ready.json["status"]) == (200, "maintenance")
    assert ready.json["database"] == "out of reach, or not our schema"


def test_a_closed_server_starts_whatever_the_database_is_like(tmp_path: Path) -> None:
    """It is closed because of the database, as a rule."""
    environment = {
        **RIGHT,
        "ECT_ENV": "test",
        "ECT_MAINTENANCE": "true",
        "ECT_DATABASE_URL": f"sqlite:///{tmp_path / 'not-there.db'}",
        "ECT_TRS_URL": "https://trs.example",
        "ECT_TRS_API_KEY": "a-key",
    }
    with open_service(read_settings(environment), read_web_settings(environment)) as app:
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["key"] = "of somebody who is signed in"
        statuses = [client.get(page).status_code for page in ("/school/ects", "/health/ready")]

    assert statuses == [503, 200]


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("false", None),
        ("True", Maintenance()),
        ("2026-12-01T18:00", Maintenance(datetime(2026, 12, 1, 18, tzinfo=UTC))),
        ("2026-07-01T18:00", Maintenance(datetime(2026, 7, 1, 17, tzinfo=UTC))),
    ],
)
def test_the_setting_says_whether_and_until_when(text: str, closed: Maintenance | None) -> None:
    """In summer the clocks are an hour ahead."""
    assert read_web_settings({**RIGHT, "ECT_MAINTENANCE": text}).maintenance == closed


@pytest.mark.parametrize("text", ["yes", "18:00", "2026-12-01", "2026-13-01T18:00"])
def test_another_text_is_a_mistake(text: str) -> None:
    """Nobody should think that the pages are closed when they are not."""
    with pytest.raises(SettingsError, match="ECT_MAINTENANCE must be true, false, or when"):
        read_web_settings({**RIGHT, "ECT_MAINTENANCE": text})
