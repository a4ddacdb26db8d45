"""Up to 100 ECTs of one school from a file: upload, everything that would happen, confirm."""

from __future__ import annotations

import csv
import html
import io
import re

import attrs
import pytest

from builders import ECT_TRN, URN, a_partnership
from ect_registration.domain.sessions import Person
from ect_registration.domain.values import Trn
from ect_registration.ports.deadline import NEVER
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.changing.undo.undoing import undo_ect
from ect_registration.use_cases.transactions import Actor, Ports
from integration.web.foundation import sign_in, token_in
from integration.web.one_app import client_on
from integration.web.school import OTHER_URN, text_of
from unit.use_cases.service import Service
from unit.use_cases.town import BRAM, CLOSED, PASSED, person, the_document, town

UPLOAD, CONFIRM = "/school/bulk", "/school/bulk/confirm"
SHOWN = re.compile(r'name="shown" value="([^"]+)"')
BRAMS = {"trn": str(BRAM), "email": "bram@example.org"}
PASSES = {"trn": str(PASSED), "email": "pia@example.org"}


HUNDRED = [person(Trn(f"{4_000_000 + n}"), "Ann", f"Other {n}") for n in range(100)]


@attrs.frozen
class Town:
    """The service in the small town, whose people TRS knows; nobody is registered."""

    service: Service
    ports: Ports

    @classmethod
    def make(cls):
        """With a hundred people more."""
        world = town()
        known = (*world.trs_people, *HUNDRED)
        service = Service.of(attrs.evolve(world, trs_people=known))
        return cls(service, service.ports)

    def user(self, user="user-1", urn=URN):
        """Somebody who is signed in."""
        client = client_on(self.ports)
        sign_in(client, self.ports, Person(user, "Hannah"), urn)
        return client


@pytest.fixture
def school():
    """What there is to choose from; nobody is registered."""
    return Town.make()


@pytest.fixture
def user(school):
    """Who uploads."""
    return school.user()


