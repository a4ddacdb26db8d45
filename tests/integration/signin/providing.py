"""Starting a DfE Sign-in for tests, and telling it what to do."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import attrs
import requests

from adapters.dfe_sign_in.settings import DfeSignInSettings

CLIENT, SECRET, API_SECRET, SERVICE = "ect-client", "client-secret", "x" * 40, "service-1"


@attrs.frozen
class Provider:
    """A program that answers as DfE Sign-in does."""

    address: str

    def does(self, **control: Any) -> list[str]:
        """From now on; the answer is what it has been asked since it began."""
        answer = requests.post(f"{self.address}/control", json=control, timeout=10)
        seen: list[str] = answer.json()["seen"]
        return seen

    def settings(self, **changes: Any) -> DfeSignInSettings:
        """How our service reaches it."""
        settings = DfeSignInSettings(
            issuer=self.address,
            client_id=CLIENT,
            client_secret=SECRET,
            api_url=self.address,
            api_secret=API_SECRET,
            service_id=SERVICE,
            base_url="http://127.0.0.1:9",
        )
        return attrs.evolve(settings, **changes)

    def authorise(self, address: str, user: str) -> dict[str, str]:
        """What comes back when somebody signs in there."""
        data = {"action": "deny"} if user == "nobody" else {"sub": user}
        answer = requests.post(address, data=data, allow_redirects=False, timeout=10)
        query = answer.headers["Location"].partition("?")[2]
        return dict(parse_qsl(query))


@contextmanager
def provider_program() -> Iterator[Provider]:
    """In a process of its own, until the block ends."""
    command = [sys.executable, str(Path(__file__).with_name("provider.py"))]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as program:
        assert program.stdout is not None
        yield Provider(program.stdout.readline().strip())
        program.terminate()
