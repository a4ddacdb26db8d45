"""What goes wrong on the pages: answers that are not right, forged and lost posts."""

from __future__ import annotations

from werkzeug.routing import Rule, UUIDConverter

from integration.cli.contract import TRNS
from integration.secrets.driving.drives import drive
from integration.secrets.marks import ANOTHER_DAY, BORN_ON, NUMBER
from integration.secrets.stage import Stage
from integration.secrets.visitor import WELL, born, by_number, search, sign_in
from integration.web.registering import START

DIFFERS = TRNS["another date"]
SLIPS = [
    {},
    {"trn": "12", **born()},
    {"trn": "", **born()},
    {"trn": WELL, **born(day="")},
    {"trn": WELL, **born(day="", month="")},
    {"trn": WELL, **born(day=32)},
    {"trn": WELL, **born(month=27, day=11)},
    {"trn": WELL, **born(year="1953zz")},
    {"trn": WELL, **born(year=19531127)},
    {"trn": WELL, **born(day="27/11/1953", month="", year="")},
    {"trn": WELL, **born(year=1853)},
    {"trn": WELL, "date_of_birth": "1953-11-27", **by_number()},
]
SLIPS_OF_NUMBERS = ["", "JK246810B7", "JK 24 68 10", "QQJK246810B", "JK246810B\0", "JK246810F"]


@drive
def makes_slips(stage: Stage) -> None:
    """Each page comes back with its errors, and without what was typed."""
    visitor = search(stage, DIFFERS, day=ANOTHER_DAY)
    for slip in SLIPS_OF_NUMBERS:
        assert visitor.post("national-insurance-number", by_number(slip)).status == 422
    for slip in SLIPS:
        assert visitor.post("find", slip).status == 422


@drive
def posts_with_an_old_page(stage: Stage) -> None:
    """The form is shown again, to be sent again: the secrets have to be typed again."""
    visitor = search(stage, DIFFERS, day=ANOTHER_DAY)
    for token in ("", "forged", visitor.token[:-1]):
        for step, typed in (("find", {"trn": WELL, **born()}), (PROOF, by_number())):
            assert visitor.post(step, {**typed, "csrf_token": token}).status == 400


PROOF = "national-insurance-number"


@drive
def posts_from_elsewhere(stage: Stage) -> None:
    """From another site, of another kind, far too much, too many, by a method we do not have."""
    visitor = search(stage, DIFFERS, day=ANOTHER_DAY)
    typed = {"csrf_token": visitor.token, "trn": WELL, **born(), **by_number()}
    many = typed | {f"more{n}": "x" for n in range(101)}
    address, client = visitor.address("find"), visitor.client
    answers = [
        client.post(address, data=typed, headers={"Sec-Fetch-Site": "cross-site"}),
        client.post(address, data=typed | {"more": "x" * 70_000}),
        client.post(address, data=many, content_type="multipart/form-data"),
        client.post(address, json=typed),
        client.put(address, data=typed),
        client.delete(address, data=typed),
        client.post("/school/ects", data=typed),
        client.post("/no/such/page", data=typed),
        client.post("/sign-out", data=typed | {"csrf_token": "old"}),
        client.post(f"{START}/{WELL}/find", data=typed),
    ]
    assert {answer.status_code for answer in answers} <= {400, 404, 405, 413, 422}


@drive
def posts_without_being_let_in(stage: Stage) -> None:
    """Signed out meanwhile, and to a journey of somebody else's."""
    visitor = search(stage, DIFFERS, day=ANOTHER_DAY)
    stranger = sign_in(stage, "hannah")
    for step, typed in (("find", {"trn": WELL, **born()}), (PROOF, by_number())):
        assert stranger.post(visitor.address(step), typed).status == 404
    visitor.post("/sign-out")
    for step, typed in (("find", {"trn": WELL, **born()}), (PROOF, by_number())):
        assert visitor.post(step, typed).status in {400, 401}


@drive
def pastes_them_into_addresses(stage: Stage) -> None:
    """Nobody should; what comes back and what is written down holds none of it all the same."""
    visitor = search(stage, DIFFERS, day=ANOTHER_DAY)
    query = f"?date_of_birth={BORN_ON}&national_insurance_number={NUMBER.characters}"
    for page in ("/", "/cookies", START, visitor.address("find"), visitor.address(PROOF)):
        answer = visitor.client.get(page, query_string=query[1:])
        assert answer.status_code < 500
    for path in (f"/{NUMBER.characters}", f"/school/ects/{BORN_ON}", f"{START}/{BORN_ON}/find"):
        assert visitor.client.get(path).status_code == 404


@drive
def posts_them_everywhere(stage: Stage) -> None:
    """To every address there is, whoever has added it."""
    visitor = search(stage, DIFFERS, day=ANOTHER_DAY)
    typed = {"csrf_token": visitor.token, "trn": WELL, **born(), **by_number()}
    adapter = stage.app.url_map.bind("localhost")
    for rule in stage.app.url_map.iter_rules():
        given = {name: _any(rule, name, visitor.journey) for name in rule.arguments}
        if rule.rule in {"/demo/sign-in", "/sign-out"}:
            continue
        address = adapter.build(rule.endpoint, given)
        assert visitor.client.get(address).status_code < 500
        assert visitor.client.post(address, data=typed).status_code < 500


def _any(rule: Rule, name: str, journey: str) -> str:
    converter = rule._converters[name]
    return (
        journey if isinstance(converter, UUIDConverter) else min(getattr(converter, "items", "x"))
    )


@drive
def tries_too_often(stage: Stage) -> None:
    """Wrong facts, until a page says when to try again."""
    visitor = search(stage, DIFFERS, day=ANOTHER_DAY)
    pages = [visitor.post("find", {"trn": DIFFERS, **born(ANOTHER_DAY)}) for _ in range(12)]
    assert (pages[-1].status, pages[-1].rule) == (429, "too-many-attempts")