def a_file(*changes, left_out=("school",)):
    """A file with the example changed in these ways, a row each."""
    documents = [the_document(**each) for each in changes]
    keys = [key for key in the_document() if key not in left_out]
    text = io.StringIO()
    writer = csv.DictWriter(text, keys, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(
        {key: "" if value is None else value for key, value in each.items()} for each in documents
    )
    return text.getvalue().encode()


def upload(user, text, name="ects.csv"):
    """Send a file."""
    token = token_in(user.get(UPLOAD).text)
    data = {"csrf_token": token, "file": (io.BytesIO(text), name)}
    return user.post(UPLOAD, data=data, content_type="multipart/form-data")


def confirm(user, page, **changes):
    """Press the button of the page that shows what would happen."""
    [shown] = SHOWN.findall(page.text)
    data = {"csrf_token": token_in(page.text), "shown": html.unescape(shown)} | changes
    return user.post(CONFIRM, data=data)


def registered(school, urn=URN):
    """The TRNs of the ECTs of a school."""
    with school.ports.reading() as uow:
        return sorted(ect.teacher.trn.digits for ect in uow.ects.at_school(urn))


def test_everything_that_would_happen_is_shown_and_nothing_is_saved(school, user):
    """Rows that would be registered with what would be saved, and the others with what to do."""
    page = upload(user, a_file({}, BRAMS, PASSES, {"email": "no", "trn": "1000022"}))
    text = text_of(page.text)

    assert page.status_code == 200
    assert "The details of 2 ECTs will be saved" in text
    assert "Row 2: Asha Marlowe" in text
    assert "2 rows need correcting" in text
    assert "Row 4, TRN 1000011, Pia Passmore" in text
    assert "Row 5, TRN 1000022 Email:" in text
    assert registered(school) == []


def test_what_was_confirmed_is_registered(school, user):
    """The list says so, and each is somebody's registration in history."""
    done = confirm(user, upload(user, a_file({}, BRAMS)))
    listed = user.get(done.location)

    assert (done.status_code, done.location) == (303, "/school/ects")
    assert "The details of 2 ECTs have been saved" in listed.text
    assert registered(school) == [str(ECT_TRN), str(BRAM)]
    with school.ports.reading() as uow:
        assert {change.actor for change in uow.history.of_school(URN)} >= {"user-1"}


def test_a_button_pressed_twice_registers_nobody_twice(school, user):
    """The second time says that they were registered before."""
    page = upload(user, a_file({}, BRAMS))
    confirm(user, page)
    again = confirm(user, page)

    assert "The details of 2 ECTs were saved before" in user.get(again.location).text
    assert registered(school) == [str(ECT_TRN), str(BRAM)]


def test_a_button_pressed_again_after_an_undoing_registers_nobody(school, user):
    """Such as in another tab, or by going back."""
    page = upload(user, a_file({}))
    confirm(user, page)
    with school.ports.reading() as uow:
        [ect] = uow.ects.at_school(URN)
    undo_ect(ect.id, Actor("user-1", URN), school.ports)
    again = confirm(user, page)

    assert "The details of 1 ECT were saved before" in user.get(again.location).text
    assert registered(school) == []


def test_a_file_uploaded_again_says_who_was_registered(school, user):
    """Nothing will change for them, and there is nothing to confirm."""
    confirm(user, upload(user, a_file({})))
    page = upload(user, a_file({}))

    assert "The details in 1 row are already saved" in text_of(page.text)
    assert not SHOWN.search(page.text)


def test_what_changed_meanwhile_is_not_saved(school, user):
    """The rest is; the page says of which row, and under which rule."""
    page = upload(user, a_file({}, BRAMS))
    with school.ports.unit_of_work() as uow:
        uow.hold([Hold.EVERYTHING])
        uow.partnerships.add(a_partnership())
        uow.commit()
    done = confirm(user, page)

    assert done.status_code == 200
    assert done.text.count('data-rule="saved-as-shown"') == 3
    assert registered(school) == []


def test_a_row_that_is_refused_by_then_is_told(school, user):
    """Somebody else took the address while this user looked at the page."""
    page = upload(user, a_file({}, BRAMS))
    thief = {"trn": "1000024", "email": "bram@example.org"}
    colleague = school.user("user-2")
    confirm(colleague, upload(colleague, a_file(thief)))
    done = confirm(user, page)
    text = text_of(done.text)

    assert done.status_code == 200
    assert "The details of 1 ECT have been saved" in text
    assert "Row 3, TRN 1000002, Bram Okafor" in text
    assert 'data-rule="email-in-use"' in done.text


@pytest.mark.parametrize("who", [("user-2", URN), ("user-1", OTHER_URN)])
def test_what_was_shown_to_one_user_is_no_proof_of_another(school, user, who):
    """Nor of the same user at another school; and it cannot be changed."""
    page = upload(user, a_file({}))
    [shown] = SHOWN.findall(page.text)
    other = school.user(*who)
    token = token_in(other.get(UPLOAD).text)
    answer = other.post(CONFIRM, data={"csrf_token": token, "shown": shown})
    spoilt = confirm(user, page, shown=shown[:30] + "A" + shown[31:])

    assert (answer.status_code, answer.location) == (303, UPLOAD)
    assert (spoilt.status_code, spoilt.location) == (303, UPLOAD)
    assert registered(school) == registered(school, OTHER_URN) == []


WRONG = {
    "no file": (b"", "Choose a CSV file"),
    "a header alone": (a_file(), "no rows below its header"),
    "a column missing": (a_file({}, left_out=("school", "email")), "Columns are missing: email"),
    "too many rows": (a_file(*({"trn": str(3_000_000 + n)} for n in range(101))), "at most 100"),
    "a TRN twice": (a_file({}, {}), "in row 2 too"),
    "too large": (b"x" * (64 * 1024 + 1), "smaller than 64 KB"),
    "far too large": (b"x" * (200 * 1024), "smaller than 64 KB"),
    "a workbook": (b"PK\x03\x04", "this is a workbook"),
}


@pytest.mark.parametrize(("text", "says"), WRONG.values(), ids=WRONG)
def test_a_file_that_cannot_be_used_is_an_error_at_its_field(user, text, says):
    """Nothing is looked up; the form says what to do."""
    page = upload(user, text)

    assert page.status_code == 422
    assert "<title>Error: " in " ".join(page.text.split()).replace("<title> ", "<title>")
    assert says in html.unescape(page.text)
    assert 'href="#file"' in page.text


def test_rows_that_are_far_too_large_have_the_page_of_any_form(user):
    """What is confirmed is not a file, and there is no question to ask again."""
    token = token_in(user.get(UPLOAD).text)
    answer = user.post(CONFIRM, data={"csrf_token": token, "shown": "x" * 200 * 1024})

    assert answer.status_code == 413
    assert "Your answer is too long" in answer.text


def test_rows_of_another_school_are_left_out(school, user):
    """A file may have the column school, and then only this one."""
    rows = [{"school": str(OTHER_URN)}, {**BRAMS, "school": str(URN)}]
    page = upload(user, a_file(*rows, left_out=()))
    confirm(user, page)

    assert 'data-rule="own-school-only"' in page.text
    assert registered(school) == [str(BRAM)]
    assert registered(school, OTHER_URN) == []


def test_rows_count_as_guesses_of_facts(school, user):
    """At the limit the rest is not looked up, and TRS is not asked."""
    wrong = [{"trn": str(9_000_000 + n), "email": f"e{n}@example.org"} for n in range(10)]
    page = upload(user, a_file(*wrong, {}, BRAMS))
    text = text_of(page.text)

    waits = "Not looked up yet. You have tried too many times. You can try again on"
    assert len(re.findall(f"{waits} 10 September 2025 at [0-9]+:[0-9]+[ap]m", text)) == 2
    assert not SHOWN.search(page.text)
    assert registered(school) == []


def test_a_hundred_right_rows_are_no_guesses(school, user):
    """Each proof takes its guess back."""
    rows = [{"trn": str(each.trn), "email": f"{each.trn}@example.org"} for each in HUNDRED]
    page = upload(user, a_file(*rows))
    confirm(user, page)

    assert "The details of 100 ECTs will be saved" in page.text
    assert len(registered(school)) == 100


def test_trs_out_of_reach_registers_nobody(school, user):
    """Every row says so, and the file can be uploaded again."""
    school.service.records.out_of_reach = True
    page = upload(user, a_file({}))

    assert 'data-rule="trs-unavailable"' in page.text
    assert not SHOWN.search(page.text)


def test_a_school_that_may_not_register_is_told_why(school):
    """It sees no form, and what it posts is not read."""
    user = school.user(urn=CLOSED)
    page, posted = user.get(UPLOAD), upload(user, a_file({}))
    large = upload(user, b"x" * 200 * 1024)

    assert 'type="file"' not in page.text
    assert posted.status_code == large.status_code == 200
    assert not SHOWN.search(posted.text)


def test_a_file_may_take_longer_than_a_page(school):
    """A hundred rows are searched for, and registered, in one request each."""
    seconds = []

    def noted(deadline=NEVER):
        seconds.append(deadline.left())
        return school.ports.unit_of_work(deadline=deadline)

    ports = attrs.evolve(school.ports, unit_of_work=noted)
    user = attrs.evolve(school, ports=ports).user()
    seconds.clear()
    page = upload(user, a_file({}))
    uploading = max(seconds)
    seconds.clear()
    confirm(user, page)

    assert (uploading > 20, max(seconds) > 20) == (True, True)


def test_a_date_that_cannot_be_read_is_told_with_forms_that_can(user):
    """As they are to be written in the file, and not as words."""
    page = upload(user, a_file({"start_date": "1 September 2025"}))

    assert "Give a date as 2023-07-14 or 14/07/2023, day before month" in text_of(page.text)


def test_no_second_fact_is_on_any_page(user):
    """Not of a row that is right, of one that is wrong, or of a column that moved."""
    moved = {"trn": "1999-01-31", "email": "1999-01-31"}
    page = upload(user, a_file({}, {**BRAMS, "date_of_birth": "1998-01-31"}, moved))

    for secret in ("1999-01-31", "1998-01-31", "31 January"):
        assert secret not in page.text


def test_names_are_shown_and_not_run(school, user):
    """A name may look like a part of the page."""
    page = upload(user, a_file({"corrected_name": "Asha <b>Marlowe"}))

    assert "Asha &lt;b&gt;Marlowe" in page.text


def test_the_ects_page_leads_here(user):
    """Beside the button that registers one."""
    assert UPLOAD in user.get("/school/ects").text
