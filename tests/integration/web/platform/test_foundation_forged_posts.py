"""Posts that no page of ours sent, or one that has grown old."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import redirect, render_template_string

from ect_registration.domain.email import Email
from entrypoints.web.forms.dates import DateParts
from entrypoints.web.forms.fields import Form, ParsedBy, Text
from integration.web.foundation import an_app, app_with, token_in
from integration.web.school import School

PAGE = """{% extends "layout.html" %}{% import "macros/form.html" as f with context %}
{% set title = "Who?" %}{% block page %}<h1>Who?</h1>{{ f.opening() }}
{{ f.text(form.email, "m") }}{{ f.text(form.number, "m") }}{{ f.date(form.born, "m") }}
</form>{% endblock %}"""
TYPED = {
    "email": "asha@example.org",
    "number": "AB123456C",
    "born-day": "17",
    "born-month": "3",
    "born-year": "1999",
}


class WhoForm(Form):
    email = Text("Email address", [ParsedBy(Email.parse)])
    number = Text("National Insurance number", secret=True)
    born = DateParts("Date of birth", what="the date of birth", secret=True)


@pytest.fixture
def done():
    """What has been done."""
    return []


@pytest.fixture
def client(done):
    """A page that asks for three things, two of them secret."""

    def view():
        form = WhoForm()
        if form.validate_on_submit():
            done.append(form.email.parsed)
            return redirect("/next", 303)
        return render_template_string(PAGE, form=form), 422 if form.errors else 200

    return app_with(view)


def test_with_its_token_a_form_is_taken(client, done):
    """The page put it there."""
    token = token_in(client.get("/page").text)
    answer = client.post("/page", data={**TYPED, "csrf_token": token})

    assert answer.location == "/next"
    assert done == [Email("asha@example.org")]


@pytest.mark.parametrize("token", [None, "", "wrong", "Ijk.aaa.bbb"])
def test_without_its_token_the_answers_come_back_and_nothing_is_done(client, done, token):
    """One looks at them and goes on, with the token that is there now."""
    data = TYPED if token is None else {**TYPED, "csrf_token": token}
    answer = client.post("/page", data=data)

    assert answer.status_code == 400
    assert "<title>Error: Who?" in answer.text
    assert 'value="asha@example.org"' in answer.text
    assert done == []

    again = client.post("/page", data={**TYPED, "csrf_token": token_in(answer.text)})

    assert again.location == "/next"


@pytest.mark.parametrize("data", [TYPED, {**TYPED, "born-year": "x"}])
def test_a_secret_never_comes_back(client, data):
    """Neither with an error nor without a token."""
    token = token_in(client.get("/page").text)
    wrong = {**data, "email": "wrong", "csrf_token": token}
    pages = [client.post("/page", data=sent).text for sent in (data, wrong)]

    assert not [page for page in pages if "AB123456C" in page or 'value="17"' in page]


def test_another_site_cannot_send_a_form(client, done):
    """Not even one that knows the token; nor are its answers shown as if they were the user's."""
    token = token_in(client.get("/page").text)
    for header in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        answer = client.post("/page", data={**TYPED, "csrf_token": token}, headers=header)

        assert answer.status_code == 400
        assert "asha@example.org" not in answer.text
    assert done == []


def test_our_own_pages_send_forms(client):
    """Whatever the browser says of where they come from."""
    token = token_in(client.get("/page").text)
    said = ({"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"})
    answers = [
        client.post("/page", data={**TYPED, "csrf_token": token}, headers=header)
        for header in said
    ]

    assert [answer.status_code for answer in answers] == [303, 303]


def test_a_post_without_a_page_of_its_own_is_to_be_done_again():
    """There are no answers to show."""
    answer = School.of().user().post("/sign-out")

    assert answer.status_code == 400
    assert "Nothing has been changed" in answer.text


def test_whoever_signed_out_in_another_tab_is_signed_out():
    """There is nothing to do again."""
    answer = an_app().test_client().post("/sign-out")

    assert (answer.status_code, answer.location) == (303, "/signed-out")


def test_neither_files_nor_json_nor_lists_are_answers(client, done):
    """They are as good as left out."""
    token = token_in(client.get("/page").text)
    file = {"email": (BytesIO(b"x"), "x.txt"), "csrf_token": token}
    sent = [
        client.post("/page", data=file, content_type="multipart/form-data"),
        client.post("/page", json={"email": ["a"]}, headers={"X-CSRFToken": token}),
        client.post("/page", data={"email[]": "a@example.org", "csrf_token": token}),
    ]

    assert [answer.status_code for answer in sent] == [422, 422, 422]
    assert done == []
