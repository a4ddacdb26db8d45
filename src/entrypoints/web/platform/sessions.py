"""The user's session: its key is in a cookie, and the rest is stored by the service."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence

from flask import g, request, session

from ect_registration.domain.school import School
from ect_registration.domain.sessions import Person, Session
from ect_registration.domain.values import Urn
from ect_registration.use_cases.signing_in import sessions
from entrypoints.web.platform.context import current_ports

KEY = "key"  # in the cookie
RETURN_TO = "return_to"  # the page that was asked for before signing in
LONGEST_ADDRESS = 1000  # a cookie has to hold it
UNKNOWN = object()


def current_session() -> Session | None:
    """Returns the session, with a school or without; looked up once for each request."""
    found = g.get("session_found", UNKNOWN)
    if found is UNKNOWN:
        g.session_found = None  # if this fails, the page that says so is shown as signed out
        key = session.get(KEY)
        found = _found(sessions.look_up_session(_hashed(key), current_ports()) if key else None)
    return found if isinstance(found, Session) else None


def use_current_session() -> Session | None:
    """Returns the session and starts its idle time again."""
    found = current_session()
    return found and _found(sessions.use_session(found, current_ports()))


def begin_session(person: Person, schools: Sequence[School], why_not: str = "") -> Session:
    """Signs a user in, and keeps only the requested page of an earlier session."""
    former, key = current_session(), _fresh_key()
    ended = None if former is None else former.id
    begun = sessions.begin_session(person, schools, _hashed(key), current_ports(), ended, why_not)
    _carry_on(key)
    _found(begun)
    return begun


def switch_school(urn: Urn) -> Session | None:
    """Switches to another school under a new key; None when the user may not use it."""
    former, key = current_session(), _fresh_key()
    if former is None:
        return None
    switched = sessions.switch_school(former, urn, _hashed(key), current_ports())
    if switched is None:
        return None
    _carry_on(key)
    return _found(switched)


def end_session() -> Session | None:
    """Signs the user out, and returns the session that ended."""
    former = current_session()
    if former is not None:
        sessions.end_sessions([former.id], current_ports())
    session.clear()
    g.session_found = None
    return former


def this_page() -> str:
    """Returns the address of this request, or an empty text if it cannot be opened by a GET."""
    rule = request.url_rule
    if rule is None or "GET" not in (rule.methods or ()):
        return ""
    query = request.query_string.decode("ascii", "replace") if request.method == "GET" else ""
    path = request.root_path + request.path
    address = f"{path}?{query}" if query else path
    return address if len(address) <= LONGEST_ADDRESS else ""


def remember_page(page: str) -> None:
    """Remembers the page to return to after signing in, unless it is empty."""
    if page:
        session[RETURN_TO] = page


def forget_page() -> None:
    """Forgets the page to return to, whichever tab asked for it."""
    session.pop(RETURN_TO, None)


def page_remembered() -> str:
    """Returns the remembered page without forgetting it: a path on this site, or empty."""
    asked: object = session.get(RETURN_TO)
    return asked if isinstance(asked, str) and is_ours(asked) else ""


def page_asked_for(otherwise: str) -> str:
    """Returns the remembered page and forgets it. Only returns a path on this site."""
    page = page_remembered()
    forget_page()
    return page or otherwise


def is_ours(address: str) -> bool:
    """Says whether an address is a path on this site. Two slashes would lead to another site."""
    plain = address.isascii() and address.isprintable() and "\\" not in address
    return plain and address.startswith("/") and not address.startswith("//")


def _carry_on(key: str) -> None:
    """Starts a cookie with a new key and token, so that the old cookie is worthless."""
    return_to = session.get(RETURN_TO)
    session.clear()
    session[KEY] = key
    if return_to is not None:
        session[RETURN_TO] = return_to


def _found(found: Session | None) -> Session | None:
    g.session_found = found
    return found


def _fresh_key() -> str:
    return secrets.token_urlsafe(32)


def _hashed(key: object) -> str:
    """Returns the hash that is stored, which cannot be used to sign in."""
    return hashlib.sha256(str(key).encode()).hexdigest()
