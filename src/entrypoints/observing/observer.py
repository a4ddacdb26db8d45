"""What monitoring is told of the service, in words without personal data."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol


class Dependency(StrEnum):
    """What the service depends on."""

    DATABASE = "database"
    TRS = "trs"
    SIGN_IN = "sign_in"


class Observer(Protocol):
    """Hears what happens. Nothing that it hears identifies a person."""

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Hears of a request that was answered, by its route with the names of its parts."""

    def outcome(self, journey: str, outcome: str) -> None:
        """Hears what came of a journey: ``done``, or the id of the rule that stopped it."""

    def call(self, dependency: Dependency, result: str, seconds: float) -> None:
        """Hears of a call: ``ok``, or what went wrong."""

    def retried(self) -> None:
        """Hears that a unit of work runs again, because something was in the way."""

    def waited(self, seconds: float) -> None:
        """Hears how long a unit of work waited for what it holds."""


class Unobserved:
    """The observer of a service that is not monitored."""

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Does nothing."""

    def outcome(self, journey: str, outcome: str) -> None:
        """Does nothing."""

    def call(self, dependency: Dependency, result: str, seconds: float) -> None:
        """Does nothing."""

    def retried(self) -> None:
        """Does nothing."""

    def waited(self, seconds: float) -> None:
        """Does nothing."""
