"""The programming interface for lead providers, as their programs meet it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator, FormatChecker
from werkzeug.test import TestResponse

from builders import (
    DELIVERY_PARTNER,
    ECT_TRN,
    LEAD_PROVIDER,
    TODAY,
    URN,
    a_delivery_partner,
    a_lead_provider,
    a_school,
    a_trs_person,
    a_world,
)
from ect_registration.domain.lead_providers.tokens import Token
from ect_registration.testing.ports import memory_ports
from ect_registration.use_cases.lead_providers.tokens import create_token, revoke_token
from ect_registration.use_cases.registering.register_ect import register_ect
from ect_registration.use_cases.transactions import Ports
from integration.web.one_app import client_on

SECRET, OTHER_SECRET = "ect_lp_of_harbour", "ect_lp_of_another"
OTHER_PROVIDER = "Beacon Teaching Trust"
BASE = "/api/v3"
Json = Any


class Api:
    """A client as a lead provider's program: a token, and no cookies."""

    def __init__(self, client: FlaskClient, secret: str = SECRET) -> None:
        self.client = client
        self.headers = {"Authorization": f"Bearer {secret}"}
        self.document: Json = client.get("/api/openapi.json").json

    def get(self, path: str) -> Json:
        """Returns the data of an answer, which has the shape that the document promises."""
        answer = self.ask(path)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        assert answer.json is not None
        return answer.json["data"]

    def ask(self, path: str, method: str = "GET", **body: Any) -> TestResponse:
        """Returns an answer, which has the shape that the document promises."""
        answer = self.client.open(f"{BASE}/{path}", method=method, headers=self.headers, **body)
        self._has_its_shape(answer, path.partition("?")[0], method)
        assert "Set-Cookie" not in answer.headers
        return answer

    def _has_its_shape(self, answer: TestResponse, path: str, method: str) -> None:
        operation = self._operation(f"{BASE}/{path}", method)
        schema = operation["responses"][str(answer.status_code)]["content"]["application/json"]
        whole = {**schema["schema"], "components": self.document["components"]}
        checked = Draft202012Validator(_with_null(whole), format_checker=FormatChecker())
        assert [error.message for error in checked.iter_errors(answer.json)] == []

    def _operation(self, path: str, method: str) -> Json:
        for template, operations in self.document["paths"].items():
            wanted = re.escape(template).replace(r"\{id\}", "(?!transfers$)[^/]+")
            if re.fullmatch(wanted, path) and method.lower() in operations:
                return operations[method.lower()]
        raise AssertionError(f"{method} {path} is not declared")


