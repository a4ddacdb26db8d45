"""Eight processes confirm one file at once: its row is registered once, undone since or not."""

from __future__ import annotations

import attrs

from contests import (
    BORN_ON,
    CONTESTANTS,
    HUB,
    PROVIDER,
    SCHOOLS,
    contest_ports,
    reference_data,
    ring,
)
from ect_registration.use_cases.bulk.on_a_page import foresee, register_as_shown
from ect_registration.use_cases.bulk.rows import FileRow, ShownRow
from ect_registration.use_cases.changing.undo.undoing import undo_ect
from ect_registration.use_cases.operating.load_world import load_world
from ect_registration.use_cases.transactions import Actor, Ports

WHO = Actor("user-1", SCHOOLS[0])
TRN = "0000001"
ROW = FileRow(
    2,
    str(SCHOOLS[0]),
    TRN,
    {
        "school": str(SCHOOLS[0]),
        "trn": TRN,
        "date_of_birth": BORN_ON.isoformat(),
        "email": "ada@example.org",
        "start_date": "2025-09-01",
        "working_pattern": "full_time",
        "appropriate_body": HUB,
        "programme": "provider_led",
        "lead_provider": PROVIDER,
    },
)


@attrs.frozen
class Press:
    """The button below the row that was shown."""

    shown: ShownRow

    def __call__(self, ports: Ports) -> str:
        """What became of the row."""
        [result] = register_as_shown([self.shown], WHO, ports)
        return result.word


def test_a_confirmation_makes_one_record_whatever_became_of_it(database: str) -> None:
    """Eight tabs at eight servers, before and after the registration is undone."""
    ports = contest_ports(database, CONTESTANTS)
    load_world(reference_data(), "loader", ports)
    [foreseen] = foresee([ROW], WHO, ports)
    assert foreseen.shown is not None
    with ring(database, CONTESTANTS) as contestants:
        first = contestants.hold([Press(foreseen.shown)] * CONTESTANTS)
        undo_ect(foreseen.shown.id, WHO, ports)
        again = contestants.hold([Press(foreseen.shown)] * CONTESTANTS)
    with ports.reading() as uow:
        [record] = uow.ects.at_school(SCHOOLS[0], withdrawn=True)

    assert sorted(first) == ["done_before"] * 7 + ["registered"]
    assert list(again) == ["done_before"] * 8
    assert record.withdrawn
