"""Visits every page that can be come to, and does everything that writes, for its statements."""

from __future__ import annotations

import html
import re
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from adapters.sql.store import SqlStore
from bench.journeys import ready_mentor
from bench.pages import PAGES
from bench.registration import recorded
from bench.served import Database, get, ports_on, served, with_journeys
from contests import SCHOOLS, Register, actor, ready_journey
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.values import Trn
from ect_registration.use_cases.journeys import saved_journeys
from ect_registration.use_cases.journeys.mentor_journeys import MENTOR_JOURNEY
from ect_registration.use_cases.registering.assign_mentor import submit_assignment
from ect_registration.use_cases.registering.outcomes import Assigned
from ect_registration.use_cases.registering.register_mentor import look_at_mentor, submit_mentor
from england.plans import Statement
from entrypoints.web.app import Service

LINK = re.compile(r'(?:href|action)="(/[^"#]*)')
HERE, OTHER = SCHOOLS
MO = Email("mo@example.org")
AT_MOST = 2  # addresses of one kind of page
ELSEWHERE = ("/assets", "/sign", "/health", "/static", "/demo")

_MENTORED = """
SELECT ect_periods.public_id FROM ect_periods
JOIN mentorships ON mentorships.ect_period_id = ect_periods.id
WHERE ect_periods.school_id = (SELECT id FROM schools WHERE urn = %(urn)s)
ORDER BY ect_periods.started_on DESC, ect_periods.id LIMIT 1
"""
_WITHOUT_MENTOR = """
SELECT public_id FROM ect_periods
WHERE school_id = (SELECT id FROM schools WHERE urn = %(urn)s) AND finished_on IS NULL
AND NOT EXISTS (SELECT FROM mentorships WHERE ect_period_id = ect_periods.id)
ORDER BY started_on DESC, id LIMIT 1
"""
_MENTOR = """
SELECT public_id FROM mentor_periods
WHERE school_id = (SELECT id FROM schools WHERE urn = %(urn)s) AND finished_on IS NULL
ORDER BY started_on, id LIMIT 1
"""


def prepared(url: str) -> Database:
    """A journey of each kind that has come as far as it can, at the school that is looked at."""
    store = SqlStore.at(url)
    with store.reading_engine.connect() as connection:
        mentored, ect, mentor = (
            connection.exec_driver_sql(text, {"urn": HERE.digits}).scalar_one()
            for text in (_MENTORED, _WITHOUT_MENTOR, _MENTOR)
        )
    store.close()
    return with_journeys(url, EctId(mentored), EctId(ect), MentorId(mentor))


def statements_of_pages(database: Database) -> Sequence[Statement]:
    """Everything that the pages ask the database."""
    with served(database) as (app, client), recorded() as statements:
        starts = [address.format(**database.names) for address in PAGES.values()]
        for address in starts:
            get(client, address)
        crawled(app, client, ["/school/ects", "/school/mentors", *starts])
    return statements


def statements_of_changes(database: Database) -> Sequence[Statement]:
    """Registrations of ECTs and mentors, a transfer, an assignment, from their start."""
    who = actor(0)
    with ports_on(database.url) as ports, recorded() as statements:
        submit = ready_journey(Trn("0000003"), ports, who, date(2025, 9, 8))
        new = submit(ports)
        Register("0000004", OTHER.digits, "four@example.org")(ports)
        moved = ready_journey(Trn("0000004"), ports, who, date(2025, 9, 9))(ports)
        registering = ready_mentor(Trn("0000005"), OTHER, ports, who, EctId(UUID(new)), MO)
        shown = saved_journeys.look(MENTOR_JOURNEY, registering, who, ports)
        registered = submit_mentor(
            registering, look_at_mentor(shown.decided.case, ports), who, ports
        )
        assert isinstance(registered, Assigned)
        mentor = registered.mentor.id
        draft = AssignmentDraft(EctId(UUID(moved)), mentor, another_provider=False)
        assigned = submit_assignment(saved_journeys.start(who, ports, draft), who, ports)
    assert isinstance(assigned, Assigned)
    return statements


def crawled(app: Service, client: FlaskClient, starts: Iterable[str]) -> Counter[str]:
    """Follows links of pages, to a few of each kind; every one answers."""
    seen: Counter[str] = Counter()
    waiting, known = deque(starts), set(starts)
    while waiting:
        address = waiting.popleft()
        kind = _kind_of(address, app)
        if kind is None or seen[kind] >= AT_MOST:
            continue
        seen[kind] += 1
        answer = client.get(address)
        assert answer.status_code < 400, (address, answer.status_code)
        if answer.location:
            links = [answer.location]
        elif answer.mimetype == "text/html":
            links = [html.unescape(link) for link in LINK.findall(answer.text)]
        else:
            continue
        new = [link for link in links if link.startswith("/") and link not in known]
        waiting.extend(new)
        known.update(new)
    return seen


def _kind_of(address: str, app: Service) -> str | None:
    """Which view answers, about which step, and with which keys of the query."""
    path, _, query = address.partition("?")
    if path.startswith(ELSEWHERE):
        return None
    try:
        endpoint, values = app.url_map.bind("").match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return None  # a form's address, which is only sent to
    keys = sorted(part.partition("=")[0] for part in query.split("&") if part)
    return " ".join([endpoint, str(values.get("step", "")), *keys])
