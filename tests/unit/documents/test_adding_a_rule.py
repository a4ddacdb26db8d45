"""docs/adding-a-rule.md: each edit that is forgotten fails a test which names the file to edit."""

from __future__ import annotations

from inspect import getclosurevars
from types import FunctionType, SimpleNamespace

import pytest

from builders import TODAY, a_draft, a_school, a_training_year, an_appropriate_body
from ect_registration.domain.catalogue import CATALOGUE
from ect_registration.journeys.change_ect import CHANGE_ECT
from ect_registration.journeys.change_mentor import CHANGE_MENTOR
from ect_registration.journeys.ect_case import EctCase
from ect_registration.journeys.engine import Gate, Journey, rules_of
from ect_registration.journeys.identify import EMAIL, FIND
from ect_registration.journeys.register_ect import ELIGIBILITY, REGISTER_ECT
from ect_registration.journeys.register_mentor import (
    ASSIGN_MENTOR,
    MENTOR_ELIGIBILITY,
    REGISTER_MENTOR,
)
from ect_registration.use_cases.changing.change_documents import STEPS
from entrypoints.web.register_ect.forms import FORMS as ECT_FORMS
from entrypoints.web.register_mentor.forms import ASSIGNING_FORMS
from entrypoints.web.register_mentor.forms import FORMS as MENTOR_FORMS
from unit.house.answers_read import answers_read
from unit.house.refusals import (
    ROOT,
    blocking_without_words,
    fields_found_invalid,
    modules_of_rules,
    refused_by,
    rules_by_constant,
    used_names,
)

TEMPLATES = "src/entrypoints/web/templates"
GUIDE = ROOT / "docs" / "adding-a-rule.md"
# Each gate that can refuse, with the folder of the pages of its journey.
STOPS = sorted(
    {
        (folder, id)
        for folder, journey in (
            ("register_ect", REGISTER_ECT),
            ("register_mentor", REGISTER_MENTOR),
            ("register_mentor", ASSIGN_MENTOR),
        )
        for id in refused_by(journey)
    }
)
# Refused by the use case when the record in TRS changed meanwhile, not by a gate.
WITHOUT_A_GATE = {"decided-again"}
# Written before the page or command that will call it.
NOT_CALLED_YET = {"how_to_get_a_trn"}
# Gates of registering that no change decides again, with the reason.
ONLY_WHEN_REGISTERING = {
    "change_ect.py": {
        "already-in-progress-here": "the change is about this very period",
        "already-completed-here": "the change is about this very period",
        "overlaps-previous": "check_corrected_overlap decides it for a corrected start date",
    },
    "change_mentor.py": {
        "own-mentor": "a change is never about another person",
        "mentor-already-here": "the change is about this very period",
        "overlaps-previous": "check_corrected_overlap decides it for a corrected start date",
        "no-day-in-common": "mentorships move with the start date; one with no day left ends",
        "school-led-ect-mentor": "mentor-lead-provider refuses a mentor without training",
    },
}
# Answers that a gate decides on, and that can be changed alone without deciding it again.
CHANGED_WITHOUT_THE_GATE = {
    ("appropriate-body-state-funded", "start-date"): "asked again where the body is over by then",
    ("appropriate-body-independent", "start-date"): "asked again where the body is over by then",
    ("lead-provider-not-available", "start-date"): "asked again where the new year needs it",
    ("lead-provider-not-available", "programme"): "asked again where the programme needs it",
}

CONSTANTS = rules_by_constant()
FUNCTIONS = sorted(
    (value.__name__, module.__name__)
    for module in modules_of_rules()
    for value in vars(module).values()
    if isinstance(value, FunctionType)
    and value.__module__ == module.__name__
    and not value.__name__.startswith("_")
)


@pytest.fixture(scope="module")
def used() -> set[str]:
    """Returns every name that the code uses, read once."""
    return used_names()


