"""The blueprint for lead providers: its endpoints, their guard, and the pages about them."""

from __future__ import annotations

from entrypoints.api import documentation, guard
from entrypoints.api.views import blueprint, endpoints

__all__ = ["blueprint"]

guard.set_up(blueprint)
documentation.set_up(blueprint, endpoints.declared)
