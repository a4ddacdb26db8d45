"""An ear at the service: every answer, every template, every error that reaches a border."""

from __future__ import annotations

import re
from typing import Any

import attrs
from flask import Flask, template_rendered
from flask.testing import FlaskClient
from jinja2 import Template
from werkzeug.test import TestResponse

from integration.secrets.spellings import Evidence
from integration.trs.leaks import shown_by

RULE = re.compile(r' data-rule="([^"]*)"|"rule": "([^"]*)"')


class Crash(Exception):
    """A mistake in the middle of a request, planted by a drive: its message quotes the secrets."""


@attrs.define
class Ears:
    """What was heard, in order and once; which templates and rules were met."""

    heard: dict[Evidence, None] = attrs.field(factory=dict)
    templates: set[str] = attrs.field(factory=set)
    rules: set[str] = attrs.field(factory=set)

    def hear(self, where: str, text: str) -> None:
        """Something was put out."""
        self.heard[where, text] = None
        self.rules.update(id for pair in RULE.findall(text) for id in pair if id)

    def listen_to(self, app: Flask) -> None:
        """From now on."""
        ears = self

        class Client(FlaskClient):
            """A browser whose answers, cookies among them, are heard."""

            def open(self, *args: Any, **options: Any) -> TestResponse:
                answer = super().open(*args, **options)
                ears.hear(
                    f"answer {answer.status_code} of {answer.request.path}",
                    f"{answer.status}\n{answer.headers}\n{answer.text}",
                )
                return answer

        def rendered(_: Flask, template: Template, **more: object) -> None:
            ears.templates.add(str(template.name))

        app.test_client_class = Client
        template_rendered.connect(rendered, app, weak=False)
        app.handle_user_exception = self._errors(app.handle_user_exception)
        app.handle_exception = self._errors(app.handle_exception)

    def _errors(self, handle: Any) -> Any:
        def handling(error: Exception) -> Any:
            if not isinstance(error, Crash):
                for text in shown_by(error):
                    self.hear("an error", text)
            return handle(error)

        return handling
