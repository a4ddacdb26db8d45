"""Ways through registering several ECTs from a file."""

from __future__ import annotations

from playwright.sync_api import FilePayload

from ect_registration.testing.memory.teacher_records import MemoryTeacherRecords
from integration.browser.served import Later, Served
from integration.browser.visits import Visit

HEADER = (
    "trn,date_of_birth,email,start_date,working_pattern,appropriate_body,programme,lead_provider"
)
CHOICES = "full_time,Amber Moor Teaching School Hub,provider_led,Ambition Institute"
AMARA = f"3000101,05/11/2002,amara@beaconhill.example.org,2025-09-03,{CHOICES}"
MEILING = f"3000108,2002-05-17,meiling@beaconhill.example.org,2025-09-03,{CHOICES}"
REGISTERED = f"3000104,1999-12-31,again@beaconhill.example.org,2025-09-03,{CHOICES}"
NOT_AN_ADDRESS = f"3000106,2001-06-21,no-address,2025-09-03,{CHOICES}"


def from_a_file(visit: Visit, served: Served) -> None:
    """Rows that are right and wrong, none that is right, and one that is not found by then."""
    visit.sign_in("duncan")
    visit.see("/school/bulk")
    visit.sign_in("owen")
    visit.see("/school/bulk")
    _upload(visit, REGISTERED, NOT_AN_ADDRESS)
    visit.go("/school/bulk")
    _upload(visit, AMARA, REGISTERED)
    visit.press("Save ECT details")
    visit.go("/school/bulk")
    _upload(visit, AMARA, MEILING)
    later = Later(served.ports.clock, 1)
    with served.but(clock=later, teacher_records=MemoryTeacherRecords(())):
        visit.press("Save ECT details")


def _upload(visit: Visit, *rows: str) -> None:
    text = "\r\n".join([HEADER, *rows]).encode()
    file = FilePayload(name="ects.csv", mimeType="text/csv", buffer=text)
    visit.page.locator("#file").set_input_files(file)
    visit.press()
