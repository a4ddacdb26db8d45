"""What the tests of journeys and use cases stand on."""

from __future__ import annotations

import pytest

from unit.use_cases.service import Service
from unit.use_cases.town import town


@pytest.fixture
def service() -> Service:
    """The town, this year open, nobody registered."""
    return Service.of(town())


@pytest.fixture
def service_next_year() -> Service:
    """The town with the next year open too."""
    return Service.of(town(open_next_year=True))
