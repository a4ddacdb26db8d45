"""GOV.UK Notify and the folder: what is sent, looked up, refused, and out of reach."""

from __future__ import annotations

import stat
from uuid import uuid4

import pytest

from adapters.notices.folder import NoticesFolder
from adapters.notices.govuk_notify import GovukNotify, UnusableKey
from ect_registration.domain.notice import Message, NoticeId
from ect_registration.ports.errors import Unavailable
from ect_registration.ports.notices import Refused
from integration.notices import notify_server as notify_answers
from integration.notices.notify_server import KEY, SECRET, SERVICE, TEMPLATE


def a_message(**changes):
    """Return a message to Asha."""
    values = {
        "reference": NoticeId(uuid4()),
        "address": "asha@example.org",
        "subject": "You are registered – at Larkfield School",
        "body": "Dear Zoë Márlowe\n\nLarkfield School has registered you.\n",
    }
    return Message(**(values | changes))


@pytest.fixture
def client(notify):
    """A client with little patience."""
    return GovukNotify(KEY, TEMPLATE, notify.address, seconds=0.5)


@pytest.fixture(params=["notify", "folder"])
def notifier(request, tmp_path):
    """Each thing that takes notices along."""
    if request.param == "folder":
        return NoticesFolder(tmp_path)
    return request.getfixturevalue("client")


def test_what_was_sent_is_found_under_its_reference(notifier):
    """A message that was not sent is not found."""
    message, other = a_message(), a_message()
    notifier.send(message)

    assert notifier.has_sent(message.reference)
    assert not notifier.has_sent(other.reference)


def test_notify_gets_one_template_with_subject_and_body(notify, client):
    """The reference is that of the notice."""
    message = a_message()
    client.send(message)

    assert notify.sent == [
        {
            "email_address": message.address,
            "template_id": TEMPLATE,
            "personalisation": {"subject": message.subject, "body": message.body},
            "reference": str(message.reference),
        }
    ]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (notify_answers.NO_ADDRESS, "email_address Not a valid email address"),
        (
            notify_answers.TEAM_ONLY,
            "Can’t send to this recipient using a team-only API key",
        ),
        (notify_answers.QUOTING, "it gave no reason"),
        (({"errors": "nonsense"}, 400), "nonsense"),
        (({}, 400), "it gave no reason"),
    ],
)
def test_what_notify_can_never_send_is_refused_for_good(notify, client, answer, why):
    """With Notify's own reason, unless that quotes an address."""
    notify.answer = answer

    with pytest.raises(Refused) as refused:
        client.send(a_message())
    assert str(refused.value) == why or why == "it gave no reason"
    assert "@" not in str(refused.value)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (notify_answers.TOO_MANY, "it takes no more messages at present"),
        (notify_answers.BROKEN, "it answered with status 500"),
        (notify_answers.NO_TOKEN, "it does not accept ECT_NOTIFY_API_KEY"),
        (
            notify_answers.NO_TEMPLATE,
            "it does not accept ECT_NOTIFY_TEMPLATE_ID: Template not found",
        ),
    ],
)
def test_what_may_yet_be_sent_is_no_refusal(notify, client, answer, why):
    """Neither Notify's troubles nor our settings are the notice's fault."""
    notify.answer = answer

    with pytest.raises(Unavailable) as error:
        client.send(a_message())
    assert error.value.why == why


def test_a_slow_notify_is_not_waited_for(notify, client):
    """The result is unknown then, and is looked up before another try."""
    notify.slow = True

    with pytest.raises(Unavailable, match="does not answer in time"):
        client.send(a_message())


def test_notify_may_be_away():
    """Nobody listens at this address."""
    client = GovukNotify(KEY, TEMPLATE, "http://127.0.0.1:1")

    for ask in (lambda: client.send(a_message()), lambda: client.has_sent(NoticeId(uuid4()))):
        with pytest.raises(Unavailable, match="cannot be reached"):
            ask()


@pytest.mark.parametrize("key", ["", "x", SERVICE, f"name-{SERVICE}-{SECRET}x", "y" * 80])
def test_a_key_that_notify_never_gave_is_noticed_at_once(key):
    """The ids at its end say so."""
    with pytest.raises(UnusableKey):
        GovukNotify(key, TEMPLATE, "https://notify.example")


def test_a_folder_holds_text_files_for_its_owner_alone(tmp_path):
    """Nothing unfinished is left beside them, and the same message again is the same file."""
    folder, first, second = NoticesFolder(tmp_path), a_message(), a_message(subject="Another")
    for message in (first, first, second):
        folder.send(message)
    files = list(tmp_path.iterdir())

    assert {file.name for file in files} == {f"{m.reference}.txt" for m in (first, second)}
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert set(folder.messages()) == {first, second}


def test_a_folder_that_is_gone_is_out_of_reach(tmp_path):
    """The notice waits until it is there again."""
    folder = NoticesFolder(tmp_path / "none")

    with pytest.raises(Unavailable, match="folder of notices"):
        folder.send(a_message())
    with pytest.raises(Unavailable, match="folder of notices"):
        folder.check()
