"""Defines the environment variables that are settings: their names, defaults and files."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path

import attrs
import environ

PREFIX, FILE = "ECT_", "_FILE"
LONGEST_FILE = 64 * 1024  # characters; a setting has a few hundred at most
LIKE = 0.8  # how close a misspelt name has to come to the right one


@environ.config(prefix="ECT", frozen=True)
class Variables:
    """Lists every setting that there is; None means not set."""

    env: str | None = environ.var(None, help="production (the default), test or demo")
    today: str | None = environ.var(None, help="a fixed day; never in production")
    operator: str | None = environ.var(None, help="who is at the terminal, for history")
    database_url: str | None = environ.var(None, help="SQLAlchemy URL of SQLite or PostgreSQL")
    database_pool_size: str = environ.var("5", help="connections that each worker keeps")
    database_pool_overflow: str = environ.var("10", help="more that it may open meanwhile")
    database_pooler: str = environ.var("none", help="none, or transaction, as PgBouncer has it")
    trs_url: str | None = environ.var(
        None, help="address of TRS, or world:FILE outside production"
    )
    trs_api_key: str | None = environ.var(None, help="key for TRS")
    trs_api_version: str = environ.var("20260120", help="version of TRS's interface")
    trs_deadline: str = environ.var("4", help="seconds that TRS may take for one request")
    oidc_issuer: str | None = environ.var(None, help="DfE Sign-in's OpenID provider, https://…")
    oidc_client_id: str | None = environ.var(None, help="this service, as DfE Sign-in knows it")
    oidc_client_secret: str | None = environ.var(None, help="its secret there")
    dsi_api_url: str | None = environ.var(None, help="DfE Sign-in's API, https://…")
    dsi_api_secret: str | None = environ.var(None, help="signs our questions to that API")
    dsi_service_id: str | None = environ.var(None, help="this service's id in that API")
    dsi_role: str = environ.var("registerECTsAccess", help="code of the role that lets users in")
    base_url: str | None = environ.var(None, help="where people find the service, https://…")
    secret_key: str | None = environ.var(None, help="signs cookies; 32 random bytes or more")
    secret_key_previous: str | None = environ.var(None, help="the key before; still accepted")
    govuk_brand: str = environ.var("false", help="true on GOV.UK itself: crown and typeface")
    trusted_proxies: str = environ.var("0", help="how many proxies in front are ours")
    metrics_bind: str | None = environ.var(None, help="HOST:PORT where Prometheus asks")
    maintenance: str = environ.var(
        "false", help="true, or when it ends (2026-12-01T18:00): the pages are closed"
    )
    support_email: str | None = environ.var(None, help="email address that helps users")
    support_url: str | None = environ.var(None, help="page that helps users, https://…")
    support_days: str | None = environ.var(None, help="working days until support answers")
    privacy_controller: str = environ.var(
        "The Department for Education", help="who answers for personal data"
    )
    privacy_contact: str = environ.var(
        "https://www.gov.uk/contact-dfe",
        help="email address or page of the data protection office",
    )
    privacy_lawful_basis: str = environ.var(
        "a task in the public interest (UK GDPR, article 6(1)(e))",
        help="why personal data may be used, as the end of a sentence",
    )
    privacy_retention: str = environ.var(
        "as long as the Department for Education needs them to check that induction was arranged",
        help="how long records are kept, as the end of a sentence",
    )
    notify_api_key: str | None = environ.var(None, help="key for GOV.UK Notify")
    notify_url: str = environ.var(
        "https://api.notifications.service.gov.uk", help="address of GOV.UK Notify"
    )
    notify_template_id: str | None = environ.var(
        None, help="its template, with ((subject)) and ((body))"
    )
    notices_dir: str | None = environ.var(
        None, help="folder for notices, instead of GOV.UK Notify"
    )


NAMES = tuple(f"{PREFIX}{field.upper()}" for field in Variables.__annotations__)


@attrs.frozen
class Found:
    """Holds what an environment says, with the texts of its ``NAME_FILE`` files."""

    variables: Variables = attrs.field(repr=False)
    unreadable: Mapping[str, tuple[str, str]]  # by setting: the variable at fault, what is wrong
    unknown: Mapping[str, str]  # by name: what is wrong

    def text(self, name: str) -> str | None:
        """Returns the text of the setting with this name, such as ``ECT_TRS_URL``."""
        text: str | None = getattr(self.variables, name.removeprefix(PREFIX).lower())
        return text


def read_environment(environment: Mapping[str, str]) -> Found:
    """Reads every setting once, its file included. A variable that is empty is not set."""
    given = {name: text for name, text in environment.items() if name.startswith(PREFIX) and text}
    texts = {name: text for name, text in given.items() if name in NAMES}
    unreadable = {}
    for name in NAMES:
        if (file := given.get(name + FILE)) is None:
            continue
        text = _text_of(file)
        if name in texts:
            unreadable[name] = (name, f"must not be set together with {name}{FILE}")
        elif text is None:
            unreadable[name] = (name + FILE, "must name a readable file of text in UTF-8")
        elif text:
            texts[name] = text
    return Found(environ.to_config(Variables, texts), unreadable, _unknown(given))


def _text_of(file: str) -> str | None:
    """Returns a file's text without the line break at its end; None if it cannot be read."""
    try:
        with Path(file).open(encoding="utf-8-sig", newline="") as opened:
            text = opened.read(LONGEST_FILE + 1)
    except (OSError, ValueError):
        return None
    if len(text) > LONGEST_FILE or "\0" in text:
        return None
    return text.removesuffix("\n").removesuffix("\r")


def _unknown(given: Mapping[str, str]) -> Mapping[str, str]:
    known = {*NAMES, *(name + FILE for name in NAMES)}
    return {_printable(name): _advice(name, known) for name in given if name not in known}


def _advice(name: str, known: set[str]) -> str:
    like = difflib.get_close_matches(name, sorted(known), n=1, cutoff=LIKE)
    meant = f": did you mean {like[0]}?" if like else ""
    return f"is not a setting of this service{meant}"


def _printable(name: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in name)
