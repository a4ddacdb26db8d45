"""Debian's nginx in front of the server, with the configuration that is handed out."""

from __future__ import annotations

import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep

import attrs
import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from entrypoints import bootstrap
from integration.web.production import Production, production

CONF = Path(__file__).resolve().parents[2] / "deploy" / "nginx" / "ect.conf"
HOST = "ect.example"
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
MAIN = """
user root;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/ect.conf;
}}
"""


@attrs.frozen
class Proxied:
    """nginx, and the server behind it."""

    server: Production
    http: int
    https: int
    folder: Path

    def client(self, address: str = "127.0.0.1") -> httpx.Client:
        """A browser on this machine, at one of its addresses."""
        context = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        context.check_hostname = False  # it is asked for by its port
        return httpx.Client(
            base_url=f"https://127.0.0.1:{self.https}",
            headers={"Host": HOST},
            transport=httpx.HTTPTransport(verify=context, local_address=address),
            timeout=30,
        )


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def _make_certificate(folder: Path) -> None:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


def _configured(folder: Path, server: int, http: int, https: int) -> Path:
    """The configuration as it is handed out, but for ports and places."""
    text = CONF.read_text("utf-8")
    for wanted, here in {
        "127.0.0.1:8000": f"127.0.0.1:{server}",
        "listen 80;": f"listen 127.0.0.1:{http};",
        "listen 443 ssl;": f"listen 127.0.0.1:{https} ssl;",
        "listen [::]:80;": "",
        "listen [::]:443 ssl;": "",
        "/etc/ect/tls/": f"{folder}/",
        "/var/log/nginx/": f"{folder}/",
    }.items():
        assert wanted in text, f"{CONF} has no {wanted!r}"
        text = text.replace(wanted, here)
    (folder / "ect.conf").write_text(text, encoding="utf-8")
    main = folder / "nginx.conf"
    main.write_text(MAIN.format(folder=folder), encoding="utf-8")
    return main


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    """Serve with two workers, behind the proxy."""
    folder = tmp_path_factory.mktemp("nginx")
    bootstrap.upgrade_database(f"sqlite:///{folder / 'service.db'}")
    _make_certificate(folder)
    with production(folder, settings={"ECT_TRUSTED_PROXIES": "1"}) as server:
        server.read_log_until("Booting worker", times=2)
        server.read_on()
        found = Proxied(server, _free_port(), _free_port(), folder)
        main = _configured(folder, server.port, found.http, found.https)
        tested = subprocess.run(
            [NGINX, "-t", "-c", main], capture_output=True, text=True, check=False
        )
        assert tested.returncode == 0, tested.stderr
        with subprocess.Popen([NGINX, "-c", main]) as nginx:
            try:
                _wait_for(found.https)
                yield found
            finally:
                nginx.terminate()


def _wait_for(port: int) -> None:
    for _ in range(300):
        sleep(0.1)
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
    raise AssertionError("nginx does not listen")


def test_pages_come_over_tls(proxied: Proxied) -> None:
    """With the headers and the style sheet of the service, and the proxy's id of the request."""
    with proxied.client() as client:
        page = client.get("/cookies")
        sheet = page.text.partition('<link rel="stylesheet" href="')[2].partition('"')[0]
        styles = client.get(sheet)
    id = page.headers["X-Request-ID"]

    assert (page.status_code, styles.status_code) == (200, 200)
    assert page.headers["Strict-Transport-Security"].startswith("max-age=")
    assert re.fullmatch("[0-9a-f]{32}", id)
    assert id in (proxied.folder / "ect.log").read_text("utf-8")


def test_plain_http_leads_to_https(proxied: Proxied) -> None:
    """To the same page."""
    answer = httpx.get(f"http://127.0.0.1:{proxied.http}/cookies", headers={"Host": HOST})

    assert answer.status_code == 301
    assert answer.headers["Location"] == f"https://{HOST}/cookies"


def test_the_word_of_a_client_about_itself_does_not_count(proxied: Proxied) -> None:
    """What it says of its address, host and scheme is replaced."""
    lies = {
        "X-Forwarded-For": "192.0.2.1",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "http",
        "X_Forwarded_Host": "evil.example",
    }
    with proxied.client() as client:
        answer = client.get("/school/ects", headers=lies)

    assert answer.status_code == 302
    assert "evil" not in str(answer.headers)


def test_a_form_that_is_too_large_has_the_page_that_says_so(proxied: Proxied) -> None:
    """Up to what the proxy lets through at all."""
    with proxied.client() as client:
        page = client.post("/sign-out", data={"a": "a" * 100_000})
        refused = client.post("/sign-out", content=b"a" * 2_000_000)

    assert (page.status_code, "<h1" in page.text) == (413, True)
    assert refused.status_code == 413


def test_slow_clients_keep_nobody_out(proxied: Proxied) -> None:
    """Hundreds that say nothing, or stop halfway."""
    with ExitStack() as stack, proxied.client("127.0.0.3") as client:
        for number in range(400):
            slow = socket.create_connection(("127.0.0.1", proxied.https), timeout=30)
            stack.enter_context(slow)
            if number % 2:
                slow.sendall(b"\x16\x03\x01")
        statuses = {client.get("/cookies").status_code for _ in range(10)}

    assert statuses == {200}


def test_who_asks_too_often_is_told_to_wait(proxied: Proxied) -> None:
    """By address; another address is answered."""
    with proxied.client("127.0.0.4") as client, proxied.client("127.0.0.5") as other:
        statuses = {client.get("/cookies").status_code for _ in range(120)}
        another = other.get("/cookies").status_code

    assert (statuses, another) == ({200, 429}, 200)


def test_checks_of_health_are_for_this_machine(proxied: Proxied) -> None:
    """What they find is no business of others."""
    with proxied.client() as client, proxied.client("127.0.0.6") as other:
        here, elsewhere = client.get("/health/ready"), other.get("/health/ready")

    assert (here.status_code, elsewhere.status_code) == (200, 403)
