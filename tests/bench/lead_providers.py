"""Lists for lead providers' programs on PostgreSQL: the last page against the first, statements.

100,000 participants are written as they are seen, so that nothing waits to be followed.
"""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from functools import partial
from uuid import UUID

import sqlalchemy as sa
from flask.testing import FlaskClient

from adapters.sql.lead_providers.json_records import seen_to_row
from adapters.sql.store import SqlStore
from bench.measuring import Measure, interleaved
from bench.registration import recorded
from bench.served import KEY, log_to_nowhere, ports_on
from contests import PROVIDER, reference_data
from ect_registration.domain.lead_providers.records import (
    Days,
    Enrolment,
    Kind,
    Participant,
    Role,
    Seen,
)
from ect_registration.testing.examples import NOW
from ect_registration.use_cases.lead_providers.following import follow
from ect_registration.use_cases.lead_providers.tokens import create_token
from ect_registration.use_cases.operating.load_world import load_world
from england.plans import not_by_index
from entrypoints.web.app import create_app
from entrypoints.web.platform.environment.settings import WebSettings
from entrypoints.web.serving.server import warmed_up
from integration.postgresql import fresh_postgresql_url

PEOPLE, A_PAGE = 100_000, 1_000
STATEMENTS, TIMES_THE_FIRST = 8.0, 1.3
ROUNDS = 40
SECRET = "ect_lp_for_measuring"
FIRST = f"/api/v3/participants?page[per_page]={A_PAGE}&page[page]=1"
LAST = f"/api/v3/participants?page[per_page]={A_PAGE}&page[page]={PEOPLE // A_PAGE}"
SINCE = "&filter[updated_since]="

# Each a millisecond after the one before, and with an id of its own.
_FILL = sa.text("""
    INSERT INTO seen_records (lead_provider_id, kind, record_id, record, created_at, updated_at,
                              cohorts, has_active)
    SELECT (SELECT id FROM lead_providers WHERE name = :of_provider), :kind,
           md5('of ' || number)::uuid, :record, moment, moment, :cohorts, true
    FROM generate_series(1, :people) AS number,
         LATERAL (SELECT CAST(:first AS timestamptz) + number * interval '1 ms') AS at (moment)
""")


def measure() -> list[Measure]:
    """On PostgreSQL, as on SQLite there is nobody else to wait for."""
    log_to_nowhere()
    url = fresh_postgresql_url(durable=True)
    with ports_on(url) as ports:
        load_world(reference_data(), "bench", ports)
        create_token(PROVIDER, None, SECRET, "bench", ports)
        while follow(ports):
            pass
        with closing(SqlStore.at(url)) as store:
            _fill(store.engine)
        app = create_app(ports, WebSettings("production", "http://127.0.0.1", KEY))
        return _measured(warmed_up(app).test_client(use_cookies=False), url)


def _measured(client: FlaskClient, url: str) -> list[Measure]:
    ask = partial(_ask, client)
    assert [ask(FIRST), ask(LAST), ask(LAST.replace("=100", "=101"))] == [A_PAGE, A_PAGE, 0]
    first, last = interleaved(partial(ask, FIRST), partial(ask, LAST), ROUNDS)
    what = f"{A_PAGE:,} of {PEOPLE:,} participants"
    longer = max(first, last) / min(first, last)
    note = f"first {first * 1e3:.0f} ms, last {last * 1e3:.0f} ms"
    counted = []
    for address in (FIRST, LAST):
        with recorded() as statements:
            ask(address)
        counted.append(len(statements))
    soon = (NOW + timedelta(milliseconds=PEOPLE - A_PAGE)).isoformat().replace("+00:00", "Z")
    with recorded() as statements:
        ask(f"{FIRST}{SINCE}{soon}")
    with closing(SqlStore.at(url)) as store:
        found = not_by_index(store.engine, statements, few_rows=False)
    read_whole = [each for each in found if "seen_records" in each.partition(":")[0]]
    return [
        Measure(f"{what}, first and last page", longer, TIMES_THE_FIRST, "times the other", note),
        Measure(what, max(counted), STATEMENTS, "statements"),
        Measure(f"{what}, changed since", len(read_whole), 0, "lists read whole"),
    ]


def _ask(client: FlaskClient, address: str) -> int:
    """Returns how many are on a page."""
    answer = client.get(address, headers={"Authorization": f"Bearer {SECRET}"})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert answer.json is not None
    return len(answer.json["data"])


def _fill(engine: sa.Engine) -> None:
    enrolment = Enrolment(
        role=Role.ECT,
        training_record_id=UUID(int=1),
        email="somebody@example.org",
        school="100001",
        working_pattern=None,
        cohort=2025,
        training=Days(date(2025, 9, 1)),
        delivery_partner=UUID(int=2),
        created_at=NOW,
    )
    somebody = Participant("Somebody Else", "1234567", (enrolment,))
    row = seen_to_row(Seen(PROVIDER, Kind.PARTICIPANT, UUID(int=3), somebody, NOW, NOW))
    wanted = ("of_provider", "kind", "record", "cohorts")
    values = {name: row[name] for name in wanted} | {"people": PEOPLE, "first": NOW}
    with engine.begin() as connection:
        connection.execute(_FILL, values)
        moment = NOW + timedelta(seconds=PEOPLE)
        connection.execute(sa.text("UPDATE seen_moment SET moment = :moment"), {"moment": moment})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
