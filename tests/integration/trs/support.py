"""What the tests of TRS share: people, bodies, a clock that stands still and scripted replies."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import attrs
import httpx

from adapters.trs.client import HttpTeacherRecords
from adapters.trs.connection.deadline import Timing
from ect_registration.domain.people.teacher import InductionStatus, TeacherRecord
from ect_registration.domain.values import NationalInsuranceNumber, Trn
from ect_registration.domain.world import TrsPerson
from ect_registration.ports.errors import Unavailable
from trs_simulator.app import Simulator

TODAY = date(2025, 9, 10)
BORN_ON = date(1997, 11, 23)
ANOTHER_DAY = date(1991, 3, 2)
TRN, ANOTHER_TRN, UNKNOWN_TRN = Trn("3000001"), Trn("3000002"), Trn("3999999")
NUMBER = NationalInsuranceNumber("JK246810B")
ANOTHER_NUMBER = NationalInsuranceNumber("LM135791D")

ADDRESS = "https://trs.example"
KEY = "simulator-key"
VERSION = "20260120"
ASKING = {"Authorization": f"Bearer {KEY}", "X-Api-Version": VERSION}

PROHIBITION = "b2b19019-b165-47a3-8745-3297ff152581"


def a_person(**changes: Any) -> TrsPerson:
    """Active, with both secrets and QTS."""
    person = TrsPerson(
        TRN,
        "Maya",
        "Okonkwo",
        date_of_birth=BORN_ON,
        national_insurance_number=NUMBER,
        qts_from=date(2024, 7, 5),
        induction_status="RequiredToComplete",
    )
    return attrs.evolve(person, **changes)


def a_record(**changes: Any) -> TeacherRecord:
    """What a client makes of that person."""
    record = TeacherRecord(
        TRN, "Maya Okonkwo", InductionStatus.REQUIRED_TO_COMPLETE, prohibited=False, has_qts=True
    )
    return attrs.evolve(record, **changes)


_BODY: dict[str, Any] = {
    "trn": TRN.digits,
    "firstName": "Maya",
    "middleName": "",
    "lastName": "Okonkwo",
    "dateOfBirth": BORN_ON.isoformat(),
    "nationalInsuranceNumber": NUMBER.characters,
    "emailAddress": None,
    "qts": {"holdsFrom": "2024-07-05", "routes": []},
    "eyts": None,
    "induction": {
        "status": "RequiredToComplete",
        "startDate": None,
        "completedDate": None,
        "exemptionReasons": [],
    },
    "alerts": [],
    "qtlsStatus": "None",
}


def a_body(**changes: Any) -> dict[str, Any]:
    """That person on the wire; a key that becomes ``...`` is left out."""
    body = copy.deepcopy(_BODY) | changes
    return {key: value for key, value in body.items() if value is not ...}


def an_alert(**changes: Any) -> dict[str, Any]:
    """A prohibition without an end, on the wire."""
    category = {"alertCategoryId": PROHIBITION, "name": "Prohibition from teaching"}
    alert = {
        "alertId": "6f1d2d34-0f5c-4a57-9b53-0a5f2f6b7c11",
        "alertType": {
            "alertTypeId": "ed0cd700-3fb2-4db0-9403-ba57126090ed",
            "alertCategory": category,
            "name": "Prohibition by the Secretary of State - misconduct",
        },
        "details": None,
        "startDate": "2024-05-01",
        "endDate": None,
    }
    changed = alert | changes
    return {key: value for key, value in changed.items() if value is not ...}


def reply(status: int, content: Any = None, **headers: str) -> httpx.Response:
    """JSON if there is content, bytes as they are, empty if there is none."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if content is None or isinstance(content, bytes):
        return httpx.Response(status, content=content or b"", headers=named)
    labelled = {"Content-Type": "application/json; charset=utf-8"} | named
    return httpx.Response(status, content=json.dumps(content).encode(), headers=labelled)


def problem(status: int, code: int, **more: Any) -> httpx.Response:
    """One of TRS's own."""
    content = {"title": "A title.", "status": status, "errorCode": code} | more
    return reply(status, content, Content_Type="application/problem+json; charset=utf-8")


class Script(httpx.BaseTransport):
    """Replies in order, the last one for ever; an exception is raised."""

    def __init__(self, replies: Iterable[httpx.Response | BaseException]) -> None:
        self._replies = list(replies)
        self.requests: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        place = min(len(self.requests), len(self._replies)) - 1
        answer = self._replies[place]
        if isinstance(answer, BaseException):
            raise answer
        return httpx.Response(
            answer.status_code, headers=answer.headers, stream=httpx.ByteStream(answer.content)
        )


class StillTime:
    """A clock that only sleeping moves, and chance at its most patient."""

    def __init__(self) -> None:
        self.seconds = 1_000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds

    @property
    def timing(self) -> Timing:
        """For a client."""
        return Timing(
            monotonic=lambda: self.seconds,
            wall=lambda: self.seconds,
            sleep=self.sleep,
            chance=lambda: 1.0,
        )


def records_over(transport: httpx.BaseTransport, **options: Any) -> HttpTeacherRecords:
    """A client on a transport, whose retries take no time."""
    options = {"timing": StillTime().timing, "address": ADDRESS, "api_key": KEY} | options
    address, key = options.pop("address"), options.pop("api_key")
    return HttpTeacherRecords(address, key, today=lambda: TODAY, transport=transport, **options)


def records_on(simulator: Simulator, **options: Any) -> HttpTeacherRecords:
    """A client of a simulator in this process."""
    return records_over(httpx.WSGITransport(app=simulator), **options)


def http_of(simulator: Simulator) -> httpx.Client:
    """For what no client of ours would send."""

    def app(environ: dict[str, Any], start_response: Any) -> Any:
        # httpx decodes a path to text; WSGI wants its bytes as Latin-1.
        environ["PATH_INFO"] = environ["PATH_INFO"].encode().decode("latin-1")
        return simulator(environ, start_response)

    return httpx.Client(transport=httpx.WSGITransport(app=app), base_url=ADDRESS)


def scripted(*replies: httpx.Response | BaseException, **options: Any) -> HttpTeacherRecords:
    """A client that gets these replies."""
    return records_over(Script(replies), **options)


def outcome_of(look_up: Callable[[], Any]) -> Any:
    """What it returns, or ``unavailable``."""
    try:
        return look_up()
    except Unavailable:
        return "unavailable"


def told_by(look_up: Callable[[], Any]) -> tuple[Any, str]:
    """What it returns, or ``unavailable``, and what an operator is told of the fault, if any."""
    try:
        return look_up(), ""
    except Unavailable as error:
        return "unavailable", error.why
