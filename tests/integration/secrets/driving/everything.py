"""Every drive, in the order in which the stage is driven: the terminal meets whom pages left."""

from __future__ import annotations

from integration.secrets import processes
from integration.secrets.driving import (
    at_the_door,
    at_the_terminal,
    changes_at_the_terminal,
    changes_on_pages,
    files_on_pages,
    in_trouble,
    mentors_at_the_terminal,
    mentors_on_pages,
    on_pages,
    without_trs,
)
from integration.secrets.driving.drives import DRIVES
from integration.secrets.stage import Stage

MODULES = (
    on_pages,
    mentors_on_pages,
    changes_on_pages,
    files_on_pages,
    at_the_door,
    in_trouble,
    without_trs,
    at_the_terminal,
    mentors_at_the_terminal,
    changes_at_the_terminal,
    processes,
)
LATER = {"hours": 3}  # one drive's wrong facts are not counted against the next
EVERY_DRIVE = [
    drive for module in MODULES for drive in DRIVES if drive.__module__ == module.__name__
]


def drive_everything(stage: Stage) -> Stage:
    """All that anybody can do, one after the other."""
    for drive in EVERY_DRIVE:
        stage.clock.wait(**LATER)
        drive(stage)
    return stage