@pytest.mark.parametrize("constant", sorted(CONSTANTS))
def test_a_rule_is_in_the_catalogue(constant: str) -> None:
    """A rule that is only written down is not listed, documented or tested."""
    assert CONSTANTS[constant] in CATALOGUE, (
        f"add {constant} to CATALOGUE in src/ect_registration/domain/catalogue.py"
    )


@pytest.mark.parametrize(("function", "module"), FUNCTIONS)
def test_a_rule_is_called(function: str, module: str, used: set[str]) -> None:
    """A check that no gate calls decides nothing."""
    assert function in used | NOT_CALLED_YET, (
        f"{module}.{function} is called nowhere: add a Gate or Note to "
        "src/ect_registration/journeys (register_ect.py, register_mentor.py or identify.py), "
        "or call it from a use case"
    )


@pytest.mark.parametrize(("folder", "rule"), STOPS)
def test_a_gate_that_can_refuse_has_its_page(folder: str, rule: str) -> None:
    """Without the page a school that is refused would get an error page instead of the reason."""
    page = f"{TEMPLATES}/{folder}/stopped/{rule}.html"

    assert (ROOT / page).is_file(), f"write {page}"


@pytest.mark.parametrize("folder", ["register_ect", "register_mentor"])
def test_a_page_of_a_refusal_has_its_gate(folder: str) -> None:
    """A page that no gate leads to is out of date."""
    pages = {path.stem for path in (ROOT / TEMPLATES / folder / "stopped").glob("*.html")}
    reached = {rule for of, rule in STOPS if of == folder} | WITHOUT_A_GATE | {"page"}

    assert sorted(pages - reached) == [], f"remove these pages from {TEMPLATES}/{folder}/stopped"


@pytest.mark.parametrize(
    ("folder", "journey", "forms"),
    [
        ("register_ect", REGISTER_ECT, ECT_FORMS),
        ("register_mentor", REGISTER_MENTOR, MENTOR_FORMS),
        ("register_mentor", ASSIGN_MENTOR, ASSIGNING_FORMS),
    ],
    ids=["an ECT", "a mentor", "an assignment"],
)
def test_an_answer_that_a_gate_finds_invalid_has_a_field(folder: str, journey, forms) -> None:
    """Without the field no page could say what is wrong, and the journey would not go on."""
    fields = fields_found_invalid(journey)
    shown = {field for field in fields for form in forms.values() if hasattr(form, field)}

    assert sorted(fields - shown) == [], (
        f"no form in src/entrypoints/web/{folder}/forms.py has a field of this name"
    )


def test_a_changed_email_address_meets_every_rule_of_a_new_one() -> None:
    """`email-can-change` promises it: a change is a short journey over the same gates."""
    rules = [item.rule for item in EMAIL if isinstance(item, Gate)]

    assert rules
    for journey in (CHANGE_ECT, CHANGE_MENTOR):
        assert [rule for rule in rules_of(journey) if rule in rules] == rules


def _gates(journey: Journey, eligibility: Journey) -> list[Gate]:
    """Returns the gates after the search that TRS alone does not decide."""
    of_trs = rules_of((*FIND, *eligibility))
    after = journey[journey.index(FIND[-1]) :]
    return [item for item in after if isinstance(item, Gate) and item.rule not in of_trs]


@pytest.mark.parametrize(
    ("journey", "eligibility", "change", "file"),
    [
        (REGISTER_ECT, ELIGIBILITY, CHANGE_ECT, "change_ect.py"),
        (REGISTER_MENTOR, MENTOR_ELIGIBILITY, CHANGE_MENTOR, "change_mentor.py"),
    ],
    ids=["an ECT", "a mentor"],
)
def test_a_change_meets_the_gates_of_registering(
    journey: Journey, eligibility: Journey, change: Journey, file: str
) -> None:
    """Else a school could change an answer to one that it could not have registered."""
    left_out = {gate.rule.id for gate in _gates(journey, eligibility)}
    left_out -= {rule.id for rule in rules_of(change)}

    assert sorted(left_out - ONLY_WHEN_REGISTERING[file].keys()) == [], (
        f"add the gate to src/ect_registration/journeys/{file}, or say in ONLY_WHEN_REGISTERING "
        "of tests/unit/documents/test_adding_a_rule.py why a change does not decide it"
    )
    assert sorted(ONLY_WHEN_REGISTERING[file].keys() - left_out) == [], "remove this reason"


