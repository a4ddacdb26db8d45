"""DfE Sign-in for tests, as a program of its own: OpenID provider and API in one.

``python provider.py`` prints its address. ``POST /control`` sets what it does from then on.
It checks what the provider that it is made from does not: the PKCE challenge, codes used once,
client secrets, the token of the API, and where people may be sent.
"""

from __future__ import annotations

import base64
import hashlib
import time
from typing import Any

import oidc_provider_mock
from flask import Flask, abort, jsonify, request
from joserfc import jwt
from joserfc.jwk import OctKey
from werkzeug.serving import make_server

CLIENT, SECRET, API_SECRET, SERVICE = "ect-client", "client-secret", "x" * 40, "service-1"
ROLE = "registerECTsAccess"
ORGANISATIONS = {
    "larkfield": {"id": "org-1", "name": "Larkfield School", "urn": "100001"},
    "fenwick": {"id": "org-2", "name": "Fenwick Academy", "urn": "100002"},
    "council": {"id": "org-3", "name": "Northmoor Council", "urn": None},
}
# user -> the organisation chosen, all organisations, those with the role
PEOPLE: dict[str, tuple[str | None, list[str], list[str]]] = {
    "hannah": ("larkfield", ["larkfield"], ["larkfield"]),
    "two-schools": ("fenwick", ["larkfield", "fenwick"], ["larkfield", "fenwick"]),
    "no-role": ("larkfield", ["larkfield"], []),
    "council-officer": ("council", ["council"], ["council"]),
    "no-organisation": (None, [], []),
}


def provider() -> Flask:
    """Everything in one application."""
    users = [
        oidc_provider_mock.User(sub=sub, claims=_claims(sub, chosen))
        for sub, (chosen, _, _) in PEOPLE.items()
    ]
    app: Flask = oidc_provider_mock.app(require_nonce=True, user_claims=users)
    control: dict[str, Any] = {"down": "", "wait": 0, "seen": [], "challenges": {}, "codes": []}
    app.before_request(lambda: _guard(control))
    app.after_request(lambda answer: _remember_code(answer, control))
    app.add_url_rule("/control", "control", lambda: _control(control), methods=["POST"])
    app.add_url_rule("/users/<user>/organisations", "organisations", _organisations)
    app.add_url_rule(
        f"/services/{SERVICE}/organisations/<organisation>/users/<user>", "access", _access
    )
    app.add_url_rule(f"/services/{CLIENT}/roles", "roles", lambda: jsonify([{"code": ROLE}]))
    return app


def _claims(sub: str, chosen: str | None) -> dict[str, Any]:
    organisation = {} if chosen is None else ORGANISATIONS[chosen]
    return {
        "email": f"{sub}@example.org",
        "given_name": sub.title(),
        "family_name": "Abbott",
        "organisation": organisation,
    }


def _control(control: dict[str, Any]) -> Any:
    control.update(request.get_json())
    return jsonify(seen=control["seen"])


def _guard(control: dict[str, Any]) -> None:
    path = request.path
    if path == "/control":
        return
    control["seen"].append(f"{request.method} {path}")
    if control["down"] and path.startswith(control["down"]):
        abort(503)
    if control["wait"] and path.startswith(("/users", "/services")):
        time.sleep(control["wait"])
    if path.startswith(("/users", "/services")):
        _check_api_token()
    if path == "/oauth2/authorize":
        _check_question(control)
    if path == "/oauth2/token":
        _check_redeeming(control)


def _check_api_token() -> None:
    """Short, signed by us, for the API."""
    token = request.headers["Authorization"].removeprefix("Bearer ")
    claims = jwt.decode(token, OctKey.import_key(API_SECRET), algorithms=["HS256"]).claims
    now = time.time()
    assert (claims["iss"], claims["aud"]) == (CLIENT, "signin.education.gov.uk")
    assert claims["iat"] <= now + 1 < claims["exp"] <= now + 301


def _check_question(control: dict[str, Any]) -> None:
    asked = request.args
    assert asked["client_id"] == CLIENT
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["scope"].split() == ["openid", "profile", "email", "organisation"]
    assert min(len(asked["state"]), len(asked["nonce"]), len(asked["code_challenge"])) >= 32
    control["asked"] = asked["code_challenge"]


def _remember_code(answer: Any, control: dict[str, Any]) -> Any:
    """Which challenge a code was given for."""
    location = answer.headers.get("Location", "")
    if request.path == "/oauth2/authorize" and "code=" in location:
        code = location.partition("code=")[2].partition("&")[0]
        control["challenges"][code] = request.args["code_challenge"]
    return answer


def _check_redeeming(control: dict[str, Any]) -> None:
    given = request.form
    plain = base64.b64decode(request.headers["Authorization"].removeprefix("Basic ")).decode()
    assert plain == f"{CLIENT}:{SECRET}"
    digest = hashlib.sha256(given["code_verifier"].encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert control["challenges"].pop(given["code"], None) in {challenge, None}


def _organisations(user: str) -> Any:
    if user not in PEOPLE:
        abort(404)
    return jsonify([ORGANISATIONS[name] for name in PEOPLE[user][1]])


def _access(organisation: str, user: str) -> Any:
    with_role = [ORGANISATIONS[name]["id"] for name in PEOPLE[user][2]]
    if organisation not in with_role:
        abort(404)
    roles = [{"code": "other", "status": {"id": 1}}, {"code": ROLE, "status": {"id": 1}}]
    return jsonify(userId=user, roles=roles)


if __name__ == "__main__":
    server = make_server("127.0.0.1", 0, provider(), threaded=True)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
