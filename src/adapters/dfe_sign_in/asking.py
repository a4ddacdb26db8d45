"""Questions to DfE Sign-in over HTTP, each within the time that a person can wait for a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any, TypeVar

import requests

from ect_registration.ports.errors import Unavailable

T = TypeVar("T")

WHAT = "DfE Sign-in"
AT_ONCE = 8  # questions


class Asking:
    """Asks from threads of its own, so that no answer, however slow, takes longer than allowed."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="dfe-sign-in")

    def within_limit(self, questions: Sequence[Callable[[], T]]) -> Sequence[T]:
        """All answers, in their order. Raises Unavailable when one is late."""
        futures = [self._threads.submit(question) for question in questions]
        late = wait(futures, timeout=self.limit).not_done
        for future in late:
            future.cancel()
        if late:
            raise Unavailable(WHAT, f"no answer within {self.limit:g} seconds")
        return [future.result() for future in futures]

    def get(self, address: str, headers: Mapping[str, str] | None = None) -> Any:
        """The JSON at an address; None where there is nothing (404)."""
        return self.within_limit([lambda: self.get_now(address, headers)])[0]

    def get_now(self, address: str, headers: Mapping[str, str] | None = None) -> Any:
        """The same, in this thread."""
        try:
            answer = requests.get(
                address, headers=headers, timeout=self.limit, allow_redirects=False
            )
        except requests.RequestException as error:
            raise Unavailable(WHAT, type(error).__name__) from None
        if answer.status_code == requests.codes.not_found:
            return None
        if answer.status_code != requests.codes.ok:
            raise Unavailable(WHAT, f"it answered with status {answer.status_code}")
        return json_of(answer)

    def close(self) -> None:
        """Wait for nobody."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def json_of(answer: requests.Response) -> Any:
    """Raises Unavailable for what is none."""
    try:
        return answer.json()
    except ValueError:
        raise outside_contract("it did not answer in JSON") from None


def outside_contract(why: str) -> Unavailable:
    """It answered, and not as it said it would."""
    return Unavailable(WHAT, why)
