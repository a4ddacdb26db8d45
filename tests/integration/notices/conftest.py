"""GOV.UK Notify on this machine, and a service with somebody to tell."""

from __future__ import annotations

import pytest

from integration.cli.conftest import settings, town  # noqa: F401 - fixtures
from integration.notices.notify_server import fake_notify


@pytest.fixture
def notify():
    """A fake of its own for each test."""
    with fake_notify() as running:
        yield running
