"""A school user at a browser who types the marked facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from integration.cli.contract import TRNS
from integration.cli.town import HUB, PROVIDER
from integration.secrets.marks import BORN_ON, NUMBER
from integration.secrets.stage import Stage
from integration.web.foundation import token_in
from integration.web.registering import ANSWERS, Registering, Seen, a_date

WELL = TRNS["all is well"]


def born(on: date = BORN_ON, **instead: object) -> dict[str, str]:
    """In three boxes."""
    parts = {"day": on.day, "month": on.month, "year": on.year, **instead}
    return a_date("date_of_birth", **parts)


def by_number(number: object = NUMBER) -> dict[str, str]:
    """In its one box."""
    return {"national_insurance_number": getattr(number, "characters", str(number))}


def sign_in(stage: Stage, user: str = "owen") -> Registering:
    """Somebody of a school, at a browser of their own."""
    client = stage.app.test_client()
    assert client.post("/demo/sign-in", data={"user": user}).status_code == 303
    token = token_in(client.get("/cookies").text)
    return Registering(None, client, token, person=None, school=None)


def search(stage: Stage, trn: str = WELL, user: str = "owen", day: date = BORN_ON) -> Registering:
    """A journey whose first question is answered."""
    visitor = sign_in(stage, user)
    visitor.begin()
    visitor.post("find", {"trn": trn, **born(day)})
    return visitor


def go_on(
    visitor: Registering, until: str = "check-answers", trn: str = WELL, **instead: Any
) -> Seen:
    """Answer what is asked, in the words of the marked world."""
    if not visitor.journey:
        visitor.begin()
    answers: Mapping[str, Any] = {
        **ANSWERS,
        "find": {"trn": trn, **born()},
        "email": {"email": f"{trn}@example.net"},
        "appropriate-body": {"appropriate_body": HUB},
        "lead-provider": {"lead_provider": PROVIDER},
        **{step.replace("_", "-"): answer for step, answer in instead.items()},
    }
    seen = visitor.get("find")
    while seen.step != until and seen.step in answers:
        before = visitor.get(seen.step).step
        seen = visitor.post(before, answers[before])
        if seen.step == before:
            return seen
    return visitor.get(seen.step)
