"""Who helps users, and what the pages about the service say of those who run it."""

from __future__ import annotations

import re

import pytest

from entrypoints.settings.checks import mistakes_in
from entrypoints.settings.config import SettingsError, read_settings
from entrypoints.web.platform.environment.operator_settings import OperatorSettings
from entrypoints.web.platform.environment.settings import WebSettings, read_web_settings
from integration.web.foundation import KEY, an_app
from integration.web.registering import BORN, Registering
from integration.web.school import text_of
from unit.use_cases.town import CLOSED

RIGHT = {"ECT_SECRET_KEY": KEY, "ECT_BASE_URL": "https://ect.example/"}
SUPPORTED = OperatorSettings("help@example.org", "https://help.example", 3)


def _text(path, operator=SUPPORTED):
    settings = WebSettings("test", "http://127.0.0.1", KEY, operator=operator)
    answer = an_app(settings).test_client().get(path)

    assert answer.status_code == 200
    return text_of(answer.text), answer.text


def test_the_help_page_names_who_helps():
    """By email or on a page of support, and how soon."""
    says, page = _text("/help")

    assert "email help@example.org or use our support page" in says
    assert 'href="mailto:help@example.org"' in page
    assert 'href="https://help.example"' in page
    assert "reply within 3 working days" in says


def test_without_support_the_help_page_leads_to_the_department():
    """It promises no time to answer."""
    says, page = _text("/help", OperatorSettings())

    assert 'href="https://www.gov.uk/contact-dfe"' in page
    assert "working day" not in says


@pytest.mark.parametrize(
    "path", ["/", "/help", "/cookies", "/privacy", "/sign-in", "/no/such/page"]
)
def test_every_page_has_one_link_to_help_in_its_footer(path):
    """In the same words, first of all links there."""
    page = an_app().test_client().get(path).text
    footer = page.partition('<div class="govuk-footer')[2]

    assert re.findall(r'href="([^"]*)">([^<]*)<', footer)[0] == ("/help", "Get help")
    assert footer.count('href="/help"') == 1


def test_a_stop_page_says_what_to_tell_support():
    """The code of the rule, and no date of birth."""
    page = Registering.in_town(school=CLOSED).get("/school/register-ect")

    assert "Contact support and give them:" in page.says
    assert "this code: school-cannot-register" in page.says
    assert "the name of your school this code" in page.says  # no teacher was searched for
    assert "Do not send a date of birth" in page.says


def test_a_stop_page_about_a_teacher_asks_for_their_trn():
    """Support finds the person by it."""
    user = Registering.in_town()
    user.go_on(find={"trn": "3999999", **BORN})
    page = user.get("stopped")

    assert "your school and the teacher reference number (TRN)" in page.says


def test_a_problem_page_gives_the_reference_of_the_request():
    """Operators find the line of the log by it."""
    answer = an_app().test_client().get("/", headers={"Host": "x"}, query_string={"a": "b"})
    problem = an_app().test_client().post("/help", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 200
    assert problem.status_code == 400
    assert problem.headers["X-Request-ID"] in text_of(problem.text)


def test_the_privacy_notice_says_what_the_operator_sets():
    """Controller, contact, lawful basis and retention."""
    says, page = _text(
        "/privacy",
        OperatorSettings(
            controller="The Office of Tests",
            privacy_contact="privacy@example.org",
            lawful_basis="a contract",
            retention="7 years",
        ),
    )

    assert "The Office of Tests is the data controller" in says
    assert 'href="mailto:privacy@example.org"' in page
    assert "Our lawful basis is a contract." in says
    assert "changes to them, for 7 years." in says


def test_the_accessibility_statement_has_what_the_regulations_ask_for():
    """Status in the fixed words, contact, enforcement and dates; nothing that was not tested."""
    says, _ = _text("/accessibility")

    for part in (
        "This website is partially compliant with the Web Content Accessibility Guidelines",
        "email help@example.org",
        "Equality and Human Rights Commission (EHRC) is responsible for enforcing",
        "Equality Advisory and Support Service (EASS)",
        "This statement was prepared on",
        "The service was last tested on",
    ):
        assert part in says
    able = says.partition("What has not been tested")[0]
    assert "screen reader" not in able
    assert "speech" not in able


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ECT_SUPPORT_EMAIL", "nobody"),
        ("ECT_SUPPORT_URL", "http://help.example"),
        ("ECT_SUPPORT_URL", "javascript:alert(1)"),
        ("ECT_SUPPORT_DAYS", "soon"),
        ("ECT_SUPPORT_DAYS", "0"),
        ("ECT_SUPPORT_DAYS", "100"),
        ("ECT_PRIVACY_CONTACT", "@"),
        ("ECT_PRIVACY_CONTACT", "ftp://example.org"),
        ("ECT_PRIVACY_CONTROLLER", " . "),
        ("ECT_PRIVACY_LAWFUL_BASIS", "two\nlines"),
        ("ECT_PRIVACY_RETENTION", "x" * 501),
    ],
)
def test_a_setting_that_pages_cannot_show_is_named(name, value):
    """By its name alone, before the service starts."""
    with pytest.raises(SettingsError) as caught:
        read_web_settings({**RIGHT, name: value})

    assert caught.value.name == name
    assert name in [
        error.name for error in mistakes_in(read_settings({**RIGHT, name: value}))["settings"]
    ]


def test_settings_of_the_operator_are_read():
    """As they are given, without a full stop at the end."""
    read = read_web_settings(
        {
            **RIGHT,
            "ECT_SUPPORT_EMAIL": "help@example.org",
            "ECT_SUPPORT_URL": "https://help.example",
            "ECT_SUPPORT_DAYS": "3",
            "ECT_PRIVACY_RETENTION": "7 years.",
            "ECT_PRIVACY_CONTACT": "https://example.org/privacy",
        }
    )

    assert read.operator == OperatorSettings(
        "help@example.org",
        "https://help.example",
        3,
        privacy_contact="https://example.org/privacy",
        retention="7 years",
    )
