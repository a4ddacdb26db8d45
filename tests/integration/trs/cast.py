"""One person for each thing that can be found in TRS."""

from __future__ import annotations

from datetime import date

from ect_registration.domain.values import Trn
from integration.trs.support import ANOTHER_DAY, ANOTHER_NUMBER, NUMBER, a_person
from trs_simulator.people import More, MoreAlert, PreviousName

MAYA = a_person()
NO_QTS = a_person(trn=Trn("3000011"), qts_from=None, induction_status="None")
IN_PROGRESS = a_person(trn=Trn("3000012"), induction_status="InProgress")
PASSED = a_person(trn=Trn("3000013"), induction_status="Passed")
FAILED = a_person(
    trn=Trn("3000014"), induction_status="Failed", alert_categories=("Failed induction",)
)
FAILED_IN_WALES = a_person(trn=Trn("3000015"), induction_status="FailedInWales")
EXEMPT = a_person(trn=Trn("3000016"), induction_status="Exempt")
EXEMPT_WITHOUT_REASON = a_person(trn=Trn("3000017"), induction_status="Exempt")
EARLY_YEARS = a_person(trn=Trn("3000018"), qts_from=None, induction_status="None")
PROHIBITED = a_person(trn=Trn("3000021"), alert_categories=("Prohibition from teaching",))
NO_LONGER_PROHIBITED = a_person(trn=Trn("3000022"))
PROHIBITED_FOR_A_WHILE = a_person(trn=Trn("3000023"))
PROHIBITED_UNTIL_WHEN = a_person(trn=Trn("3000024"))
SANCTIONED = a_person(trn=Trn("3000025"), alert_categories=("TRA Decision (SoS)",))
MANY_NAMES = a_person(
    trn=Trn("3000031"), first_name="Zoë", middle_name="Anna Maria", last_name="D’Souza-Žižka"
)
EMPLOYED = a_person(trn=Trn("3000032"), national_insurance_number=ANOTHER_NUMBER)
NUMBERLESS = a_person(trn=Trn("3000033"), national_insurance_number=None)
UNKNOWN_STATUS = a_person(trn=Trn("3000034"), induction_status="Postponed")
UNDATED = a_person(trn=Trn("3000035"), date_of_birth=None)
MERGED = a_person(
    trn=Trn("3000041"), state="merged", merged_into=MAYA.trn, date_of_birth=ANOTHER_DAY
)
MERGED_TWICE = a_person(trn=Trn("3000042"), state="merged", merged_into=MERGED.trn)
DEACTIVATED = a_person(trn=Trn("3000043"), state="deactivated")
MERGED_INTO_DEACTIVATED = a_person(trn=Trn("3000044"), state="merged", merged_into=DEACTIVATED.trn)

EVERYBODY = (
    MAYA,
    NO_QTS,
    IN_PROGRESS,
    PASSED,
    FAILED,
    FAILED_IN_WALES,
    EXEMPT,
    EXEMPT_WITHOUT_REASON,
    EARLY_YEARS,
    PROHIBITED,
    NO_LONGER_PROHIBITED,
    PROHIBITED_FOR_A_WHILE,
    PROHIBITED_UNTIL_WHEN,
    SANCTIONED,
    MANY_NAMES,
    EMPLOYED,
    NUMBERLESS,
    UNKNOWN_STATUS,
    UNDATED,
    MERGED,
    MERGED_TWICE,
    DEACTIVATED,
    MERGED_INTO_DEACTIVATED,
)

# On record and as the contract has it.
AGREED = tuple(
    person
    for person in EVERYBODY
    if person.state == "active" and person not in {UNKNOWN_STATUS, UNDATED, PROHIBITED_UNTIL_WHEN}
)


def _prohibited_until(end: str) -> More:
    return More(alerts=(MoreAlert("Prohibition from teaching", date(2023, 1, 9), end),))


MORE_OF_THEM = {
    PASSED.trn: More(
        induction_started_on=date(2019, 9, 2), induction_completed_on=date(2021, 7, 16)
    ),
    EXEMPT.trn: More(exemption_reasons=("Qualified before 7 May 1999",)),
    EARLY_YEARS.trn: More(eyts_from=date(2022, 7, 20)),
    NO_LONGER_PROHIBITED.trn: _prohibited_until("2025-09-10"),  # today: it has ended
    PROHIBITED_FOR_A_WHILE.trn: _prohibited_until("2025-09-11"),
    PROHIBITED_UNTIL_WHEN.trn: _prohibited_until("10 September 2025"),
    MANY_NAMES.trn: More(
        previous_names=(PreviousName("Zoë", "", "Žižka"), PreviousName("Zoe", "Anna", "D’Souza")),
        email="zoe@example.org",
        mandatory_qualifications=(("Hearing", date(2022, 6, 30)),),
    ),
    EMPLOYED.trn: More(employment_numbers=(NUMBER,)),
}
