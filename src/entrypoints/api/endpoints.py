"""How endpoints are declared: the declaration makes the route, and the OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import attrs
from flask import Blueprint
from flask.typing import ResponseReturnValue

from entrypoints.api.parameters import Filter
from entrypoints.web.platform.access import for_lead_providers

BELOW = "/api/"
BASE = f"{BELOW}v3"
Shape = type[attrs.AttrsInstance]
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


@attrs.frozen(kw_only=True)
class Endpoint:
    """One method at one address, what may be asked there, and the shape of the answer."""

    method: str = "GET"
    path: str
    kind: str  # of the records in the answer
    shape: Shape  # of their attributes
    many: bool = False
    filters: tuple[Filter, ...] = ()
    body: Shape | None = None
    says: str = ""

    @property
    def rule(self) -> str:
        """Returns the address for Flask."""
        return BASE + self.path.replace("{id}", "<id>")


@attrs.frozen
class Endpoints:
    """The endpoints of a blueprint, in the order in which they are declared."""

    blueprint: Blueprint
    declared: list[Endpoint] = attrs.Factory(list)

    def add(self, endpoint: Endpoint) -> Callable[[View], View]:
        """Declares what a view answers. Its docstring says what for."""

        def declare(view: View) -> View:
            says = (view.__doc__ or "").strip().splitlines()[0]
            self.declared.append(attrs.evolve(endpoint, says=says))
            for_lead_providers(view)
            self.blueprint.add_url_rule(
                endpoint.rule,
                view_func=view,
                methods=[endpoint.method],
                endpoint=view.__name__,
                provide_automatic_options=False,
            )
            return view

        return declare