def _with_null(schema: Json) -> Json:
    """Returns the schema in JSON Schema's words for null."""
    if isinstance(schema, list):
        return [_with_null(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {key: _with_null(value) for key, value in schema.items() if key != "nullable"}
    return {"anyOf": [plain, {"type": "null"}]} if schema.get("nullable") is True else plain


@pytest.fixture
def ports() -> Ports:
    """Ports with a school, an ECT whom TRS knows, and two lead providers."""
    world = a_world(
        schools=(a_school(), a_school(urn=URN)),
        lead_providers=(a_lead_provider(), a_lead_provider(name=OTHER_PROVIDER)),
        delivery_partners=(a_delivery_partner(),),
        partnerships=(),
        ects=(),
        trs_people=(a_trs_person(),),
    )
    ports = memory_ports(world, today=TODAY)
    create_token(LEAD_PROVIDER, None, SECRET, "tests", ports)
    create_token(OTHER_PROVIDER, None, OTHER_SECRET, "tests", ports)
    return ports


@pytest.fixture
def client(ports: Ports) -> FlaskClient:
    """The service, without a session."""
    return client_on(ports, use_cookies=False)


@pytest.fixture
def api(client: FlaskClient) -> Api:
    """The program of the lead provider of the examples."""
    return Api(client)


def register(ports: Ports) -> None:
    """Registers the ECT of the examples with the lead provider of the examples."""
    born = a_trs_person().date_of_birth
    document = {
        "school": str(URN),
        "trn": ECT_TRN.digits,
        "date_of_birth": born.isoformat(),
        "national_insurance_number": None,
        "corrected_name": None,
        "email": "asha@example.org",
        "start_date": "2025-09-01",
        "working_pattern": "full_time",
        "reuse_previous_choices": False,
        "appropriate_body": "Alpha Teaching School Hub",
        "programme": "provider_led",
        "lead_provider": LEAD_PROVIDER,
    }
    register_ect(document, "tests", ports)


def a_report(api: Api, **changes: str) -> dict[str, Json]:
    """Returns the body that reports the partnership of the examples."""
    [school] = api.get("schools?filter[cohort]=2025")
    [partner] = api.get("delivery-partners")
    attributes = {
        "cohort": "2025",
        "school_id": school["id"],
        "delivery_partner_id": partner["id"],
    }
    return {"json": {"data": {"type": "partnership", "attributes": attributes | changes}}}


def test_a_lead_provider_begins_with_who_would_like_to_work_with_it(
    api: Api, ports: Ports
) -> None:
    """It reports the partnership, whereupon the people appear."""
    register(ports)
    [school] = api.get("schools?filter[cohort]=2025")
    assert school["attributes"]["expression_of_interest"] is True
    assert api.get("participants") == []

    reported = api.ask("partnerships", "POST", **a_report(api))

    assert reported.status_code == 200
    [participant] = api.get("participants")
    [enrolment] = participant["attributes"]["ecf_enrolments"]
    assert participant["attributes"]["teacher_reference_number"] == ECT_TRN.digits
    assert (enrolment["school_urn"], enrolment["cohort"]) == (URN.digits, "2025")
    [partnership] = api.get("partnerships")
    assert partnership["attributes"]["participants_currently_training"] == 1
    assert partnership["attributes"]["delivery_partner_name"] == DELIVERY_PARTNER
    assert api.get(f"participants/{participant['id']}") == participant
    assert api.get(f"partnerships/{partnership['id']}") == partnership
    [school] = api.get("schools?filter[cohort]=2025")
    assert school["attributes"]["in_partnership"] is True
    assert api.get(f"schools/{school['id']}?filter[cohort]=2025") == school


def test_a_partnership_is_reported_once(api: Api) -> None:
    """The second time it is there already, and nothing is changed."""
    body = a_report(api)
    first, second = (api.ask("partnerships", "POST", **body) for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 422)
    assert len(api.get("partnerships")) == 1


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({"cohort": "25"}, "cohort"),
        ({"cohort": "2030"}, "delivery_partner_id"),
        ({"school_id": "1"}, "school_id"),
        ({"school_id": str(uuid4())}, "school_id"),
        ({"delivery_partner_id": str(uuid4())}, "delivery_partner_id"),
        ({"delivery_partner_id": ""}, "delivery_partner_id"),
    ],
)
def test_a_wrong_attribute_is_named(api: Api, changes: dict[str, str], title: str) -> None:
    """The status says that the body could be read, and the answer what to change in it."""
    answer = api.ask("partnerships", "POST", **a_report(api, **changes))

    assert answer.status_code == 422
    assert answer.json is not None
    assert [error["title"] for error in answer.json["errors"]] == [title]


@pytest.mark.parametrize(
    "body",
    [
        {"data": b""},
        {"data": b"{"},
        {"data": b"[" * 60_000},
        {"data": b"\xff"},
        {"json": []},
        {"json": {"data": {"type": "partnership"}}},
        {"json": {"data": {"attributes": []}}},
    ],
)
def test_a_body_that_cannot_be_read_is_a_bad_request(api: Api, body: dict[str, Json]) -> None:
    """Whatever was sent, the answer has the shape of the contract."""
    assert api.ask("partnerships", "POST", **body).status_code == 400


