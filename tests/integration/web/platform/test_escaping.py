"""Whatever people are called, and whatever they type, is text."""

from __future__ import annotations

import pytest

from integration.web.registering import Registering
from integration.web.school import School, somebody

NAME = """Ann <script>alert(1)</script> "x" 'y' & {{ 7 * 7 }} <img src=x onerror=alert(1)>"""
SHOWN = "Ann &lt;script&gt;"
LIVE = ("<script>alert", "<img src=x", "&amp; 49")


def _is_text(page):
    assert SHOWN in page
    assert not [text for text in LIVE if text in page]


def test_whatever_somebody_is_called_is_text_on_every_page():
    """In the list, in the search box, and on a page of their own."""
    school, ect = School.of(), somebody(1, NAME)
    school.has(ect)
    user = school.user()
    answers = [
        user.get("/school/ects"),
        user.get("/school/ects", query_string={"search": "Ann <script>"}),
        user.get(f"/school/ects/{ect.id}"),
    ]

    for answer in answers:
        assert answer.status_code == 200
        assert "Ann &lt;script&gt;" in answer.text
        assert not [text for text in LIVE if text in answer.text]


def test_whatever_is_typed_is_text_in_every_form():
    """Shown again where it is wrong, played back where it is right."""
    user = Registering.in_town()
    user.go_on(until="name")
    wrong = user.post("name", name_is_correct="no", corrected_name=NAME * 2)
    name = {"name_is_correct": "no", "corrected_name": NAME[:60]}
    asked = user.go_on(name=name, same_person={"same_person": "yes"})

    assert wrong.status == 422
    _is_text(wrong.html)
    _is_text(asked.html)


PAGES = {
    "/": "text/html; charset=utf-8",
    "/no/such/page": "text/html; charset=utf-8",
    "/school/ects": "text/html; charset=utf-8",
    "/school/ects.csv": "text/csv; charset=utf-8",
    "/health/live": "application/json",  # which is UTF-8 by its standard
}


@pytest.mark.parametrize(("page", "kind"), PAGES.items())
def test_every_answer_says_what_it_is(page, kind):
    """And in which letters it is written, so that nobody has to guess."""
    assert School.of().user().get(page).content_type == kind
