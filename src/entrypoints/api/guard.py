"""Lets requests with a token in, counts them, and answers errors in the contract's shapes."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, g, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from ect_registration.ports.errors import Contention, Unavailable
from ect_registration.use_cases.lead_providers.tokens import TooMany, admit
from entrypoints.api import answers
from entrypoints.api.bodies import NotReadable, WrongAttributes
from entrypoints.api.endpoints import BELOW
from entrypoints.api.parameters import BadParameter
from entrypoints.api.shapes import Trouble
from entrypoints.web.platform.access import Access, access_of, for_lead_providers
from entrypoints.web.platform.context import current_ports
from entrypoints.web.platform.outages import log_busy, log_outage
from entrypoints.web.platform.requests.requests_log import log_failure

LONGEST_SECRET = 200
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def set_up(blueprint: Blueprint) -> None:
    """Guards every endpoint of the blueprint."""
    blueprint.before_request(_let_in)
    blueprint.add_url_rule(
        f"{BELOW}<path:rest>",
        view_func=nothing_here,
        methods=METHODS,
        endpoint="nothing_here",
        provide_automatic_options=False,
    )
    blueprint.register_error_handler(BadParameter, _bad_parameter)
    blueprint.register_error_handler(NotReadable, _not_readable)
    blueprint.register_error_handler(WrongAttributes, _wrong_attributes)
    blueprint.register_error_handler(Unavailable, _unavailable)
    blueprint.register_error_handler(Contention, _busy)
    blueprint.register_error_handler(HTTPException, _other)
    blueprint.register_error_handler(Exception, _bug)


@for_lead_providers
def nothing_here(rest: str) -> ResponseReturnValue:
    """Answers at every address below /api that there is not, finance's included."""
    del rest
    return answers.not_found()


def _let_in() -> ResponseReturnValue | None:
    if access_of(current_app, request.endpoint or "") is not Access.LEAD_PROVIDERS:
        return None
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    secret = secret.strip()
    if scheme.lower() != "bearer" or not secret or len(secret) > LONGEST_SECRET:
        return answers.no_access()
    admitted = admit(secret, current_ports())
    if admitted is None:
        return answers.no_access()
    if isinstance(admitted, TooMany):
        return answers.too_many(admitted.seconds)
    g.admission = admitted
    return None


def _bad_parameter(error: BadParameter) -> Response:
    return answers.bad_request(error.name, error.detail)


def _not_readable(_: NotReadable) -> Response:
    return answers.bad_request(
        "Bad request", "Give JSON with data, its type partnership, and its attributes"
    )


def _wrong_attributes(error: WrongAttributes) -> Response:
    return answers.troubles(422, *error.wrong)


def _unavailable(error: Unavailable) -> Response:
    log_outage(error)
    return answers.not_finished()


def _busy(error: Contention) -> Response:
    log_busy(error)
    return answers.not_finished()


def _other(error: HTTPException) -> Response:
    return answers.troubles(error.code or 500, Trouble(error.name, "The request was not answered"))


def _bug(error: Exception) -> Response:
    log_failure(error)
    return answers.troubles(500, Trouble("Problem", "There is a problem with the service"))
