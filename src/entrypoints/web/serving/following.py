"""Shows lead providers changes even while they ask for none, so that each moment is true."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from ect_registration.ports.errors import Contention, Unavailable
from ect_registration.use_cases.lead_providers.following import follow
from ect_registration.use_cases.transactions import Ports
from entrypoints.web.platform.outages import log_busy, log_outage

EVERY = 2.0  # seconds: within five of a commit the change is to be seen


@contextmanager
def following_changes(ports: Ports) -> Iterator[None]:
    """Follows what changed every few seconds, until the block ends.

    Every worker does; whichever comes first finds something to do.
    """
    over = threading.Event()
    thread = threading.Thread(
        target=_follow_until, args=(over, ports), name="following", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(EVERY)


def _follow_until(over: threading.Event, ports: Ports) -> None:
    while not over.wait(EVERY):
        try:
            while follow(ports) and not over.is_set():
                pass
        except Unavailable as error:
            log_outage(error)
        except Contention as error:
            log_busy(error)
