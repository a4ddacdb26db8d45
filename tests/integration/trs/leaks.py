"""Looking for secrets in everything that a program puts out."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import attrs

from ect_registration.domain.values import NationalInsuranceNumber
from integration.trs.support import KEY

OUR_KEY = f"{KEY}-3b9f"


class Listener(logging.Handler):
    """Remembers every record, with its arguments, its exception and its format."""

    def __init__(self) -> None:
        super().__init__(level=0)
        self.heard: list[str] = []
        self.names: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        self.names.add(record.name)
        self.heard.append(self.format(record))
        self.heard.append(repr(record.__dict__))


@contextmanager
def listening() -> Iterator[Listener]:
    """Every logger there is says everything, to us."""
    root = logging.getLogger()
    listener = Listener()
    # The loggers of the HTTP libraries also get a handler and a level of their own, as somebody
    # who wants to see what is going on would give them.
    loggers = [
        root,
        *(
            logging.getLogger(name)
            for name in list(root.manager.loggerDict)
            if name.split(".")[0] in {"httpx", "httpcore", "adapters"}
        ),
    ]
    before = [(logger, logger.level) for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
        logger.addHandler(listener)
    try:
        yield listener
    finally:
        for logger, level in before:
            logger.setLevel(level)
            logger.removeHandler(listener)


def shown_by(error: BaseException) -> list[str]:
    """Everything that a report of an error would hold, its causes and contexts included."""
    shown = ["".join(traceback.format_exception(error))]
    seen: BaseException | None = error
    while seen is not None:
        shown += [repr(seen), str(seen), repr(seen.args), repr(vars(seen))]
        request = getattr(seen, "_request", None)
        shown.append(f"{request!r} {getattr(request, 'url', '')!r}")
        seen = seen.__cause__ or seen.__context__
    return shown


def locals_shown_by(error: BaseException) -> str:
    """What a tool shows that also reports the local variables of every frame."""
    report = traceback.TracebackException.from_exception(error, capture_locals=True)
    return "".join(report.format())


@attrs.frozen
class Secrets:
    """What must not be found, in whatever way it may be written."""

    born_on: date
    number: NationalInsuranceNumber

    @property
    def spellings(self) -> list[str]:
        """Of both facts and of our key."""
        day, number = self.born_on, self.number.characters
        return [
            day.isoformat(),
            f"{day:%d/%m/%Y}",
            f"{day:%Y%m%d}",
            repr(day),
            number,
            number.lower(),
            " ".join([number[:2], number[2:4], number[4:6], number[6:8], number[8:]]),
            OUR_KEY,
            "nationalInsuranceNumber=",
            "/v3/persons",
        ]

    def found_in(self, texts: list[str]) -> list[str]:
        """The spellings that some text holds."""
        return [secret for secret in self.spellings if any(secret in text for text in texts)]
