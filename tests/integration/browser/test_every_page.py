"""Every page of the service behaves, whoever looks at it. `walks.py` says how to come to each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from flask import Flask
from jinja2.meta import find_referenced_templates
from playwright.sync_api import Browser
from werkzeug.exceptions import HTTPException
from werkzeug.routing import AnyConverter, Rule

from integration.browser.checking.looking import Look
from integration.browser.conftest import WAYS
from integration.browser.served import Served, served
from integration.browser.walking.walks import take_all


@pytest.mark.parametrize("way", ["desk", "no-scripts"])
def test_every_page_behaves(browser: Browser, way: str) -> None:
    """Everything that is promised of every page holds, and there is no page that was not seen.

    At a desk, each page is also looked at as a small telephone shows it.
    """
    size, scripts = WAYS[way]
    with served() as demo, Look.begin(browser, demo.address, size, scripts=scripts) as visit:
        take_all(visit, demo)
        wrong = [*visit.wrong, *_not_seen(demo, visit), *_not_shown(demo.app, set(visit.shown))]

    assert "\n".join(wrong) == ""


def _not_seen(demo: Served, visit: Look) -> Iterator[str]:
    """Routes to which no walk came, but for those that have no pages."""
    seen = {_route(demo.app, method, path) for method, path in visit.asked}
    for rule in demo.app.url_map.iter_rules():
        for method, route in product((rule.methods or set()) - {"HEAD", "OPTIONS"}, _routes(rule)):
            for_machines = route.startswith("/api/")
            if f"{method} {route}" not in seen and not for_machines and _is_page(visit, route):
                yield f"no walk comes to {method} {route}"


def _is_page(visit: Look, route: str) -> bool:
    """Whether people would see it: files and what is for machines need no look."""
    answer = visit.page.request.get(visit.address + route)
    return "<" in route or answer.headers["content-type"].startswith("text/html")


def _route(app: Flask, method: str, path: str) -> str:
    """``GET /school/ects/<id>``: where the choice is small it counts as a place."""
    try:
        rule, values = app.url_map.bind("").match(path, method, return_rule=True)
    except HTTPException:
        return f"{method} {path}"
    chosen = {
        name: str(values[name])
        for name, converter in rule._converters.items()
        if isinstance(converter, AnyConverter)
    }
    return f"{method} {_filled(rule, chosen)}"


def _routes(rule: Rule) -> Iterator[str]:
    """One for each choice."""
    choices = {
        name: sorted(converter.items)
        for name, converter in rule._converters.items()
        if isinstance(converter, AnyConverter)
    }
    for chosen in product(*choices.values()):
        yield _filled(rule, dict(zip(choices, chosen, strict=True)))


def _filled(rule: Rule, chosen: Mapping[str, str]) -> str:
    """The rule, with these of its parts, and the names of the others."""
    return re.sub(
        r"<(?:[^<>]*:)?([^<>:]+)>", lambda part: chosen.get(part[1], f"<{part[1]}>"), rule.rule
    )


def _not_shown(app: Flask, shown: set[str]) -> Iterator[str]:
    """Templates of whole pages that no walk came to."""
    env = app.jinja_env
    texts = {
        name: env.loader.get_source(env, name)[0]
        for name in env.list_templates()
        if not name.startswith("govuk_frontend_jinja")
    }
    bases = {
        found for text in texts.values() for found in find_referenced_templates(env.parse(text))
    }
    for name, text in texts.items():
        if "{% extends" in text and name not in bases | shown:
            yield f"no walk comes to a page of {name}"