def test_a_body_that_is_too_long_is_not_read(api: Api) -> None:
    """The answer says so in the shape of other errors."""
    assert api.ask("partnerships", "POST", data=b" " * 100_000).status_code == 413


def test_a_missing_attribute_is_named(api: Api) -> None:
    """Every one of them, and one that is no text."""
    body = {"json": {"data": {"type": "partnership", "attributes": {"cohort": 2025}}}}
    answer = api.ask("partnerships", "POST", **body)

    assert answer.json is not None
    assert [error["title"] for error in answer.json["errors"]] == [
        "cohort",
        "school_id",
        "delivery_partner_id",
    ]


@pytest.mark.parametrize("kind", [None, "participant", 1, ["partnership"]])
@pytest.mark.parametrize(
    ("method", "path"), [("POST", "partnerships"), ("PUT", f"partnerships/{UUID(int=1)}")]
)
@pytest.mark.parametrize(
    "attributes", [{}, {"cohort": "2025", "school_id": "x", "delivery_partner_id": "x"}]
)
def test_another_type_than_a_partnership_is_named(
    api: Api, attributes: Json, method: str, path: str, kind: Json
) -> None:
    """It is told together with the other mistakes; nothing is reported."""
    body = {"data": {"type": kind, "attributes": attributes}}
    if kind is None:
        del body["data"]["type"]
    answer = api.ask(path, method, json=body)

    assert answer.status_code == 422
    assert answer.json is not None
    titles = [error["title"] for error in answer.json["errors"]]
    assert titles[0] == "type"
    assert titles[-1] == "delivery_partner_id"


def test_a_partnership_of_another_type_is_not_reported(api: Api) -> None:
    """Although everything else is right."""
    report = a_report(api)
    report["json"]["data"]["type"] = "banana"
    answer = api.ask("partnerships", "POST", **report)

    assert answer.status_code == 422
    assert answer.json == {"errors": [{"title": "type", "detail": "Give the type as partnership"}]}
    assert api.get("partnerships") == []


def test_a_partnership_gets_another_delivery_partner(api: Api) -> None:
    """The same one again changes nothing; one that does not work with the provider is refused."""
    api.ask("partnerships", "POST", **a_report(api))
    [partnership] = api.get("partnerships")
    address = f"partnerships/{partnership['id']}"

    def put(partner: str) -> TestResponse:
        attributes = {"delivery_partner_id": partner}
        body = {"data": {"type": "partnership", "attributes": attributes}}
        return api.ask(address, "PUT", json=body)

    same = put(partnership["attributes"]["delivery_partner_id"])
    assert (same.status_code, same.json) == (200, {"data": partnership})
    assert put(str(uuid4())).status_code == 422
    assert put("x").status_code == 422
    body = {"data": {"type": "partnership", "attributes": {"delivery_partner_id": "x"}}}
    assert api.ask(f"partnerships/{uuid4()}", "PUT", json=body).status_code in {404, 422}
    assert api.ask("partnerships/x", "PUT", json=body).status_code == 404


def test_another_lead_providers_records_are_not_there(
    api: Api, client: FlaskClient, ports: Ports
) -> None:
    """They answer as unknown ids do."""
    register(ports)
    api.ask("partnerships", "POST", **a_report(api))
    [participant] = api.get("participants")
    other = Api(client, OTHER_SECRET)

    for path in (f"participants/{participant['id']}", f"participants/{uuid4()}", "participants/1"):
        assert other.ask(path).status_code == 404
    assert other.get("participants") == other.get("partnerships") == []


@pytest.mark.parametrize(
    "path",
    ["participants", "participants/transfers", "unfunded-mentors", "partnerships", "statements"],
)
@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer x", "Basic eDp5", "Token x"])
def test_nobody_is_let_in_without_a_token(
    client: FlaskClient, path: str, header: str | None
) -> None:
    """The answer says what to send."""
    headers = {} if header is None else {"Authorization": header}
    answer = client.get(f"{BASE}/{path}", headers=headers)

    assert answer.status_code == 401
    assert answer.json is not None
    assert list(answer.json) == ["error"]


