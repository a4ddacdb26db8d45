"""`ect outbox`: notices that commands wrote are sent once, whatever happens."""

from __future__ import annotations

import os
import signal
import subprocess
from collections import Counter
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from adapters.sql.store import SqlStore
from ect_registration.domain.notice import Happening, Notice, NoticeId, Recipient, Role
from ect_registration.domain.values import Urn
from integration.cli.terminal import ECT, ect, environment
from integration.cli.town import BORN, MAYA, NEWCOMER, a_registration
from integration.notices import notify_server as notify_answers
from integration.notices.notify_server import KEY, TEMPLATE
from integration.postgresql import temporary_postgresql_url

SEND = ("outbox", "send", "--format", "json")


@pytest.fixture(params=["sqlite", "postgresql"])
def told(request, settings, town, notify):
    """Settings with Notify, and the town in a database of either kind."""
    if request.param == "sqlite":
        yield settings | notify.settings
        return
    with temporary_postgresql_url() as url:
        on_postgresql = settings | {"ECT_DATABASE_URL": url}
        assert ect("world", "load", str(town), **on_postgresql).status == 0
        yield on_postgresql | notify.settings


def register(told, trn=MAYA, *options):
    """Register somebody, and say so to them."""
    document = a_registration(trn=trn, email=f"{trn}@example.org", date_of_birth=BORN[trn])
    ran = ect("register-ect", "--from", "-", *options, stdin=document, **told)

    assert (ran.status, ran.json["outcome"]) == (0, "registered")
    return ran.json["ect"]["id"]


def counts(ran):
    """What a run printed, without what came to nothing."""
    return {row["notices"]: row["number"] for row in ran.json if row["number"]}


def listed(told, state="all"):
    """What the outbox holds."""
    return ect("outbox", "list", "--state", state, "--format", "json", **told).json


def due_again(told):
    """Let every notice be due, as after a while."""
    store = SqlStore.at(told["ECT_DATABASE_URL"])
    with store.unit_of_work() as uow:
        for kept in uow.outbox.in_states(["waiting"], 100):
            uow.outbox.postpone(kept.notice.id, datetime.now(UTC), kept.why)
        uow.commit()
    store.close()


def test_a_command_tells_nobody_without_notify(told):
    """Operators correct and load; nobody is to wonder about an email."""
    register(told)

    assert listed(told) == []
    assert ect("outbox", "list", **told).err == "There are no such notices.\n"


def test_an_ect_is_told_once(told, notify):
    """The notice names the school and the ECT, and no TRN."""
    id = register(told, MAYA, "--notify")
    waiting = listed(told, "waiting")
    ran, again = ect(*SEND, **told), ect(*SEND, **told)
    (message,) = notify.sent

    assert [(row["what"], row["to"], row["about"]) for row in waiting] == [
        ("registered", "person", id)
    ]
    assert (ran.status, counts(ran)) == (0, {"sent": 1})
    assert (again.status, counts(again)) == (0, {})
    assert message["email_address"] == f"{MAYA}@example.org"
    assert message["reference"] == waiting[0]["id"]
    assert "Millbrook School" in message["personalisation"]["body"]
    assert MAYA not in str(message["personalisation"])
    assert [row["state"] for row in listed(told)] == ["sent"]


def test_a_dry_run_writes_no_notice(told):
    """There is nothing to tell."""
    ect("register-ect", "--from", "-", "--dry-run", "--notify", stdin=a_registration(), **told)

    assert listed(told) == []


def written(told, ect_id, number):
    """Write so many notices to one ECT, as if their school had registered them so often."""
    store, now = SqlStore.at(told["ECT_DATABASE_URL"]), datetime.now(UTC)
    values = (Happening.REGISTERED, Role.ECT, Recipient.PERSON, Urn(NEWCOMER), now, UUID(ect_id))
    with store.unit_of_work() as uow:
        uow.outbox.add(Notice(NoticeId(uuid4()), *values) for _ in range(number))
        uow.commit()
    store.close()


def test_several_at_once_never_send_one_notice_twice(told, notify):
    """Five processes share what there is."""
    written(told, register(told), 20)
    started = [
        subprocess.Popen([ECT, *SEND], env=environment(told), stdout=subprocess.DEVNULL)
        for _ in range(5)
    ]

    assert [process.wait() for process in started] == [0] * 5
    assert set(Counter(message["reference"] for message in notify.sent).values()) == {1}
    assert len(notify.sent) == 20
    assert {row["state"] for row in listed(told)} == {"sent"}


def test_killed_between_sending_and_noting_sends_no_second_time(told, notify):
    """The reference is looked up before another try."""
    register(told, MAYA, "--notify")
    with subprocess.Popen([ECT, *SEND], env=environment(told), stdout=subprocess.PIPE) as process:
        notify.when_sent = lambda: os.kill(process.pid, signal.SIGKILL)
        status = process.wait()
    notify.when_sent = lambda: None
    waiting = listed(told, "waiting")
    meanwhile = ect(*SEND, **told)
    due_again(told)
    ran = ect(*SEND, **told)

    assert (status, len(waiting), counts(meanwhile)) == (-signal.SIGKILL, 1, {})
    assert (ran.status, counts(ran)) == (0, {"sent": 1})
    assert len(notify.sent) == 1
    assert notify.looked_up == [waiting[0]["id"]]


