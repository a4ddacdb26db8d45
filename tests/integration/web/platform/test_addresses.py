"""Addresses come from ``url_for``, so the service works below any prefix."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.exceptions import NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client, TestResponse

from entrypoints import bootstrap
from entrypoints.demo import DEMO_DATE, demo_world_text
from entrypoints.web.serving.server import demo_service
from integration.web.foundation import an_app, token_in

WEB = Path(__file__).parents[4] / "src" / "entrypoints" / "web"
TEMPLATES, MODULES = sorted(WEB.rglob("*.html")), sorted(WEB.rglob("*.py"))
# The build rewrites the references of other packages, such as /assets/. The server gives one check
# a thread of its own, before there are any routes.
WITH_ADDRESSES = {"build_assets.py", "whole_requests.py"}
ROUTES = {"Blueprint", "get", "post", "route"}  # calls whose texts declare an address
ADDRESS = re.compile(r"/[a-z][a-z/-]*([?.<]|$)")
PREFIX = "/induction"
LINK = re.compile(r'(?:href|src|action|data-left)="([^"#]*)"')
WORLD = bootstrap.parse_world(demo_world_text())


def _name(path: Path) -> str:
    return str(path.relative_to(WEB))


def _texts(node: ast.AST) -> Iterator[str]:
    """Yields the texts of a module, except for those that declare routes and docstrings."""
    if isinstance(node, ast.Call):
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        if name in ROUTES:
            return
        first = node.args[0] if node.args else None
        if name == "redirect" and isinstance(first, ast.Constant | ast.JoinedStr):
            yield "/redirect-to-a-literal"
    if isinstance(node, ast.JoinedStr) and ast.unparse(node).strip("'").endswith(".html"):
        return  # the name of a template
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from _texts(child)


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_no_module_holds_an_address(path: Path) -> None:
    """Only the declaration of a route says where a page is."""
    texts = _texts(ast.parse(path.read_text("utf-8")))
    found = [text for text in texts if ADDRESS.match(text)]

    assert not found or path.name in WITH_ADDRESSES


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_no_template_holds_an_address(path: Path) -> None:
    """Every link to a page of the service is made by ``url_for``."""
    assert not re.findall(r"""["']/.*""", path.read_text("utf-8"))


def test_no_script_holds_an_address() -> None:
    """Scripts read the addresses that the page gives them."""
    scripts = "".join(path.read_text("utf-8") for path in (WEB / "front_end").glob("*.js"))

    assert not re.findall(r"""["'`]/[a-z]\S*["'`]""", scripts)


@pytest.fixture
def visitor() -> Iterator[Client]:
    """A browser at the demo, which is mounted below a prefix."""
    with demo_service(WORLD, DEMO_DATE) as app:
        yield Client(DispatcherMiddleware(NotFound(), {PREFIX: app}))


def _links(page: TestResponse) -> list[str]:
    found = LINK.findall(page.text)
    return [link.replace("&amp;", "&") for link in found if not link.startswith("https://")]


def _sign_in(visitor: Client, path: str = "/demo/sign-in") -> TestResponse:
    return visitor.post(PREFIX + path, data={"user": "hannah"})


def _send(visitor: Client, at: str, **data: str) -> TestResponse:
    token = token_in(visitor.get(at).text)
    return visitor.post(at, data={"csrf_token": token, **data})


def test_every_link_within_reach_keeps_the_prefix(visitor: Client) -> None:
    """Pages, files, downloads and the addresses that forms post to: none leads elsewhere."""
    _sign_in(visitor)
    seen, waiting = set[str](), [f"{PREFIX}/school/ects"]
    while waiting:
        page = visitor.get(address := waiting.pop(), follow_redirects=True)
        links = [link for link in _links(page) if link]

        assert page.request.path.startswith(PREFIX) or page.request.root_path == PREFIX
        assert page.status_code in {200, 405}, address
        assert [link for link in links if not link.startswith(f"{PREFIX}/")] == []
        seen.add(address.partition("?")[0])
        waiting += [link for link in links if link.partition("?")[0] not in seen | set(waiting)]

    assert {f"{PREFIX}/school/register-ect", f"{PREFIX}/school/mentors"} <= seen
    assert any(address.startswith(f"{PREFIX}/assets/") for address in seen)


def test_redirects_keep_the_prefix(visitor: Client) -> None:
    """Whoever signs in comes to the page that was asked for, below the prefix."""
    asked = visitor.get(f"{PREFIX}/school/mentors?search=a")
    signed_in = _sign_in(visitor)
    begun = _send(visitor, f"{PREFIX}/school/register-ect")
    moved = {"today-day": "1", "today-month": "10", "today-year": "2025"}
    day = _send(visitor, f"{PREFIX}/demo/today", **moved)
    token = token_in(visitor.get(f"{PREFIX}/school/ects").text)
    out = visitor.post(f"{PREFIX}/sign-out", data={"csrf_token": token})

    assert asked.location == f"{PREFIX}/demo/sign-in"
    assert signed_in.location == f"{PREFIX}/school/mentors?search=a"
    assert begun.location is not None
    assert begun.location.startswith(f"{PREFIX}/school/register-ect/")
    assert day.location == f"{PREFIX}/"
    assert out.location == f"{PREFIX}/signed-out"


def test_a_sign_out_in_another_tab_keeps_the_prefix(visitor: Client) -> None:
    """The second tab posts without a session."""
    assert visitor.post(f"{PREFIX}/sign-out").location == f"{PREFIX}/signed-out"


def test_files_refer_to_each_other_below_the_prefix() -> None:
    """A style sheet or script finds the next file wherever both are."""
    assets = an_app().extensions["ect"].assets
    texts = [
        assets.files[name] for name in assets.names.values() if name.endswith((".css", ".js"))
    ]

    assert not [text for text in texts if b"/assets/" in text]
