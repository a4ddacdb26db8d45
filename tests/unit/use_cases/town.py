"""A small town: schools of every kind, what they choose from, and whom TRS knows."""

from __future__ import annotations

from datetime import date

from builders import (
    DELIVERY_PARTNER,
    HUB,
    LEAD_PROVIDER,
    MENTOR_TRN,
    THIS_YEAR,
    a_school,
    a_trs_person,
    an_appropriate_body,
)
from ect_registration.domain.school import (
    AppropriateBody,
    BodyKind,
    DeliveryPartner,
    LeadProvider,
    Pairing,
    SchoolStatus,
    SchoolType,
)
from ect_registration.domain.values import NationalInsuranceNumber, Trn, Urn
from ect_registration.domain.world import OpenYear, TrsPerson, World

LAST_YEAR, NEXT_YEAR = THIS_YEAR.plus(-1), THIS_YEAR.plus(1)

OTHER_SCHOOL = Urn("100002")
INDEPENDENT = Urn("100003")
UNFUNDED = Urn("100004")
CLOSED = Urn("100005")
WELSH = Urn("100006")
TO_OPEN = Urn("100007")
UNKNOWN_SCHOOL = Urn("199999")

CLOSING_HUB = "Beta Teaching School Hub"
CLOSING_ON = date(2025, 10, 31)
ISTIP = "Independent Schools Teacher Induction Panel (ISTIP)"
COUNCIL = "Merrowshire County Council"

THIS_YEAR_ONLY = "Meridian Teaching Partners"
NO_LONGER = "Quarry Hill Teaching"
OTHER_PARTNER = "Causeway Training"
UNHEARD_OF = "Nobody We Know"

BORN_ON = date(1999, 1, 31)
ANOTHER_DAY = date(1998, 1, 31)
NUMBER = NationalInsuranceNumber("AB123456C")
ANOTHER_NUMBER = NationalInsuranceNumber("CE654321A")

BRAM = Trn("1000002")
PASSED, FAILED, FAILED_IN_WALES, EXEMPT = (Trn(f"100001{n}") for n in range(1, 5))
PROHIBITED, UNKNOWN_STATUS, DEACTIVATED, WITHOUT_QTS = (Trn(f"100002{n}") for n in range(1, 5))
OLD_TRN, RETAINED_TRN = Trn("1000031"), Trn("1000032")
NOBODY = Trn("9999999")


def person(trn: Trn, first: str, last: str, **changes: object) -> TrsPerson:
    """Everybody here was born on one day."""
    return a_trs_person(trn=trn, first_name=first, last_name=last, **changes)


PEOPLE = (
    a_trs_person(),
    person(BRAM, "Bram", "Okafor"),
    person(PASSED, "Pia", "Passmore", induction_status="Passed"),
    person(FAILED, "Finn", "Fairley", induction_status="Failed"),
    person(FAILED_IN_WALES, "Gwen", "Pryce", induction_status="FailedInWales"),
    person(EXEMPT, "Esme", "Exley", induction_status="Exempt"),
    person(PROHIBITED, "Per", "Holt", alert_categories=("Prohibition from teaching",)),
    person(UNKNOWN_STATUS, "Una", "Newell", induction_status="Deferred"),
    person(DEACTIVATED, "Dee", "Acton", state="deactivated"),
    person(WITHOUT_QTS, "Noor", "Quill", induction_status="None", qts_from=None),
    person(OLD_TRN, "Olga", "Former", state="merged", merged_into=RETAINED_TRN),
    person(RETAINED_TRN, "Olga", "Latter"),
    person(MENTOR_TRN, "Joan", "Thackeray", induction_status="Passed"),
)

SCHOOLS = (
    a_school(),
    a_school(urn=OTHER_SCHOOL, name="Fenwick Academy"),
    a_school(urn=INDEPENDENT, name="Cedar House", type=SchoolType.INDEPENDENT, section_41=True),
    a_school(urn=UNFUNDED, name="Dunmore College", type=SchoolType.INDEPENDENT),
    a_school(urn=CLOSED, name="Elmfield School", status=SchoolStatus.CLOSED),
    a_school(urn=WELSH, name="Ysgol Glan yr Afon", in_england=False),
    a_school(
        urn=TO_OPEN,
        name="New Meadows School",
        status=SchoolStatus.PROPOSED_TO_OPEN,
        opened_on=date(2026, 9, 1),
    ),
)

BODIES = (
    an_appropriate_body(),
    an_appropriate_body(name=CLOSING_HUB, active_until=CLOSING_ON),
    AppropriateBody(ISTIP, BodyKind.NATIONAL),
    AppropriateBody(COUNCIL, BodyKind.LOCAL_AUTHORITY),
)

LEAD_PROVIDERS = (
    LeadProvider(LEAD_PROVIDER, frozenset({LAST_YEAR, THIS_YEAR, NEXT_YEAR})),
    LeadProvider(THIS_YEAR_ONLY, frozenset({THIS_YEAR})),
    LeadProvider(NO_LONGER, frozenset({LAST_YEAR})),
)

DELIVERY_PARTNERS = (
    DeliveryPartner(
        DELIVERY_PARTNER,
        frozenset(
            {
                Pairing(LEAD_PROVIDER, DELIVERY_PARTNER, LAST_YEAR),
                Pairing(LEAD_PROVIDER, DELIVERY_PARTNER, THIS_YEAR),
            }
        ),
    ),
    DeliveryPartner(
        OTHER_PARTNER,
        frozenset(
            {
                Pairing(LEAD_PROVIDER, OTHER_PARTNER, LAST_YEAR),
                Pairing(THIS_YEAR_ONLY, OTHER_PARTNER, THIS_YEAR),
            }
        ),
    ),
)


def town(*, open_next_year: bool = False) -> World:
    """This year is open, the next one if wanted; nobody is registered yet."""
    return World(
        academic_years=(OpenYear(THIS_YEAR, True), OpenYear(NEXT_YEAR, open_next_year)),
        schools=SCHOOLS,
        appropriate_bodies=BODIES,
        lead_providers=LEAD_PROVIDERS,
        delivery_partners=DELIVERY_PARTNERS,
        trs_people=PEOPLE,
    )


def the_document(**changes: object) -> dict[str, object]:
    """A registration of Asha at Larkfield, right as it stands."""
    document: dict[str, object] = {
        "school": "100001",
        "trn": "1000001",
        "date_of_birth": "1999-01-31",
        "national_insurance_number": None,
        "corrected_name": None,
        "email": "asha.marlowe@example.org",
        "start_date": "2025-09-01",
        "working_pattern": "full_time",
        "reuse_previous_choices": False,
        "appropriate_body": HUB,
        "programme": "provider_led",
        "lead_provider": LEAD_PROVIDER,
    }
    return document | changes
