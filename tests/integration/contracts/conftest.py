"""One contract, three stores: the tests do not know which one they have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest

from integration.contracts.steps import Store, furnish
from integration.contracts.stores import STORES

Opening = Callable[..., AbstractContextManager[Store]]


@pytest.fixture(params=STORES)
def opening(request: pytest.FixtureRequest) -> Opening:
    """How to open a store of one kind."""
    return STORES[request.param]


@pytest.fixture
def empty_store(opening: Opening) -> Iterator[Store]:
    """A store that nobody has written to."""
    with opening() as store:
        yield store


@pytest.fixture
def store(empty_store: Store) -> Store:
    """A store with schools and what they choose from; nobody is registered."""
    furnish(empty_store)
    return empty_store