def _is_decided(rule: str, step: str) -> bool:
    """Says whether a gate of this rule applies when only this detail of an ECT is changed."""
    case = SimpleNamespace(
        changes=SimpleNamespace(asked={step}), asks_lead_provider=step == "lead-provider"
    )
    gates = [item for item in CHANGE_ECT if isinstance(item, Gate) and item.rule.id == rule]
    asked = [getclosurevars(gate.applies).nonlocals.get("asked") for gate in gates]
    return any(applies is None or applies(case) for applies in asked)


def test_a_gate_is_decided_when_any_of_its_answers_changes() -> None:
    """A gate that reads two answers must hold whichever of them the school changes."""
    case = EctCase(
        a_draft(),
        TODAY,
        a_school(),
        bodies=(an_appropriate_body(),),
        training_year=a_training_year(),
    )
    missing = {
        (gate.rule.id, step)
        for gate in _gates(REGISTER_ECT, ELIGIBILITY)
        for step in STEPS.values()
        if gate.rule.id not in ONLY_WHEN_REGISTERING["change_ect.py"]
        and step.replace("-", "_") in answers_read(gate, case)
        and not _is_decided(gate.rule.id, step)
    }

    assert sorted(missing - CHANGED_WITHOUT_THE_GATE.keys()) == [], (
        "let the gate apply in src/ect_registration/journeys/change_ect.py when this detail is "
        "changed (one that reads the start date goes into START_DATE), or say in "
        "CHANGED_WITHOUT_THE_GATE of tests/unit/documents/test_adding_a_rule.py why not"
    )
    assert sorted(CHANGED_WITHOUT_THE_GATE.keys() - missing) == [], "remove this reason"


@pytest.mark.parametrize("id", sorted(blocking_without_words()))
def test_a_rule_that_blocks_has_words(id: str) -> None:
    """An empty message would reach a school, a caller of the library and the command line."""
    rule = next(rule for rule in CONSTANTS.values() if rule.id == id)

    assert rule.tells, f"give {id} its message: tells= in {rule.enforced_by[0]}'s module"


@pytest.mark.parametrize(
    "edit",
    [
        "src/ect_registration/domain/rules",
        "src/ect_registration/domain/catalogue.py",
        "src/ect_registration/domain/policy.py",
        "src/ect_registration/__init__.py",
        "src/ect_registration/__init__.pyi",
        "src/ect_registration/journeys/register_ect.py",
        "src/ect_registration/journeys/register_mentor.py",
        "src/ect_registration/journeys/identify.py",
        "src/ect_registration/journeys/change_ect.py",
        "src/ect_registration/journeys/change_mentor.py",
        f"{TEMPLATES}/register_ect/stopped",
        f"{TEMPLATES}/register_mentor/stopped",
        "tests/unit/house/test_catalogue.py",
        "tests/unit/domain",
        "tests/integration/web/register_ect/test_register_ect_stops.py",
        "tests/integration/web/register_mentor/test_register_mentor_stops.py",
        "tests/integration/secrets/driving/on_pages.py",
        "tests/integration/secrets/driving/mentors_on_pages.py",
        "tests/unit/changing",
        "docs/rules.md",
        "CHANGELOG.md",
    ],
)
def test_the_guide_names_every_edit(edit: str) -> None:
    """And each file or folder that it names is there."""
    assert edit in GUIDE.read_text("utf-8")
    assert (ROOT / edit).exists()
