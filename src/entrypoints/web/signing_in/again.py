"""Beginning to sign in again without a click, when DfE Sign-in has forgotten what was asked.

That is so when its page was open for too long. It must not go round for ever: this browser begins
again twice in ten minutes at most, and not at all when it keeps no cookies to count that with.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import request, session, url_for

from entrypoints.web.platform.context import current_ports

EXPIRED = {"sessionexpired", "login_required", "interaction_required"}  # errors of DfE Sign-in
AGAIN = "again"  # in the address of a sign-in that begins by itself; in the cookie, when they did
MOST = 2
WITHIN = timedelta(minutes=10)


def begin_again() -> str | None:
    """Returns where to begin again; None when this browser has done so too often."""
    lately = _lately()
    if len(lately) >= MOST:
        return None
    session[AGAIN] = [*lately, current_ports().clock.now().timestamp()]
    query: dict[str, Any] = {AGAIN: "yes"}
    return url_for("signing_in.sign_in", **query)


def goes_round() -> bool:
    """Says whether this request begins again by itself, in a browser that keeps no count."""
    return AGAIN in request.args and not _lately()


def _lately() -> Sequence[float]:
    """Returns the times at which this browser has begun again by itself."""
    kept: object = session.get(AGAIN)
    moments = kept if isinstance(kept, list) else []
    since = (current_ports().clock.now() - WITHIN).timestamp()
    return [each for each in moments if isinstance(each, int | float) and each > since]
