"""Registering up to 100 ECTs from one file: upload it, look at what would happen, confirm."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from ect_registration.domain.rules.check_answers import SAVED_AS_SHOWN
from ect_registration.use_cases.bulk.on_a_page import (
    MOST_ROWS,
    Foreseen,
    foresee,
    register_as_shown,
)
from ect_registration.use_cases.bulk.rows import FileRow, RowOutcome
from entrypoints.text.bulk_file import CELLS, OPTIONAL, read_bulk_file
from entrypoints.text.csv_lines import NotCsv
from entrypoints.text.csv_table import Columns
from entrypoints.web.bulk import wording
from entrypoints.web.bulk.signed_rows import seal, unseal
from entrypoints.web.ects.views import DONE
from entrypoints.web.forms.fields import Form, Text
from entrypoints.web.platform.access import current_actor, for_school_users, why_cannot_register
from entrypoints.web.platform.context import current_ports, take_longer
from entrypoints.web.platform.errors import error_page

LARGEST = 64 * 1024  # bytes
A_FILE = 30.0  # seconds, for what otherwise takes a hundred searches or confirmations
NO_FILE = "Choose a CSV file"
LARGEST_SHOWN = f"{LARGEST // 1024} KB"
TOO_LARGE = f"The file must be smaller than {LARGEST_SHOWN}"

COLUMNS = Columns(
    tuple(key for key in CELLS if key not in OPTIONAL | {"school"}), OPTIONAL | {"school"}
)

blueprint = Blueprint("bulk", __name__, url_prefix="/school/bulk")


class UploadForm(Form):
    """Asks for a file."""

    file = Text("Upload a file")

    def rows(self) -> Sequence[FileRow]:
        """Returns the rows of the file; none with an error to show."""
        given = request.files.get("file")
        text = b"" if given is None else given.read(LARGEST + 1)
        if not text:
            self.add_error("file", NO_FILE)
        elif len(text) > LARGEST:
            self.add_error("file", TOO_LARGE)
        else:
            try:
                school = str(current_actor().school)
                return read_bulk_file(text, COLUMNS, most=MOST_ROWS, school=school)
            except NotCsv as mistake:
                self.add_error("file", f"Row {mistake.line}: {mistake.message}")
        return []


@blueprint.route("", methods=["GET", "POST"])
@for_school_users
def upload() -> ResponseReturnValue:
    """Asks for a file, and shows everything that would happen."""
    form, barred = UploadForm(), why_cannot_register()
    if request.method == "POST" and barred is None:
        rows = form.rows()
        if rows:
            take_longer(A_FILE)
            return _check(foresee(rows, current_actor(), current_ports()))
    return _show_upload(form, barred)


@blueprint.errorhandler(413)
def too_large(error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Shows the question again after a file that is too large for any form."""
    if request.endpoint != f"{blueprint.name}.{upload.__name__}":
        return error_page(error)
    request.method = "GET"  # what was posted cannot be read
    form, barred = UploadForm(), why_cannot_register()
    if barred is None:
        form.add_error("file", TOO_LARGE)
    return _show_upload(form, barred)


def _show_upload(form: UploadForm, barred: str | None) -> ResponseReturnValue:
    page = render_template(
        "bulk/upload.html",
        form=form,
        barred=barred,
        needed=COLUMNS.needed,
        optional=[key for key in CELLS if key in COLUMNS.optional],
        most=MOST_ROWS,
        largest=LARGEST_SHOWN,
    )
    return page, 422 if form.errors else 200


@blueprint.post("/confirm")
@for_school_users
def confirm() -> ResponseReturnValue:
    """Registers the rows that were shown, and lists those that could not be registered."""
    take_longer(A_FILE)
    actor = current_actor()
    shown = unseal(request.form.get("shown", ""), actor)
    if not shown:
        return redirect(url_for("bulk.upload"), 303)
    results = register_as_shown(shown, actor, current_ports())
    left = [each for each in results if each.why_not is not None]
    done = wording.done(results)
    if not left:
        flash(done, DONE)
        return redirect(url_for("ects.ects"), 303)
    changed = any(wording.rule_of(each) == SAVED_AS_SHOWN.id for each in left)
    return render_template(
        "bulk/done.html",
        done=done,
        left=[wording.left_out(each) for each in left],
        rule=SAVED_AS_SHOWN.id if changed else None,
    )


def _check(foreseen: Sequence[Foreseen]) -> ResponseReturnValue:
    shown = [each.shown for each in foreseen if each.shown is not None]
    results = [each.result for each in foreseen]
    return render_template(
        "bulk/check.html",
        back=url_for("bulk.upload"),
        rows=[wording.registered(each.row.number, each.preview) for each in shown],
        done_before=sum(each.word is RowOutcome.DONE_BEFORE for each in results),
        left=[wording.left_out(each) for each in results if each.why_not is not None],
        told=wording.told(shown),
        sealed=seal(shown, current_actor()),
    )
