"""Asks DfE Sign-in questions over HTTP, each within the time a person can wait for a page."""

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
        """Returns all answers, in their order; raises Unavailable when one is late."""
        futures = [self._threads.submit(question) for question in questions]
        late = wait(futures, timeout=self.limit).not_done
        for future in late:
            future.cancel()
        if late:
            raise self._late()
        return [future.result() for future in futures]

    def get(self, address: str, headers: Mapping[str, str] | None = None) -> Any:
        """Returns the JSON at an address, or None where there is nothing (404)."""
        return self.within_limit([lambda: self.get_now(address, headers)])[0]

    def get_now(self, address: str, headers: Mapping[str, str] | None = None) -> Any:
        """Returns the JSON at an address, asked for in this thread, or None for a 404."""
        try:
            answer = requests.get(
                address, headers=headers, timeout=self.limit, allow_redirects=False
            )
        except requests.Timeout:
            raise self._late() from None
        except requests.RequestException as error:
            raise Unavailable(WHAT, type(error).__name__) from None
        if answer.status_code == requests.codes.not_found:
            return None
        if answer.status_code != requests.codes.ok:
            raise Unavailable(WHAT, f"it answered with status {answer.status_code}")
        return json_of(answer)

    def _late(self) -> Unavailable:
        return Unavailable(WHAT, f"no answer within {self.limit:g} seconds")

    def close(self) -> None:
        """Closes the threads without waiting for them."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def json_of(answer: requests.Response) -> Any:
    """Returns the JSON of an answer; raises Unavailable when it is not JSON."""
    try:
        return answer.json()
    except ValueError:
        raise outside_contract("it did not answer in JSON") from None


def outside_contract(why: str) -> Unavailable:
    """Returns the error for an answer that is not as DfE Sign-in said it would be."""
    return Unavailable(WHAT, why)
