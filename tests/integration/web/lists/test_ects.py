from __future__ import annotations

from datetime import date
from urllib.parse import quote

import pytest

from builders import (
    DELIVERY_PARTNER,
    HUB,
    LEAD_PROVIDER,
    a_mentor,
    a_mentorship,
    a_partnership,
    a_registration,
    a_training,
    school_led,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.training import ProgrammeChoices
from ect_registration.ports.stored.holds import Hold
from integration.web.one_app import client_on
from integration.web.registering import Registering
from integration.web.school import OTHER_URN, School, names_on, somebody, text_of
from unit.use_cases.town import CLOSED

LEFT = Period(date(2024, 9, 1), date(2025, 7, 18))


@pytest.fixture
def school() -> School:
    """Nobody is registered yet."""
    return School.of()


@pytest.fixture
def busy(school: School) -> School:
    """Forty-one who need a mentor, and one of each other status."""
    mentor = school.has_mentor(a_mentor())
    school.has(
        *(somebody(number) for number in range(1, 42)),
        somebody(50, "Rhea Registered", mentorships=(a_mentorship(mentor),)),
        somebody(51, "Cato Completed", completed=True),
        somebody(52, "Leda Left", period=LEFT),
        somebody(53, "Otto Otherschool", school=OTHER_URN),
    )
    return school


def _page(school, query="", **user):
    answer = school.user(**user).get(f"/school/ects{query}")
    assert answer.status_code == 200
    return answer.text


def test_a_school_without_ects_is_told_what_will_be_here(school):
    """Nothing to search, to filter or to download, and the way to begin."""
    page = _page(school)

    assert "has not registered any ECTs yet" in page
    assert ('name="search"' in page, ".csv" in page) == (False, False)
    assert 'href="/school/register-ect"' in page


def test_a_school_that_cannot_register_has_no_button_for_it():
    """It is told why."""
    user = Registering.in_town(school=CLOSED)
    page = user.get("/school/ects")

    assert "Your school cannot register early career teachers (ECTs): it is closed" in page.says
    assert 'href="/school/register-ect"' not in page.html


def test_everything_about_an_ect_stands_together(school):
    """A school sends this page to its provider."""
    mentor = school.has_mentor(a_mentor())
    with school.ports.unit_of_work() as uow:
        uow.hold([Hold.EVERYTHING])
        uow.partnerships.add(a_partnership())
        uow.commit()
    school.has(
        somebody(
            1,
            "Asha Marlowe",
            mentorships=(a_mentorship(mentor),),
            trainings=(a_training(delivery_partner=DELIVERY_PARTNER),),
        )
    )

    assert text_of(_page(school)).endswith(
        f"Asha Marlowe TRN 3000001 Registered Start date: 1 September 2025 Mentor: Joan Thackeray "
        f"Lead provider: {LEAD_PROVIDER} Delivery partner: {DELIVERY_PARTNER} "
        f"Appropriate body: {HUB}"
    )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"trainings": (a_training(),)}, "Delivery partner: Not confirmed yet"),
        (
            {"registration": a_registration(choices=school_led())},
            "Lead provider: None (school-led training) Delivery partner: None",
        ),
        (
            {"registration": a_registration(choices=ProgrammeChoices(None, None))},
            "Lead provider: Not known Delivery partner: Not known Appropriate body: Not known",
        ),
        ({}, "Mentor: Assign a mentor to Teacher 001"),
        ({"period": LEFT}, "1 September 2024 to 18 July 2025 Mentor: None"),
        ({"completed": True}, "Mentor: None"),
    ],
)
def test_what_is_missing_is_said(school, changes, says):
    """And why."""
    school.has(somebody(1, **changes))

    assert says in text_of(_page(school))


def test_twenty_are_on_a_page(busy):
    """Mentor required first, then the latest registration."""
    pages = [names_on(_page(busy, f"?page={number}")) for number in (1, 2, 3)]
    needing = [f"Teacher {number:03}" for number in range(1, 42)]

    assert pages[0] + pages[1] + pages[2] == [
        *needing,
        "Rhea Registered",
        "Cato Completed",
        "Leda Left",
    ]
    assert [len(page) for page in pages] == [20, 20, 4]


def test_pages_are_linked(busy):
    """With the search and the filter, and the number in the title."""
    page = _page(busy, "?search=teacher&status=mentor_required&page=2")

    assert "<title>Early career teachers (ECTs) matching “teacher”, page 2 of 3 – " in page
    assert "Showing 21 to 40 of 41 ECTs" in page
    for number in ("", "&amp;page=3"):
        assert f'href="/school/ects?search=teacher&amp;status=mentor_required{number}"' in page


def test_many_pages_are_shortened(school):
    """The first, the last, and those nearby."""
    school.has(*(somebody(number) for number in range(1, 182)))
    said = text_of(_page(school, "?page=5"))

    assert said.endswith("Previous page 1 &ctdot; 4 5 6 &ctdot; 10 Next page")


