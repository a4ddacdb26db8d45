"""What each migration must say of itself, so that servers in use can be upgraded.

docs/upgrading.md explains it;
``tests/integration/sql/upgrading/test_later_revisions.py`` tries it.
"""

from __future__ import annotations

import pytest
from alembic.script import ScriptDirectory

from adapters.sql.connection.revisions import FIRST_THAT_SAYS
from adapters.sql.connection.schema import MIGRATIONS, REVISIONS

SCRIPTS = ScriptDirectory(str(MIGRATIONS))
LATER = [number for number in REVISIONS if number >= FIRST_THAT_SAYS]


@pytest.mark.parametrize("number", LATER)
def test_a_migration_says_which_programs_work_with_it(number):
    """`expands = True`, or the oldest revision whose programs work: `oldest_program = "0016"`."""
    module = SCRIPTS.get_revision(number).module
    oldest = getattr(module, "oldest_program", None)

    assert (getattr(module, "expands", None) is True) != (oldest in REVISIONS)


@pytest.mark.parametrize("number", LATER)
def test_a_migration_can_be_taken_back_and_says_what_that_loses(number):
    """`downgrade()`, and `loses = None` or words such as `loses = "why trainings ended"`."""
    module = SCRIPTS.get_revision(number).module

    assert callable(getattr(module, "downgrade", None))
    assert module.loses is None or module.loses.strip(" .") == module.loses != ""


@pytest.mark.parametrize("number", LATER)
def test_a_migration_that_needs_a_window_says_why(number):
    """`window = "an exclusion constraint is built"`, or nothing of the kind."""
    window = getattr(SCRIPTS.get_revision(number).module, "window", "a reason")

    assert window.strip(" .") == window != ""
