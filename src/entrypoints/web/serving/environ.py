"""Makes the environment of a WSGI application from the head of a request."""

from __future__ import annotations

import sys
from typing import Any
from urllib.parse import unquote_to_bytes

JOINED_BY = {"HTTP_COOKIE": "; "}
PLAIN = {"HTTP_CONTENT_TYPE": "CONTENT_TYPE"}
# How a body came is no concern of the application, which is given all of it.
LEFT_OUT = {"HTTP_CONTENT_LENGTH", "HTTP_TRANSFER_ENCODING"}
NOT_READ = str(2**53)  # the length of a body that is longer than anybody reads


class NotUsable(ValueError):
    """Says that a request is for no page of any website."""


def environ_of(scope: Any, length: int | None) -> dict[str, Any]:
    """Returns the environment, without the body; raises NotUsable.

    ``length``: of the body, or None for one that is too long to be read.
    """
    host, port = _end(scope["server"])
    client, client_port = _end(scope["client"])
    return {
        **_headers(scope["headers"]),
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(_path(scope["raw_path"])).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "CONTENT_LENGTH": NOT_READ if length is None else str(length),
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client,
        "REMOTE_PORT": client_port,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,
    }


def _path(raw: bytes) -> bytes:
    """Returns the path of a target, which may be a whole address if a proxy is asked."""
    if raw.startswith(b"/"):
        return raw
    scheme, found, rest = raw.partition(b"://")
    if scheme.lower() not in {b"http", b"https"} or not found:
        raise NotUsable
    _, slash, path = rest.partition(b"/")
    return slash + path or b"/"


def _headers(headers: Any) -> dict[str, str]:
    """Returns the headers as variables, and leaves out names with an underscore.

    ``X_Forwarded_For`` would be the same variable as the header that a proxy sets.
    """
    found: dict[str, str] = {}
    for raw_name, raw_value in headers:
        if b"_" in raw_name:
            continue
        name = "HTTP_" + raw_name.decode("latin-1").upper().replace("-", "_")
        name, value = PLAIN.get(name, name), raw_value.decode("latin-1")
        if name not in LEFT_OUT:
            found[name] = (
                found[name] + JOINED_BY.get(name, ",") + value if name in found else value
            )
    return found


def _end(address: tuple[str, int] | None) -> tuple[str, str]:
    """Returns host and port of one end of a connection; a socket file has neither."""
    host, port = address or ("", None)
    return host or "localhost", str(port or 80)
