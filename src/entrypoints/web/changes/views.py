"""The addresses of the pages that change the record of an ECT or a mentor."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint

from ect_registration.domain.notice import Role
from entrypoints.web.changes.acts import Act
from entrypoints.web.changes.details import C, D, EctDetails, EitherChange, MentorDetails
from entrypoints.web.changes.details_pages import DetailsPages
from entrypoints.web.changes.leaving import ReportLastDay, WithdrawLastDay
from entrypoints.web.changes.pages import FOLDERS, P
from entrypoints.web.changes.removing_mentor import RemoveMentor
from entrypoints.web.changes.undoing import UndoRegistration

METHODS = ("GET", "POST")

blueprint = Blueprint("changes", __name__, url_prefix="/school")
details_blueprint = Blueprint("details", __name__, url_prefix="/school")


def _add_act(act: Act[P]) -> None:
    rule = f"/{FOLDERS[act.role]}/<uuid:id>/{act.path}"
    check = f"{rule}/<token>/check-answers"
    blueprint.add_url_rule(rule, act.endpoint, act.ask, methods=METHODS)
    blueprint.add_url_rule(check, f"{act.endpoint}_check", act.check, methods=METHODS)


def _add_details(pages: DetailsPages[D, C, EitherChange]) -> None:
    add, role, details = details_blueprint.add_url_rule, pages.role, pages.details
    start = f"/{FOLDERS[role]}/<uuid:id>/change"
    rule = f"{start}/{_any('what', details.steps)}"
    add(rule, f"{role}_question", pages.ask, methods=METHODS)
    add(f"{rule}/<token>/check-answers", f"{role}_check", pages.check, methods=METHODS)
    for step, whats in details.follows.items():
        rule = f"{start}/{_any('what', whats)}/<token>/{_any('step', [step])}"
        add(rule, f"{role}_{step.replace('-', '_')}", pages.ask_more, methods=METHODS)


def _any(name: str, values: Iterable[str]) -> str:
    """Returns the part of an address that is one of these values."""
    return f"<any({','.join(map(repr, values))}):{name}>"


for _role in Role:
    _add_act(ReportLastDay(_role))
    _add_act(WithdrawLastDay(_role))
    _add_act(UndoRegistration(_role))
_add_act(RemoveMentor(Role.ECT))
_add_details(DetailsPages(Role.ECT, EctDetails()))
_add_details(DetailsPages(Role.MENTOR, MentorDetails()))