def test_a_revoked_token_lets_nobody_in(api: Api, ports: Ports) -> None:
    """From the next request on."""
    token = create_token(LEAD_PROVIDER, None, "ect_lp_second", "tests", ports)
    assert isinstance(token, Token)
    second = Api(api.client, "ect_lp_second")
    assert second.get("participants") == []
    revoke_token(token.id, "tests", ports)

    assert second.ask("participants").status_code == 401


def test_an_expired_token_lets_nobody_in(api: Api, ports: Ports) -> None:
    """It was accepted on its last day."""
    create_token(LEAD_PROVIDER, date(2025, 9, 9), "ect_lp_old", "tests", ports)

    assert Api(api.client, "ect_lp_old").ask("participants").status_code == 401


def test_a_token_may_be_used_a_thousand_times_in_five_minutes(api: Api) -> None:
    """After that the answer says how long to wait; another token is not concerned."""
    statuses = [api.ask("participants/x").status_code for _ in range(1000)]
    refused = api.ask("participants")

    assert set(statuses) == {404}
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 300
    assert Api(api.client, OTHER_SECRET).get("participants") == []


@pytest.mark.parametrize(
    "query",
    [
        "filter[cohort]=x",
        "filter[updated_since]=x",
        "filter[training_status]=x",
        "filter[from_participant_id]=x",
        "page[page]=0",
        "page[per_page]=x",
        "sort=name",
        "sort=created_at&sort=updated_at",
    ],
)
def test_a_wrong_parameter_is_named(api: Api, query: str) -> None:
    """By its name, with what to give."""
    answer = api.ask(f"participants?{query}")

    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["errors"][0]["title"] == query.partition("=")[0]


def test_a_page_after_the_last_is_empty(api: Api) -> None:
    """However far after it."""
    for number in ("2", "999999999999999", "9" * 30):
        assert api.get(f"schools?filter[cohort]=2025&page[page]={number}") == []
        assert api.get(f"delivery-partners?page[page]={number}") == []


@pytest.mark.parametrize("path", ["participants", f"partnerships/{UUID(int=1)}", "statements"])
@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "INVENTED"])
def test_a_method_that_no_address_has_is_not_there(
    client: FlaskClient, api: Api, method: str, path: str
) -> None:
    """Programs are told so in the shape that they expect, and never by a page."""
    answer = client.open(f"{BASE}/{path}", method=method, headers=api.headers)

    assert (answer.status_code, list(answer.json or ())) == (404, ["errors"])


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH"])
def test_what_belongs_to_finance_is_not_there(client: FlaskClient, api: Api, method: str) -> None:
    """Declarations, statements and schedules answer as unknown addresses do."""
    for path in ("statements", "declarations", f"participants/{UUID(int=1)}/withdraw", "x"):
        answer = client.open(f"{BASE}/{path}", method=method, headers=api.headers)
        assert (answer.status_code, list(answer.json or ())) == (404, ["errors"])


def test_a_client_that_asks_from_its_last_moment_sees_every_change(api: Api, ports: Ports) -> None:
    """Its own last record is shown again, and whatever changed since."""
    register(ports)
    api.ask("partnerships", "POST", **a_report(api))
    [before] = api.get("participants")
    since = before["attributes"]["updated_at"]

    assert api.get(f"participants?filter[updated_since]={since}") == [before]


def test_people_read_about_it_without_signing_in(client: FlaskClient) -> None:
    """The page names every address that the document declares, and sets no cookie."""
    page, document = client.get("/api"), client.get("/api/openapi.json")

    assert page.status_code == document.status_code == 200
    assert document.json is not None
    for path in document.json["paths"]:
        assert path in page.get_data(as_text=True)
    assert "Set-Cookie" not in page.headers
