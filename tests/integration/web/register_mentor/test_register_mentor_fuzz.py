"""Whatever is sent to whatever page about a mentor, it is answered."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import a_mentor
from entrypoints.web.register_mentor.forms import FORMS
from integration.web.mentoring import ANSWERS, Mentoring, somebody_else
from unit.use_cases.town import OTHER_SCHOOL

KIT = somebody_else(2, "Kit Alder")
ASSIGNING = "assign-mentor"
PAGES = [*FORMS, "check-answers", "no-trn", "done", "stopped", "no-such-step"]
NAMES = sorted(
    {name for answers in ANSWERS.values() for name in answers}
    | {"national_insurance_number", "corrected_name", "same_person", "mentor", "another_provider"}
    | {"shown", "again", "change", "csrf_token"}
)
RIGHT = sorted({text for answers in ANSWERS.values() for text in answers.values()} | {"new"})
ODD = ["", "no", str(KIT.id), "1000002", "\x00", "x" * 20_000, "\uff11\uff12", "🙂", "{0}"]
sendable = st.text(max_size=40).filter(lambda text: text == text.encode(errors="ignore").decode())
texts = st.sampled_from([*RIGHT, *ODD]) | sendable
typed = st.dictionaries(
    st.sampled_from(NAMES) | sendable, texts | st.lists(texts, max_size=3), max_size=8
)


def _begun(until):
    user = Mentoring.of(None, None, KIT, a_mentor(school=OTHER_SCHOOL))
    if until == ASSIGNING:
        user.choose(KIT.id)
    elif until is None:
        user.begin()
    else:
        user.go_on(until=until, training={"another_provider": "yes"})
    return user


@pytest.fixture(scope="module")
def users():
    """In the middle of it, at several places."""
    return [_begun(until) for until in (None, "name", "start-date", "lead-provider", ASSIGNING)]


@settings(max_examples=300)
@given(
    which=st.integers(0, 4),
    page=st.sampled_from(PAGES),
    fields=typed,
    start=st.booleans(),
    token=st.booleans(),
)
def test_no_post_makes_the_service_stumble(users, which, page, fields, start, token):
    """Missing and made-up fields, arrays, huge and binary values, in any order of pages."""
    user = users[which]
    path = user.question if start else user.address(page)
    data = {**fields, **({"csrf_token": user.token} if token else {})}

    assert user.client.post(path, data=data).status_code < 500
    assert user.client.get(path).status_code < 500
