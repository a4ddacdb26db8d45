"""Holds TRS's reference data, as far as a record shows it."""

from __future__ import annotations

from uuid import NAMESPACE_OID, uuid5

import attrs


@attrs.frozen
class AlertCategory:
    """Describes a category, and a type of it that the API shows; some have none."""

    id: str
    name: str
    type_id: str | None = None
    type_name: str = ""


_CATEGORIES = (
    AlertCategory("ee78d44d-abf8-44a9-b22b-87a821f8d3c9", "EEA Decision"),
    AlertCategory(
        "0ae0707b-1503-477d-bc0f-1505ed95dbdf",
        "Failed induction",
        "9fafaa80-f9f8-44a0-b7b3-cffedcbe0298",
        "Failed induction",
    ),
    AlertCategory("768c9eb4-355b-4491-bb20-67eb59a97579", "Flag"),
    AlertCategory(
        "06d98708-b52d-496a-aaa7-c1d7d2ca8b24",
        "GTC Decision",
        "1ebd1620-293d-4169-ba78-0b41a6413ad9",
        "Conditional Registration Order - serious professional incompetence",
    ),
    AlertCategory(
        "70b7d473-2ec8-4643-bfd4-d4ab9a9a0988",
        "GTC Prohibition from teaching",
        "c02bdc3a-7a19-4034-aa23-3a23c54e1d34",
        "Prohibition Order - serious professional incompetence - Ineligible to reapply",
    ),
    AlertCategory(
        "790410c1-b884-4cdd-8db9-64a042ab54ae",
        "GTC Restriction",
        "50508749-7a6b-4175-8538-9a1e55692efd",
        "Suspension order - serious professional incompetence - with conditions",
    ),
    AlertCategory(
        "b2b19019-b165-47a3-8745-3297ff152581",
        "Prohibition from teaching",
        "ed0cd700-3fb2-4db0-9403-ba57126090ed",
        "Prohibition by the Secretary of State - misconduct",
    ),
    AlertCategory("e8a9ee91-bf7f-4f70-bc66-a644d522384e", "Restricted/DBS"),
    AlertCategory("cbf7633f-3904-407d-8371-42a473fa641f", "Restriction"),
    AlertCategory(
        "38df5a00-94ab-486f-8905-d5b2eac04000",
        "Section 128 (SoS)",
        "241eeb78-fac7-4c77-8059-c12e93dc2fae",
        "Section 128 barring direction",
    ),
    AlertCategory("e4057fc2-a010-42a9-8cb2-7dcc5c9b5fa7", "SoS Restriction"),
    AlertCategory(
        "227b75e5-bb98-496c-8860-1baea37aa5c6",
        "TRA Decision (SoS)",
        "7924fe90-483c-49f8-84fc-674feddba848",
        "Secretary of State decision - no prohibition",
    ),
)

_BY_NAME = {category.name: category for category in _CATEGORIES}

QTS_ROUTE = {
    "routeToProfessionalStatusTypeId": "97497716-5ac5-49aa-a444-27fa3e2c152a",
    "name": "Provider led Postgrad",
    "professionalStatusType": "QualifiedTeacherStatus",
}

EYTS_ROUTE = {
    "routeToProfessionalStatusTypeId": "dbc4125b-9235-41e4-abd2-baabbf63f829",
    "name": "Early Years ITT Graduate Entry",
    "professionalStatusType": "EarlyYearsTeacherStatus",
}


def alert_category(name: str) -> AlertCategory:
    """Returns the category of this name; a name that TRS lacks gets an id of its own."""
    known = _BY_NAME.get(name)
    return known or AlertCategory(made_up_id(name), name, made_up_id(f"{name} type"), name)


def made_up_id(name: str) -> str:
    """Returns a made-up id, which is always the same for the same name."""
    return str(uuid5(NAMESPACE_OID, f"trs-simulator/{name}"))
