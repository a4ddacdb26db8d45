"""The files of an operators' year: what GIAS, lead providers, a trust and TRS say.

Everybody is invented. Six schools of one town, of which four close in August.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from integration.cli.gias_files import HEADER, LINKS, closed, school, table

Row = Mapping[str, object]

LARKFIELD, MILLBROOK, NORTHGATE, SOUTHGATE, WESTBROOK, EASTBROOK = (
    str(urn) for urn in range(150001, 150007)
)
NEW_NORTHGATE, EAST_INFANT, EAST_JUNIOR = "150007", "150008", "150009"
HUB = "Amber Moor Teaching School Hub"
TEACH, AMBITION = "Teach First", "Ambition Institute"
LANTERN, FERNHILL = "Lantern Alliance", "Fernhill Partnership"

# People of the schools before: one ECT and one mentor at each, by school.
ECTS = {urn: f"80000{number:02}" for number, urn in enumerate(range(150001, 150007), 1)}
MENTORS = {urn: f"80000{number:02}" for number, urn in enumerate(range(150001, 150007), 51)}
IMOGEN, LEAVES, MISTAKEN = "8000101", "8000102", "8000103"
RENAMED, PASSES, MERGED, RETAINED = "8000104", "8000105", "8000106", "8000999"
TRUST = [str(trn) for trn in range(8000101, 8000601)]  # 500 ECTs of September
BY_ROW = {"150001": 100, "150002": 100, "150007": 100, "150009": 200}
WRONG_BIRTHDAY, WRONG_EMAIL, UNKNOWN_BODY = "8000110", "8000120", "8000130"
HAS_PASSED = "8000140"


def born(trn: str) -> date:
    """On a day of their own."""
    return date(1990, 1, 1) + timedelta(days=int(trn) % 3000)


def csv_text(rows: Iterable[Row]) -> str:
    """A file with the names of the columns first."""
    rows = list(rows)
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def write(folder: Path, **files: str) -> None:
    """Files by their names, with _ for -."""
    for name, text in files.items():
        (folder / f"{name.replace('_', '-')}.csv").write_text(text, encoding="utf-8")


def gias(
    folder: Path, extract: str, rows: Sequence[Row], links: Sequence[tuple[str, ...]]
) -> None:
    """The two files of a day, as they are published."""
    prefix = "" if extract == "extract" else f"{extract}-"
    (folder / f"{extract}.csv").write_bytes(table(HEADER, rows))
    linked = (dict(zip(LINKS, link, strict=True)) for link in links)
    (folder / f"{prefix}links.csv").write_bytes(table(LINKS, linked))


def named(urn: str, name: str, **changes: str) -> Row:
    """A school with a name."""
    return {**school(urn, **changes), "EstablishmentName": name}


NAMES = {
    LARKFIELD: "Larkfield School",
    MILLBROOK: "Millbrook School",
    NORTHGATE: "Northgate School",
    SOUTHGATE: "Southgate School",
    WESTBROOK: "Westbrook School",
    EASTBROOK: "Eastbrook School",
}


def of_june(folder: Path) -> None:
    """Everything that is there before the first year."""
    gias(folder, "extract", [named(urn, name) for urn, name in NAMES.items()], [])
    works = [(TEACH, LANTERN), (AMBITION, FERNHILL)]
    write(
        folder,
        appropriate_bodies=csv_text(
            [{"name": HUB, "kind": "teaching_school_hub", "active_from": "2020-09-01"}]
        ),
        lead_providers=csv_text([{"name": TEACH}, {"name": AMBITION}]),
        delivery_partners=csv_text([{"name": LANTERN}, {"name": FERNHILL}]),
        academic_years=csv_text([{"year": 2025, "open_for_registration": "true"}]),
        lead_provider_years=csv_text(
            {"lead_provider": each, "year": 2025, "active": "true"} for each in (TEACH, AMBITION)
        ),
        pairings=csv_text(
            {"lead_provider": lead, "delivery_partner": partner, "year": 2025, "active": "true"}
            for lead, partner in works
        ),
        partnerships=csv_text(
            {
                "school": urn,
                "lead_provider": TEACH,
                "year": 2025,
                "delivery_partner": LANTERN,
                "active": "true",
            }
            for urn in NAMES
        ),
        mentors=csv_text(
            {
                "school": urn,
                "trn": trn,
                "email": _mentors_email(str(urn), trn),
                "started_on": "2024-09-02",
            }
            for urn, trn in MENTORS.items()
        ),
        ects=csv_text(
            {
                "school": urn,
                "trn": trn,
                "email": f"{trn}@before.example.org",
                "started_on": "2025-09-01",
                "registered_on": "2025-07-01",
                "working_pattern": "full_time",
                "appropriate_body": HUB,
                "programme": "provider_led",
                "lead_provider": TEACH,
            }
            for urn, trn in ECTS.items()
        ),
        mentorships=csv_text(
            {"school": urn, "ect_trn": trn, "mentor_trn": MENTORS[urn], "started_on": "2025-09-01"}
            for urn, trn in ECTS.items()
        ),
    )
    teachers(folder)


def of_september(folder: Path) -> None:
    """Four schools have closed: one is replaced, one merged, one gone, one became two."""
    rows = [
        named(LARKFIELD, "Larkfield School"),
        named(MILLBROOK, "Millbrook Academy"),
        *(closed(urn, "31-08-2026") for urn in (NORTHGATE, SOUTHGATE, WESTBROOK, EASTBROOK)),
        named(NEW_NORTHGATE, "Northgate Academy"),
        named(EAST_INFANT, "Eastbrook Infant School"),
        named(EAST_JUNIOR, "Eastbrook Junior School"),
    ]
    links = [
        (NORTHGATE, NEW_NORTHGATE, "", "Successor", "01-09-2026"),
        (SOUTHGATE, LARKFIELD, "", "Successor - merged", "01-09-2026"),
        (EASTBROOK, EAST_INFANT, "", "Successor - Split School", "01-09-2026"),
        (EASTBROOK, EAST_JUNIOR, "", "Successor - Split School", "01-09-2026"),
    ]
    gias(folder, "september", rows, links)


def of_the_trust(folder: Path) -> None:
    """500 ECTs of four schools: three rows have mistakes, and one person has passed."""
    rows = [row | MISTAKES.get(str(row["trn"]), {}) for row in _trust_rows()]
    write(folder, trust=csv_text(rows))


def of_the_trust_mended(folder: Path) -> None:
    """The same without the mistakes."""
    write(folder, trust_mended=csv_text(_trust_rows()))


def _trust_rows() -> list[dict[str, object]]:
    schools = [urn for urn, number in BY_ROW.items() for _ in range(number)]
    return [_trust_row(trn, urn) for trn, urn in zip(TRUST, schools, strict=True)]


MISTAKES: Mapping[str, Row] = {
    WRONG_BIRTHDAY: {"date_of_birth": "1989-01-01"},
    WRONG_EMAIL: {"email": "somebody at example"},
    UNKNOWN_BODY: {"appropriate_body": "Umber Moor Hub"},
}


def teachers(folder: Path, **changed: Mapping[str, Any]) -> None:
    """Everybody in TRS; with what has changed for some, by TRN after an underscore."""
    everybody = [*ECTS.values(), *MENTORS.values(), *TRUST, RETAINED]
    people = [_teacher(trn) | changed.get(f"_{trn}", {}) for trn in everybody]
    (folder / "trs.json").write_text(json.dumps({"trs_people": people}), encoding="utf-8")


def of_november(folder: Path) -> None:
    """TRS has renamed somebody, closed an induction, and merged two records."""
    teachers(
        folder,
        **{
            f"_{RENAMED}": {"last_name": "Newname"},
            f"_{PASSES}": {
                "induction_status": "Passed",
                "induction_started_on": "2024-09-02",
                "induction_completed_on": "2026-10-30",
            },
            f"_{MERGED}": {"state": "merged", "merged_into": RETAINED},
        },
    )


def _teacher(trn: str) -> dict[str, Any]:
    first, last = NAMED.get(trn, (f"Robin{_letters(trn)}", "Example"))
    status = "Passed" if trn in {*MENTORS.values(), HAS_PASSED} else "InProgress"
    return {
        "trn": trn,
        "date_of_birth": born(MERGED if trn == RETAINED else trn).isoformat(),
        "first_name": first,
        "last_name": last,
        "induction_status": status,
        "qts_from": "2024-07-05",
    }


NAMED = {
    IMOGEN: ("Imogen", "Ashby"),
    MENTORS[int(LARKFIELD)]: ("Noor", "Siddiqui"),
    RENAMED: ("Tobias", "Oldname"),
}


def _mentors_email(urn: str, trn: str) -> str:
    return (
        "noor.siddiqui@larkfield.example.org" if urn == LARKFIELD else f"{trn}@before.example.org"
    )


def _trust_row(trn: str, urn: str) -> dict[str, object]:
    address = "imogen.ashby@larkfield.example.org" if trn == IMOGEN else f"{trn}@trust.example.org"
    return {
        "school": urn,
        "trn": trn,
        "date_of_birth": born(trn).isoformat(),
        "email": address,
        "start_date": "2026-09-01",
        "working_pattern": "full_time",
        "appropriate_body": HUB,
        "programme": "provider_led",
        "lead_provider": TEACH,
    }


def _letters(trn: str) -> str:
    """A name of letters only."""
    return "".join("abcdefghij"[int(digit)] for digit in trn[-3:])
