"""A DfE Sign-in of the tests' own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from adapters.dfe_sign_in.client import DfeSignIn
from integration.signin.providing import Provider, provider_program


@pytest.fixture(scope="session")
def running() -> Iterator[Provider]:
    """One for each worker."""
    with provider_program() as provider:
        yield provider


@pytest.fixture
def provider(running: Provider) -> Provider:
    """As it is on a good day."""
    running.does(down="", wait=0)
    return running


@pytest.fixture
def sign_in(provider: Provider) -> Iterator[DfeSignIn]:
    """Our side."""
    with DfeSignIn(provider.settings()) as sign_in:
        yield sign_in
