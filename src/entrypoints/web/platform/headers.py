"""Security headers on every answer."""

from __future__ import annotations

from typing import Any

import attrs
from flask import Flask, Response

from entrypoints.web.platform.environment.settings import WebSettings

# The hash of the one script in the page, which tells styles that scripts run.
SCRIPTS_RUN = "'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='"
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        f"script-src 'self' {SCRIPTS_RUN}",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",  # people come from GOV.UK, not from a search
}
OVER_HTTPS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


@attrs.frozen
class Guarded:
    """WSGI middleware that adds headers to every answer, errors and files included."""

    app: Any
    always: tuple[tuple[str, str], ...]

    def __call__(self, environ: Any, start_response: Any) -> Any:
        """Answers as the application does, with the headers."""

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            return start_response(status, [*headers, *self.always], *error)

        return self.app(environ, start)


def set_up(app: Flask, settings: WebSettings) -> None:
    """Adds the headers outside Flask, which is faster."""
    always = ALWAYS | (OVER_HTTPS if settings.secure else {})
    app.wsgi_app = Guarded(app.wsgi_app, tuple(always.items()))  # type: ignore[method-assign]  # as Flask says to
    app.after_request(_keep_nothing)


def _keep_nothing(answer: Response) -> Response:
    """Forbids caching, unless the view allows it: pages are about people."""
    answer.headers.setdefault("Cache-Control", "no-store")
    return answer
