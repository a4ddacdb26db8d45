"""Sends notices through GOV.UK Notify, with its own client."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import attrs
from notifications_python_client import base
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from ect_registration.domain.notice import Message, NoticeId
from ect_registration.ports.errors import Unavailable
from ect_registration.ports.notices import Refused

NOTIFY = "GOV.UK Notify"
SECONDS = 10  # that one request may take
KEY_AND_SERVICE = 73  # characters at the end of a key: two ids and a hyphen
PLACEHOLDERS = ("subject", "body")

# Notify's answers for which our settings are to blame, not the notice.
_ABOUT_OUR_TEMPLATE = ("template", "personalisation")
_REASONS = {
    401: "it does not accept ECT_NOTIFY_API_KEY",
    403: "it does not accept ECT_NOTIFY_API_KEY",
    429: "it takes no more messages at present",
}

logging.getLogger(base.__name__).disabled = True  # it logs bodies of answers


class UnusableKey(ValueError):
    """The key is not one that Notify hands out."""


@attrs.frozen
class Found:
    """One thing that was looked at, and whether it is right."""

    check: str
    ok: bool
    says: str


class GovukNotify:
    """Sends each message as one email of one template, which holds ((subject)) and ((body))."""

    def __init__(
        self, api_key: str, template: str, address: str, *, seconds: float = SECONDS
    ) -> None:
        service, secret = api_key[-KEY_AND_SERVICE:-37], api_key[-36:]
        if not (_is_id(service) and _is_id(secret)):
            raise UnusableKey
        self._template = template
        self._client = NotificationsAPIClient(api_key, base_url=address, timeout=seconds)
        self._turn = threading.Lock()  # the client is not made for several threads

    def send(self, message: Message) -> None:
        """Sends the message under its reference."""
        with self._turn, _speaking_our_errors():
            self._client.send_email_notification(
                email_address=message.address,
                template_id=self._template,
                personalisation={"subject": message.subject, "body": message.body},
                reference=str(message.reference),
            )

    def has_sent(self, reference: NoticeId) -> bool:
        """Asks Notify for a message with this reference."""
        with self._turn, _speaking_our_errors():
            found = self._client.get_all_notifications(reference=str(reference))
        return any(each.get("reference") == str(reference) for each in _listed(found))

    def connection_check(self) -> Sequence[Found]:
        """Looks at the key and the template; nothing is sent."""
        try:
            with self._turn, _speaking_our_errors():
                template = self._client.get_template(self._template)
        except Refused as refused:
            return [Found("template", False, str(refused))]
        except Unavailable as error:
            return [Found("connection", False, error.why)]
        text = f"{template.get('subject')} {template.get('body')}"
        missing = [name for name in PLACEHOLDERS if f"(({name}))" not in text]
        says = f"lacks {' and '.join(f'(({name}))' for name in missing)}" if missing else "right"
        return [Found("key", True, "accepted"), Found("template", not missing, says)]


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def _listed(answer: object) -> Sequence[Mapping[str, Any]]:
    listed = answer.get("notifications") if isinstance(answer, Mapping) else None
    if not isinstance(listed, Sequence) or not all(isinstance(each, Mapping) for each in listed):
        raise Unavailable(NOTIFY, "its answer makes no sense")
    return listed


@contextmanager
def _speaking_our_errors() -> Iterator[None]:
    """Raises the client's errors as Refused or Unavailable; none quotes the message."""
    try:
        yield
    except APIError as error:
        raise _in_our_words(error) from None


def _in_our_words(error: APIError) -> Refused | Unavailable:
    status, told = error.status_code, _told(error)
    if status == 400:
        if any(word in told.lower() for word in _ABOUT_OUR_TEMPLATE):
            return Unavailable(NOTIFY, f"it does not accept ECT_NOTIFY_TEMPLATE_ID: {told}")
        return Refused(told)
    if error.response is None:
        return Unavailable(NOTIFY, "it cannot be reached, or does not answer in time")
    return Unavailable(NOTIFY, _REASONS.get(status, f"it answered with status {status}"))


def _told(error: APIError) -> str:
    """Returns Notify's reasons in one line, without any that quotes an address."""
    reasons = error.message
    listed: Sequence[Any] = reasons if isinstance(reasons, list) else [{"message": reasons}]
    texts = [str(each.get("message", "")) for each in listed if isinstance(each, Mapping)]
    plain = [text for text in texts if text and text.isprintable() and "@" not in text]
    return "; ".join(plain)[:200] or "it gave no reason"
