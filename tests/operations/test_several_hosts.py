"""Two hosts on one PostgreSQL, directly and through PgBouncer in transaction mode."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager

import pytest

from entrypoints import bootstrap
from integration.cli.terminal import ect
from integration.sql.upgrading.test_upgrading_in_use import FOUND_BY_NAME, NICKNAMES
from later_program import later_program
from operations.machines import KEY, Host, hosts, pgbouncer, postgres, proxy
from operations.users import TODAY, a_world, answers_of, at_work, signed_in
from operations.worlds import written

USERS, PEOPLE = 4, 5_000
SECONDS = 8.0  # of work between one thing that happens and the next
FINE = {200, 302, 303}


def settings(url, folder, users=USERS, people=PEOPLE, **more):
    """What a host needs."""
    return {
        "ECT_ENV": "test",
        "ECT_TODAY": TODAY.isoformat(),
        "ECT_BASE_URL": "http://127.0.0.1",
        "ECT_SECRET_KEY": KEY,
        "ECT_DATABASE_URL": url,
        "ECT_TRS_URL": f"world:{written(a_world(users, people), folder)}",
        **more,
    }


@contextmanager
def straight(server):
    """No pooler."""
    yield server.url, {}


@contextmanager
def pooled(server):
    """Every transaction may have another connection of the server."""
    with pgbouncer(server) as url:
        yield url, {"ECT_DATABASE_POOLER": "transaction", "ECT_DATABASE_POOL_SIZE": "3"}


def nothing_is_half_written(url, users):
    """What was confirmed is there once, and every guarantee and seal holds."""
    given = {"ECT_ENV": "test", "ECT_DATABASE_URL": url}
    findings = bootstrap.check_database(url, TODAY, declared_only=False)
    assert [found for found in findings if not found["in_force"]] == []
    assert ect("history", "verify", **given).status == 0
    for number, user in enumerate(users):
        listed = ect("ects", "--school", str(100_001 + number), "--format", "json", **given).json
        trns = [row["trn"] for row in listed]
        assert (len(trns), len(set(trns))) == (user.registered, user.registered)


@pytest.mark.parametrize("reached", [straight, pooled])
def test_sessions_and_journeys_go_on_while_hosts_are_killed(tmp_path, reached):
    """Whichever host answers: nobody signs in again, and every journey comes to its end."""
    with postgres() as server, reached(server) as (url, more):
        bootstrap.upgrade_database(server.url)
        cookies = signed_in(server.url, a_world(USERS, PEOPLE), USERS)
        given = settings(url, tmp_path, **more)
        with (
            hosts(Host(given), Host(given)) as both,
            proxy(tmp_path / "nginx", both) as front,
            at_work(f"http://127.0.0.1:{front.port}", cookies) as users,
        ):
            for host in (*both, *both):
                time.sleep(SECONDS)
                host.kill()
                time.sleep(1)
                host.start()
        nothing_is_half_written(server.url, users)

    assert [user.strange for user in users] == [[]] * USERS
    assert min(user.registered for user in users) > 0
    assert 500 not in answers_of(users)


def test_a_rolling_upgrade_fails_no_request(tmp_path):
    """The schema first, beside the servers; then one host after the other, out of the proxy."""
    program = later_program(tmp_path / "later", NICKNAMES, FOUND_BY_NAME)
    with postgres() as server:
        bootstrap.upgrade_database(server.url)
        cookies = signed_in(server.url, a_world(USERS, PEOPLE), USERS)
        given = settings(server.url, tmp_path)
        before = [Host(given), Host(given)]
        after = [Host(given, source=program.source), Host(given, source=program.source)]
        with (
            hosts(*before),
            proxy(tmp_path / "nginx", before) as front,
            at_work(f"http://127.0.0.1:{front.port}", cookies) as users,
        ):
            time.sleep(SECONDS)
            upgraded = program.ect("db", "upgrade", ECT_DATABASE_URL=server.url)
            ready = [host.health() for host in before]
            time.sleep(SECONDS)
            with _replaced(before, after, front):
                time.sleep(SECONDS)
                _let_them_finish(users)
        nothing_is_half_written(server.url, users)

    assert (upgraded.returncode, ready) == (0, [200, 200])
    assert [user.strange for user in users] == [[]] * USERS
    assert set(answers_of(users)) <= FINE
    assert min(user.registered for user in users) > 0


@contextmanager
def _replaced(before, after, front):
    """One host after the other: the new one ready, the old one out of the proxy, then stopped."""
    with hosts(after[0]):
        front.send_to([before[1], after[0]])
        before[0].stop()
        time.sleep(SECONDS)
        with hosts(after[1]):
            front.send_to(after)
            before[1].stop()
            yield


def _let_them_finish(users):
    """Before the last host goes."""
    users[0].stop.set()
    while any(thread.name.startswith("user-") for thread in threading.enumerate()):
        time.sleep(0.1)
