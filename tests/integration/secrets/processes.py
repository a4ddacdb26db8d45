"""What serves, as processes of their own: their streams, and the files that they leave."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

from integration.cli.contract import TRNS
from integration.cli.terminal import ECT, PATIENCE, environment
from integration.secrets.driving.drives import drive
from integration.secrets.marks import KEY, NUMBER, world
from integration.secrets.stage import Stage
from integration.secrets.visitor import born, by_number
from integration.trs.support import KEY as TRS_KEY
from integration.web.foundation import token_in

QUERY = f"date_of_birth=1953-11-27&nationalInsuranceNumber={NUMBER.characters}"
NO_HTTP = [
    f"GET /school/ects?{QUERY} HTP/9.9\r\n\r\n",
    f"{QUERY}\r\n\r\n",
    f"GET / HTTP/1.1\r\n{QUERY}\r\n\r\n",
    f"GET / HTTP/1.1\r\nX-{NUMBER.characters}@: 1953-11-27\r\n\r\n",
    f"POST / HTTP/1.1\r\nContent-Length: 1953-11-27\r\n\r\n{QUERY}",
    f"POST / HTTP/1.1\r\nTransfer-Encoding: {NUMBER.characters}\r\n\r\n",
    f"GET /{'x' * 9000}{QUERY} HTTP/1.1\r\n\r\n",
]


@contextmanager
def running(stage: Stage, *command: str, **settings: str) -> Iterator[str]:
    """The address that it tells; what it said is heard in the end."""
    told = stage.settings | {"TMPDIR": str(stage.folder), "HOME": str(stage.folder)} | settings
    process = subprocess.Popen(
        [ECT, *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(told),
        cwd=stage.folder,
    )
    said: list[str] = []
    try:
        for line in process.stderr or []:
            said.append(line)
            if "http://127.0.0.1:" in line:
                break
        address = said[-1].partition("http://")[2].split()[0].strip('",)(')
        yield address.rstrip(".")
    finally:
        process.terminate()
        out, err = process.communicate(timeout=PATIENCE)
        stage.commands.add(command[0])
        stage.ears.hear(f"ect {command[0]}", "".join([*said, out, err]))


def _send(stage: Stage, address: str, text: str) -> str:
    """Bytes as they are, and whatever comes back."""
    host, _, port = address.partition(":")
    with socket.create_connection((host, int(port)), timeout=5) as line:
        line.sendall(text.encode())
        line.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: line.recv(65_536), b""))
    stage.ears.hear(f"bytes from {address}", answer.decode("latin-1"))
    return answer.decode("latin-1")


class Browser:
    """One, with its cookies."""

    def __init__(self, stage: Stage, address: str) -> None:
        self._stage, self._address, self._cookies = stage, address, dict[str, str]()

    def open(self, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, where else to go, and the page."""
        connection = HTTPConnection(self._address, timeout=PATIENCE)
        headers = {"Cookie": "; ".join(f"{n}={v}" for n, v in self._cookies.items())}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = None if fields is None else urlencode(fields)
        connection.request("GET" if fields is None else "POST", path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        self._stage.ears.hear(f"answer over a socket, {path}", f"{answer.headers}\n{text}")
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer.status, urlsplit(answer.headers.get("Location", "")).path, text


@drive
def visits_the_demo(stage: Stage) -> None:
    """As a process, on files of its own: found, not found, and registered by number."""
    given = stage.folder.parent / "given.json"
    given.write_text(json.dumps(world()))
    with running(stage, "demo", "--world", str(given), "--port", "0", ECT_ENV="demo") as address:
        browser = Browser(stage, address)
        assert browser.open("/demo/sign-in", {"user": "owen"})[0] == 303
        token = {"csrf_token": token_in(browser.open("/cookies")[2])}
        _, find, _ = browser.open("/school/register-ect", token)
        differs = token | {"trn": TRNS["another date"], **born(day=28)}
        assert browser.open(find, token | {"trn": "1", **born(day=99)})[0] == 422
        assert browser.open(find, differs)[0] == 303
        proof = find.replace("/find", "/national-insurance-number")
        assert browser.open(proof, token | by_number("JK246810B7"))[0] == 422
        assert browser.open(proof, token | by_number())[1].endswith("/name")
        written = stage.folder.glob("ect-demo-*/**/*")
        for database in (file for file in written if file.is_file()):
            stage.ears.hear(f"file {database.name}", database.read_bytes().decode("latin-1"))
        for text in NO_HTTP:
            _send(stage, address, text)


@drive
def visits_the_production_server(stage: Stage) -> None:
    """Posts of people who are not signed in, and bytes that are no HTTP."""
    settings = {"ECT_SECRET_KEY": KEY, "ECT_BASE_URL": "http://127.0.0.1"}
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = ("serve", "--bind", f"127.0.0.1:{port}", "--workers", "1")
    with running(stage, *command, **settings) as address:
        browser = Browser(stage, address)
        posted = {"trn": TRNS["all is well"], **born(), **by_number()}
        while browser.open("/health/live")[0] != 200:
            time.sleep(0.1)
        for path in ("/school/register-ect", f"/cookies?{QUERY}", f"/{QUERY}"):
            assert browser.open(path, posted)[0] in {400, 401, 404, 405}
        assert browser.open("/sign-out", posted)[0] == 303  # there is nobody to sign out
        for text in NO_HTTP:
            _send(stage, address, text)


@drive
def asks_the_simulator(stage: Stage) -> None:
    """It is asked by both facts, and answers with them: to us, not to its streams."""
    given = stage.folder.parent / "given.json"
    given.write_text(json.dumps(world()))
    with running(stage, "trs-simulator", "--world", str(given), "--port", "0") as address:
        connection = HTTPConnection(address, timeout=PATIENCE)
        asking = {"Authorization": f"Bearer {TRS_KEY}", "X-Api-Version": "20260120"}
        path = f"/v3/persons/{TRNS['all is well']}?nationalInsuranceNumber={NUMBER.characters}"
        connection.request("GET", path, headers=asking)
        assert NUMBER.characters in connection.getresponse().read().decode()
        connection.close()
        host, _, port = address.partition(":")
        for text in NO_HTTP:
            with socket.create_connection((host, int(port)), timeout=5) as line:
                line.sendall(text.encode())