@pytest.mark.parametrize(
    ("status", "names"),
    [
        ("registered", ["Rhea Registered"]),
        ("completed", ["Cato Completed"]),
        ("left", ["Leda Left"]),
    ],
)
def test_a_filter_leaves_one_status(busy, status, names):
    """Completed and left ECTs can be found; every filter tells how many it leaves."""
    page = _page(busy, f"?status={status}")

    assert names_on(page) == names
    assert "All (44) Mentor required (41) Registered (1) Completed (1) Left (1)" in text_of(page)
    assert page.count('aria-current="true">') == 2  # the navigation's, and the filter's


@pytest.mark.parametrize("typed", ["leda", "LEFT led", "3000052", "RP 30/00052"])
def test_an_ect_is_found_by_name_or_trn(busy, typed):
    """However it is typed; what was typed stays in the box, and the counts follow."""
    page = _page(busy, f"?search={quote(typed)}")

    assert names_on(page) == ["Leda Left"]
    assert f'value="{typed}"' in page
    assert "All (1) Mentor required (0)" in text_of(page)


@pytest.mark.parametrize("blank", ["\u00a0", "\t", "\u2009", "\u3000", "\u200c"])
def test_words_are_apart_whatever_is_between_them(busy, blank):
    """As they come from a spreadsheet or another page."""
    assert names_on(_page(busy, f"?search={quote(f'Leda{blank}Left')}")) == ["Leda Left"]


def test_a_search_keeps_the_filter(busy):
    """The form carries it."""
    page = _page(busy, "?status=left")

    assert '<input type="hidden" name="status" value="left">' in page


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("?search=Nobody", "No ECTs match “Nobody”. Check the spelling, or search for part"),
        ("?search=Leda&status=registered", "No ECTs with this status match “Leda”."),
        ("?search=Otto", "No ECTs match “Otto”."),
    ],
)
def test_a_search_that_finds_nobody_says_so(busy, query, says):
    """Another school's ECT is nobody."""
    page = _page(busy, query)

    assert says in text_of(page)
    assert names_on(page) == []


def test_a_filter_that_leaves_nobody_says_so(school):
    """It can be taken off again."""
    school.has(somebody(1))
    page = _page(school, "?status=left")

    assert "You have no ECTs with this status." in page
    assert 'href="/school/ects">All (1)' in page


STRANGE = [
    "page=0", "page=-1", "page=x", "page=", "page=1.5", "page=%D9%A3", f"page={'9' * 20}",
    f"page={'9' * 5000}", "page[]=2", "page=1&page=2",
    "status=unknown", "status=", "status[]=left",
    "status=left&status=registered", "status=LEFT", "search=", "search=%00", "search=%FF%FE",
    "search=%25", "search=_", "search=\\", "search=%27%20OR%201=1;--", "search[]=a",
    f"search={'a' * 3000}", "search=%F0%9F%98%80", "search=%ED%A0%80", "search=%C2%85%E2%80%AE",
    "%FF=%FF", "&&&", "=", "unknown=1",
]  # fmt: skip


@pytest.mark.parametrize("query", STRANGE)
@pytest.mark.parametrize("path", ["/school/ects", "/school/ects.csv"])
def test_a_strange_address_shows_something_sensible(busy, path, query):
    """Never an error."""
    assert busy.user().get(f"{path}?{query}").status_code == 200


@pytest.mark.parametrize("query", ["page=0", "page=x", "status=unknown", "unknown=1"])
def test_what_is_not_known_is_left_out(busy, query):
    """The first page of everybody."""
    assert names_on(_page(busy, f"?{query}")) == names_on(_page(busy))


def test_a_page_too_far_is_the_last(busy):
    """ECTs may have left since somebody kept the address."""
    assert len(names_on(_page(busy, "?page=9999"))) == 4


def test_names_are_text(school):
    """Whatever is in them, and in what is looked for."""
    school.has(somebody(1, "<b>Bold</b> & “Co”"))
    page = _page(school, f"?search={quote('<b>Bold')}")

    assert names_on(page) == ["&lt;b&gt;Bold&lt;/b&gt; &amp; “Co”"]
    assert "<b>" not in page


def test_nobody_is_let_in_without_signing_in(school):
    """Not to the page, nor to an ECT, nor to the file."""
    ect = somebody(1)
    school.has(ect)
    client = client_on(school.ports)
    answers = [
        client.get(path) for path in ("/school/ects", f"/school/ects/{ect.id}", "/school/ects.csv")
    ]

    assert [(answer.status_code, answer.location) for answer in answers] == [(302, "/sign-in")] * 3


def test_another_school_sees_its_own(busy):
    """And nobody else's."""
    assert names_on(_page(busy, urn=OTHER_URN)) == ["Otto Otherschool"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_page_is_for_looking(busy, method):
    """HEAD and OPTIONS are answered; nothing else is."""
    client = busy.user()

    assert client.head("/school/ects").status_code == 200
    assert client.options("/school/ects").status_code == 200
    assert getattr(client, method)("/school/ects").status_code in {400, 405}
