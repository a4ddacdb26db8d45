"""The pages about the programming interface: for people, and for programs as OpenAPI."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from flask import Blueprint, Response, jsonify, render_template
from flask.typing import ResponseReturnValue

from ect_registration.domain.policy import LEAD_PROVIDER_REQUESTS, in_words
from ect_registration.use_cases.lead_providers.reading import LONGEST_PAGE, Page
from entrypoints.api.endpoints import BASE, Endpoint
from entrypoints.api.openapi import document
from entrypoints.web.platform.access import open_to_everybody


def set_up(blueprint: Blueprint, endpoints: Sequence[Endpoint]) -> None:
    """Adds both pages about these endpoints."""

    @blueprint.get("/api/openapi.json")
    @open_to_everybody
    def openapi() -> Response:
        """Describes every endpoint for programs."""
        return jsonify(document(endpoints, version("ect-registration-service")))

    @blueprint.get("/api")
    @open_to_everybody
    def about() -> ResponseReturnValue:
        """Describes every endpoint for people."""
        limit = LEAD_PROVIDER_REQUESTS.value
        return render_template(
            "api/about.html",
            base=BASE,
            endpoints=endpoints,
            limit=f"{limit.attempts:,} requests in {in_words(limit.window)}",
            page=Page(),
            longest=f"{LONGEST_PAGE:,}",
        )
