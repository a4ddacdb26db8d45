"""The suite that holds a store to its contract."""

import pkgutil

import pytest

for _module in pkgutil.iter_modules(__path__, f"{__name__}."):
    pytest.register_assert_rewrite(_module.name)  # so that a failure shows both sides
