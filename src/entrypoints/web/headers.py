"""Headers on every answer: what browsers may do with it."""

from __future__ import annotations

from flask import Flask, Response

from entrypoints.web.context import here
from entrypoints.web.settings import WebSettings

# Of the one script in the page: it tells styles that scripts run.
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
}
OVER_HTTPS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


def set_up(app: Flask) -> None:
    """On every answer, errors and files included."""
    app.after_request(_add)


def _add(answer: Response) -> Response:
    answer.headers.extend(ALWAYS)
    if here().settings.secure:
        answer.headers.extend(OVER_HTTPS)
    answer.headers.setdefault("Cache-Control", "no-store")  # pages are about people
    return answer


def cookie_name(settings: WebSettings) -> str:
    """Over https one that no other host can set."""
    return "__Host-session" if settings.secure else "session"
