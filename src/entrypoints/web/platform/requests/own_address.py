"""Requests by another host name than the one where people find the service.

DfE Sign-in sends users back to the service's own name, where cookies of another name are not sent.
So users who sign in go to the service's own name first, by one redirect at most: a proxy in front
may rewrite the name, so that every request seems to come by another.
"""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from flask import request, url_for

from entrypoints.web.platform.context import here

MOVED = "moved"  # in the address: this is the service's own name, whatever the request says
ANY = "localhost"  # without a port: a program or proxy on this machine says so, not a browser
TO = "to"  # in the address: the page that was asked for, which no cookie could bring along


def came_elsewhere() -> bool:
    """Says whether this request came by another host name, and was not redirected here."""
    if MOVED in request.args or request.host == ANY:
        return False
    return _name(request.host) != urlsplit(here().settings.base_url).hostname


def signing_in_at_home(page: str) -> str:
    """Returns where to begin signing in instead: the host comes from settings, not the request."""
    home = urlsplit(here().settings.base_url)
    query = {TO: page, MOVED: "yes"} if page else {MOVED: "yes"}
    return f"{home.scheme}://{home.netloc}{url_for('signing_in.sign_in')}?{urlencode(query)}"


def _name(host: str) -> str | None:
    """Returns the host name without its port, which cookies ignore."""
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
