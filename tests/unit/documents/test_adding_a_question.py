"""docs/adding-a-question.md: each edit that is forgotten fails a test which names the file."""

from __future__ import annotations

import ast
from collections.abc import Collection
from pathlib import Path

import attrs
import pytest

from ect_registration.domain.drafts.change_draft import EctChangeDraft, MentorChangeDraft
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.rules.check_answers import MentorPreview, Preview
from ect_registration.journeys.change_ect import CHANGE_ECT
from ect_registration.journeys.change_mentor import CHANGE_MENTOR
from ect_registration.journeys.engine import Journey, Step
from ect_registration.journeys.register_ect import REGISTER_ECT
from ect_registration.journeys.register_mentor import ASSIGN_MENTOR, REGISTER_MENTOR
from ect_registration.use_cases.changing.change_documents import STEPS
from ect_registration.use_cases.registering import ect_document, mentor_document
from ect_registration.use_cases.registering.documents import Keys
from entrypoints.cli.operate.people.bulk import register_ects
from entrypoints.cli.school.mentoring import register_mentor_command
from entrypoints.cli.school.register import register_ect_command
from entrypoints.cli.terminal.interactive import CHANGES
from entrypoints.cli.terminal.questions import QUESTIONS
from entrypoints.text.bulk_file import CELLS
from entrypoints.web.changes.details import EctDetails, MentorDetails
from entrypoints.web.register_ect.forms import FORMS
from entrypoints.web.register_mentor.forms import ASSIGNING_FORMS
from entrypoints.web.register_mentor.forms import FORMS as MENTOR_FORMS

ROOT = Path(__file__).resolve().parents[3]
SRC = ROOT / "src"
GUIDE = ROOT / "docs" / "adding-a-question.md"

# What a journey is for, and the search, are not asked by a page of their own answer.
PURPOSE = {"ect", "mentor", "replace"}
IDENTITY = {"find", "national-insurance-number"}
# Answers that other answers make into what is shown and saved, with what they become.
BECOMES = {
    "name": "trs_name",
    "start_date": "started_on",
    "programme": "lead_provider",  # of a school-led training there is none
}
# Answers that decide how the journey goes on, and are saved in no field of their own.
NOT_SHOWN = {"search", "same_person", "registered_before_seen", "reuse", "another_provider"}
# What a row of a file is registered with, and its check page does not show.
NOT_SHOWN_OF_A_ROW = {"trs_name", "expected_training_start_year"}
# Steps whose answers are about the registration itself, and do not change afterwards.
NEVER_CHANGED = IDENTITY | {"same-person", "registered-before", "reuse-choices"}
NEVER_CHANGED_OF_MENTORS = IDENTITY | {"same-person", "only-here", "training"}
# Answers about a mentor that history has as the effects of other changes: who moved, who trains.
IN_OTHER_HISTORY = {"only_here", "lead_provider"}


def _asking(journey: Journey) -> list[Step]:
    """Returns the steps that ask something: not those that end a journey."""
    steps = [item for item in journey if isinstance(item, Step)]
    return [step for step in steps if step.id not in {"check-answers", "done"}]


def _fields(of: type) -> list[str]:
    return [field.name for field in attrs.fields(of)]


def _tree(path: str) -> ast.Module:
    return ast.parse((SRC / path).read_text("utf-8"))


