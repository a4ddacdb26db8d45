"""Serves the files of the pages, compressed, with a cache that never expires."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from entrypoints.web.platform.access import open_to_everybody
from entrypoints.web.platform.context import here

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/manifest+json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
FOR_EVER = "public, max-age=31536000, immutable"

blueprint = Blueprint("assets", __name__)


@blueprint.get("/assets/<name>")
@open_to_everybody
def asset(name: str) -> ResponseReturnValue:
    """Sends one file, compressed when the browser accepts it."""
    files = here().assets.files
    kind = TYPES.get(Path(name).suffix)
    if name not in files or kind is None:
        abort(404)
    answer = Response(files[name], content_type=kind)
    if f"{name}.gz" in files:
        answer.vary.add("Accept-Encoding")
        if request.accept_encodings["gzip"]:
            answer.set_data(files[f"{name}.gz"])
            answer.content_encoding = "gzip"
    answer.headers["Cache-Control"] = FOR_EVER
    return answer
