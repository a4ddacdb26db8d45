"""Turns what databases complain about into errors of the ports; their exceptions stop here.

A database's own message may quote the values at fault, so it never goes on, not even as a cause;
names of constraints and codes of errors do.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from ect_registration.ports.errors import Conflict, Contention, Unavailable, Unstorable

Trouble = Conflict | Contention | Unavailable

DATABASE = "database"
NOT_PERMITTED = "access is not permitted"
OTHER_SCHEMA = "its schema is not the one this program expects"

# No race explains these: the value itself is refused, whatever else is stored.
_SQLITE_UNSTORABLE = {
    sqlite3.SQLITE_CONSTRAINT_CHECK,
    sqlite3.SQLITE_CONSTRAINT_NOTNULL,
    sqlite3.SQLITE_MISMATCH,
    sqlite3.SQLITE_TOOBIG,
}
_SQLITE_CONTENTIONS = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_SQLITE_REASONS = {
    sqlite3.SQLITE_CANTOPEN: "the file is missing or cannot be opened",
    sqlite3.SQLITE_READONLY: "it is read-only",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_CORRUPT: "the file is damaged",
    sqlite3.SQLITE_NOTADB: "the file is not a database",
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written",
    sqlite3.SQLITE_PERM: NOT_PERMITTED,
    sqlite3.SQLITE_NOMEM: "there is no memory left",
    sqlite3.SQLITE_ERROR: OTHER_SCHEMA,  # or a statement of ours that makes no sense
}

# PostgreSQL's codes, by their beginnings. The longest that fits decides.
_UNSTORABLE = ("22", "23502", "23514")  # out of range; not null; a CHECK
_CONFLICTS = ("23",)  # every other guarantee: a race may explain it
_CONTENTIONS = ("40001", "40P01", "55P03")  # not serialisable; deadlock; waited too long
_BUGS = ("42",)  # a statement that no database could run
_REASONS = {
    "08": "the connection was lost",
    "25006": "it is read-only",
    "28": "it does not let us in",
    "3D": "there is no such database",
    "42501": NOT_PERMITTED,
    "42703": OTHER_SCHEMA,
    "42704": OTHER_SCHEMA,
    "42710": OTHER_SCHEMA,
    "42P01": OTHER_SCHEMA,
    "42P07": OTHER_SCHEMA,
    "53100": "the disk is full",
    "53200": "there is no memory left",
    "53300": "it has too many connections",
    "57014": "a statement took too long",
    "57P": "it is starting or stopping",
}


@contextmanager
def speaking_our_errors() -> Iterator[None]:
    """Raises SQLAlchemy's errors, and SQLite's own, as those of the ports."""
    try:
        yield
    except (sa.exc.StatementError, sa.exc.TimeoutError, sqlite3.Error) as error:
        raise in_our_words(error) from None


def in_our_words(error: BaseException) -> BaseException:
    """Returns an error of the ports for one of SQLAlchemy or a driver; any other as it is."""
    if isinstance(error, sa.exc.TimeoutError):
        return Contention("every connection is in use")
    if not isinstance(error, sa.exc.StatementError | sqlite3.Error):
        return error
    cause = error.orig if isinstance(error, sa.exc.StatementError) else error
    if isinstance(cause, Exception) and not isinstance(error, sa.exc.DBAPIError | sqlite3.Error):
        return cause  # not from a driver: a type of ours refuses a value, which is a bug
    if isinstance(cause, sqlite3.Error):
        return _from_sqlite(cause) or error
    code = getattr(cause, "sqlstate", None)
    trouble = _without_code(cause) if code is None else _from_postgresql(code, cause)
    return trouble or error


def is_busy(error: sa.exc.DBAPIError) -> bool:
    """Says whether another holds what a statement on SQLite asked for."""
    return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in _SQLITE_CONTENTIONS


def _from_sqlite(error: sqlite3.Error) -> Trouble | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # the driver was used in a wrong way
        return None
    primary = code & 0xFF  # the rest of it says more about the same
    if _SQLITE_UNSTORABLE & {code, primary}:
        return Unstorable(str(error))  # names constraints and columns, never values
    if primary == sqlite3.SQLITE_CONSTRAINT:
        return Conflict(str(error))
    if primary in _SQLITE_CONTENTIONS:
        return Contention(error.sqlite_errorname)
    return Unavailable(DATABASE, _SQLITE_REASONS.get(primary, error.sqlite_errorname))


def _from_postgresql(code: str, error: object) -> Trouble | None:
    if code.startswith(_UNSTORABLE):
        return Unstorable(_broken_by(error) or code)
    if code.startswith(_CONFLICTS):
        return Conflict(_broken_by(error) or code)
    if code in _CONTENTIONS:
        return Contention(code)
    for beginning in (code, code[:3], code[:2]):
        if beginning in _REASONS:
            return Unavailable(DATABASE, _REASONS[beginning])
    return None if code.startswith(_BUGS) else Unavailable(DATABASE, f"SQLSTATE {code}")


def _broken_by(error: object) -> str | None:
    """Returns the name of the constraint, or the column that may not be null."""
    diagnosis = getattr(error, "diag", None)
    named: str | None = getattr(diagnosis, "constraint_name", None)
    column = getattr(diagnosis, "column_name", None)
    if named is None and column is not None:
        return f"{getattr(diagnosis, 'table_name', None)}.{column} may not be null"
    return named


def _without_code(error: BaseException | None) -> Trouble | None:
    """Returns the trouble in an error without a code, by the class names that drivers share.

    It is about the connection, or about a value that cannot be sent.
    """
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if "DataError" in kinds:
        return Unstorable("a value that the database cannot hold")
    if "OperationalError" in kinds:
        return Unavailable(DATABASE, next(iter(str(error).splitlines()), ""))
    return None
