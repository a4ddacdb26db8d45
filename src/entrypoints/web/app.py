"""The application: made from ports and settings, with no globals."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_wtf import CSRFProtect
from jinja2 import ChainableUndefined, ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from ect_registration.ports.sign_in import SignIn
from ect_registration.use_cases.transactions import Ports
from entrypoints.api.blueprint import blueprint as lead_provider_api
from entrypoints.observing.observer import Observer, Unobserved
from entrypoints.settings.config import SettingsError
from entrypoints.web.blueprints import BLUEPRINTS
from entrypoints.web.information.health_checks import HealthChecks, checks_of
from entrypoints.web.platform import (
    access,
    cookies,
    csrf,
    errors,
    headers,
    kept_refusals,
    maintenance,
    template_globals,
)
from entrypoints.web.platform.context import Context, DemoPages, attach
from entrypoints.web.platform.environment.settings import WebSettings
from entrypoints.web.platform.requests import observed_requests, request_snapshot, requests_log
from entrypoints.web.static_files.assets import Assets

# Bytes: a file of 64 KB, with what a browser writes around it. Other forms need two thousand.
LARGEST_FORM = 66 * 1024
MOST_PARTS = 100


class Service(Flask):
    """Flask, with what has to be set before it makes its templates."""

    jinja_options: dict[str, Any] = {  # noqa: RUF012 - Flask's own attribute
        "undefined": ChainableUndefined,  # the components look into what was not given
        "trim_blocks": True,
        "lstrip_blocks": True,
    }

    def ensure_sync(self, func: Any) -> Any:
        """Returns the view as it is: none is a coroutine, and checking each one costs time."""
        return func

    def log_exception(self, exc_info: Any) -> None:
        """Logs where an exception happened, and never what the user typed."""
        requests_log.log_failure(exc_info[1])


def create_app(
    ports: Ports,
    settings: WebSettings,
    *,
    checks: HealthChecks | None = None,
    demo: DemoPages | None = None,
    sign_in: SignIn | None = None,
    assets: Assets | None = None,
    observer: Observer | None = None,
) -> Service:
    """Returns the whole service. Raises SettingsError for a demo outside the demo environment."""
    if demo is not None and settings.env != "demo":
        raise SettingsError("ECT_ENV", "must be demo for a demo")
    app = Service("entrypoints.web", static_folder=None)
    app.config.update(_config(settings))
    _set_up_proxies(app, settings)
    snapshot, checks = request_snapshot.one_look_a_page(ports), checks or checks_of(ports)
    assets = assets or Assets.read()
    attach(
        app, Context(snapshot, settings, assets, checks, demo, sign_in, observer or Unobserved())
    )
    cookies.set_up(app)
    _set_up_templates(app)
    requests_log.set_up(app)
    observed_requests.set_up(app)
    headers.set_up(app, settings)
    request_snapshot.set_up(app)
    kept_refusals.set_up(app)
    maintenance.set_up(app)
    app.before_request(access.let_in_or_send_away)
    csrf_protection = csrf.protect(app)
    errors.set_up(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    csrf_protection.exempt(lead_provider_api)  # programs have no session, and no cookie
    if demo is not None:
        _add_the_demo(app, demo, csrf_protection)
    access.check_every_view_declares(app)
    return app


def _add_the_demo(app: Flask, demo: DemoPages, csrf_protection: CSRFProtect) -> None:
    """Adds the pages of a demo. Scripts may post a user without reading a page first."""
    app.register_blueprint(demo.blueprint)
    csrf_protection.exempt(app.view_functions[demo.sign_in])


def _set_up_proxies(app: Flask, settings: WebSettings) -> None:
    """Takes the address, scheme and host that the outermost trusted proxy saw."""
    proxies = settings.trusted_proxies
    if proxies:
        fixed = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)
        app.wsgi_app = fixed  # type: ignore[method-assign]  # as Flask says to


def _config(settings: WebSettings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SECRET_KEY_FALLBACKS": settings.signing_keys[:-1],
        "WTF_CSRF_SECRET_KEY": settings.signing_keys,
        "SESSION_COOKIE_NAME": cookies.cookie_name(settings),
        "SESSION_COOKIE_SECURE": settings.secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "MAX_CONTENT_LENGTH": LARGEST_FORM,
        "MAX_FORM_MEMORY_SIZE": LARGEST_FORM,
        "MAX_FORM_PARTS": MOST_PARTS,
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session
        "WTF_CSRF_SSL_STRICT": False,  # browsers tell where a post comes from: see csrf.py
    }


def _set_up_templates(app: Flask) -> None:
    app.jinja_loader = ChoiceLoader(
        [
            PackageLoader("entrypoints.web"),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    template_globals.set_up(app)
