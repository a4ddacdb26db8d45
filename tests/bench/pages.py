"""The pages of the service: time against a bare Flask view, statements, and bytes to load.

The bare view renders the same template, with the same environment, from the values that the
service had ready for it the first time: no database, no session to check, nothing to log.
"""

from __future__ import annotations

import gzip
import re

from flask.testing import FlaskClient

from bench.measuring import Measure, interleaved
from bench.registration import recorded
from bench.served import (
    BARE,
    DATABASES,
    Database,
    bare_view,
    filled,
    get,
    log_to_nowhere,
    served,
)

# The limits of time come with SQLAlchemy's own Connection:
# docs/decisions/0047-statements-through-sqlalchemy.md.
TIMES_A_BARE_VIEW = {"SQLite": 2.0, "PostgreSQL": 3.0}
STATEMENTS = 6.0
PAGE_BYTES, FIRST_LOAD_BYTES = 20_000.0, 250_000.0
HERE, ELSEWHERE = 200, 99_800  # ECTs
FEW = 10
ROUNDS = 60

ASSET = re.compile(r"/assets/[\w.-]+")
REGISTERING = "/school/register-ect/{journey}"
NEW_MENTOR = "/school/ects/{without_mentor}/register-mentor/{new_mentor}"
ASSIGNING = "/school/ects/{without_mentor}/assign-mentor/{assignment}"

# One line each: its name, and its address for somebody who is signed in.
PAGES = {
    "the ECTs page": "/school/ects",
    "a search on the ECTs page": "/school/ects?search=teacher&status=mentor_required&page=2",
    "one ECT": "/school/ects/{ect}",
    "what is needed": "/school/register-ect",
    "name": f"{REGISTERING}/name",
    "registered before": f"{REGISTERING}/registered-before",
    "email": f"{REGISTERING}/email",
    "start date": f"{REGISTERING}/start-date",
    "working pattern": f"{REGISTERING}/working-pattern",
    "reuse choices": f"{REGISTERING}/reuse-choices",
    "appropriate body": f"{REGISTERING}/appropriate-body",
    "programme": f"{REGISTERING}/programme",
    "lead provider": f"{REGISTERING}/lead-provider",
    "check answers": f"{REGISTERING}/check-answers",
    "change an ECT": "/school/ects/{ect}/change/email",
    "an ECT leaves": "/school/ects/{ect}/leaving",
    "change a mentor": "/school/mentors/{mentor}/change/email",
    "the mentors page": "/school/mentors",
    "a search on the mentors page": "/school/mentors?search=mentor&page=2",
    "one mentor": "/school/mentors/{mentor}",
    "ECTs for a mentor": "/school/mentors/{mentor}/assign",
    "existing or new mentor": "/school/ects/{without_mentor}/mentor",
    "new mentor, name": f"{NEW_MENTOR}/name",
    "new mentor, email": f"{NEW_MENTOR}/email",
    "new mentor, only here": f"{NEW_MENTOR}/only-here",
    "new mentor, start date": f"{NEW_MENTOR}/start-date",
    "new mentor, training": f"{NEW_MENTOR}/training",
    "new mentor, lead provider": f"{NEW_MENTOR}/lead-provider",
    "new mentor, check answers": f"{NEW_MENTOR}/check-answers",
    "assigning, training": f"{ASSIGNING}/training",
    "assigning, lead provider": f"{ASSIGNING}/lead-provider",
}


def measure() -> list[Measure]:
    """On SQLite in a file and on PostgreSQL; the bytes are the same on both."""
    log_to_nowhere()
    measures = []
    for name, new_database in DATABASES.items():
        with new_database() as one, new_database() as other:
            few, many = filled(one, FEW, 0), filled(other, HERE, ELSEWHERE)
            measures += [m for page in PAGES for m in _on(name, page, few, many)]
            if not any(m.unit == "bytes" for m in measures):
                measures += [m for page in PAGES for m in _bytes(page, many)]
    return measures


def _on(name: str, page: str, few: Database, many: Database) -> list[Measure]:
    """Statements on both databases, time on the large one."""
    ours, floor = _times(page, many)
    note = f"{ours * 1e3:.1f} ms against {floor * 1e3:.1f} ms"
    return [
        Measure(f"{name}, {page}: time", ours / floor, TIMES_A_BARE_VIEW[name], note=note),
        *(
            Measure(
                f"{name}, {page}, {ects:,} ECTs", _statements(page, at), STATEMENTS, "statements"
            )
            for ects, at in ((FEW, few), (HERE + ELSEWHERE, many))
        ),
    ]


def _statements(page: str, database: Database) -> float:
    """The second time, when everything that is prepared once has been."""
    address = PAGES[page].format(**database.names)
    with served(database) as (_, client):
        get(client, address)
        with recorded() as statements:
            get(client, address)
    return float(len(statements))


def _times(page: str, database: Database) -> tuple[float, float]:
    address = PAGES[page].format(**database.names)
    with served(database) as (app, client):
        bare = bare_view(app, client, address)
        assert len(get(bare, BARE)) == len(get(client, address)), page
        for _ in range(ROUNDS // 4):  # drivers prepare what is asked for again and again
            get(client, address)
        return interleaved(lambda: get(client, address), lambda: get(bare, BARE), ROUNDS)


def _bytes(page: str, database: Database) -> list[Measure]:
    """Of the page, and of a first visit to it with everything that it loads."""
    with served(database) as (_, client):
        text = get(client, PAGES[page].format(**database.names))
        html = len(gzip.compress(text))
        everything = html + _assets(client, text)
    return [
        Measure(f"{page}: HTML", html, PAGE_BYTES, "bytes"),
        Measure(f"{page}: first load", everything, FIRST_LOAD_BYTES, "bytes"),
    ]


def _assets(client: FlaskClient, page: bytes) -> int:
    """Everything that the page names, and what that names in turn, as it is sent.

    Typefaces and pictures that only some browsers would fetch count too.
    """
    known: dict[str, int] = {}
    waiting = [page.decode()]
    while waiting:
        for address in set(ASSET.findall(waiting.pop())) - known.keys():
            sent = client.get(address, headers={"Accept-Encoding": "gzip"})
            known[address] = len(sent.data)
            if address.endswith((".css", ".js")):
                waiting.append(client.get(address).get_data(as_text=True))
    return sum(known.values())
