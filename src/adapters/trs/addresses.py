"""Says where TRS is, and what may be sent there."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

import attrs

from ect_registration.domain.values import NationalInsuranceNumber, Trn

INCLUDES = "Induction,Alerts"

_HOST = re.compile(r"[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*")


@attrs.define
class UnusableSetting(Exception):
    """Reports a setting that a client cannot or must not use; it never repeats the key."""

    setting: str  # address, api_key, api_version or deadline
    problem: str

    def __str__(self) -> str:
        return f"{self.setting} {self.problem}"


@attrs.frozen
class Origin:
    """Holds the scheme, host and port, the only place that our key is sent to."""

    address: str

    @classmethod
    def parse(cls, text: str) -> Origin:
        """Returns the origin of https, or of http on this machine; raises UnusableSetting."""
        if not re.fullmatch(r"[\x21-\x7e]+", text) or "\\" in text:
            raise UnusableSetting("address", "is not a web address")
        try:
            parts = urlsplit(text)
            host, port = parts.hostname, parts.port
        except ValueError:
            raise UnusableSetting("address", "is not a web address") from None
        if parts.username is not None or parts.password is not None:
            raise UnusableSetting("address", "must not hold a user or password")
        if not host or not (_HOST.fullmatch(host) or _is_ip_address(host)):
            raise UnusableSetting("address", "must name a host")
        if parts.path not in {"", "/"} or "?" in text or "#" in text:
            raise UnusableSetting("address", "must end after the host and port")
        if not (parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))):
            raise UnusableSetting("address", "must begin with https:// (http:// on loopback only)")
        name = f"[{host}]" if ":" in host else host
        return cls(f"{parts.scheme}://{name}" + ("" if port is None else f":{port}"))

    def of_person(self, trn: Trn, number: NationalInsuranceNumber | None = None) -> str:
        """Returns the address of one record; raises ValueError for an empty second fact.

        An empty second fact would switch TRS's check of it off.
        """
        address = f"{self.address}/v3/persons/{trn.digits}?include={INCLUDES}"
        if number is None:
            return address
        if not number.characters.strip():
            raise ValueError("An empty National Insurance number is never sent")
        return f"{address}&nationalInsuranceNumber={number.characters}"

    @property
    def of_find(self) -> str:
        """Returns where many people are asked for at once."""
        return f"{self.address}/v3/persons/find"

    def retained_trn(self, location: str) -> Trn | None:
        """Returns the TRN that a merged record's Location points to, or None."""
        path = location.removeprefix(self.address)
        match = re.fullmatch(r"/v3/persons/([0-9]{7})", path)
        return Trn(match[1]) if match else None


def _is_ip_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    return _is_ip_address(host) and ipaddress.ip_address(host).is_loopback


def checked_key(key: str) -> str:
    """Returns a bearer key that fits a header; raises UnusableSetting."""
    if not re.fullmatch(r"[\x21-\x7e]+", key):
        raise UnusableSetting("api_key", "must be printable ASCII characters without blanks")
    return key


def checked_version(version: str) -> str:
    """Returns a dated version of the API; raises UnusableSetting."""
    if not re.fullmatch(r"[0-9]{8}", version):
        raise UnusableSetting("api_version", "must be eight digits, like 20260120")
    return version


def checked_deadline(seconds: float) -> float:
    """Returns the seconds that a person would wait; raises UnusableSetting."""
    if not 0 < seconds <= 60:
        raise UnusableSetting("deadline", "must be more than 0 and at most 60 seconds")
    return seconds