def _texts(path: str) -> set[str]:
    """Returns every string that stands in a module."""
    nodes = ast.walk(_tree(path))
    return {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def _read(path: str) -> set[str]:
    """Returns every attribute that is read in a module."""
    return {node.attr for node in ast.walk(_tree(path)) if isinstance(node, ast.Attribute)}


def _keys_returned(function: str, path: str) -> set[str]:
    """Returns the keys of the mapping that a function of a module returns."""
    body = next(n for n in _tree(path).body if getattr(n, "name", None) == function)
    found = next(n for n in ast.walk(body) if isinstance(n, ast.Dict))
    return {key.value for key in found.keys if isinstance(key, ast.Constant)}


def _given_to(name: str, path: str) -> set[str]:
    """Returns the keywords of the calls of a class in a module."""
    calls = (node for node in ast.walk(_tree(path)) if isinstance(node, ast.Call))
    found = [call for call in calls if ast.unparse(call.func).rpartition(".")[2] == name]

    assert found, f"{path} never makes a {name}"
    return {keyword.arg or "" for call in found for keyword in call.keywords}


ECT_STEPS = pytest.mark.parametrize("step", _asking(REGISTER_ECT), ids=lambda step: step.id)
EVERY_STEP = pytest.mark.parametrize(
    ("folder", "forms", "step"),
    [
        pytest.param(folder, forms, step, id=f"{what}: {step.id}")
        for what, folder, forms, journey in (
            ("an ECT", "register_ect", FORMS, REGISTER_ECT),
            ("a mentor", "register_mentor", MENTOR_FORMS, REGISTER_MENTOR),
            ("an assignment", "register_mentor", ASSIGNING_FORMS, ASSIGN_MENTOR),
        )
        for step in _asking(journey)
    ],
)


@pytest.mark.parametrize(
    ("draft", "journey", "file"),
    [
        (EctDraft, REGISTER_ECT, "register_ect.py"),
        (MentorDraft, REGISTER_MENTOR, "register_mentor.py"),
        (AssignmentDraft, ASSIGN_MENTOR, "register_mentor.py"),
    ],
)
def test_every_answer_has_a_step(draft: type, journey: Journey, file: str) -> None:
    """An answer that no step keeps is never asked for."""
    kept = [name for step in _asking(journey) for name in step.answers]

    assert sorted(kept) == sorted(set(_fields(draft)) - PURPOSE), (
        f"the steps in src/ect_registration/journeys/{file} and the answers of {draft.__name__} "
        "in src/ect_registration/domain/drafts differ"
    )


@EVERY_STEP
def test_a_program_is_told_what_it_left_out(
    folder: str, forms: Collection[str], step: Step
) -> None:
    """A document without the answer gets a message instead of nothing."""
    assert step.missing_message is not None, (
        f"give the step {step.id} its missing_message in src/ect_registration/journeys"
    )


@EVERY_STEP
def test_a_step_has_a_form(folder: str, forms: Collection[str], step: Step) -> None:
    """A step without a form would be an error page."""
    assert step.id in forms, (
        f"write a form for {step.id} and add it to QUESTIONS in "
        f"src/entrypoints/web/{folder}/forms.py"
    )


@EVERY_STEP
def test_a_step_has_a_page(folder: str, forms: Collection[str], step: Step) -> None:
    """So would a step without a template."""
    page = f"src/entrypoints/web/templates/{folder}/{step.id}.html"

    assert (ROOT / page).is_file(), f"write {page}"


@EVERY_STEP
def test_check_answers_shows_an_answer(folder: str, forms: Collection[str], step: Step) -> None:
    """A school confirms what it sees, and changes it from there."""
    unchangeable = IDENTITY | {"registered-before", "training"}
    page = f"entrypoints/web/{folder}/answers.py"

    assert step.id in _texts(page) | unchangeable, f"add a Row for {step.id} to src/{page}"


@ECT_STEPS
def test_the_terminal_asks_an_answer(step: Step) -> None:
    """`ect register-ect` asks what the pages ask."""
    assert step.id in QUESTIONS.keys() | IDENTITY, (
        f"add {step.id} to QUESTIONS in src/entrypoints/cli/terminal/questions.py"
    )


@ECT_STEPS
def test_the_terminal_shows_and_changes_an_answer(step: Step) -> None:
    """The answers are shown before they are saved, each with a name to change it by."""
    once = IDENTITY | {"same-person", "registered-before"}

    assert step.id in CHANGES.keys() | once, (
        f"add {step.id} to CHANGES in src/entrypoints/cli/terminal/interactive.py"
    )
    if step.id not in once | {"reuse-choices"}:
        label = CHANGES[step.id].capitalize()
        file = "entrypoints/cli/terminal/questions.py"
        assert label in _texts(file), f"add {label!r} to show_answers in src/{file}"


@pytest.mark.parametrize(
    ("draft", "file", "keys"),
    [
        (EctDraft, "ect_document.py", ect_document.KEYS),
        (MentorDraft, "mentor_document.py", mentor_document.MENTOR_KEYS),
    ],
)
def test_a_document_has_a_key_for_every_answer(draft: type, file: str, keys) -> None:
    """`--from registration.json` and callers of the library can give every answer."""
    path = f"ect_registration/use_cases/registering/{file}"
    named = {"name": "corrected_name", "reuse": "reuse_previous_choices"}
    wanted = set(_fields(draft)) - PURPOSE - {"search"}
    allowed = {*keys.checks, *keys.flags, *keys.confirmations}
    without_key = {"registered_before_seen", "another_provider"}

    assert wanted <= _given_to(draft.__name__, path), f"give {draft.__name__} the answer in {path}"
    assert {named.get(field, field) for field in wanted - without_key} <= allowed, (
        f"add the answer to the keys in src/{path}"
    )


def _keys_of(keys: Keys) -> set[str]:
    return {*keys.checks, *keys.flags, *keys.confirmations}


@pytest.mark.parametrize(
    ("file", "keys"),
    [("ect_document.py", ect_document.KEYS), ("mentor_document.py", mentor_document.MENTOR_KEYS)],
)
def test_every_key_has_its_place_in_the_order(file: str, keys: Keys) -> None:
    """`ect schema` leaves out a key without a place, and its mistakes come last."""
    assert sorted(_keys_of(keys) ^ set(keys.order)) == [], (
        f"`order` and the other keys in src/ect_registration/use_cases/registering/{file} differ"
    )


def test_a_file_has_a_column_for_every_key() -> None:
    """Without the column `ect bulk register-ects` could not register anybody."""
    assert sorted(_keys_of(ect_document.KEYS) ^ CELLS.keys()) == [], (
        "CELLS in src/entrypoints/text/bulk_file.py and the keys of a registration differ"
    )


@pytest.mark.parametrize("key", CELLS)
def test_the_columns_of_a_file_are_written_down(key: str) -> None:
    """Where an operator looks for them."""
    help_, page = register_ects.help or "", "docs/operating/loading.md"

    assert key in help_, f"name {key} in the help of src/entrypoints/cli/operate/people/bulk.py"
    assert key in (ROOT / page).read_text("utf-8"), f"name {key} in {page}"


def test_a_row_of_a_file_is_shown_whole() -> None:
    """A school confirms what it sees of a file, as it does on check answers."""
    path, page = "entrypoints/web/bulk/wording.py", "entrypoints/web/templates/bulk/check.html"
    html = (SRC / page).read_text("utf-8")
    keys = _keys_returned("registered", path)

    assert sorted(set(_fields(Preview)) - NOT_SHOWN_OF_A_ROW - _read(path)) == [], (
        f"return the answer from `registered` in src/{path}"
    )
    assert [key for key in sorted(keys) if f"row.{key}" not in html] == [], (
        f"show it in src/{page}"
    )


@pytest.mark.parametrize(
    ("command", "file", "keys"),
    [
        (register_ect_command, "register.py", ect_document.KEYS),
        (register_mentor_command, "mentoring.py", mentor_document.MENTOR_KEYS),
    ],
    ids=["register-ect", "register-mentor"],
)
def test_the_keys_of_a_document_are_written_down(command, file: str, keys: Keys) -> None:
    """Where an operator looks for them."""
    help_ = command.help + "".join(getattr(each, "help", None) or "" for each in command.params)
    page = "docs/operating/work-of-schools.md"
    told = (ROOT / page).read_text("utf-8")

    assert [key for key in keys.order if key not in help_] == [], (
        f"name the key in the help of src/entrypoints/cli/school/{file}"
    )
    assert [key for key in keys.order if f'"{key}"' not in told] == [], f"name the key in {page}"


PREVIEWS = pytest.mark.parametrize(
    ("draft", "preview", "filled"),
    [
        (EctDraft, Preview, "journeys/ect_case.py"),
        (MentorDraft, MentorPreview, "use_cases/registering/plan_mentor.py"),
    ],
)


@PREVIEWS
def test_what_is_confirmed_has_every_answer(draft: type, preview: type, filled: str) -> None:
    """What is saved can only be compared with what was shown when the preview has it."""
    shown = {BECOMES.get(field, field) for field in set(_fields(draft)) - PURPOSE - NOT_SHOWN}

    assert shown <= set(_fields(preview)), (
        f"add the answer to {preview.__name__} in "
        "src/ect_registration/domain/rules/check_answers.py, and fill it in "
        f"src/ect_registration/{filled}"
    )


@pytest.mark.parametrize(
    ("file", "field"),
    [
        *(("write_ect.py", field) for field in sorted(set(_fields(EctDraft)) - NOT_SHOWN)),
        *(
            ("write_mentor.py", field)
            for field in sorted(set(_fields(MentorDraft)) - NOT_SHOWN - PURPOSE - IN_OTHER_HISTORY)
        ),
    ],
)
def test_history_says_what_was_answered(file: str, field: str) -> None:
    """History holds what a registration was made with."""
    path = f"ect_registration/use_cases/registering/{file}"

    assert BECOMES.get(field, field) in _texts(path), f"add {field} to history in src/{path}"


@pytest.mark.parametrize(
    "path",
    [
        "ect_registration/use_cases/registering/write_ect.py",
        "ect_registration/use_cases/operating/load_people.py",
        "adapters/sql/queries/rows.py",
    ],
)
def test_a_record_is_made_and_read_whole(path: str) -> None:
    """A part of a record that a store forgets would be lost without a word."""
    # What a new or loaded record is not yet.
    later = {"changed_body", "completed", "completion", "ends", "mentorships", "withdrawn"}
    parts = {field.name for field in attrs.fields(EctAtSchool)} - later

    assert sorted(parts - _given_to("EctAtSchool", path)) == [], (
        f"give EctAtSchool the new part in src/{path}"
    )


CHANGING = "ect_registration/use_cases/changing"


@pytest.mark.parametrize(
    "step",
    [s for s in _asking(REGISTER_ECT) if s.id not in NEVER_CHANGED],
    ids=lambda step: step.id,
)
def test_an_answer_can_be_changed_later(step: Step) -> None:
    """On the pages, at the terminal and by the library; else a mistake would stay for good."""
    keys = [key for key, answered in STEPS.items() if answered == step.id]
    steps = {item.id for item in CHANGE_ECT if isinstance(item, Step)}

    assert keys, f"add {step.id} to STEPS in src/{CHANGING}/change_documents.py"
    assert set(step.answers) <= set(_fields(EctChangeDraft)), (
        f"add {step.answers} to src/ect_registration/domain/drafts/change_draft.py"
    )
    assert step.id in steps, f"add {step.id} to src/ect_registration/journeys/change_ect.py"
    assert step.id in EctDetails.steps, f"add {step.id} to src/entrypoints/web/changes/details.py"
    compared = f"{CHANGING}/answers_that_differ.py"
    assert set(step.answers) <= _read(compared), f"compare {step.answers} in src/{compared}"
    for path in (f"{CHANGING}/change_outcomes.py", "entrypoints/web/changes/details_preview.py"):
        assert keys[0] in _texts(path), f"add {keys[0]} to src/{path}"


@pytest.mark.parametrize(
    "step",
    [s for s in _asking(REGISTER_MENTOR) if s.id not in NEVER_CHANGED_OF_MENTORS],
    ids=lambda step: step.id,
)
def test_an_answer_about_a_mentor_can_be_changed_later(step: Step) -> None:
    """Else a mistake would stay for good."""
    steps = {item.id for item in CHANGE_MENTOR if isinstance(item, Step)}

    assert set(step.answers) <= set(_fields(MentorChangeDraft)), (
        f"add {step.answers} to src/ect_registration/domain/drafts/change_draft.py"
    )
    assert step.id in steps, f"add {step.id} to src/ect_registration/journeys/change_mentor.py"
    assert step.id in MentorDetails.steps, (
        f"add {step.id} to src/entrypoints/web/changes/details.py"
    )


@pytest.mark.parametrize(
    "edit",
    [
        "src/ect_registration/domain/drafts/ect_draft.py",
        "src/ect_registration/domain/drafts/mentor_draft.py",
        "src/ect_registration/domain/rules/check_answers.py",
        "src/ect_registration/domain/people/ect.py",
        "src/ect_registration/journeys/register_ect.py",
        "src/ect_registration/journeys/register_mentor.py",
        "src/ect_registration/journeys/ect_case.py",
        "src/ect_registration/use_cases/registering/ect_document.py",
        "src/ect_registration/use_cases/registering/mentor_document.py",
        "src/ect_registration/use_cases/registering/plan_mentor.py",
        "src/ect_registration/use_cases/registering/write_ect.py",
        "src/ect_registration/use_cases/registering/write_mentor.py",
        "src/ect_registration/use_cases/operating/load_people.py",
        "src/ect_registration/use_cases/school/ects.py",
        "src/ect_registration/domain/world.py",
        "src/adapters/sql/tables/people.py",
        "src/adapters/sql/queries/rows.py",
        "src/adapters/sql/queries/ects.py",
        "src/adapters/sql/migrations/versions",
        "src/adapters/world_file/file_format.py",
        "src/adapters/world_file/building.py",
        "src/ect_registration/domain/drafts/change_draft.py",
        "src/ect_registration/journeys/change_ect.py",
        "src/ect_registration/journeys/change_mentor.py",
        "src/ect_registration/journeys/change_case.py",
        "src/ect_registration/use_cases/changing",
        "src/ect_registration/use_cases/bulk/deciding.py",
        "src/entrypoints/text/bulk_file.py",
        "src/entrypoints/cli/operate/people/bulk.py",
        "src/entrypoints/web/bulk/wording.py",
        "src/entrypoints/web/templates/bulk/check.html",
        "src/entrypoints/web/changes/details.py",
        "src/entrypoints/web/changes/details_preview.py",
        "src/entrypoints/web/templates/changes/details.html",
        "src/entrypoints/cli/school/details.py",
        "src/entrypoints/web/register_ect/forms.py",
        "src/entrypoints/web/register_ect/answers.py",
        "src/entrypoints/web/register_mentor/forms.py",
        "src/entrypoints/web/register_mentor/answers.py",
        "src/entrypoints/web/templates/register_ect",
        "src/entrypoints/web/templates/ects/ect.html",
        "src/entrypoints/web/ects/download.py",
        "src/entrypoints/cli/terminal/questions.py",
        "src/entrypoints/cli/terminal/interactive.py",
        "src/entrypoints/cli/school/mentoring.py",
        "src/entrypoints/cli/school/register.py",
        "src/entrypoints/cli/operate/people/person_summary.py",
        "src/ect_registration/testing/examples.py",
        "src/entrypoints/demo/tries.py",
        "tests/unit/use_cases/mentoring.py",
        "tests/unit/use_cases/town.py",
        "tests/unit/use_cases/visit.py",
        "tests/unit/journey/facts.py",
        "tests/unit/journey/towns.py",
        "tests/unit/changing",
        "tests/integration/cli/mentoring.py",
        "tests/integration/cli/town.py",
        "tests/integration/web/registering.py",
        "tests/strategies.py",
        "docs/demo.md",
        "docs/embedding.md",
        "docs/operating/loading.md",
        "docs/operating/work-of-schools.md",
        "docs/privacy.md",
        "CHANGELOG.md",
    ],
)
def test_the_guide_names_every_edit(edit: str) -> None:
    """And each file or folder that it names is there."""
    assert edit in GUIDE.read_text("utf-8")
    assert (ROOT / edit).exists()
