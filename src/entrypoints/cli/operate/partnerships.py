"""Reports a partnership: `ect partnerships`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO

import click

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.school import Partnership
from ect_registration.domain.text import without_invisible
from ect_registration.domain.values import InvalidValue, Urn
from ect_registration.use_cases.operating.partnerships import report_partnership
from ect_registration.use_cases.registering.documents import InvalidRequest
from entrypoints.cli.terminal.documents import answering, document_option, read_document
from entrypoints.cli.terminal.operator import as_option, operator
from entrypoints.cli.terminal.output import end_blocked, print_json
from entrypoints.cli.terminal.settings import read_settings

TEXTS = ("school", "lead_provider", "delivery_partner")
FIRST_YEAR, LAST_YEAR = 1900, 2100


@click.group(epilog="Example: ect partnerships report --from partnership.json")
def partnerships() -> None:
    """Report a partnership."""


@partnerships.command(epilog="Example: ect partnerships report --from partnership.json")
@document_option(
    'A JSON document, or - for standard input: {"school": "100001", "lead_provider": …, '
    '"delivery_partner": …, "year": 2025}'
)
@as_option
def report(file: IO[bytes]) -> None:
    """Keep one partnership, and confirm the trainings that waited for it."""
    from entrypoints import bootstrap

    with answering({}):
        partnership = _partnership(read_document(file))
        with bootstrap.open_ports_without_trs(read_settings()) as ports:
            outcome = report_partnership(partnership, operator(), ports)
    if isinstance(outcome, Blocked):
        end_blocked(outcome)
    print_json({"outcome": "reported", "confirmed": outcome.confirmed})


def _partnership(document: object) -> Partnership:
    if not isinstance(document, Mapping):
        raise InvalidRequest(None, "$", "Give one JSON object")
    for key in document:
        if key not in {*TEXTS, "year"}:
            raise InvalidRequest(None, str(key), "Remove this key. It is not used")
    texts = {key: _text(document.get(key), key) for key in TEXTS}
    year = document.get("year")
    if not isinstance(year, int) or isinstance(year, bool) or not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidRequest(None, "year", "Give the first year of an academic year, like 2025")
    try:
        school = Urn.parse(texts["school"])
    except InvalidValue as error:
        raise InvalidRequest(error.rule, "school", error.message) from None
    lead_provider, delivery_partner = texts["lead_provider"], texts["delivery_partner"]
    return Partnership(school, lead_provider, delivery_partner, AcademicYear(year))


def _text(given: object, key: str) -> str:
    text = without_invisible(given.strip()) if isinstance(given, str) else ""
    if not text:
        raise InvalidRequest(None, key, f"Give the {key.replace('_', ' ')} as text")
    return text
