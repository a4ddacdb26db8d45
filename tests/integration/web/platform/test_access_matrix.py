"""Who gets where: every route and method, for everybody.

``.venv/bin/python -m pytest -q -s tests/integration/web/platform/test_access_matrix.py -k table``
prints the table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from integration.web.access_matrix import (
    CALLERS,
    METHODS,
    WRONG_TOKEN,
    Caller,
    Matrix,
    Told,
    expected,
    random_id,
    verdict,
    without_tokens,
)

MAY_CHANGE = {"right school", "other school", "none chosen", "no role"}
# A colleague may have been first: what is not unread here leads to the list, whosever it is.
ALREADY_DONE = {"/school/ects/announcements/<uuid:id>/read"}
KNOWN = {"ects.ect", "ects.discard", "register_ect.resume", "register_ect.check_answers"}


@pytest.fixture(scope="module")
def matrix() -> Matrix:
    """One for all: what a post changes is put back."""
    return Matrix.make()


@pytest.fixture(scope="module")
def told(matrix: Matrix) -> Mapping[str, Sequence[Told]]:
    """What everybody is told, by who asks."""
    return {name: matrix.told(name) for name in CALLERS}


@pytest.mark.parametrize("name", CALLERS)
def test_everybody_gets_where_they_may_and_nowhere_else(
    told: Mapping[str, Sequence[Told]], name: str
) -> None:
    """By every route and method; and only whom a post is for changes anything by it."""
    for row in told[name]:
        post = row.method == "POST"
        has_record = "uuid:" in row.route and row.route not in ALREADY_DONE
        may = expected(row.access, name, post=post, has_record=has_record)

        assert row.verdicts <= may, row
        assert not row.changed or (post and name in MAY_CHANGE), row


@pytest.mark.parametrize("name", sorted(WRONG_TOKEN))
def test_a_post_with_a_wrong_token_changes_nothing(
    told: Mapping[str, Sequence[Told]], name: str
) -> None:
    """Whether forged or replayed, and wherever it is sent; with the right one it would."""
    posts = [row for row in told[name] if row.method == "POST"]

    assert not [row for row in posts if row.changed]
    assert any("refused" in row.verdicts for row in posts)
    assert any(row.changed for row in told["right school"])


@pytest.mark.parametrize("caller", [Matrix.anonymous, Matrix.right_school])
def test_a_method_that_a_route_does_not_have_is_refused(
    matrix: Matrix, caller: Callable[[Matrix], Caller]
) -> None:
    """To everybody alike. Below /api/ nothing is told to anybody without a token."""
    somebody = caller(matrix)
    for rule in matrix.app.url_map.iter_rules():
        told = "signed out" if rule.rule.startswith("/api/") else "no such"
        [address, *_] = matrix.addresses(rule, matrix.ids)
        for method in set(METHODS) - (rule.methods or set()):
            assert verdict(matrix.ask(somebody, method, address)) == told, (rule, method)


def test_a_records_own_school_gets_to_it(matrix: Matrix) -> None:
    """So that being refused elsewhere means something."""
    rules = {rule.endpoint: rule for rule, _ in matrix.routes()}
    caller = matrix.right_school()
    found = {
        endpoint: {
            verdict(matrix.ask(caller, "GET", address))
            for address in matrix.addresses(rules[endpoint], matrix.ids)
        }
        for endpoint in KNOWN
        if "GET" in (rules[endpoint].methods or set())
    }

    assert {endpoint for endpoint, verdicts in found.items() if "in" not in verdicts} == set()


def test_another_schools_record_answers_as_an_unknown_one_does(matrix: Matrix) -> None:
    """To the letter, by every route and method that takes an identifier."""
    caller = matrix.other_school()
    for rule, method in matrix.routes():
        if "uuid:" not in rule.rule:
            continue
        [unknown] = matrix.addresses(rule, [random_id()])
        for address in matrix.addresses(rule, matrix.ids):
            answers = [matrix.ask(caller, method, where) for where in (address, unknown)]
            texts = [without_tokens(answer).replace(answer.request.path, "") for answer in answers]

            assert answers[0].status_code == answers[1].status_code
            assert texts[0] == texts[1]


def test_identifiers_in_addresses_are_random(matrix: Matrix) -> None:
    """No route takes a number that one could count up."""
    arguments = {
        type(converter).__name__
        for rule, _ in matrix.routes()
        for converter in rule._converters.values()
    }

    assert arguments <= {"UUIDConverter", "AnyConverter", "UnicodeConverter", "PathConverter"}


def test_the_table_can_be_printed(told: Mapping[str, Sequence[Told]]) -> None:
    """Run with -s it is there to read: what everybody is told, by route and method."""
    print("\n| route | method | for | " + " | ".join(told) + " |")
    print("|---" * (len(told) + 3) + "|")
    for rows in zip(*told.values(), strict=True):
        cells = [rows[0].route, rows[0].method, rows[0].access]
        cells += ["/".join(sorted(row.verdicts)) for row in rows]
        print(f"| {' | '.join(cells)} |")

    assert "broken" not in {
        word for rows in told.values() for row in rows for word in row.verdicts
    }
