"""Files as Get Information About Schools publishes them, with schools that nobody knows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

Row = Mapping[str, object]

HEADER = (
    "URN", "LA (code)", "LA (name)", "EstablishmentName", "TypeOfEstablishment (name)",
    "EstablishmentStatus (name)", "OpenDate", "CloseDate", "PhaseOfEducation (name)", "UKPRN",
    "HeadLastName", "Section41Approved (name)", "GSSLACode (name)", "GOR (name)",
)  # fmt: skip
LINKS = ("URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate")


def school(urn: str, **changes: str) -> dict[str, str]:
    """A row as it is published."""
    row = dict.fromkeys(HEADER, "")
    row |= {
        "URN": urn,
        "LA (code)": "201",
        "LA (name)": "City of Amberton",
        "EstablishmentName": f"St Éloi’s {urn}",
        "TypeOfEstablishment (name)": "Community school",
        "EstablishmentStatus (name)": "Open",
        "OpenDate": "01-09-1998",
        "HeadLastName": "Secretive",
        "Section41Approved (name)": "Not applicable",
        "GSSLACode (name)": "E09000001",
        "GOR (name)": "London",
    }
    names = {"status": "EstablishmentStatus (name)", "type": "TypeOfEstablishment (name)"}
    return row | {names.get(name, name): value for name, value in changes.items()}


def closed(urn: str, on: str = "31-08-2025") -> dict[str, str]:
    """A school that has closed."""
    return school(urn, status="Closed", CloseDate=on)


def table(header: Sequence[str], rows: Iterable[Row], encoding: str = "cp1252") -> bytes:
    """A file, all cells quoted."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, header, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)