@pytest.mark.parametrize("answer", [notify_answers.TOO_MANY, notify_answers.BROKEN])
def test_what_is_refused_for_now_waits(told, notify, answer):
    """The exit status tells the timer, and a later run sends it."""
    register(told, MAYA, "--notify")
    notify.answer = answer
    ran = ect(*SEND, **told)
    notify.answer = None
    too_soon = ect(*SEND, **told)
    due_again(told)
    later = ect(*SEND, **told)

    assert (ran.status, counts(ran)) == (3, {"postponed": 1})
    assert ran.line.startswith("GOV.UK Notify is not available: it ")
    assert counts(too_soon) == {}
    assert counts(later) == {"sent": 1}


def test_what_is_refused_for_good_is_kept(told, notify):
    """It is not tried again, and its reason is listed."""
    register(told, MAYA, "--notify")
    notify.answer = notify_answers.NO_ADDRESS
    ran = ect(*SEND, **told)
    (row,) = listed(told, "refused")
    due_again(told)

    doctor = ect("doctor", "--format", "json", **told)
    [warned] = [row for row in doctor.json if row["what"] == "notices refused"]

    assert (ran.status, counts(ran)) == (0, {"refused": 1})
    assert (doctor.status, warned["ok"]) == (0, None)
    assert warned["says"].startswith("warning: 1 refused for good; ect outbox list")
    assert row["why"] == "email_address Not a valid email address"
    assert counts(ect(*SEND, **told)) == {}


def test_a_folder_takes_notices_instead(settings, tmp_path):
    """One text file each."""
    folder = tmp_path / "notices"
    folder.mkdir()
    with_folder = settings | {"ECT_NOTICES_DIR": str(folder)}
    register(with_folder, MAYA, "--notify")
    ran = ect(*SEND, **with_folder)
    (file,) = folder.iterdir()

    assert counts(ran) == {"sent": 1}
    assert file.read_text("utf-8").startswith(f"To: {MAYA}@example.org\nSubject: You are reg")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "Setting ECT_NOTIFY_API_KEY is not set"),
        (
            {"ECT_NOTIFY_API_KEY": KEY, "ECT_NOTICES_DIR": "/tmp"},
            "Setting ECT_NOTICES_DIR must not be set with ECT_NOTIFY_API_KEY",
        ),
        ({"ECT_NOTIFY_API_KEY": KEY}, "Setting ECT_NOTIFY_TEMPLATE_ID is not set"),
        (
            {"ECT_NOTIFY_API_KEY": KEY, "ECT_NOTIFY_TEMPLATE_ID": "x"},
            "Setting ECT_NOTIFY_TEMPLATE_ID must be an id",
        ),
        (
            {"ECT_NOTIFY_API_KEY": "x", "ECT_NOTIFY_TEMPLATE_ID": TEMPLATE},
            "Setting ECT_NOTIFY_API_KEY is not a key of GOV.UK Notify",
        ),
        (
            {
                "ECT_NOTIFY_API_KEY": KEY,
                "ECT_NOTIFY_TEMPLATE_ID": TEMPLATE,
                "ECT_NOTIFY_URL": "http://notify.example",
            },
            "Setting ECT_NOTIFY_URL must be https",
        ),
        ({"ECT_NOTICES_DIR": "/nowhere"}, "Setting ECT_NOTICES_DIR names no folder to write to"),
    ],
)
def test_a_wrong_setting_is_named(settings, given, says):
    """In one line, with exit status 2, by each command that needs it."""
    ran = ect(*SEND, **settings, **given)

    assert ran.status == 2
    assert ran.line.startswith(says)


def test_the_doctor_looks_at_notices(settings, notify):
    """Key, template, and how many wait; without any of it, that nobody is told."""

    def notices(**given):
        ran = ect("doctor", "--format", "json", **settings, **given)
        rows = [row for row in ran.json if row["what"].startswith("notices")]
        return ran.status, {row["what"]: (row["ok"], row["says"]) for row in rows}

    right, nothing = notices(**notify.settings), notices()
    notify.body = "Hello"
    wrong = notices(**notify.settings)
    another_key = notices(**notify.settings | {"ECT_NOTIFY_API_KEY": KEY[:-1] + "1"})

    assert right == (
        0,
        {
            "notices key": (True, "accepted"),
            "notices template": (True, "right"),
            "notices waiting": (True, "0, for ect outbox send"),
        },
    )
    assert nothing[1]["notices"][0] is None
    assert "nobody" in nothing[1]["notices"][1] or "no user" in nothing[1]["notices"][1]
    assert wrong[0] == 3
    assert wrong[1]["notices template"] == (False, "lacks ((body))")
    assert another_key[1]["notices connection"] == (
        False,
        "it does not accept ECT_NOTIFY_API_KEY",
    )
