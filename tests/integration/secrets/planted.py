"""Leaks of every kind, planted one beside the other, each in a spelling of its own."""

from __future__ import annotations

import hashlib
import logging

import sqlalchemy as sa
import structlog
from flask import Response, request, session

from ect_registration.ports.errors import Unavailable
from integration.secrets.driving.at_the_terminal import run
from integration.secrets.marks import BORN_ON, NUMBER
from integration.secrets.stage import Stage
from integration.secrets.visitor import sign_in

# Where each is found, and what is found there.
PLANTED = {
    "a column of text": ("planted", "1953-11-27"),
    "a column of numbers": ("planted", "-507945600"),
    "a column of hashes": ("planted", hashlib.sha256(b"JK246810B").hexdigest()),
    "a row that was removed": ("file ", "29/08/1957"),
    "the service's log": ("the service's log", "1953, 11, 27"),
    "Python's logs": ("Python's logs", "27/11/1953"),
    "a page": ("answer 200", "1953"),
    "a header": ("answer 200", "27%2F11%2F1953"),
    "a cookie": ("answer 200", "JK246810B"),
    "an error": ("an error", "27 November 1953"),
    "a command": ("ect rules", "JK 24 68 10 B"),
    "a file": ("file planted.tmp", "JK-24-68-10-B"),
}


def plant(stage: Stage) -> None:
    """All of them; then the service is used."""
    _in_the_database(stage)
    _in_the_pages(stage)
    visitor = sign_in(stage)
    assert visitor.client.get("/cookies?planted=page").status_code == 200
    assert visitor.client.get("/cookies?planted=error").status_code == 503
    (stage.folder / "planted.tmp").write_text("JK-24-68-10-B")
    run(stage, "rules", "JK 24 68 10 B")  # what is typed for a rule is said again


def _in_the_database(stage: Stage) -> None:
    engine = sa.create_engine(stage.settings["ECT_DATABASE_URL"])
    hashed = hashlib.sha256(NUMBER.characters.encode()).hexdigest()
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE planted (born TEXT, at BIGINT, hash TEXT)"))
        row = {"born": str(BORN_ON), "at": -507945600, "hash": hashed}
        connection.execute(sa.text("INSERT INTO planted VALUES (:born, :at, :hash)"), row)
        connection.execute(sa.text("INSERT INTO planted VALUES ('29/08/1957', 0, '')"))
    with engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM planted WHERE born = '29/08/1957'"))
    engine.dispose()


def _in_the_pages(stage: Stage) -> None:
    """After a request, and instead of one."""

    def before() -> None:
        if request.args.get("planted") == "error":
            raise Unavailable("TRS", "nobody was born on 27 November 1953")

    def after(answer: Response) -> Response:
        if request.args.get("planted") == "page":
            answer.data += b'<input name="date_of_birth-year" value="1953">'
            answer.headers["X-Back"] = "/find?born=27%2F11%2F1953"
            session["number"] = NUMBER.characters
            structlog.get_logger("entrypoints.web").info("request", born=BORN_ON)
            logging.getLogger("adapters.sql").debug("asked for %s", "27/11/1953")
        return answer

    stage.app.before_request_funcs.setdefault(None, []).append(before)
    stage.app.after_request_funcs.setdefault(None, []).append(after)
