"""The pages that belong to no journey."""

from __future__ import annotations

from integration.browser.visits import Visit, lead_on


def test_nothing_chosen_is_said_at_the_top_and_at_the_question(visit: Visit) -> None:
    """The message has the focus, and leads to the first of the choices."""
    visit.go("/demo/sign-in")
    lead_on(visit.page.get_by_role("button", name="Sign in"))
    visit.check()
    visit.page.get_by_role("link", name="Select who to sign in as").click()

    assert visit.page.evaluate("document.activeElement.value") == "hannah"


def test_the_wrong_part_of_a_date_is_marked(visit: Visit) -> None:
    """The right ones are not."""
    visit.go("/demo/today")
    visit.page.locator("#today-month").fill("Juno")
    lead_on(visit.page.get_by_role("button", name="Change the date"))
    visit.check()
    visit.page.get_by_role("link", name="Enter a real date").click()

    assert visit.page.evaluate("document.activeElement.id") == "today-month"
    assert visit.page.locator(".govuk-input--error").count() == 1


def test_one_signs_in_and_out(visit: Visit) -> None:
    """Out by a button in the navigation."""
    _sign_in(visit)
    visit.go("/privacy")
    visit.check()
    lead_on(visit.page.get_by_role("button", name="Sign out"))
    visit.check()

    assert visit.page.url.endswith("/signed-out")


def test_one_signs_in_and_out_without_scripts(visit_without_scripts: Visit) -> None:
    """Just the same."""
    visit = visit_without_scripts
    _sign_in(visit)
    visit.go("/privacy")
    visit.check()
    lead_on(visit.page.get_by_role("button", name="Sign out"))

    assert visit.page.url.endswith("/signed-out")


def _sign_in(visit: Visit) -> None:
    """As one of the people of the demo."""
    visit.go("/demo/sign-in")
    visit.page.locator("input[name=user][value=owen]").check()
    lead_on(visit.page.get_by_role("button", name="Sign in"))
    visit.page.wait_for_url("**/school/ects")


def test_on_a_telephone_everything_can_be_reached(visit_by_phone: Visit) -> None:
    """The navigation and what the demo offers fit a small screen."""
    visit = visit_by_phone
    visit.sign_in("hannah")
    visit.go("/cookies")
    visit.page.locator(".app-demo summary").click()
    visit.check()

    assert visit.page.get_by_role("button", name="Transfer an ECT").is_visible()

    visit.page.get_by_role("button", name="Menu").click()
    visit.check()

    assert visit.page.get_by_role("link", name="Mentors", exact=True).is_visible()
    assert visit.page.get_by_role("button", name="Sign out").is_visible()


def test_a_page_that_was_open_too_long_keeps_what_was_typed(visit: Visit) -> None:
    """Another sign-in has made its token worthless; one looks again and goes on."""
    visit.sign_in("owen")
    visit.go("/demo/today")
    visit.page.locator("#today-day").fill("12")
    visit.page.context.clear_cookies()
    lead_on(visit.page.get_by_role("button", name="Change the date"))
    visit.check()

    assert visit.page.title().startswith("Error: ")
    assert visit.page.locator("#today-day").input_value() == "12"

    lead_on(visit.page.get_by_role("button", name="Change the date"))

    assert visit.page.get_by_text("The date is now 12 September 2025").is_visible()

    visit.go("/demo/today")
    visit.page.locator("#today-day").fill("10")
    lead_on(visit.page.get_by_role("button", name="Change the date"))
