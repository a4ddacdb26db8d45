"""GOV.UK Notify as far as we use it, with every trouble that it may make."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import attrs
import jwt
from flask import Flask, request
from werkzeug.serving import make_server

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"testing-{SERVICE}-{SECRET}"
TEMPLATE = "6f1c0c43-8f4b-4b5e-9d25-6a2f6d9b7c11"
SLOW = 3.0  # seconds

Answer = tuple[dict[str, Any], int]


def refusal(status: int, kind: str, message: str) -> Answer:
    """An error as Notify words it."""
    return {"status_code": status, "errors": [{"error": kind, "message": message}]}, status


NO_ADDRESS = refusal(400, "ValidationError", "email_address Not a valid email address")
TEAM_ONLY = refusal(
    400, "BadRequestError", "Can’t send to this recipient using a team-only API key"
)
QUOTING = refusal(400, "ValidationError", "asha@example.org is not allowed")
NO_TEMPLATE = refusal(400, "BadRequestError", "Template not found")
NO_TOKEN = refusal(403, "AuthError", "Invalid token: API key not found")
TOO_MANY = refusal(429, "RateLimitError", "Exceeded rate limit for key type LIVE")
BROKEN = refusal(500, "Exception", "Internal server error")


@attrs.define
class FakeNotify:
    """What was asked of it, and how it answers."""

    sent: list[dict[str, Any]] = attrs.Factory(list)
    looked_up: list[str] = attrs.Factory(list)
    answer: Answer | None = None  # instead of taking a message
    body: str = "((body))"  # of the template
    slow: bool = False
    when_sent: Callable[[], object] = attrs.field(default=lambda: None)
    address: str = ""

    @property
    def settings(self) -> dict[str, str]:
        """The settings that lead here."""
        return {
            "ECT_NOTIFY_API_KEY": KEY,
            "ECT_NOTIFY_TEMPLATE_ID": TEMPLATE,
            "ECT_NOTIFY_URL": self.address,
        }

    def app(self) -> Flask:
        """The application that answers."""
        app = Flask(__name__)
        app.add_url_rule("/v2/notifications/email", "send", self._send, methods=["POST"])
        app.add_url_rule("/v2/notifications", "find", self._find)
        app.add_url_rule(f"/v2/template/{TEMPLATE}", "template", self._template)
        return app

    def _send(self) -> Answer:
        if not _is_let_in():
            return NO_TOKEN
        if self.slow:
            time.sleep(SLOW)
        if self.answer is not None:
            return self.answer
        message: dict[str, Any] = request.json or {}
        assert set(message["personalisation"]) == {"subject", "body"}
        assert message["template_id"] == TEMPLATE
        self.sent.append(message)
        self.when_sent()
        return {"id": str(uuid4()), "reference": message["reference"]}, 201

    def _find(self) -> Answer:
        reference = request.args["reference"]
        self.looked_up.append(reference)
        found = [m for m in self.sent if m["reference"] == reference]
        return {"notifications": [{"reference": m["reference"]} for m in found], "links": {}}, 200

    def _template(self) -> Answer:
        if not _is_let_in():
            return NO_TOKEN
        return {"id": TEMPLATE, "subject": "((subject))", "body": self.body}, 200


def _is_let_in() -> bool:
    token = (request.headers.get("Authorization") or "").removeprefix("Bearer ")
    try:
        claims = jwt.decode(token, SECRET, algorithms=["HS256"], issuer=SERVICE)
    except jwt.InvalidTokenError:
        return False
    return claims["iss"] == SERVICE


@contextmanager
def fake_notify() -> Iterator[FakeNotify]:
    """Serve it on this machine until the block ends."""
    notify = FakeNotify()
    server = make_server("127.0.0.1", 0, notify.app(), threaded=True)
    notify.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield notify
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
